"use strict";
// A signature is drawn with pen, finger or mouse and kept as SVG path data in the field beside the pad.

const WIDTH = 600;
const HEIGHT = 200;
const LONGEST = 58000;

function placed(pad, event) {
  const frame = pad.getBoundingClientRect();
  const x = ((event.clientX - frame.left) / frame.width) * WIDTH;
  const y = ((event.clientY - frame.top) / frame.height) * HEIGHT;
  const within = (value, most) => Math.min(Math.max(value, 0), most).toFixed(1).replace(/\.0$/, "");
  return `${within(x, WIDTH)} ${within(y, HEIGHT)}`;
}

function prepare(pad) {
  const form = pad.closest("form");
  const field = form.elements[pad.dataset.pad];
  const path = pad.querySelector("path");
  let stroke = "";

  const show = () => {
    path.setAttribute("d", field.value + (stroke.includes("L") ? stroke : ""));
  };
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    stroke = `M${placed(pad, event)}`;
    event.preventDefault();
  });
  pad.addEventListener("pointermove", (event) => {
    if (!stroke) {
      return;
    }
    const moves = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
    for (const each of moves.length ? moves : [event]) {
      const next = `L${placed(pad, each)}`;
      if (!stroke.endsWith(next)) {
        stroke += next;
      }
    }
    show();
  });
  const lift = () => {
    if (stroke.includes("L") && field.value.length + stroke.length < LONGEST) {
      field.value += stroke;
    }
    stroke = "";
    show();
  };
  pad.addEventListener("pointerup", lift);
  pad.addEventListener("pointercancel", lift);
  form.querySelector("[data-clear]").addEventListener("click", () => {
    field.value = "";
    stroke = "";
    show();
  });
}

for (const pad of document.querySelectorAll("[data-pad]")) {
  prepare(pad);
}
