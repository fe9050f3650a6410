// One visit, filled on the tablet: the form of the lists, whose answers and photos go into the vault and the outbox.

import { startForm } from "../fill/form.js";
import { keptAt } from "../fill/outcome.js";
import { byId, make, moment, say } from "./dom.js";
import { ItemPhotos } from "./itemphotos.js";
import { locate, placed } from "./place.js";

let open = null;

export function prepare(desk, go) {
  byId("form-next").addEventListener("click", () => open && go("record", open.visit.uuid));
}

export async function show(desk, uuid) {
  const visit = desk.visit(uuid);
  leave();
  byId("heading").textContent = visit.site.name;
  byId("under").textContent = visit.lists.map((id) => `${desk.list(id).code} ${say("listVersion", { n: desk.list(id).version })}`).join("　");
  await start(desk, visit);
  drawSite(visit);
  byId("sheets").innerHTML = visit.lists.map((id) => desk.list(id).form).join("");
  const drafts = await desk.drafts(uuid);
  const pictures = (await desk.vault.all("picture")).filter((each) => each.visit === uuid);
  const lists = visit.lists.map((id) => desk.list(id).definition);
  const texts = { ...desk.pack.texts, saved: say("keptAt"), allSaved: say("keptAt") };
  const config = { state: stateOf(visit, drafts), lists, phrases: desk.pack.phrases, texts };
  open = { visit, form: null };
  open.form = startForm(document.body, config, {
    outbox: (listeners) => new Drafts(desk, visit, drafts, listeners),
    photos: (listeners) => new ItemPhotos(desk, visit, pictures, listeners),
    finish: () => byId("form-next").click(),
  });
  told(desk);
}

export function leave() {
  if (open) {
    if (open.form) {
      open.form.stop();
    }
    open = null;
  }
}

// What the page knows of each item beyond its answer: sent, received, or in need of the person.
export function told(desk) {
  if (!open || !open.form) {
    return;
  }
  const { uuid } = open.visit;
  const received = desk.outbox.lines.filter((each) => each.visit === uuid && each.kind === "answer");
  const entries = desk.outbox.of(uuid).filter((each) => each.kind === "answer");
  for (const line of received.reverse()) {
    const about = line.note ? `。${line.note}` : "";
    drawKept(line.item, say("receivedAs", { number: line.number }) + about, false, line.asked);
  }
  for (const entry of entries) {
    const needs = entry.state === "needs";
    drawKept(entry.item, needs ? `${say("needsYou")}：${entry.sentence}` : `${say("keptAt")} ${moment(entry.claimed_at).slice(11)}`, true);
  }
  open.form.photos.told();
}

// `asked` tells to which wording of the question something was given; about another one it says nothing.
function drawKept(item, sentence, waiting, asked = "") {
  const element = open.form.items.get(item);
  if (element && (!asked || asked === element.dataset.asked)) {
    keptAt(element, sentence, waiting);
  }
}

// The first answers on this tablet begin the visit; the server decides when it really began.
async function start(desk, visit) {
  if (desk.begun(visit)) {
    return;
  }
  const place = await Promise.race([locate(), new Promise((resolve) => { setTimeout(() => resolve(null), 3000); })]);
  await desk.outbox.add({ kind: "start", visit: visit.uuid, title: `${say("begin")} ${visit.site.name}`, path: `/visits/${visit.uuid}/start`, content: placed(place) });
}

// What the server knew when the pack was made, with what was answered here since to the questions as they read now.
function stateOf(visit, drafts) {
  const answers = new Map(visit.state.answers.map((each) => [each.item, each]));
  const questions = new Map(Array.from(byId("sheets").querySelectorAll("[data-item]"), (each) => [each.dataset.item, each.dataset.asked]));
  for (const [item, draft] of drafts) {
    if (!draft.content.asked || draft.content.asked === questions.get(item)) {
      answers.set(item, { item, version: 0, by: "", at: moment(draft.at).slice(11), ...draft.content });
    }
  }
  const asked = [...answers.values()].filter((each) => questions.has(each.item));
  return { ...visit.state, answers: asked, items: [], totals: null, today: moment(new Date().toISOString()).slice(0, 10) };
}

function drawSite({ site, findings = [], hazards = [] }) {
  const facts = Object.entries(site.facts || {}).map(([label, value]) => make("p", `${label}：${value}`));
  const lines = [...findings, ...hazards].map((each) => make("li", `${each.reference || ""} ${each.text || each.title || ""} ${each.state_label || ""}`.trim()));
  byId("site-facts").replaceChildren(...facts, lines.length ? make("ul", lines) : make("p", say("nothingEarlier"), "muted"));
}

// Where the form puts its answers: into the vault at once, with a place in the outbox.
class Drafts {
  constructor(desk, visit, drafts, listeners) {
    Object.assign(this, { desk, visit, drafts, listeners });
    this.waiting = new Map();
  }

  get size() {
    return this.waiting.size;
  }

  restore(fits) {
    const lost = [...this.drafts].filter(([item, { content }]) => !fits(item, content));
    return { waiting: new Map(), orphans: new Map(lost) };
  }

  async put(item, content, asked) {
    this.waiting.set(item, { content, asked });
    this.listeners.changed();
    await this.desk.outbox.answer(this.visit.uuid, item, { ...content, asked }, `${this.visit.site.name} ${item}`);
    if (this.waiting.get(item).content === content) {
      this.waiting.delete(item);
    }
    this.listeners.saved(item, { answer: { ...content, at: moment(new Date().toISOString()).slice(11) } });
    this.listeners.changed();
  }

  forget(item) {
    this.desk.vault.remove(["draft", `${this.visit.uuid}/${item}`]);
  }

  hurry() {}
}
