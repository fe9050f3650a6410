// What is given beside a visit's lists: a hazard found elsewhere, a new site, the recheck of a hazard.

import { uuid } from "./crypto.js";
import { byId, button, make, problems, say } from "./dom.js";
import { annotated, announced, takeFrom } from "./pictures.js";
import { thumbnail } from "./photos.js";
import { known, locate, placed } from "./place.js";

let photos = [];
let place = null;
let hazard = null;

export function prepare(desk, go) {
  for (const [id, send] of [["hazard-form", sendHazard], ["site-form", sendSite], ["recheck-form", sendRecheck]]) {
    const form = byId(id);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (await send(desk, form)) {
        desk.sender.hurry();
        await go("outbox");
      }
    });
    const input = form.querySelector("[type=file]");
    if (input) {
      input.addEventListener("change", () => takeFrom(input, (photo) => keep(form, photo)));
    }
  }
  byId("take-place").addEventListener("click", drawPlace);
}

export function showHazard(desk) {
  clear(byId("hazard-form"));
  options(byId("hazard-form").elements.site, desk.sites().map((each) => [each.uuid, each.name]));
}

export function showSite(desk) {
  clear(byId("site-form"));
  place = null;
  byId("place").textContent = "";
  options(byId("site-form").elements.category, Object.entries(desk.pack.words.categories));
  options(byId("site-form").elements.region, desk.pack.regions.map((each) => [each.code, each.name]));
}

export async function showRecheck(desk, reference) {
  clear(byId("recheck-form"));
  hazard = desk.openHazards().find((each) => each.reference === reference);
  byId("recheck-title").textContent = `${hazard.reference} ${hazard.site_name}`;
  byId("recheck-text").textContent = [...new Set([hazard.text, hazard.requirement, hazard.measures])].filter(Boolean).join(" · ");
  const pictures = await desk.vault.get("before", hazard.visit) || {};
  const held = hazard.photos.filter((each) => pictures[each.uuid]);
  const before = held.map((each) => pictured(pictures[each.uuid], `${say(each.purpose)} ${each.on}`));
  byId("before").replaceChildren(...(before.length ? before : [make("p", say("noBefore"), "muted")]));
}

function pictured(src, caption) {
  return make("figure", [Object.assign(make("img"), { src, alt: caption }), make("figcaption", caption)]);
}

async function drawPlace() {
  byId("place").textContent = say("locating");
  place = await locate();
  byId("place").textContent = place ? `${place.longitude}, ${place.latitude}（±${place.accuracy} m）` : say("noPlace");
}

async function keep(form, photo) {
  const image = Object.assign(make("img"), { src: await thumbnail(photo.bytes, 320), alt: photo.name });
  const box = make("span", [image, make("em", say("notSent"))], "thumb");
  photos.push(photo);
  const cross = button("✕", () => {
    photos = photos.filter((each) => each !== photo);
    box.remove();
  }, "cross");
  cross.setAttribute("aria-label", say("removePhoto"));
  const pen = button("✎", async () => {
    const drawn = await annotated(photo);
    if (drawn) {
      await keep(form, drawn);
    }
  }, "pen");
  pen.setAttribute("aria-label", say("drawOn"));
  box.append(cross, pen);
  form.querySelector(".thumbs").append(box);
}

async function sendHazard(desk, form) {
  const { site, text, location, grade, immediate_measure: measure } = form.elements;
  const target = uuid();
  const content = { site: site.value, text: text.value.trim(), location: location.value.trim(), immediate_measure: measure.value.trim() };
  Object.assign(content, grade.value ? { grade: grade.value } : {}, placed(known()));
  await desk.outbox.add({ key: target, kind: "hazard", title: `${say("title_hazard")} ${site.selectedOptions[0].textContent}`, path: "/hazards", content });
  await sendPhotos(desk, { kind: "hazard", hazard: target }, say("title_hazard"));
  return true;
}

async function sendSite(desk, form) {
  const { name, category, region, address } = form.elements;
  const content = { name: name.value.trim(), category: category.value, region: region.value, address: address.value.trim(), ...placed(place) };
  await desk.outbox.add({ kind: "site", title: `${say("title_site")} ${content.name}`, path: "/sites", content });
  return true;
}

async function sendRecheck(desk, form) {
  if (!photos.length) {
    problems(form, [say("photoNeeded")]);
    return false;
  }
  const { passed, opinion } = form.elements;
  const { reference } = hazard;
  await sendPhotos(desk, { kind: "recheck", hazard: reference }, reference);
  const recheckers = desk.visit(hazard.visit).team.map((each) => each.id);
  const content = { hazard: reference, version: hazard.version, passed: passed.value === "yes", opinion: opinion.value.trim(), recheckers };
  await desk.outbox.add({ kind: "recheck", hazard: reference, title: `${say("recheck")} ${reference}`, path: "/rechecks", content });
  return true;
}

async function sendPhotos(desk, about, title) {
  for (const photo of photos) {
    const content = await announced(photo, about);
    await desk.outbox.add({ kind: "upload", title: `${title} ${photo.name}`, content, files: [content.uuid] }, [[content.uuid, photo.bytes]]);
  }
  photos = [];
}

function clear(form) {
  form.reset();
  photos = [];
  problems(form, []);
  form.querySelectorAll(".thumbs").forEach((each) => each.replaceChildren());
}

function options(select, pairs) {
  select.replaceChildren(...pairs.map(([value, text]) => Object.assign(make("option", text), { value })));
}
