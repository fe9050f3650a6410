// What is to be done today, and the button that packs everything for it.

import { NotReached } from "./api.js";
import { byId, button, make, mark, megabytes, message, moment, say } from "./dom.js";
import { StorageFull, persist, room } from "./store.js";

// `desk` is the person at work: vault, api, outbox, sender, pack; `go` shows a view.
export function prepare(desk, go) {
  byId("pack").addEventListener("click", () => pack(desk, () => draw(desk, go)));
}

export async function draw(desk, go) {
  const { pack: packed } = desk;
  byId("pack-made").textContent = packed ? moment(packed.made_at) : say("noPack");
  byId("pack-size").textContent = packed ? megabytes(desk.packSize) : "—";
  byId("visits").replaceChildren(...visits(desk, go));
  byId("rechecks").replaceChildren(...rechecks(desk, go));
  document.querySelectorAll("[data-go=hazard], [data-go=site]").forEach((each) => { each.hidden = !packed; });
  await drawRoom();
}

async function drawRoom() {
  const space = await room();
  byId("pack-room").textContent = space ? say("roomLeft", { left: megabytes(space.granted - space.used), share: Math.round(space.share * 100) }) : "—";
  const kept = navigator.serviceWorker && navigator.serviceWorker.controller;
  byId("pack-offline").replaceChildren(kept ? mark("done", say("offlineReady")) : mark("wait", say("offlineNot")));
  const lasting = navigator.storage && navigator.storage.persisted ? await navigator.storage.persisted() : null;
  byId("pack-persist").replaceChildren(lasting ? mark("done", say("persisted")) : mark("wait", say(lasting === null ? "persistUnknown" : "notPersisted")));
}

async function pack(desk, drawn) {
  const press = byId("pack");
  press.disabled = true;
  byId("packing").textContent = say("packing");
  message("");
  try {
    await persist();
    await desk.sender.hurry();
    const { status, body } = await desk.api.call("GET", "/pack");
    if (status === 200) {
      await desk.take(body);
      await desk.takePhotos((done, all) => { byId("packing").textContent = say("packingPhotos", { done, all }); });
      byId("packing").textContent = say("packed");
    } else if (!await desk.sender.refused(status, body)) {
      message(body.message || say("foreign"), "late");
      byId("packing").textContent = "";
    }
  } catch (error) {
    byId("packing").textContent = "";
    if (error instanceof NotReached) {
      message(say({ foreign: "foreign", stranger: "stranger" }[error.kind] || "needsNetwork"), "late");
    } else if (error instanceof StorageFull) {
      message(say("noRoom"), "late");
    } else {
      throw error;
    }
  } finally {
    press.disabled = false;
    await drawn();
  }
}

function visits(desk, go) {
  const all = desk.pack ? desk.pack.visits : [];
  if (!all.length) {
    return [make("li", say(desk.pack ? "noVisits" : "packFirst"), "card muted")];
  }
  const stale = desk.stale ? [make("li", `▲ ${say("packStale")}`, "card late")] : [];
  return [...stale, ...all.map((visit) => line(desk, visit, go)), ...leftOut(desk.pack)];
}

// What the pack does not hold because it has its limits is said, so that nobody takes it for all there is.
function leftOut({ left_out: visits = 0, units_left_out: units = 0 }) {
  const told = [visits ? say("leftOut", { n: visits }) : "", units ? say("unitsLeftOut", { n: units }) : ""];
  return told.filter(Boolean).map((sentence) => make("li", `◑ ${sentence}`, "card"));
}

function line(desk, visit, go) {
  const name = make("b", visit.site.name);
  const lists = make("small", `${visit.reference} · ${visit.lists.map((each) => desk.list(each).code).join(" ")}`, "muted");
  const made = make("li", [make("span", [name, make("br"), lists]), standing(desk, visit)], "card");
  if (!desk.sealed(visit.uuid)) {
    made.append(button(say(visit.state.state === "planned" && !desk.begun(visit) ? "begin" : "continue"), () => go("visit", visit.uuid)));
  }
  return made;
}

function standing(desk, visit) {
  const mine = desk.outbox.of(visit.uuid);
  if (mine.some((each) => each.state === "needs")) {
    return mark("late", say("needsYou"));
  }
  if (desk.sealed(visit.uuid)) {
    return mark("wait", say("handedIn"));
  }
  if (mine.length) {
    return mark("wait", say("keptHere", { n: mine.length }));
  }
  return desk.begun(visit) ? mark("work", say("underWay")) : mark("none", say("planned"));
}

function rechecks(desk, go) {
  const open = desk.pack ? desk.openHazards().filter((each) => each.recheck) : [];
  if (!open.length) {
    return [make("li", say("noRechecks"), "card muted")];
  }
  return open.map((hazard) => {
    const about = make("span", [make("b", hazard.site_name), make("br"), make("small", `${hazard.reference} · ${hazard.text}`, "muted")]);
    return make("li", [about, button(say("recheck"), () => go("recheck", hazard.reference))], "card");
  });
}
