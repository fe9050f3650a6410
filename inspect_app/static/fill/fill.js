// The fill page: every change of an item is an answer that is kept, sent, and answered with where the visit stands.

import { contentOf, describe, read, same, settle, write } from "./answers.js";
import { Contents } from "./contents.js";
import { drawFindings } from "./findings.js";
import { Outbox } from "./outbox.js";
import { drawOrphans } from "./orphans.js";
import { Photos } from "./photos.js";
import { renew, useRenewal } from "./server.js";
import { Skipping } from "./skipping.js";

const PAUSE = 800;
const QUIET = 200;
const config = JSON.parse(document.getElementById("fill-state").textContent);
const { texts } = config;
const items = new Map(Array.from(document.querySelectorAll("[data-item]"), (each) => [each.dataset.item, each]));
const known = new Map(config.state.answers.map((each) => [each.item, contentOf(each)]));
const pauses = new Map();
let trouble = null;
let lastSaved = "";
let leaving = false;
let openItems = config.state.totals.open;
let overtaken = false;
let quiet = 0;

useRenewal(config.answers);
const contents = new Contents(texts, goTo);
const skipping = new Skipping(config, items, (code, reason) => contents.draw(code, reason));
const outbox = new Outbox(config, {
  changed: drawStorage,
  trouble: (kind) => { trouble = kind; drawStorage(); },
  saved: (item, body) => {
    lastSaved = body.answer.at;
    known.set(item, contentOf(body.answer));
    keptAt(items.get(item), `${texts.saved} ${body.answer.at}`, false);
    drawStanding(body);
  },
  refused: (item, sentence) => keptAt(items.get(item), `${texts.refused}${sentence}`, true),
  conflict: drawConflict,
});
const photos = new Photos(config, {
  changed: drawStorage,
  stored: (body) => {
    trouble = null;
    drawStanding(body);
    drawStorage();
  },
  trouble: (kind) => { trouble = kind; drawStorage(); },
  refused: (item, sentence) => keptAt(items.get(item), `${texts.refused}${sentence}`, true),
});

function take(item) {
  clearTimeout(pauses.get(item));
  pauses.delete(item);
  const element = items.get(item);
  const content = read(element);
  const before = outbox.waiting.has(item) ? outbox.waiting.get(item).content : known.get(item);
  if (before ? same(before, content) : isEmpty(content)) {
    return;
  }
  keptAt(element, texts.saving, true);
  outbox.put(item, content, element.dataset.asked);
}

function isEmpty(content) {
  return !Object.keys(content.value).length && !content.note && !content.immediate_measure;
}

function keptAt(element, sentence, waiting) {
  const place = element.querySelector(".kept");
  place.textContent = sentence;
  place.classList.toggle("waiting", waiting);
}

// Draws what the server says of an item that changed and of those that hang on others. Which of them are asked is the
// server's word only once it has all the answers. A reply may have been overtaken on its way by a later one (a photo by
// an answer): when several were under way, the server is asked once more as soon as all is quiet.
function drawStanding(body) {
  overtaken ||= outbox.size > 0 || photos.unsent > 0;
  clearTimeout(quiet);
  quiet = setTimeout(() => {
    if (overtaken && !outbox.size && !photos.unsent && !pauses.size) {
      overtaken = false;
      refresh();
    }
  }, QUIET);
  [body.item, ...body.items].forEach(drawOutcome);
  drawTotals(body.totals);
  drawFindings(body.findings, texts);
  if (!outbox.size && !pauses.size) {
    skipping.told(body.items);
  }
}

function drawOutcome(told) {
  contents.told(told);
  contents.draw(told.item, skipping.reasons.get(told.item) || "");
  const element = items.get(told.item);
  const failed = told.result === "failed";
  element.classList.toggle("bad", failed);
  element.classList.toggle("open", told.open);
  const outcome = element.querySelector(".outcome");
  outcome.hidden = !failed;
  if (failed) {
    const serious = told.consequence === "major" || told.veto;
    const pill = element.querySelector(".consequence");
    pill.textContent = `${serious ? "▲" : "◑"} ${told.consequence_label}${told.veto ? `，${texts.veto}` : ""}`;
    pill.className = `state consequence ${serious ? "late" : "wait"}`;
    element.querySelector(".why").textContent = told.why.join(" ");
  }
  const measure = element.querySelector(".measure");
  measure.hidden = !failed && !measure.querySelector("textarea").value;
  if (failed) {
    openWords(element);
  }
  const answered = known.has(told.item) && !isEmpty(known.get(told.item));
  const list = element.querySelector(".problems");
  list.hidden = !(answered && told.problems.length);
  list.replaceChildren(...told.problems.map((sentence) => {
    const line = document.createElement("li");
    line.textContent = sentence;
    return line;
  }));
}

function openWords(element) {
  element.querySelector(".words").hidden = false;
  element.querySelector(".jot").setAttribute("aria-expanded", "true");
}

function openWordsIfAny(element, content) {
  if (content.note || content.immediate_measure) {
    openWords(element);
  }
}

function drawTotals(totals) {
  openItems = totals.open;
  document.getElementById("answered").textContent = totals.answered;
  document.getElementById("asked").textContent = totals.items;
  document.getElementById("meter").max = totals.items;
  document.getElementById("meter").value = totals.answered;
  document.getElementById("open-count").textContent = totals.open.length;
  document.getElementById("to-open").hidden = !totals.open.length;
  const scores = totals.sheets.map((sheet) => `${totals.sheets.length > 1 ? `${sheet.code} ` : ""}${sheet.score ?? "—"}`);
  document.getElementById("live-score").textContent = `${texts.score} ${scores.join("　")}`;
  document.getElementById("live-veto").textContent = totals.vetoes ? `▲ ${texts.veto} ${totals.vetoes}` : "";
}

function drawStorage() {
  const place = document.getElementById("storage");
  const waiting = outbox.size + photos.unsent;
  let text = lastSaved ? `${texts.saved} ${lastSaved}` : texts.allSaved;
  if (waiting) {
    text = trouble === "offline" ? offlineText() : trouble ? texts.retrying : texts.saving;
  }
  place.textContent = text;
  place.classList.toggle("waiting", waiting > 0);
  const told = trouble === "signIn" ? texts.signIn : leaving && waiting ? texts.unsent : "";
  document.getElementById("trouble").hidden = !told;
  document.getElementById("trouble-text").textContent = told || texts.retrying;
  if (leaving && !waiting) {
    leaving = false;
    window.location.assign(document.getElementById("finish").href);
  }
}

function offlineText() {
  return navigator.onLine ? texts.retrying : texts.offline;
}

function drawConflict(item, stored, mine) {
  const element = items.get(item);
  const box = element.querySelector(".conflict");
  const line = (text) => Object.assign(document.createElement("p"), { textContent: text });
  const button = (text, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-plain", textContent: text });
    made.addEventListener("click", () => { box.hidden = true; act(); });
    return made;
  };
  const theirs = contentOf(stored);
  box.replaceChildren(
    line(texts.conflict),
    line(`${texts.theirs}（${stored.by} ${stored.at}）：${describe(element, theirs, texts)}`),
    line(`${texts.yours}：${describe(element, mine, texts)}`),
    button(texts.useTheirs, () => {
      known.set(item, theirs);
      write(element, theirs);
      outbox.drop(item, stored.version);
      skipping.judge();
      refresh();
    }),
    button(texts.keepMine, () => outbox.replace(item, read(element), stored.version, element.dataset.asked)),
  );
  box.hidden = false;
  keptAt(element, texts.conflict, true);
}

// Asks the server where everything stands, for instance after a choice between two answers.
async function refresh() {
  try {
    const { status, body } = await renew();
    if (status === 200) {
      body.items.forEach(drawOutcome);
      drawTotals(body.totals);
      drawFindings(body.findings, texts);
      body.answers.forEach((each) => {
        if (!outbox.waiting.has(each.item)) {
          keptAt(items.get(each.item), `${texts.saved} ${each.at}`, false);
        }
      });
    }
  } catch {
    trouble = "offline";
    drawStorage();
  }
}

function goTo(id) {
  const target = document.getElementById(id);
  if (target) {
    target.scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  }
}

function move(step) {
  const sections = Array.from(document.querySelectorAll(".list-section:not([hidden])"));
  const edge = document.querySelector(".strip").getBoundingClientRect().bottom + 30;
  const here = sections.reduce((found, each, index) => (each.getBoundingClientRect().top <= edge ? index : found), 0);
  goTo(sections[Math.max(0, Math.min(sections.length - 1, here + step))].id);
}

for (const [item, element] of items) {
  element.querySelector(".jot").addEventListener("click", () => {
    openWords(element);
    element.querySelector("[data-words=note]").focus();
  });
  element.addEventListener("change", (event) => {
    const part = event.target.closest(".part");
    if (event.target.type === "file") {
      photos.add(item, event.target);
      return;
    }
    if (part) {
      settle(part, event.target);
      skipping.judge();
    }
    take(item);
  });
  element.addEventListener("input", (event) => {
    if (["text", "textarea", "date"].includes(event.target.type)) {
      const part = event.target.closest(".part");
      if (part) {
        settle(part, event.target);
      }
      clearTimeout(pauses.get(item));
      pauses.set(item, setTimeout(() => take(item), PAUSE));
      keptAt(element, texts.saving, true);
    }
  });
}

document.getElementById("to-open").addEventListener("click", () => {
  const first = openItems.find((code) => !skipping.hides(code));
  if (first) {
    goTo(first);
  }
});
document.getElementById("previous").addEventListener("click", () => move(-1));
document.getElementById("next").addEventListener("click", () => move(1));
document.getElementById("finish").addEventListener("click", (event) => {
  [...pauses.keys()].forEach(take);
  if (outbox.size || photos.unsent) {
    event.preventDefault();
    leaving = true;
    outbox.hurry();
    photos.run();
    drawStorage();
  }
});
window.addEventListener("pagehide", () => [...pauses.keys()].forEach(take));
window.addEventListener("beforeunload", (event) => {
  if (photos.unsent) {
    event.preventDefault();
  }
});

config.state.answers.forEach((each) => {
  write(items.get(each.item), contentOf(each));
  openWordsIfAny(items.get(each.item), each);
});
config.state.items.forEach(drawOutcome);
skipping.told(config.state.items);
config.state.files.forEach((file) => photos.show(file));
drawTotals(config.state.totals);
drawFindings(config.state.findings, texts);
const fits = (item, entry) => items.has(item) && (!entry.asked || entry.asked === items.get(item).dataset.asked);
const { waiting, orphans } = outbox.restore(fits);
for (const [item, entry] of waiting) {
  write(items.get(item), entry.content);
  openWordsIfAny(items.get(item), entry.content);
  keptAt(items.get(item), texts.retrying, true);
  entry.held = false;
}
skipping.judge();
drawOrphans(orphans, texts, (item) => outbox.forget(item));
outbox.hurry();
document.documentElement.classList.add("ready");
