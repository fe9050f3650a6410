// Answers on their way: each is kept in this device's storage before it is sent, and until the server has said it has it.

import { contentOf, same } from "./answers.js";
import { NotReached, call } from "./server.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;

export class Outbox {
  constructor(config, listeners) {
    this.prefix = `fill:${config.owner}:${config.uuid}:`;
    this.address = config.answers;
    this.listeners = listeners;
    this.versions = new Map(config.state.answers.map((each) => [each.item, each.version]));
    this.waiting = new Map();
    this.busy = false;
    this.wait = FIRST_WAIT;
    this.timer = null;
    window.addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) { this.hurry(); } });
  }

  // Takes up what an earlier visit to this page could not send; returns it by item. `fits` tells whether the page still
  // asks what was answered; what it does not ask stays in this device's storage and is returned as `orphans`.
  restore(fits) {
    const orphans = new Map();
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      if (key.startsWith(this.prefix)) {
        try {
          const item = key.slice(this.prefix.length);
          const entry = JSON.parse(localStorage.getItem(key));
          (fits(item, entry) ? this.waiting : orphans).set(item, entry);
        } catch {
          localStorage.removeItem(key);
        }
      }
    }
    return { waiting: this.waiting, orphans };
  }

  get size() {
    return this.waiting.size;
  }

  // `asked` names the question as this page shows it, so that the answer is never taken for one to another question.
  put(item, content, asked) {
    const before = this.waiting.get(item);
    const version = before && before.asked === asked ? before.version : this.versions.get(item) || 0;
    this.keep(item, { content, asked, version, tried: before ? before.tried : [], held: false });
    this.hurry();
  }

  // The person chose between two answers: the next sending replaces the version named.
  replace(item, content, version, asked) {
    this.keep(item, { content, asked, version, tried: [], held: false });
    this.hurry();
  }

  drop(item, version) {
    this.versions.set(item, version);
    this.forget(item);
    this.listeners.changed();
  }

  hurry() {
    clearTimeout(this.timer);
    this.wait = FIRST_WAIT;
    this.listeners.changed();
    this.run();
  }

  async run() {
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      for (let next = this.next(); next; next = this.next()) {
        if (!await this.deliver(next)) {
          this.later();
          break;
        }
      }
    } finally {
      this.busy = false;
      this.listeners.changed();
    }
  }

  next() {
    return [...this.waiting.keys()].find((item) => !this.waiting.get(item).held);
  }

  // True when the server has decided, false when it has to be asked again later.
  async deliver(item) {
    const entry = this.waiting.get(item);
    entry.tried = [...entry.tried, entry.content].slice(-5);
    this.keep(item, entry);
    let answer;
    try {
      answer = await call("PUT", `${this.address}/${encodeURIComponent(item)}`, { ...entry.content, version: entry.version, asked: entry.asked });
    } catch (error) {
      if (!(error instanceof NotReached)) {
        throw error;
      }
      this.listeners.trouble("offline");
      return false;
    }
    return this.settle(item, entry, answer);
  }

  settle(item, entry, { status, body }) {
    if (status === 200 && body.answer && body.answer.item === item) {
      this.accepted(item, entry, body);
      return true;
    }
    if (status === 409 && body.stored) {
      return this.contradicted(item, entry, body);
    }
    if (status === 401) {
      this.listeners.trouble("signIn");
      return false;
    }
    if (status >= 500 || status === 429 || status === 400) {
      this.listeners.trouble("retrying");
      return false;
    }
    this.keep(item, { ...entry, held: true });
    this.listeners.refused(item, [body.message, ...(body.reasons || [])].filter(Boolean).join(" "));
    return true;
  }

  accepted(item, entry, body) {
    this.versions.set(item, body.answer.version);
    this.listeners.trouble(null);
    const now = this.waiting.get(item);
    if (now && !same(now.content, entry.content)) {
      this.keep(item, { ...now, version: body.answer.version, tried: [] });
    } else {
      this.forget(item);
    }
    this.listeners.saved(item, body);
  }

  // An answer of this very page whose receipt was lost is no contradiction: the newer one simply follows it.
  contradicted(item, entry, body) {
    const latest = this.waiting.get(item) || entry;
    if (latest.tried.some((content) => same(content, contentOf(body.stored)))) {
      this.keep(item, { ...latest, version: body.stored.version, tried: [] });
      return true;
    }
    this.keep(item, { ...latest, held: true });
    this.listeners.conflict(item, body.stored, latest.content);
    return true;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  keep(item, entry) {
    this.waiting.set(item, entry);
    try {
      localStorage.setItem(this.prefix + item, JSON.stringify(entry));
    } catch {
      this.listeners.trouble("retrying");
    }
  }

  forget(item) {
    this.waiting.delete(item);
    localStorage.removeItem(this.prefix + item);
  }
}
