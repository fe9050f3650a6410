// What waits to be sent, in its order, kept in the vault; what was received stays as a line with its number only.

import { now } from "./api.js";
import { uuid } from "./crypto.js";

const LINES = 500;
const DRAFT = "draft";

// The states of an entry: "waiting", "needs" (a person must look), and once received it is no entry any more.
export class Outbox {
  constructor(vault, changed) {
    this.vault = vault;
    this.changed = changed;
    this.entries = [];
    this.lines = [];
    this.last = 0;
  }

  async load() {
    this.entries = (await this.vault.all("out")).sort((one, other) => one.seq - other.seq);
    this.lines = (await this.vault.all("sent")).sort((one, other) => other.at.localeCompare(one.at));
    this.last = this.entries.reduce((most, each) => Math.max(most, each.seq), Date.now());
  }

  get waiting() {
    return this.entries.filter((each) => each.state === "waiting");
  }

  get needing() {
    return this.entries.filter((each) => each.state === "needs");
  }

  of(visit) {
    return this.entries.filter((each) => each.visit === visit);
  }

  // `entry` has kind, title and content, and visit where it belongs to one; `files` are [id, bytes] that belong to it.
  async add(entry, files = []) {
    const made = this.made(entry);
    await this.vault.putAll([["out", made.key, made], ...files.map(([id, bytes]) => ["file", id, bytes])]);
    this.entries.push(made);
    this.changed();
  }

  // Several in their order, and `gone` taken away, all at once.
  async addAll(entries, gone) {
    const all = entries.map((each) => this.made(each));
    await this.vault.change(all.map((each) => ["out", each.key, each]), gone);
    this.entries.push(...all);
    this.changed();
  }

  made(entry) {
    return { key: uuid(), seq: this.next(), claimed_at: now(), state: "waiting", tried: false, visit: "", ...entry };
  }

  // An answer replaces the one to the same item that was never tried; answer and draft are written together.
  async answer(visit, item, content, title) {
    const before = this.entries.find((each) => each.kind === "answer" && each.visit === visit && each.item === item && !each.tried);
    const base = before || { key: uuid(), seq: this.next(), kind: "answer", visit, item };
    const made = { ...base, content, title, claimed_at: now(), state: "waiting", tried: false };
    const draft = { visit, item, content, at: made.claimed_at };
    await this.vault.putAll([["out", made.key, made], [DRAFT, `${visit}/${item}`, draft]]);
    if (before) {
      Object.assign(before, made);
    } else {
      this.entries.push(made);
    }
    this.changed();
  }

  async update(entry, changes) {
    Object.assign(entry, changes);
    await this.vault.put("out", entry.key, entry);
    this.changed();
  }

  // Received: the content goes, a line with the number stays, and a note where the server had something to say.
  async received(entry, number, note = "") {
    const { key, kind, visit, item, photo, hazard, title } = entry;
    const { asked = "" } = entry.content;
    const line = { key, kind, visit, item, asked, photo, hazard, title, number, note, at: now() };
    this.lines.unshift(line);
    const old = this.lines.splice(LINES).map((each) => ["sent", each.key]);
    await this.vault.change([["sent", line.key, line]], [...recordsOf(entry), ...old]);
    this.leave(entry);
  }

  async drop(entry) {
    await this.vault.remove(...recordsOf(entry));
    this.leave(entry);
  }

  leave(entry) {
    this.entries = this.entries.filter((each) => each !== entry);
    this.changed();
  }

  next() {
    this.last += 1;
    return this.last;
  }
}

function recordsOf(entry) {
  return [["out", entry.key], ...(entry.files || []).map((id) => ["file", id])];
}
