// SHA-256 of bytes as hex: by the browser where it offers that (secure pages only), else computed here.

const FRACTIONS = primes(64).map((prime) => fraction(Math.cbrt(prime)));
const START = primes(8).map((prime) => fraction(Math.sqrt(prime)));

export async function sha256(buffer) {
  if (globalThis.crypto && crypto.subtle) {
    return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", buffer)));
  }
  return plainSha256(new Uint8Array(buffer));
}

export function plainSha256(bytes) {
  const length = bytes.length;
  const blocks = new Uint8Array((((length + 8) >> 6) + 1) << 6);
  blocks.set(bytes);
  blocks[length] = 0x80;
  const view = new DataView(blocks.buffer);
  view.setUint32(blocks.length - 8, Math.floor(length / 0x20000000));
  view.setUint32(blocks.length - 4, (length << 3) >>> 0);
  const state = Int32Array.from(START);
  const words = new Int32Array(64);
  for (let offset = 0; offset < blocks.length; offset += 64) {
    mix(state, words, view, offset);
  }
  const result = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => result.setInt32(index * 4, word));
  return hex(new Uint8Array(result.buffer));
}

function mix(state, words, view, offset) {
  for (let index = 0; index < 16; index += 1) {
    words[index] = view.getInt32(offset + index * 4);
  }
  for (let index = 16; index < 64; index += 1) {
    const near = words[index - 15];
    const far = words[index - 2];
    const small = turn(near, 7) ^ turn(near, 18) ^ (near >>> 3);
    const large = turn(far, 17) ^ turn(far, 19) ^ (far >>> 10);
    words[index] = (words[index - 16] + small + words[index - 7] + large) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let index = 0; index < 64; index += 1) {
    const choose = (e & f) ^ (~e & g);
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choose + FRACTIONS[index] + words[index]) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, index) => {
    state[index] = (state[index] + value) | 0;
  });
}

function turn(word, bits) {
  return (word >>> bits) | (word << (32 - bits));
}

function fraction(root) {
  return ((root - Math.floor(root)) * 0x100000000) | 0;
}

function primes(count) {
  const found = [];
  for (let number = 2; found.length < count; number += 1) {
    if (found.every((prime) => number % prime)) {
      found.push(number);
    }
  }
  return found;
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
