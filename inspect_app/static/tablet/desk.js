// One person at work on this tablet: their pack, their drafts, what they send.

import { Api } from "./api.js";
import { Outbox } from "./outbox.js";
import { Sender } from "./sender.js";

export class Desk {
  // `changed` is told that something stands otherwise, `ended` that the server no longer knows this device or person.
  constructor({ person, vault }, { changed, ended }) {
    Object.assign(this, { person, vault, changed, ended });
    this.pack = null;
    this.packSize = 0;
    this.stale = false;
    this.outbox = new Outbox(vault, changed);
  }

  async open() {
    const { token } = await this.vault.get("token", "");
    this.api = new Api(token, this.person.lock.bound);
    await this.outbox.load();
    const kept = await this.vault.get("pack", "");
    this.stale = Boolean(await this.vault.get("stale", ""));
    this.use(kept);
    const told = { told: this.changed, ended: this.ended, settled: (entry, result) => this.settled(entry, result) };
    this.sender = new Sender({ api: this.api, outbox: this.outbox, vault: this.vault, ...told });
  }

  close() {
    this.sender.stop();
  }

  use(pack) {
    this.pack = pack || null;
    this.packSize = pack ? new Blob([JSON.stringify(pack)]).size : 0;
  }

  // Takes over a new pack. What waits to be sent keeps the version that it was given against.
  async take(pack) {
    const values = [["pack", "", pack]];
    for (const visit of pack.visits) {
      const known = await this.vault.get("versions", visit.uuid) || {};
      const waiting = new Set(this.outbox.of(visit.uuid).map((each) => each.item));
      const fresh = visit.state.answers.filter((each) => !waiting.has(each.item)).map((each) => [each.item, each.version]);
      values.push(["versions", visit.uuid, { ...known, ...Object.fromEntries(fresh) }]);
    }
    await this.vault.change(values, [["stale", ""]]);
    this.stale = false;
    this.use(pack);
    await this.tidy(new Set(pack.visits.map((each) => each.uuid)));
  }

  // Small photos of what is to be rechecked, visit by visit; a visit whose photos do not come is left without.
  async takePhotos(progress) {
    const wanted = this.pack.visits.filter((visit) => visit.hazards.some((each) => each.recheck && each.photos.length));
    for (const [index, { uuid }] of wanted.entries()) {
      progress(index + 1, wanted.length);
      const { status, body } = await this.api.call("GET", `/pack/visits/${uuid}/photos`);
      if (status === 200) {
        await this.vault.put("before", uuid, body.photos);
      }
    }
  }

  visit(uuid) {
    return this.pack && this.pack.visits.find((each) => each.uuid === uuid);
  }

  list(id) {
    return this.pack.lists[id];
  }

  // Begun here or at the server.
  begun({ uuid, state }) {
    return state.state !== "planned" || this.outbox.of(uuid).length > 0 || this.outbox.lines.some((each) => each.visit === uuid);
  }

  // Handed in on this tablet, whether or not it has been received.
  sealed(uuid) {
    const last = (each) => each.visit === uuid && ["signatures", "submit"].includes(each.kind);
    const handedIn = [...this.outbox.entries, ...this.outbox.lines].some((each) => last(each) && each.kind === "submit");
    return handedIn && !this.outbox.needing.some(last);
  }

  // The sites of the visits, each once.
  sites() {
    const all = this.pack ? this.pack.visits.map((each) => each.site) : [];
    return all.filter((each, index) => all.findIndex((other) => other.uuid === each.uuid) === index);
  }

  openHazards() {
    const all = this.pack.visits.flatMap((visit) => (visit.hazards || []).map((each) => ({ site_name: visit.site.name, visit: visit.uuid, ...each })));
    const done = new Set([...this.outbox.entries, ...this.outbox.lines].map((each) => each.hazard).filter(Boolean));
    return all.filter((each, index) => all.findIndex((other) => other.reference === each.reference) === index && !done.has(each.reference));
  }

  // The drafts of a visit by item; an answer at the server that nobody touched here stands in the pack.
  async drafts(uuid) {
    const all = (await this.vault.all("draft")).filter((each) => each.visit === uuid);
    return new Map(all.map((each) => [each.item, each]));
  }

  // Nothing of a visit that was handed in and received stays on the tablet but its numbers.
  async settled(entry, result) {
    if (result.outcome === "merged") {
      const draft = { visit: entry.visit, item: entry.item, content: { ...result.content, asked: entry.content.asked }, at: entry.claimed_at };
      await this.vault.put("draft", `${entry.visit}/${entry.item}`, draft);
    }
    if (result.outcome === "needs_you") {
      this.stale = true;
      await this.vault.put("stale", "", true);
    }
    if (entry.kind === "submit") {
      const drafts = await this.drafts(entry.visit);
      const pictures = (await this.vault.all("picture")).filter((each) => each.visit === entry.visit);
      await this.vault.remove(
        ...[...drafts.keys()].map((item) => ["draft", `${entry.visit}/${item}`]),
        ...pictures.map((each) => ["picture", each.uuid]),
        ["versions", entry.visit],
        ["signing", entry.visit],
      );
      const visits = this.pack.visits.filter((each) => each.uuid !== entry.visit);
      await this.vault.put("pack", "", { ...this.pack, visits });
      this.use({ ...this.pack, visits });
    }
    this.changed();
  }

  // Drafts of visits that are gone from the pack and have nothing left to send.
  async tidy(visits) {
    const gone = (visit) => !visits.has(visit) && !this.outbox.of(visit).length;
    const drafts = (await this.vault.all("draft")).filter((each) => gone(each.visit));
    const pictures = (await this.vault.all("picture")).filter((each) => each.visit && gone(each.visit));
    await this.vault.remove(
      ...drafts.map((each) => ["draft", `${each.visit}/${each.item}`]),
      ...pictures.map((each) => ["picture", each.uuid]),
    );
  }
}
