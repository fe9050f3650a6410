// Drawing where an item and the whole visit stand, and two answers that contradict each other.

import { contentOf, describe, isEmpty, read } from "./answers.js";

// Draws what an item came to. Its problems are told once something is answered.
export function drawOutcome(element, told, texts) {
  const failed = told.result === "failed";
  element.classList.toggle("bad", failed);
  element.classList.toggle("open", told.open);
  const outcome = element.querySelector(".outcome");
  outcome.hidden = !failed;
  if (failed) {
    drawConsequence(element, told, texts);
    openWords(element);
  }
  const measure = element.querySelector(".measure");
  measure.hidden = !failed && !measure.querySelector("textarea").value;
  const list = element.querySelector(".problems");
  list.hidden = isEmpty(read(element)) || !told.problems.length;
  list.replaceChildren(...told.problems.map((sentence) => line("li", sentence)));
}

function drawConsequence(element, told, texts) {
  const serious = told.consequence === "major" || told.veto;
  const pill = element.querySelector(".consequence");
  pill.textContent = `${serious ? "▲" : "◑"} ${told.consequence_label}${told.veto ? `，${texts.veto}` : ""}`;
  pill.className = `state consequence ${serious ? "late" : "wait"}`;
  element.querySelector(".why").textContent = told.why.join(" ");
}

export function drawTotals(frame, totals, texts) {
  frame.say("answered", totals.answered);
  frame.say("asked", totals.items);
  Object.assign(frame.find("meter"), { max: totals.items, value: totals.answered });
  frame.say("open-count", totals.open.length);
  frame.find("to-open").hidden = !totals.open.length;
  const scores = totals.sheets.map((sheet) => `${totals.sheets.length > 1 ? `${sheet.code} ` : ""}${sheet.score ?? "—"}`);
  frame.say("live-score", `${texts.score} ${scores.join("　")}`);
  frame.say("live-veto", totals.vetoes ? `▲ ${texts.veto} ${totals.vetoes}` : "");
}

// Shows both answers; `chosen(mine)` is told which of them the person takes.
export function drawConflict(element, stored, mine, texts, chosen) {
  const box = element.querySelector(".conflict");
  const button = (text, own) => {
    const made = Object.assign(line("button", text), { type: "button", className: "btn btn-plain" });
    made.addEventListener("click", () => { box.hidden = true; chosen(own); });
    return made;
  };
  box.replaceChildren(
    line("p", texts.conflict),
    line("p", `${texts.theirs}（${stored.by} ${stored.at}）：${describe(element, contentOf(stored), texts)}`),
    line("p", `${texts.yours}：${describe(element, mine, texts)}`),
    button(texts.useTheirs, false),
    button(texts.keepMine, true),
  );
  box.hidden = false;
  keptAt(element, texts.conflict, true);
}

// Says under an item where its answer is.
export function keptAt(element, sentence, waiting) {
  const place = element.querySelector(".kept");
  place.textContent = sentence;
  place.classList.toggle("waiting", waiting);
}

export function openWords(element) {
  element.querySelector(".words").hidden = false;
  element.querySelector(".jot").setAttribute("aria-expanded", "true");
}

function line(name, textContent) {
  return Object.assign(document.createElement(name), { textContent });
}
