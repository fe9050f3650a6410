// Photos of a question or a form: taken, looked at, drawn upon, kept sealed, each showing where it stands.

import { sha256, uuid } from "./crypto.js";
import { byId, message, say } from "./dom.js";
import { NoPicture, prepare } from "./photos.js";
import { locate, placed } from "./place.js";
import { sketchOn } from "./sketch.js";
import { StorageFull, room } from "./store.js";

const FULL = 0.95;
const LARGEST = 25 * 1024 * 1024;

// Takes the photos of an input; `keep(photo)` stores one.
export function takeFrom(input, keep) {
  locate();
  return each(input, async (file) => {
    const photo = await prepare(file);
    if (!photo.doubts.length || window.confirm(say(`doubt_${photo.doubts[0]}`))) {
      await keep(photo);
    }
  });
}

// Takes papers as they are; pictures of papers are made smaller.
export function takePapers(input, keep) {
  return each(input, async (file) => {
    if (file.size > LARGEST) {
      message(say("tooBig", { name: file.name }), "late");
    } else {
      await keep(file);
    }
  });
}

export async function readPaper(file) {
  if (file.type.startsWith("image/")) {
    return prepare(file);
  }
  return { bytes: new Uint8Array(await file.arrayBuffer()), facts: {}, doubts: [], name: file.name };
}

// One after the other, so that few are in memory at once, and none where the last room would be needed.
async function each(input, act) {
  const files = [...input.files];
  input.value = "";
  for (const file of files) {
    const space = await room();
    if (space && space.share >= FULL) {
      message(say("noRoom"), "late");
      return;
    }
    try {
      await act(file);
    } catch (error) {
      if (error instanceof NoPicture) {
        message(say("noPicture", { name: file.name }), "late");
      } else if (error instanceof StorageFull) {
        message(say("noRoom"), "late");
        return;
      } else {
        throw error;
      }
    }
  }
}

// What the server is told of a photo beside its bytes; `about` says what it belongs to.
export async function announced(photo, about) {
  return { uuid: uuid(), size: photo.bytes.length, sha256: await sha256(photo.bytes), name: photo.name, about: { ...about, ...placed(photo.facts) } };
}

export async function annotated(photo) {
  const bytes = await sketchOn(photo.bytes, byId("sketch"));
  return bytes && { ...photo, bytes, name: photo.name.replace(/\.jpg$/, "-2.jpg") };
}
