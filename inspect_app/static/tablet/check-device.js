// What the browser and the machine can do.

import { NEEDED } from "./reduced.js";

const MEGABYTE = 1024 * 1024;
const ENOUGH = 500 * MEGABYTE;
const ROUNDS = 310000;
const SLOW = 3000;
const PATIENCE = 20000;

export async function secure({ texts }) {
  return window.isSecureContext ? { state: "done", text: texts.secureYes } : { state: "late", text: texts.secureNo };
}

// The browser refuses a worker where the person only clicked the warning away. A page that has one already needs no
// further proof, which without a network could not be had.
export async function trusted({ texts, probe }) {
  if (!NEEDED.offline(window)) {
    return { state: "late", text: window.isSecureContext ? texts.workerOld : texts.workerPlain };
  }
  if (navigator.serviceWorker.controller) {
    return { state: "done", text: texts.trustedYes };
  }
  if (!navigator.onLine) {
    return { state: "none", text: texts.trustedUnknown };
  }
  try {
    const made = await navigator.serviceWorker.register(probe, { scope: new URL("probe/", new URL(probe, location)).pathname });
    await made.unregister();
    return { state: "done", text: texts.trustedYes };
  } catch (error) {
    return { state: "late", text: error.name === "SecurityError" ? texts.trustedNo : `${texts.workerFailed}${error.message}` };
  }
}

export async function keeping({ texts }) {
  try {
    const base = await opened("inspect-check");
    const back = await new Promise((resolve, reject) => {
      const work = base.transaction("probe", "readwrite");
      const store = work.objectStore("probe");
      store.put(new Blob(["照片"]), "a");
      const read = store.get("a");
      work.oncomplete = () => resolve(read.result);
      work.onerror = work.onabort = () => reject(work.error);
    });
    base.close();
    indexedDB.deleteDatabase("inspect-check");
    return await back.text() === "照片" ? { state: "done", text: texts.keepingYes } : { state: "late", text: texts.keepingNo };
  } catch {
    return { state: "late", text: texts.keepingNo };
  }
}

function opened(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("probe");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export async function room({ texts }) {
  if (!navigator.storage || !navigator.storage.estimate) {
    return { state: "none", text: texts.roomUnknown };
  }
  const { quota, usage } = await navigator.storage.estimate();
  const free = Math.max(0, quota - usage);
  const size = free >= 1024 * MEGABYTE ? `${(free / 1024 / MEGABYTE).toFixed(1)} GB` : `${Math.round(free / MEGABYTE)} MB`;
  return free >= ENOUGH
    ? { state: "done", text: texts.roomYes.replace("{size}", size) }
    : { state: "wait", text: texts.roomLittle.replace("{size}", size) };
}

export async function lasting({ texts }, pressed) {
  if (!NEEDED.lasting(window)) {
    return { state: "wait", text: texts.lastingOld };
  }
  const kept = pressed ? await navigator.storage.persist() : await navigator.storage.persisted();
  return kept ? { state: "done", text: texts.lastingYes } : { state: "wait", text: pressed ? texts.lastingNo : texts.lastingAsk };
}

export async function encryption({ texts }) {
  if (!NEEDED.encryption(window)) {
    return { state: "late", text: texts.encryptionNo };
  }
  const began = performance.now();
  const pin = await crypto.subtle.importKey("raw", new TextEncoder().encode("000000"), "PBKDF2", false, ["deriveKey"]);
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const way = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  const key = await crypto.subtle.deriveKey(way, pin, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const sealed = { name: "AES-GCM", iv: crypto.getRandomValues(new Uint8Array(12)) };
  await crypto.subtle.decrypt(sealed, key, await crypto.subtle.encrypt(sealed, key, salt));
  const spent = performance.now() - began;
  const text = (spent > SLOW ? texts.encryptionSlow : texts.encryptionYes).replace("{n}", (spent / 1000).toFixed(1));
  return { state: spent > SLOW ? "wait" : "done", text };
}

// Asked for only when the person presses, so that no page asks for the camera unbidden.
export async function camera({ texts }, pressed) {
  if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) {
    return { state: "wait", text: texts.cameraPlain };
  }
  if (!pressed) {
    return { state: "none", text: texts.press };
  }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    const { width, height } = stream.getVideoTracks()[0].getSettings();
    stream.getTracks().forEach((track) => track.stop());
    return { state: "done", text: texts.cameraYes.replace("{size}", `${width || "?"} × ${height || "?"}`) };
  } catch (error) {
    const text = { NotAllowedError: texts.cameraRefused, NotFoundError: texts.cameraNone }[error.name] || texts.cameraBusy;
    return { state: "wait", text };
  }
}

export async function place({ texts }, pressed) {
  if (!("geolocation" in navigator)) {
    return { state: "wait", text: texts.placeNone };
  }
  if (!window.isSecureContext) {
    return { state: "wait", text: texts.placePlain };
  }
  if (!pressed) {
    return { state: "none", text: texts.press };
  }
  const wish = { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 0 };
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ state: "done", text: texts.placeYes.replace("{n}", Math.round(coords.accuracy)) }),
      (error) => resolve({ state: "wait", text: { 1: texts.placeRefused, 3: texts.placeSlow }[error.code] || texts.placeNone }),
      wish,
    );
  });
}
