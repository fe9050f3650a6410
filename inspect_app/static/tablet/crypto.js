// Keys and sealed records: AES-GCM under a key of the person's own, which only PIN and device secret together unlock.

export const ROUNDS = 310000;
const IV = 12;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class WrongPin extends Error {}

export function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

export function uuid() {
  const bytes = random(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = hex(bytes);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function fromHex(text) {
  return Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
}

export async function sha256(bytes) {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

// HMAC over the parts, one a line, as hex: what the server proves itself with.
export async function proof(key, ...parts) {
  return hex(await hmac(key, parts.join("\n")));
}

// The device secret (hex), kept as a key that scripts can use and never read.
export function importSecret(secret) {
  return crypto.subtle.importKey("raw", fromHex(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

export async function hmac(key, text) {
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(text)));
}

// A new person on this tablet: what is stored openly, and the key that stays in memory.
export async function newLock(pin, secret) {
  const bound = await importSecret(secret);
  const raw = random(32);
  return { lock: await wrapped(raw, pin, bound), key: await asKey(raw) };
}

// The same key under another device secret (hex); raises WrongPin.
export async function renewedLock(pin, lock, secret) {
  return wrapped(await unwrapped(pin, lock), pin, await importSecret(secret));
}

export async function unlock(pin, lock) {
  return asKey(await unwrapped(pin, lock));
}

async function wrapped(raw, pin, bound) {
  const salt = random(16);
  const iv = random(IV);
  const outer = await derive(pin, bound, salt, ROUNDS);
  return { bound, salt, iv, wrapped: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, outer, raw), rounds: ROUNDS };
}

async function unwrapped(pin, { bound, salt, iv, wrapped: sealed, rounds }) {
  const outer = await derive(pin, bound, salt, rounds);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, outer, sealed));
  } catch {
    throw new WrongPin();
  }
}

// `name` is bound into the seal, so that one record cannot be put in place of another.
export async function seal(key, name, bytes) {
  const iv = random(IV);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: encoder.encode(name) }, key, bytes);
  return { iv, sealed };
}

export async function open(key, name, { iv, sealed }) {
  const additionalData = encoder.encode(name);
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, sealed));
}

export function toBytes(value) {
  return encoder.encode(JSON.stringify(value));
}

export function fromBytes(bytes) {
  return JSON.parse(decoder.decode(bytes));
}

async function derive(pin, bound, salt, rounds) {
  const mixed = await hmac(bound, `${hex(salt)}:${pin}`);
  const material = await crypto.subtle.importKey("raw", mixed, "PBKDF2", false, ["deriveKey"]);
  const recipe = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(recipe, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

function asKey(raw) {
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}
