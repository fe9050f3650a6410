// Where everything stands that was given on this tablet, in plain words.

import { byId, button, make, mark, moment, say } from "./dom.js";

const MOST = 100;

export function prepare(desk) {
  byId("send-now").addEventListener("click", () => desk.sender.hurry());
}

// The line that is always in sight.
export function drawState({ outbox, sender }) {
  const place = byId("standing");
  place.textContent = stateOf(outbox, sender);
  place.classList.toggle("waiting", outbox.entries.length > 0);
}

export function draw(desk) {
  const { outbox, sender } = desk;
  byId("sending").textContent = stateOf(outbox, sender);
  const empty = (name) => [make("li", say(name), "card muted")];
  const first = [...outbox.needing, ...outbox.waiting];
  const lines = first.slice(0, MOST).map((each) => waiting(desk, each));
  const more = first.length > MOST ? [make("li", say("more", { n: first.length - MOST }), "card muted")] : [];
  byId("outgoing").replaceChildren(...(first.length ? [...lines, ...more] : empty("nothingWaits")));
  byId("received").replaceChildren(...(outbox.lines.length ? outbox.lines.slice(0, MOST).map(line) : empty("nothingReceived")));
}

function stateOf(outbox, sender) {
  const needing = outbox.needing.length ? say("needing", { n: outbox.needing.length }) : "";
  const { step } = sender;
  if (step) {
    const share = step.share === null ? "" : ` ${Math.round(step.share * 100)}%`;
    return `${say("sendingStep", step)}${share}`;
  }
  const n = outbox.waiting.length;
  if (!n) {
    return needing || say("allReceived");
  }
  const why = { offline: "keptOffline", foreign: "keptForeign", stranger: "keptStranger", busy: "keptBusy" }[sender.reached] || "keptHere";
  return [say(why, { n }), needing].filter(Boolean).join(" · ");
}

function waiting(desk, entry) {
  const { outbox, sender } = desk;
  const needs = entry.state === "needs";
  const about = make("span", [make("b", entry.title), make("br"), make("small", moment(entry.claimed_at), "muted")]);
  const made = make("li", [about, needs ? mark("late", say("needsYou")) : mark("wait", say("kept"))], "card");
  if (needs) {
    made.append(make("p", entry.sentence || say("refused")));
    made.append(button(say("again"), async () => {
      await outbox.update(entry, { state: "waiting" });
      sender.hurry();
    }));
    const visit = entry.kind === "submit" && desk.visit(entry.visit);
    if (visit) {
      made.append(Object.assign(make("a", say("openVisit"), "btn"), { href: `/inspections/${visit.reference}` }));
    }
    if (entry.kind !== "submit") {
      made.append(button(say("giveUp"), async () => {
        if (window.confirm(say("giveUpQuestion"))) {
          await outbox.drop(entry);
        }
      }));
    }
  }
  return made;
}

function line(entry) {
  const about = make("span", [make("b", entry.title), make("br"), make("small", moment(entry.at), "muted")]);
  const made = make("li", [about, mark("done", say("receivedAs", { number: entry.number }))], "card");
  if (entry.note) {
    made.append(make("p", `◑ ${entry.note}`));
  }
  return made;
}
