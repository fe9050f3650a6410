// The form on which a visit is filled, wherever its answers go: every change of an item is an answer that is kept, and
// the page says at once what it leads to. It judges by itself (tally.js); what the server says later wins.

import { contentOf, isEmpty, read, same, settle, write } from "./answers.js";
import { Contents } from "./contents.js";
import { drawFindings } from "./findings.js";
import { Frame } from "./frame.js";
import { drawOrphans } from "./orphans.js";
import { drawConflict, drawOutcome, drawTotals, keptAt, openWords } from "./outcome.js";
import { Skipping } from "./skipping.js";
import { Storage } from "./storage.js";
import { judgeVisit } from "./tally.js";

const PAUSE = 800;
const QUIET = 200;

// `root` holds the lists and what stands around them (frame.js). `config` is {state, lists, phrases, texts}: `state` as
// inspections/presenting tells it with today's date, `lists` the definitions by which it is judged. `makers` give what
// the answers go to: `outbox(listeners)` and `photos(listeners)` with the methods of outbox.js and photos.js,
// `finish(open)` for when all is kept and the person goes on, `refresh()` where a server can be asked.
export function startForm(root, config, makers) {
  const form = new Form(root, config, makers);
  form.begin();
  return form;
}

class Form {
  constructor(root, config, makers) {
    Object.assign(this, { config, makers, texts: config.texts });
    this.ending = new AbortController();
    this.frame = new Frame(root, this.ending.signal);
    this.items = this.frame.items();
    this.known = new Map(config.state.answers.map((each) => [each.item, contentOf(each)]));
    this.drawn = new Map();
    this.pauses = new Map();
    this.open = [];
    this.overtaken = false;
    this.quiet = 0;
    this.showLists();
    this.contents = new Contents(this.frame, this.texts, (id) => this.frame.goTo(id));
    this.skipping = new Skipping(this.frame, this.items, this.texts, (code, reason) => this.contents.draw(code, reason));
    this.outbox = makers.outbox(this.outboxListeners());
    this.photos = makers.photos(this.photoListeners());
    this.storage = new Storage(this.frame, this.texts, () => this.outbox.size + this.photos.unsent, () => makers.finish(this.open));
  }

  begin() {
    const { state } = this.config;
    const early = this.typedEarly();
    state.answers.forEach((each) => this.show(each.item, contentOf(each)));
    state.files.forEach((file) => this.photos.show(file));
    const { waiting, orphans } = this.outbox.restore((item, entry) => this.fits(item, entry));
    for (const [item, entry] of waiting) {
      this.show(item, entry.content);
      keptAt(this.items.get(item), this.texts.retrying, true);
      entry.held = false;
    }
    drawOrphans(this.frame.find("orphans"), orphans, this.texts, (item) => this.outbox.forget(item));
    this.drawStanding(state.items || [], state.totals, state.findings);
    this.listen();
    for (const [item, content] of early) {
      this.show(item, content);
      this.take(item);
    }
    this.skipping.told(this.judge());
    this.outbox.hurry();
  }

  // What a person has given while the scripts were still on their way, by item.
  typedEarly() {
    const given = Array.from(this.items, ([item, element]) => [item, read(element)]);
    return given.filter(([, content]) => !isEmpty(content));
  }

  // Keeps what is being typed, and lets go of the page.
  stop() {
    this.takeAll();
    clearTimeout(this.quiet);
    this.ending.abort();
  }

  outboxListeners() {
    return {
      changed: () => this.storage.draw(),
      trouble: (kind) => this.storage.trouble(kind),
      saved: (item, body) => {
        this.known.set(item, contentOf(body.answer));
        this.storage.saved(body.answer.at);
        keptAt(this.items.get(item), `${this.texts.saved} ${body.answer.at}`, false);
        this.heard(body);
      },
      refused: (item, sentence) => this.refuse(item, sentence),
      conflict: (item, stored, mine) => this.contradicted(item, stored, mine),
    };
  }

  photoListeners() {
    return {
      changed: () => this.storage.draw(),
      stored: (body) => {
        this.storage.trouble(null);
        this.judge();
        this.heard(body);
      },
      trouble: (kind) => this.storage.trouble(kind),
      refused: (item, sentence) => this.refuse(item, sentence),
    };
  }

  listen() {
    const { signal } = this.ending;
    for (const [item, element] of this.items) {
      element.querySelector(".jot").addEventListener("click", () => {
        openWords(element);
        element.querySelector("[data-words=note]").focus();
      }, { signal });
      element.addEventListener("change", (event) => this.changed(item, event.target), { signal });
      element.addEventListener("input", (event) => this.typed(item, event.target), { signal });
    }
    this.frame.on("to-open", "click", () => this.frame.goTo(this.open.find((code) => !this.skipping.hides(code)) || ""));
    this.frame.on("previous", "click", () => this.frame.move(-1));
    this.frame.on("next", "click", () => this.frame.move(1));
    this.frame.on("finish", "click", (event) => {
      event.preventDefault();
      this.takeAll();
      this.outbox.hurry();
      this.photos.run();
      this.storage.leave();
    });
    window.addEventListener("pagehide", () => this.takeAll(), { signal });
    window.addEventListener("beforeunload", (event) => {
      if (this.photos.unsent) {
        event.preventDefault();
      }
    }, { signal });
  }

  changed(item, field) {
    if (field.type === "file") {
      this.photos.add(item, field);
      return;
    }
    const part = field.closest(".part");
    if (part) {
      settle(part, field);
    }
    this.take(item);
    this.skipping.judged(this.judge());
  }

  typed(item, field) {
    if (!["text", "textarea", "date"].includes(field.type)) {
      return;
    }
    const part = field.closest(".part");
    if (part) {
      settle(part, field);
    }
    clearTimeout(this.pauses.get(item));
    this.pauses.set(item, setTimeout(() => {
      this.take(item);
      this.judge();
    }, PAUSE));
    keptAt(this.items.get(item), this.texts.saving, true);
  }

  take(item) {
    clearTimeout(this.pauses.get(item));
    this.pauses.delete(item);
    const element = this.items.get(item);
    const content = read(element);
    const waiting = this.outbox.waiting.get(item);
    const before = waiting ? waiting.content : this.known.get(item);
    if (before ? same(before, content) : isEmpty(content)) {
      return;
    }
    keptAt(element, this.texts.saving, true);
    this.outbox.put(item, content, element.dataset.asked);
  }

  takeAll() {
    [...this.pauses.keys()].forEach((item) => this.take(item));
  }

  get busy() {
    return this.outbox.size > 0 || this.photos.unsent > 0 || this.pauses.size > 0;
  }

  // Judges by what stands in the inputs now; returns where every item stands.
  judge() {
    const { lists, phrases, state } = this.config;
    const answers = Object.fromEntries(Array.from(this.items, ([code, element]) => [code, read(element).value]));
    const { items, totals } = judgeVisit(lists, answers, (code) => this.photos.attached(code), state.today, phrases);
    this.drawStanding(items, totals);
    return items;
  }

  // Draws what the server says. A reply may have been overtaken on its way by a later one (a photo by an answer): when
  // several were under way, the server is asked once more as soon as all is quiet.
  heard(body) {
    if (!body.totals) {
      return;
    }
    this.overtaken ||= this.busy;
    if (!this.overtaken) {
      this.drawStanding([body.item, ...body.items], body.totals, body.findings);
      this.skipping.told(body.items);
    }
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => {
      if (this.overtaken && !this.busy) {
        this.refresh();
      }
    }, QUIET);
  }

  // Asks the server where everything stands, for instance after a choice between two answers.
  async refresh() {
    const body = this.makers.refresh && await this.makers.refresh();
    if (!body) {
      return;
    }
    this.overtaken = false;
    this.drawStanding(body.items, body.totals, body.findings);
    for (const each of body.answers) {
      if (!this.outbox.waiting.has(each.item)) {
        keptAt(this.items.get(each.item), `${this.texts.saved} ${each.at}`, false);
      }
    }
  }

  drawStanding(items, totals, findings) {
    items.forEach((told) => this.drawItem(told));
    if (totals) {
      this.open = totals.open;
      drawTotals(this.frame, totals, this.texts);
    }
    drawFindings(this.frame.find("findings-list"), findings, this.texts);
  }

  drawItem(told) {
    const element = this.items.get(told.item);
    const looks = JSON.stringify([told, isEmpty(read(element))]);
    if (this.drawn.get(told.item) !== looks) {
      this.drawn.set(told.item, looks);
      this.contents.told(told);
      drawOutcome(element, told, this.texts);
    }
  }

  refuse(item, sentence) {
    keptAt(this.items.get(item), `${this.texts.refused}${sentence}`, true);
  }

  contradicted(item, stored, mine) {
    const element = this.items.get(item);
    drawConflict(element, stored, mine, this.texts, (own) => {
      if (own) {
        this.outbox.replace(item, read(element), stored.version, element.dataset.asked);
        return;
      }
      this.known.set(item, contentOf(stored));
      write(element, contentOf(stored));
      this.outbox.drop(item, stored.version);
      this.skipping.judged(this.judge());
      this.refresh();
    });
  }

  show(item, content) {
    const element = this.items.get(item);
    write(element, content);
    if (content.note || content.immediate_measure) {
      openWords(element);
    }
  }

  fits(item, entry) {
    return this.items.has(item) && (!entry.asked || entry.asked === this.items.get(item).dataset.asked);
  }

  // Sections name their list where there are several, and no date lies after the visit.
  showLists() {
    this.frame.root.querySelectorAll(".list-code").forEach((each) => { each.hidden = this.config.lists.length < 2; });
    this.frame.root.querySelectorAll("input[type=date]").forEach((each) => { each.max = this.config.state.today; });
  }
}
