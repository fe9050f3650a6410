// A photo made ready: time and place read first, turned upright, made smaller, and looked at for darkness and blur.

import { read, write } from "./exif.js";
import { known } from "./place.js";

const LONGEST = 2048;
const QUALITY = 0.85;
const SAMPLE = 192;
const DARK = 24;
const FLAT = 28;
const JUST_TAKEN = 10 * 60 * 1000;

export class NoPicture extends Error {}

// Resolves to {bytes, facts, doubts}; `doubts` holds "dark" or "blurred". Raises NoPicture.
export async function prepare(file) {
  const buffer = await file.arrayBuffer();
  const facts = completed(read(buffer), file);
  const picture = await decode(file);
  try {
    const canvas = drawn(picture, LONGEST);
    const doubts = doubtsOf(canvas);
    const bytes = write(await (await jpeg(canvas)).arrayBuffer(), facts);
    return { bytes, facts, doubts, name: named(file.name) };
  } finally {
    picture.close();
  }
}

export async function jpeg(canvas) {
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", QUALITY); });
  canvas.width = 0;
  canvas.height = 0;
  if (!blob) {
    throw new NoPicture();
  }
  return blob;
}

// A small picture for a list, as a data address.
export async function thumbnail(bytes, size = 160) {
  const picture = await decode(new Blob([bytes], { type: "image/jpeg" }));
  const canvas = drawn(picture, size);
  picture.close();
  const address = canvas.toDataURL("image/jpeg", 0.7);
  canvas.width = 0;
  return address;
}

export async function decode(blob) {
  try {
    return await createImageBitmap(blob, { imageOrientation: "from-image" });
  } catch {
    throw new NoPicture();
  }
}

export function drawn(picture, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

// What the file does not say of time and place, the tablet says, if the photo was taken just now.
function completed(facts, file) {
  const recent = Math.abs(Date.now() - file.lastModified) < JUST_TAKEN;
  const place = known();
  const found = { ...facts, accuracy: null };
  if (!found.taken_at && recent) {
    found.taken_at = stamp(new Date(file.lastModified));
  }
  if (!found.longitude && recent && place) {
    Object.assign(found, { longitude: place.longitude, latitude: place.latitude, accuracy: place.accuracy });
  }
  return found;
}

function stamp(moment) {
  const two = (figure) => String(figure).padStart(2, "0");
  const day = `${moment.getFullYear()}:${two(moment.getMonth() + 1)}:${two(moment.getDate())}`;
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`;
}

function named(name) {
  return `${(name || "photo").replace(/\.[^.]*$/, "")}.jpg`;
}

// Dark by its mean brightness, blurred by how little its brightness bends from one point to the next.
function doubtsOf(canvas) {
  const small = drawn(canvas, SAMPLE);
  const { width, height } = small;
  const { data } = small.getContext("2d").getImageData(0, 0, width, height);
  const grey = new Float32Array(width * height);
  for (let index = 0; index < grey.length; index += 1) {
    grey[index] = data[index * 4] * 0.299 + data[index * 4 + 1] * 0.587 + data[index * 4 + 2] * 0.114;
  }
  const mean = grey.reduce((sum, each) => sum + each, 0) / grey.length;
  if (mean < DARK) {
    return ["dark"];
  }
  return sharpness(grey, width, height) < FLAT ? ["blurred"] : [];
}

function sharpness(grey, width, height) {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let row = 1; row < height - 1; row += 1) {
    for (let column = 1; column < width - 1; column += 1) {
      const at = row * width + column;
      const bend = grey[at - 1] + grey[at + 1] + grey[at - width] + grey[at + width] - 4 * grey[at];
      sum += bend;
      squares += bend * bend;
      count += 1;
    }
  }
  return count ? squares / count - (sum / count) ** 2 : 0;
}
