// What works on this tablet, found out by trying, and said in words. It needs no account and no store of its own.

import { clock, server } from "./check-server.js";
import { camera, encryption, keeping, lasting, place, room, secure, trusted } from "./check-device.js";

const SIGNS = { done: "●", wait: "◑", late: "▲", none: "○" };
// what a whole inspection without a network cannot do without
const ESSENTIAL = ["secure", "trusted", "keeping", "encryption"];
const CHECKS = { server, clock, secure, trusted, keeping, room, lasting, encryption, camera, place };
const ASKED = ["lasting", "camera", "place"];

export function start(root) {
  const config = JSON.parse(root.querySelector("[data-check-texts]").textContent);
  const found = new Map();
  const run = async (name, pressed) => {
    draw(root, config, name, { state: "none", text: config.texts.running });
    const outcome = await CHECKS[name](config, pressed).catch((error) => ({ state: "late", text: String(error.message || error) }));
    found.set(name, outcome.state);
    draw(root, config, name, outcome);
    conclude(root, config, found);
  };
  for (const name of ASKED) {
    root.querySelector(`[data-try=${name}]`).onclick = () => run(name, true);
  }
  return Promise.all(Object.keys(CHECKS).map((name) => run(name, false))).then(() => { root.dataset.ready = "yes"; });
}

function draw(root, config, name, { state, text }) {
  const line = root.querySelector(`[data-check=${name}]`);
  const pill = line.querySelector(".state");
  pill.className = `state large ${state}`;
  pill.textContent = `${SIGNS[state]} ${config.states[state]}`;
  line.querySelector(".told").textContent = text;
}

function conclude(root, config, found) {
  const box = root.querySelector("[data-verdict]");
  const failing = ESSENTIAL.filter((name) => found.get(name) === "late");
  const { verdicts } = config;
  const [tone, text] = found.get("keeping") === "late" ? ["late", verdicts.none]
    : failing.length ? ["wait", verdicts.reduced]
    : ESSENTIAL.some((name) => !found.has(name)) ? ["none", verdicts.running]
    : ["done", verdicts.full];
  box.className = `notice ${tone}`;
  box.querySelector("i").textContent = SIGNS[tone];
  box.querySelector("span").textContent = text;
}

document.querySelectorAll("[data-checks=now]").forEach((root) => start(root));
