// Sends what waits as soon as the server itself is reached: in order, one after the other, as often as it takes.

import { NotReached } from "./api.js";
import { say } from "./dom.js";

const BATCH = 40;
const PORTION = 256 * 1024;
const SMALLEST = 16 * 1024;
const SHORTLY = 1500;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;

// `told` is asked to draw; `ended` is told that the device was revoked or the account disabled.
export class Sender {
  constructor({ api, outbox, vault, told, ended, settled }) {
    Object.assign(this, { api, outbox, vault, told, ended, settled });
    this.busy = false;
    this.reached = "unknown";
    this.step = null;
    this.wait = FIRST_WAIT;
    this.size = PORTION;
    this.most = PORTION;
    this.stopped = false;
    this.timer = null;
    this.wake = () => this.hurry();
    window.addEventListener("online", this.wake);
    document.addEventListener("visibilitychange", this.wake);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    window.removeEventListener("online", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
  }

  hurry() {
    this.wait = FIRST_WAIT;
    return this.run();
  }

  // Something new waits: it is tried shortly, or when the next try is due anyway.
  soon() {
    if (!this.timer && !this.busy && !this.stopped && this.outbox.waiting.length) {
      this.timer = setTimeout(() => this.run(), SHORTLY);
    }
  }

  async run() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.busy || this.stopped) {
      return;
    }
    this.busy = true;
    try {
      await this.round();
    } catch (error) {
      if (!(error instanceof NotReached)) {
        throw error;
      }
      this.reached = error.kind;
    } finally {
      this.busy = false;
      this.step = null;
      this.again();
      this.told();
    }
  }

  again() {
    if (this.outbox.waiting.length && !this.stopped) {
      this.timer = setTimeout(() => this.run(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    }
  }

  async round() {
    if (!this.outbox.waiting.length) {
      return;
    }
    if (!navigator.onLine) {
      throw new NotReached("offline");
    }
    const { status, body } = await this.api.handshake();
    if (await this.refused(status, body)) {
      return;
    }
    this.reached = "yes";
    const all = this.outbox.waiting.length;
    for (let next = this.next(); next.length && !this.stopped; next = this.next()) {
      this.step = { done: all - this.outbox.waiting.length + 1, all, share: null };
      this.told();
      await this.deliver(next);
      this.wait = FIRST_WAIT;
    }
  }

  // The first that may go, with the answers to the same visit that follow it. A visit is handed in last of all, once
  // nothing of it waits any more; what needs a person holds back only the handing in of its own visit.
  next() {
    const { waiting } = this.outbox;
    const first = waiting.find((each) => each.kind !== "submit" || this.outbox.of(each.visit).length === 1);
    if (!first || first.kind !== "answer") {
      return first ? [first] : [];
    }
    const same = waiting.filter((each) => each.kind === "answer" && each.visit === first.visit);
    const once = same.filter((each, index) => same.findIndex((other) => other.item === each.item) === index);
    return once.slice(0, BATCH);
  }

  async deliver(entries) {
    if (entries[0].kind === "answer") {
      await this.answers(entries);
      return;
    }
    await this.trying(entries[0], {});
    await (entries[0].kind === "upload" ? this.upload(entries[0]) : this.single(entries[0]));
  }

  // What was tried once is sent again word for word, so that the server can tell it is the same.
  async trying(entry, frozen) {
    if (!entry.tried) {
      await this.outbox.update(entry, { tried: true, ...frozen });
    }
  }

  async answers(entries) {
    const { visit } = entries[0];
    const versions = await this.vault.get("versions", visit) || {};
    for (const entry of entries) {
      await this.trying(entry, { version: versions[entry.item] || 0 });
    }
    const answers = entries.map(({ key, claimed_at: claimed, item, version, content }) => ({ key, claimed_at: claimed, item, version, ...content }));
    const { status, body } = await this.api.call("POST", `/visits/${visit}/answers`, { answers });
    if (!body.receipts) {
      await this.whole(entries, status, body);
      return;
    }
    for (const entry of entries) {
      const receipt = body.receipts.find((each) => each.key === entry.key);
      if (receipt && receipt.number) {
        versions[entry.item] = receipt.result.version ?? versions[entry.item];
        await this.vault.put("versions", visit, versions);
        await this.receive(entry, receipt);
      } else if (receipt) {
        await this.outbox.update(entry, { state: "needs", sentence: sentenceOf(receipt.result) });
      }
    }
  }

  async receive(entry, { number, result = {} }) {
    await this.settled(entry, result);
    await this.outbox.received(entry, number, result.outcome === "kept" ? "" : result.message || "");
  }

  async single(entry) {
    const { path, content } = entry;
    const sent = { key: entry.key, claimed_at: entry.claimed_at, ...content };
    const { status, body } = await this.api.call("POST", path, sent);
    await this.whole([entry], status, body);
  }

  // Announced again it is continued where it broke off; it is received once the answer holds the receipt of the whole.
  async upload(entry) {
    const { uuid, ...told } = entry.content;
    const path = `/uploads/${uuid}`;
    const bytes = await this.vault.get("file", uuid);
    let answer = await this.api.call("POST", path, { claimed_at: entry.claimed_at, ...told });
    while (answer.status < 300 && !answer.body.done) {
      answer = await this.portion(path, answer.body.offset, bytes);
      this.step = { ...this.step, share: (answer.body.offset || 0) / told.size };
      this.told();
    }
    await this.whole([entry], answer.status, answer.body.receipt || answer.body);
  }

  // Smaller portions are tried where something on the way lets only small ones through, or where the link is too slow or
  // too short-lived for large ones; what got through makes the next one larger again, and the next try come soon.
  async portion(path, offset, bytes) {
    const answer = await this.api.portion(path, offset, bytes.subarray(offset, offset + this.size)).catch((error) => {
      this.size = Math.max(SMALLEST, this.size / 2);
      throw error;
    });
    if (answer.status < 300) {
      this.size = Math.min(this.most, this.size * 2);
      this.wait = FIRST_WAIT;
    }
    if (answer.status === 409 && answer.body.code === "wrong_offset") {
      return { status: 200, body: { offset: answer.body.offset, done: false } };
    }
    if (answer.status === 413 && this.size > SMALLEST) {
      this.size = Math.max(SMALLEST, this.size / 2);
      this.most = this.size;
      return { status: 200, body: { offset, done: false } };
    }
    return answer;
  }

  async whole(entries, status, body) {
    if (await this.refused(status, body)) {
      throw new NotReached("refused");
    }
    for (const entry of entries) {
      if (status < 300 && body.number) {
        await this.receive(entry, body);
      } else if (status >= 400 && status < 500 && status !== 429 && status !== 408) {
        await this.outbox.update(entry, { state: "needs", sentence: sentenceOf(body) });
      } else {
        throw new NotReached("busy");
      }
    }
  }

  async refused(status, body) {
    if (status !== 401 && !(status === 403 && body.code === "account_disabled")) {
      return false;
    }
    this.stop();
    await this.ended(body.code || "unknown");
    return true;
  }
}

function sentenceOf({ code = "", message = "", reasons = [] }) {
  return [message || (code === "too_large" ? say("proxyLimit") : ""), ...reasons].filter(Boolean).join(" ");
}
