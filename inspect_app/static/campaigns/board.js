// The board: a card is dragged by mouse, pen or finger to another team or day. The card goes there at once; when the
// server refuses, it goes back and the page says why.

import { call, NotReached } from "../fill/server.js";

const DISTANCE = 6;
const board = document.querySelector("[data-board]");
const refusal = document.getElementById("board-refusal");
const told = document.getElementById("board-told");
const dialog = document.getElementById("board-reason");
let held = null;

function slotAt(x, y) {
  const slot = document.elementFromPoint(x, y)?.closest("[data-on]");
  return slot && board.contains(slot) ? slot : null;
}

function mark(slot) {
  for (const each of board.querySelectorAll(".over")) {
    each.classList.remove("over");
  }
  slot?.classList.add("over");
}

function lift(event) {
  const size = held.card.getBoundingClientRect();
  held.lifted = true;
  held.offset = { x: held.x - size.left, y: held.y - size.top };
  held.card.classList.add("lifted");
  held.card.style.width = `${size.width}px`;
  carry(event);
}

function carry(event) {
  held.card.style.left = `${event.clientX - held.offset.x}px`;
  held.card.style.top = `${event.clientY - held.offset.y}px`;
  mark(slotAt(event.clientX, event.clientY));
}

function lay() {
  held.card.classList.remove("lifted");
  held.card.removeAttribute("style");
  mark(null);
}

function asksWhy(card, slot) {
  return slot.dataset.on > card.dataset.first;
}

function reason() {
  return new Promise((resolve) => {
    const field = dialog.querySelector("input");
    field.value = "";
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "ok" ? field.value.trim() : null), { once: true });
    dialog.showModal();
    field.focus();
  });
}

// All open cards of one journey go together.
function together(card) {
  const trip = card.dataset.trip;
  return trip ? [...board.querySelectorAll("[data-trip]")].filter((each) => each.dataset.trip === trip) : [card];
}

async function send(card, slot) {
  const homes = together(card).map((each) => [each, each.parentElement, each.nextElementSibling]);
  const why = asksWhy(card, slot) ? await reason() : "";
  if (why === null) {
    return;
  }
  homes.forEach(([each]) => { slot.append(each); each.classList.add("saving"); });
  const failure = await ask(card, slot, why);
  homes.forEach(([each]) => each.classList.remove("saving"));
  if (failure) {
    homes.reverse().forEach(([each, parent, next]) => parent.insertBefore(each, next));
    say(failure);
    card.querySelector("summary").focus();
    return;
  }
  if (homes.length > 1) {
    window.location.reload();
  }
}

// Resolves to the sentence of a refusal, or nothing when the visit was moved.
async function ask(card, slot, why) {
  const wish = { on: slot.dataset.on, reason: why, version: card.dataset.version };
  if (slot.dataset.team) {
    wish.team = slot.dataset.team;
  }
  try {
    const { status, body } = await call("POST", card.dataset.move, wish);
    if (status !== 200) {
      return [...(body.reasons ?? [])].join("") || body.message;
    }
    settle(card, slot, body);
  } catch (error) {
    if (!(error instanceof NotReached)) {
      throw error;
    }
    return board.dataset.failed;
  }
  return "";
}

function settle(card, slot, body) {
  card.dataset.version = body.version;
  const form = card.querySelector("form");
  form.elements.version.value = body.version;
  form.elements.on.value = body.on;
  if (form.elements.team && slot.dataset.team) {
    form.elements.team.value = slot.dataset.team;
  }
  refusal.hidden = true;
  told.textContent = board.dataset.moved.replace("{on}", body.on);
}

function say(sentence) {
  refusal.querySelector("span").textContent = sentence;
  refusal.hidden = false;
  refusal.scrollIntoView({ block: "nearest" });
}

board.addEventListener("pointerdown", (event) => {
  const card = event.target.closest(".visit[data-move]");
  if (card && event.button === 0 && !event.target.closest("summary, form")) {
    held = { card, x: event.clientX, y: event.clientY, lifted: false, pointer: event.pointerId };
    card.setPointerCapture(event.pointerId);
  }
});

board.addEventListener("pointermove", (event) => {
  if (!held || event.pointerId !== held.pointer) {
    return;
  }
  if (held.lifted) {
    carry(event);
  } else if (Math.hypot(event.clientX - held.x, event.clientY - held.y) > DISTANCE) {
    lift(event);
  }
});

board.addEventListener("pointerup", (event) => {
  if (!held || event.pointerId !== held.pointer) {
    return;
  }
  const { card, lifted } = held;
  const slot = lifted ? slotAt(event.clientX, event.clientY) : null;
  lay();
  held = null;
  if (lifted) {
    // the click that follows a drop would open the link under the pointer
    const swallow = (click) => click.preventDefault();
    card.addEventListener("click", swallow, { capture: true });
    setTimeout(() => card.removeEventListener("click", swallow, { capture: true }), 0);
  }
  if (slot && slot !== card.parentElement) {
    send(card, slot);
  }
});

board.addEventListener("pointercancel", () => {
  if (held) {
    lay();
    held = null;
  }
});
