// The form of a bag (.jcbag), as the server reads and writes it: an open head, sealed content, a signature over both.
//
//   JCBAG1 LF | length of head, 4 bytes | head, JSON | IV, 12 bytes | AES-256-GCM of content | HMAC-SHA-256, 32 bytes
//
// The content is a JSON index, its length before it in 4 bytes, and after it the bytes of files. `bound` is the device
// secret as a key that can only sign; with the nonce of the head it makes the two keys of the bag.

import { fromBytes, hex, hmac, random, toBytes } from "./crypto.js";

const MAGIC = new TextEncoder().encode("JCBAG1\n");
const LENGTH = 4;
const IV = 12;
const SEAL = 32;
const NONCE = 16;

export class NotOurs extends Error {}

export async function sealBag(bound, head, index, files = []) {
  const nonce = hex(random(NONCE));
  const { cipher, seal } = await keysOf(bound, nonce);
  const open = toBytes({ ...head, nonce });
  const signed = joined([MAGIC, counted(open.length), open]);
  const inner = toBytes(index);
  const iv = random(IV);
  const plain = joined([counted(inner.length), inner, ...files]);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: signed }, cipher, plain));
  const whole = joined([signed, iv, sealed]);
  const signature = new Uint8Array(await crypto.subtle.sign("HMAC", seal, whole));
  return joined([whole, signature]);
}

// Raises NotOurs for anything that was not made for this person on this tablet, or was altered since.
export async function openBag(bound, bytes) {
  const head = headOf(bytes);
  const { cipher, seal } = await keysOf(bound, String(head.told.nonce));
  const whole = bytes.subarray(0, -SEAL);
  if (!await crypto.subtle.verify("HMAC", seal, bytes.subarray(-SEAL), whole)) {
    throw new NotOurs();
  }
  const iv = whole.subarray(head.end, head.end + IV);
  const way = { name: "AES-GCM", iv, additionalData: whole.subarray(0, head.end) };
  const plain = new Uint8Array(await crypto.subtle.decrypt(way, cipher, whole.subarray(head.end + IV)));
  return { head: head.told, index: fromBytes(plain.subarray(LENGTH, LENGTH + number(plain))) };
}

function headOf(bytes) {
  const begin = MAGIC.length + LENGTH;
  const end = begin + (bytes.length < begin ? 0 : number(bytes.subarray(MAGIC.length)));
  if (bytes.length < end + IV + SEAL || MAGIC.some((each, index) => bytes[index] !== each)) {
    throw new NotOurs();
  }
  try {
    return { told: fromBytes(bytes.subarray(begin, end)), end };
  } catch {
    throw new NotOurs();
  }
}

async function keysOf(bound, nonce) {
  const [cipher, seal] = await Promise.all(["cipher", "seal"].map((use) => hmac(bound, `bag ${use}\n${nonce}`)));
  return {
    cipher: await crypto.subtle.importKey("raw", cipher, "AES-GCM", false, ["encrypt", "decrypt"]),
    seal: await crypto.subtle.importKey("raw", seal, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]),
  };
}

function counted(length) {
  const bytes = new Uint8Array(LENGTH);
  new DataView(bytes.buffer).setUint32(0, length);
  return bytes;
}

function number(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, LENGTH).getUint32(0);
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const each of parts) {
    whole.set(each, at);
    at += each.length;
  }
  return whole;
}
