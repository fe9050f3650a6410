// What waits, put into files for the office when no network comes; and what the office sends back in such a file.

import { now } from "./api.js";
import { NotOurs, openBag, sealBag } from "./bag.js";
import { byId } from "./dom.js";

const MOST_BYTES = 20 * 1024 * 1024;
const LINGER = 60000;

export function prepare(desk) {
  const { texts } = JSON.parse(byId("bundle-texts").textContent);
  byId("bundle-save").addEventListener("click", () => busy(texts, () => save(desk, texts)));
  byId("bundle-open").addEventListener("change", (event) => busy(texts, () => take(desk, texts, event.target)));
}

async function busy(texts, work) {
  const controls = [byId("bundle-save"), byId("bundle-open")];
  controls.forEach((each) => { each.disabled = true; });
  tell(texts.working);
  try {
    tell(await work());
  } catch (error) {
    tell(error instanceof NotOurs ? texts.notOurs : `${texts.failed}${error.message}`);
  } finally {
    controls.forEach((each) => { each.disabled = false; });
  }
}

function tell(sentence) {
  byId("bundle-told").textContent = sentence;
}

async function save(desk, texts) {
  let made = 0;
  for await (const { name, bytes } of bagsOf(desk)) {
    download(name, bytes);
    made += 1;
  }
  return made ? texts.saved.replace("{n}", made) : texts.nothing;
}

// The files that carry all that waits, in its order and one after the other, so that the photos of one only are in
// memory. Nothing is taken off the tablet before the office has said that it has it. From now on it is sent word for word
// as it stands in the file, so that the server knows it again.
export async function* bagsOf({ person, outbox, sender, vault }) {
  const parts = partsOf(inOrder(outbox.entries));
  const made = now();
  for (const [index, entries] of parts.entries()) {
    const { requests, files } = await filled(entries, sender, vault);
    const head = { kind: "outbox", device: person.device, person: person.id, made_at: made, part: index + 1, parts: parts.length };
    yield { name: nameOf(made, index + 1, parts.length), bytes: await sealBag(person.lock.bound, head, { requests }, files) };
  }
}

function partsOf(entries) {
  const parts = [];
  let room = 0;
  for (const entry of entries) {
    const size = (entry.kind === "upload" ? entry.content.size : 0) + JSON.stringify(entry.content).length;
    if (size > room || !parts.length) {
      parts.push([]);
      room = MOST_BYTES;
    }
    parts[parts.length - 1].push(entry);
    room -= size;
  }
  return parts;
}

async function filled(entries, sender, vault) {
  const requests = [];
  const files = [];
  let end = 0;
  for (const entry of entries) {
    const { request, bytes } = await asked(entry, sender, vault);
    if (bytes) {
      request.file = [end, bytes.length];
      files.push(bytes);
      end += bytes.length;
    }
    requests.push(request);
  }
  return { requests, files };
}

// Handing a visit in comes last: it needs all that belongs to the visit.
function inOrder(entries) {
  const last = (entry) => Number(entry.kind === "submit");
  return [...entries].sort((one, other) => last(one) - last(other) || one.seq - other.seq);
}

async function asked(entry, sender, vault) {
  const { key, kind, visit, title, claimed_at: claimed } = entry;
  if (kind === "answer") {
    const versions = await vault.get("versions", visit) || {};
    await sender.trying(entry, { version: versions[entry.item] || 0 });
    const answer = { key, claimed_at: claimed, item: entry.item, version: entry.version, ...entry.content };
    return { request: { path: `/visits/${visit}/answers`, title, body: { answers: [answer] } } };
  }
  await sender.trying(entry, {});
  if (kind === "upload") {
    const { uuid, ...told } = entry.content;
    const bytes = await vault.get("file", uuid);
    return { request: { path: `/uploads/${uuid}`, title, body: { claimed_at: claimed, ...told } }, bytes };
  }
  return { request: { path: entry.path, title, body: { key, claimed_at: claimed, ...entry.content } } };
}

function nameOf(made, part, parts) {
  const stamp = made.replace(/[-:]/g, "").replace("T", "-").slice(0, 13);
  return parts > 1 ? `outbox-${stamp}-${part}-${parts}.jcbag` : `outbox-${stamp}.jcbag`;
}

function download(name, bytes) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), LINGER);
}

async function take(desk, texts, input) {
  const [file] = input.files;
  const bytes = new Uint8Array(await file.arrayBuffer());
  input.value = "";
  const { head, index } = await openBag(desk.person.lock.bound, bytes);
  if (head.kind === "pack") {
    await desk.take(index.pack);
    await desk.vault.putAll(Object.entries(index.photos).map(([visit, photos]) => ["before", visit, photos]));
    return texts.packTaken;
  }
  if (head.kind === "receipts") {
    const done = await settle(desk, index.receipts);
    return texts.receiptsTaken.replace("{n}", done).replace("{left}", desk.outbox.entries.length);
  }
  return texts.notForTablet;
}

// What the office has is settled as if the network had brought its receipt.
async function settle(desk, receipts) {
  const known = new Map(receipts.map((each) => [each.key, each]));
  let done = 0;
  for (const entry of inOrder(desk.outbox.entries)) {
    const receipt = known.get(entry.kind === "upload" ? entry.content.uuid : entry.key);
    if (receipt) {
      await remember(desk.vault, entry, receipt);
      await desk.sender.receive(entry, receipt);
      done += 1;
    }
  }
  return done;
}

async function remember(vault, entry, { result }) {
  if (entry.kind === "answer" && result.version !== undefined) {
    const versions = await vault.get("versions", entry.visit) || {};
    await vault.put("versions", entry.visit, { ...versions, [entry.item]: result.version });
  }
}
