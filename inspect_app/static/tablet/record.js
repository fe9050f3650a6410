// What was found, for the inspected person to read, and the signatures under it; then the visit is handed in.

import { read } from "../fill/answers.js";
import { accountOf, drawAccount } from "./account.js";
import { byId, button, make, moment, problems, say } from "./dom.js";
import { Pad } from "./signature.js";

const FEWEST = 2;
const FEWEST_POINTS = 8;
let open = null;

export function prepare(desk, go) {
  byId("signing").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await handIn(desk)) {
      await go("outbox");
    }
  });
  byId("signing").addEventListener("change", () => keep(desk));
  byId("refused").addEventListener("change", drawRefusal);
  byId("back-to-visit").addEventListener("click", () => go("visit", open.visit.uuid));
}

export async function show(desk, uuid, go) {
  const visit = desk.visit(uuid);
  if (!byId("sheets").firstChild) {
    await go("visit", uuid, true);
    return;
  }
  byId("heading").textContent = visit.site.name;
  byId("under").textContent = say("title_record");
  byId("record").replaceChildren(...told(desk, visit));
  problems(byId("signing"), []);
  const kept = await desk.vault.get("signing", uuid) || { strokes: {}, fields: {} };
  open = { visit, kept, pads: new Map() };
  drawSigners(desk, visit);
  for (const [name, value] of Object.entries(kept.fields)) {
    byId("signing").elements[name].value = value;
  }
  byId("refused").checked = Boolean(kept.refused);
  drawRefusal();
}

// What the inspected person reads: made from the answers as they stand in the form.
function told({ pack }, visit) {
  const items = Array.from(byId("sheets").querySelectorAll("[data-item]"));
  const contents = new Map(items.map((item) => [item.dataset.item, read(item)]));
  const photos = (code) => byId(code).querySelectorAll(".thumb").length;
  const today = moment(new Date().toISOString()).slice(0, 10);
  return drawAccount(accountOf(pack, visit, contents, photos, today), pack.record);
}

function drawSigners(desk, visit) {
  const team = visit.team.map(({ name }, index) => signer(desk, `inspector${index}`, name));
  byId("signers").replaceChildren(...team);
  bind(desk, byId("signing").querySelector("[data-role=site]"), "site");
}

function signer(desk, role, name) {
  const card = make("div", [make("h2", `${say("inspector")} ${name}`), make("div", "", "pad")], "card signer");
  card.querySelector(".pad").dataset.pad = "";
  const clear = button(say("signAgain"), () => {});
  clear.dataset.clear = "";
  card.append(make("p", [clear], "row"));
  bind(desk, card, role);
  return card;
}

function bind(desk, card, role) {
  const pad = new Pad(card.querySelector("[data-pad]"), () => keep(desk));
  pad.value = open.kept.strokes[role] || "";
  card.querySelector("[data-clear]").onclick = () => {
    pad.value = "";
    keep(desk);
  };
  open.pads.set(role, pad);
}

function drawRefusal() {
  byId("witness-line").hidden = !byId("refused").checked;
}

function keep(desk) {
  const { elements } = byId("signing");
  const fields = Object.fromEntries(["site_person", "witness", "summary"].map((name) => [name, elements[name].value]));
  const strokes = Object.fromEntries(Array.from(open.pads, ([role, pad]) => [role, pad.value]));
  open.kept = { strokes, fields, refused: elements.refused.checked };
  return desk.vault.put("signing", open.visit.uuid, open.kept);
}

// True when all is there and stands in the outbox.
async function handIn(desk) {
  await keep(desk);
  const { visit, kept } = open;
  const missing = missingOf(visit, kept);
  problems(byId("signing"), missing);
  if (missing.length) {
    return false;
  }
  for (const before of desk.outbox.of(visit.uuid).filter((each) => ["submit", "signatures"].includes(each.kind))) {
    await desk.outbox.drop(before);
  }
  const path = `/visits/${visit.uuid}`;
  const content = { signatures: signaturesOf(visit, kept) };
  await desk.outbox.add({ kind: "signatures", visit: visit.uuid, title: `${visit.site.name} ${say("signatures")}`, path: `${path}/signatures`, content });
  const last = { site_person: kept.fields.site_person.trim(), summary: kept.fields.summary.trim() };
  await desk.outbox.add({ kind: "submit", visit: visit.uuid, title: `${visit.site.name} ${say("handIn")}`, path: `${path}/submit`, content: last });
  desk.sender.hurry();
  return true;
}

function missingOf(visit, { strokes, fields, refused }) {
  const signed = visit.team.filter((_, index) => strokes[`inspector${index}`]).length;
  const open = Array.from(byId("sheets").querySelectorAll(".item.open:not([hidden])"), (each) => each.dataset.item);
  return [
    open.length ? say("stillOpen", { items: open.join("、") }) : "",
    Object.values(strokes).some((each) => each && points(each) < FEWEST_POINTS) ? say("shortSignature") : "",
    signed < Math.min(FEWEST, visit.team.length) ? say("inspectorsSign") : "",
    fields.site_person.trim() ? "" : say("namePerson"),
    !refused && !strokes.site ? say("personSigns") : "",
    refused && !fields.witness.trim() ? say("nameWitness") : "",
  ].filter(Boolean);
}

function points(strokes) {
  return strokes.match(/[ML]/g).length;
}

function signaturesOf(visit, { strokes, fields, refused }) {
  const team = visit.team.map(({ name, credential }, index) => ({ role: "inspector", name, credential, strokes: strokes[`inspector${index}`] || "" }));
  const person = { role: "site_person", name: fields.site_person.trim() };
  const site = refused ? { ...person, refused: true, witness: fields.witness.trim() } : { ...person, strokes: strokes.site };
  return [...team.filter((each) => each.strokes), site];
}
