// What is given beside a visit's lists: a hazard found elsewhere, a new site, the recheck of a hazard.

import { uuid } from "./crypto.js";
import { byId, make, problems, say } from "./dom.js";
import { FormDraft } from "./formdraft.js";
import { known, locate, placed } from "./place.js";

let draft = null;
let hazard = null;

export function prepare(desk, go) {
  for (const [id, entries] of [["hazard-form", hazardEntries], ["site-form", siteEntries], ["recheck-form", recheckEntries]]) {
    byId(id).addEventListener("submit", async (event) => {
      event.preventDefault();
      const made = entries(desk, byId(id));
      if (made) {
        await draft.send(made);
        desk.sender.hurry();
        await go("outbox");
      }
    });
  }
  byId("take-place").addEventListener("click", takePlace);
}

export function leave() {
  if (draft) {
    draft.stop();
    draft = null;
  }
}

async function begin(desk, id, about = "") {
  leave();
  const form = byId(id);
  form.reset();
  problems(form, []);
  form.querySelectorAll(".thumbs").forEach((each) => each.replaceChildren());
  draft = new FormDraft(desk, form, `${id}${about}`);
  await draft.restore();
}

export async function showHazard(desk) {
  options(byId("hazard-form").elements.site, desk.sites().map((each) => [each.uuid, each.name]));
  await begin(desk, "hazard-form");
}

export async function showSite(desk) {
  options(byId("site-form").elements.category, Object.entries(desk.pack.words.categories));
  options(byId("site-form").elements.region, desk.pack.regions.map((each) => [each.code, each.name]));
  await begin(desk, "site-form");
  drawPlace();
}

export async function showRecheck(desk, reference) {
  hazard = desk.openHazards().find((each) => each.reference === reference);
  byId("recheck-title").textContent = `${hazard.reference} ${hazard.site_name}`;
  byId("recheck-text").textContent = [...new Set([hazard.text, hazard.requirement, hazard.measures])].filter(Boolean).join(" · ");
  const pictures = await desk.vault.get("before", hazard.visit) || {};
  const held = hazard.photos.filter((each) => pictures[each.uuid]);
  const before = held.map((each) => pictured(pictures[each.uuid], `${say(each.purpose)} ${each.on}`));
  byId("before").replaceChildren(...(before.length ? before : [make("p", say("noBefore"), "muted")]));
  await begin(desk, "recheck-form", reference);
}

function pictured(src, caption) {
  return make("figure", [Object.assign(make("img"), { src, alt: caption }), make("figcaption", caption)]);
}

async function takePlace() {
  byId("place").textContent = say("locating");
  draft.place = await locate();
  drawPlace();
  byId("place").textContent ||= say("noPlace");
  await draft.keep();
}

function drawPlace() {
  const { place } = draft;
  byId("place").textContent = place ? `${place.longitude}, ${place.latitude}（±${place.accuracy} m）` : "";
}

function hazardEntries(desk, form) {
  const { site, text, location, grade, immediate_measure: measure } = form.elements;
  const key = uuid();
  const content = { site: site.value, text: text.value.trim(), location: location.value.trim(), immediate_measure: measure.value.trim() };
  Object.assign(content, grade.value ? { grade: grade.value } : {}, placed(known()));
  const title = `${say("title_hazard")} ${site.selectedOptions[0].textContent}`;
  return [{ key, kind: "hazard", title, path: "/hazards", content }, ...draft.uploads({ kind: "hazard", hazard: key }, title)];
}

function siteEntries(_, form) {
  const { name, category, region, address } = form.elements;
  const content = { name: name.value.trim(), category: category.value, region: region.value, address: address.value.trim(), ...placed(draft.place) };
  return [{ kind: "site", title: `${say("title_site")} ${content.name}`, path: "/sites", content }];
}

function recheckEntries(desk, form) {
  problems(form, draft.photos.length ? [] : [say("photoNeeded")]);
  if (!draft.photos.length) {
    return null;
  }
  const { passed, opinion } = form.elements;
  const { reference, version } = hazard;
  const recheckers = desk.visit(hazard.visit).team.map((each) => each.id);
  const content = { hazard: reference, version, passed: passed.value === "yes", opinion: opinion.value.trim(), recheckers };
  const last = { kind: "recheck", hazard: reference, title: `${say("recheck")} ${reference}`, path: "/rechecks", content };
  return [...draft.uploads({ kind: "recheck", hazard: reference }, reference), last];
}

function options(select, pairs) {
  select.replaceChildren(...pairs.map(([value, text]) => Object.assign(make("option", text), { value })));
}
