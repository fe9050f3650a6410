// The tablet's application: one page that never leaves, with views shown one at a time.

import * as bundle from "./bundle.js";
import { start as check } from "./check.js";
import { Desk } from "./desk.js";
import { byId, message, say } from "./dom.js";
import * as forms from "./forms.js";
import * as people from "./people.js";
import * as record from "./record.js";
import * as sending from "./sending.js";
import { room } from "./store.js";
import * as store from "./store.js";
import * as today from "./today.js";
import * as visit from "./visit.js";

const IDLE = 5 * 60 * 1000;
const LOOK = 15 * 1000;
const NARROW = 0.8;
const OFTEN = 150;
let desk = null;
let shown = "";
let active = Date.now();
let drawing = 0;

// What the views are given: always the one at work now.
const here = new Proxy({}, { get: (_, name) => (typeof desk[name] === "function" ? desk[name].bind(desk) : desk[name]) });
const openers = {
  welcome: people.welcome,
  unlock: people.drawPeople,
  today: () => today.draw(here, go),
  outbox: () => sending.draw(here),
  visit: (uuid) => visit.show(here, uuid),
  record: (uuid) => record.show(here, uuid, go),
  hazard: () => forms.showHazard(here),
  site: () => forms.showSite(here),
  recheck: (reference) => forms.showRecheck(here, reference),
  check: () => check(document.querySelector("[data-checks]")),
};
const SIGNED_OUT = new Set(["welcome", "unlock"]);

async function go(view, about = "", back = false) {
  const wanted = desk || SIGNED_OUT.has(view) ? view : "unlock";
  if (shown === "visit" && wanted !== "visit") {
    visit.leave();
  }
  forms.leave();
  shown = wanted;
  message("");
  byId("heading").textContent = say(`title_${wanted}`);
  byId("under").textContent = desk ? desk.person.name : "";
  document.querySelectorAll("[data-view]").forEach((each) => { each.hidden = each.dataset.view !== wanted; });
  document.querySelectorAll("[data-foot]").forEach((each) => { each.hidden = !desk || (each.dataset.foot === "visit") !== (wanted === "visit"); });
  document.querySelector(".storage").hidden = !desk;
  ["progress", "meter"].forEach((id) => { byId(id).hidden = wanted !== "visit"; });
  if (!back && desk) {
    history.pushState({ view: wanted, about }, "");
  }
  window.scrollTo(0, 0);
  await openers[wanted](about);
  document.documentElement.dataset.shown = wanted;
}

async function entered(found) {
  desk = new Desk(found, { changed, ended });
  await desk.open();
  active = Date.now();
  changed();
  await go("today");
  desk.sender.hurry();
}

// Much may change at once: it is drawn a few times a second at most.
function changed() {
  if (!desk || !desk.sender) {
    return;
  }
  drawing ||= setTimeout(draw, OFTEN);
  desk.sender.soon();
}

function draw() {
  drawing = 0;
  if (!desk) {
    return;
  }
  sending.drawState(desk);
  if (shown === "outbox") {
    sending.draw(here);
  } else if (shown === "visit") {
    visit.told(here);
  }
}

// The server no longer knows this device or person. Revoked: all of it goes. Otherwise it stays, sealed.
async function ended(code) {
  lock();
  if (code === "device_revoked") {
    await store.forgetEverybody();
  }
  await go(code === "device_revoked" || code === "token_unknown" ? "welcome" : "unlock");
  message(say(`ended_${code}`), "late");
}

function lock() {
  if (!desk) {
    return;
  }
  visit.leave();
  forms.leave();
  desk.close();
  desk = null;
  ["visits", "rechecks", "outgoing", "received", "record", "before", "sheets", "site-facts"].forEach((id) => byId(id).replaceChildren());
  document.querySelectorAll("form").forEach((each) => each.reset());
}

async function look() {
  if (desk && Date.now() - active > IDLE && !desk.sender.busy) {
    lock();
    await go("unlock");
    message(say("idle"));
    return;
  }
  const space = await room();
  const narrow = space && space.share >= NARROW;
  byId("full").hidden = !narrow;
  byId("full").textContent = narrow ? say("almostFull", { share: Math.round(space.share * 100) }) : "";
}

async function keepShell() {
  if (!("serviceWorker" in navigator)) {
    return;
  }
  try {
    const kept = await navigator.serviceWorker.register("/tablet/worker.js", { scope: "/tablet" });
    await kept.update();
  } catch {
    message(navigator.onLine && shown === "welcome" ? say("noWorker") : "");
  }
}

async function begin() {
  if (!window.isSecureContext || !crypto.subtle) {
    document.querySelector(".storage").hidden = true;
    byId("insecure").hidden = false;
    return;
  }
  people.prepare(entered, go);
  today.prepare(here, go);
  sending.prepare(here);
  bundle.prepare(here);
  record.prepare(here, go);
  forms.prepare(here, go);
  visit.prepare(here, go);
  document.querySelectorAll("[data-go]").forEach((each) => each.addEventListener("click", () => go(each.dataset.go)));
  byId("lock").addEventListener("click", async () => { lock(); await go("unlock"); });
  ["pointerdown", "keydown"].forEach((kind) => window.addEventListener(kind, () => { active = Date.now(); }, { passive: true }));
  document.addEventListener("visibilitychange", look);
  window.addEventListener("popstate", (event) => { if (desk && event.state) { go(event.state.view, event.state.about, true); } });
  window.addEventListener("online", () => { if (shown === "welcome") { people.welcome(); } });
  setInterval(look, LOOK);
  await go((await store.people()).length ? "unlock" : "welcome");
  document.documentElement.classList.add("ready");
  await keepShell();
  await look();
}

await begin();
