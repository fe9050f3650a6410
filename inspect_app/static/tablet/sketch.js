// Drawing on a photo with a finger: the marks are laid over it and give a second picture, the first one stays.

import { decode, drawn, jpeg } from "./photos.js";

const LONGEST = 1600;
const COLOUR = "#e23b2e";

// Resolves to the bytes of the picture with marks, or to null when nothing was drawn or the person went back.
export async function sketchOn(bytes, dialog) {
  const picture = await decode(new Blob([bytes], { type: "image/jpeg" }));
  const canvas = drawn(picture, LONGEST);
  picture.close();
  const clean = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const pen = follow(canvas);
  dialog.querySelector("[data-sheet]").replaceChildren(canvas);
  dialog.showModal();
  const kept = await decided(dialog, () => {
    canvas.getContext("2d").putImageData(clean, 0, 0);
    pen.drawn = false;
  });
  if (!kept || !pen.drawn) {
    return null;
  }
  return new Uint8Array(await (await jpeg(canvas)).arrayBuffer());
}

function decided(dialog, clear) {
  return new Promise((resolve) => {
    const button = (name) => dialog.querySelector(`[data-act=${name}]`);
    const finish = (kept) => {
      dialog.close();
      resolve(kept);
    };
    button("keep").onclick = () => finish(true);
    button("back").onclick = () => finish(false);
    button("clear").onclick = clear;
    dialog.oncancel = () => resolve(false);
  });
}

function follow(canvas) {
  const pen = { drawn: false };
  const context = canvas.getContext("2d");
  const at = (event) => {
    const frame = canvas.getBoundingClientRect();
    return [(event.clientX - frame.left) * (canvas.width / frame.width), (event.clientY - frame.top) * (canvas.height / frame.height)];
  };
  let down = false;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    down = true;
    Object.assign(context, { strokeStyle: COLOUR, lineWidth: Math.max(4, canvas.width / 160), lineCap: "round", lineJoin: "round" });
    context.beginPath();
    context.moveTo(...at(event));
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (down) {
      context.lineTo(...at(event));
      context.stroke();
      pen.drawn = true;
    }
  });
  ["pointerup", "pointercancel"].forEach((name) => canvas.addEventListener(name, () => { down = false; }));
  return pen;
}
