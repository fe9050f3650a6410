// Photos and papers of items: sent one by one, each with its length and SHA-256, each showing where it stands.

import { NotReached, call, send } from "./server.js";
import { sha256 } from "./sha256.js";

const LARGEST = 25 * 1024 * 1024;
const JUST_TAKEN = 10 * 60 * 1000;
const AGAIN = 8000;
const EVERY_PROOF = ["photo", "attachment", "receipt", "log"];

export class Photos {
  constructor(config, listeners) {
    this.config = config;
    this.texts = config.texts;
    this.listeners = listeners;
    this.queue = [];
    this.held = new Map();
    this.busy = false;
    this.place = null;
    window.addEventListener("online", () => this.run());
  }

  get unsent() {
    return this.queue.length;
  }

  // The kinds of proof that the server holds for an item; where no file can be sent, all of them count as given.
  attached(item) {
    if (!this.config.files) {
      return EVERY_PROOF;
    }
    const held = [...this.held.values()].filter((file) => file.item === item);
    return EVERY_PROOF.filter((kind) => held.some((file) => file.paper === (kind !== "photo")));
  }

  show(file) {
    const box = this.box(file.item);
    this.stored(box, file);
  }

  add(item, input) {
    this.askPlace();
    for (const file of input.files) {
      const box = this.box(item);
      this.preview(box, file);
      if (file.size > LARGEST) {
        this.mark(box, "failed", this.texts.tooBig);
        this.cross(box, () => box.remove());
      } else {
        this.mark(box, "waiting", this.texts.waiting);
        this.queue.push({ item, file, paper: input.dataset.paper, box });
      }
    }
    input.value = "";
    this.listeners.changed();
    this.run();
  }

  async run() {
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      while (this.queue.length && await this.upload(this.queue[0])) {
        this.queue.shift();
        this.listeners.changed();
      }
    } finally {
      this.busy = false;
    }
    if (this.queue.length) {
      setTimeout(() => this.run(), AGAIN);
    }
  }

  // True when this file is settled, stored or refused for good; false when it must be tried again.
  async upload(entry) {
    const { item, file, paper, box } = entry;
    try {
      entry.digest = entry.digest || await sha256(await file.arrayBuffer());
      const fields = { item, paper, size: file.size, sha256: entry.digest, ...this.placeOf(file), file };
      const progress = (share) => this.mark(box, "waiting", `${this.texts.sending} ${Math.round(share * 100)}%`);
      const { status, body } = await send(this.config.files, fields, progress);
      return this.answered(entry, status, body);
    } catch (error) {
      if (!(error instanceof NotReached)) {
        return this.refuse(box, error.message);
      }
      this.retry(entry);
      return false;
    }
  }

  answered(entry, status, body) {
    const { box, digest, file } = entry;
    if (status === 201 && body.file && body.file.sha256 === digest && body.file.size === file.size) {
      this.stored(box, body.file);
      this.listeners.stored(body);
      return true;
    }
    if (status === 401 || status === 400 || status >= 500 || status === 201) {
      if (status === 401) {
        this.listeners.trouble("signIn");
      }
      this.retry(entry);
      return false;
    }
    return this.refuse(box, [body.message, ...(body.reasons || [])].filter(Boolean).join(" "));
  }

  retry(entry) {
    this.mark(entry.box, "failed", "");
    if (!entry.box.querySelector(".retry")) {
      const button = this.button("retry", this.texts.failed);
      button.addEventListener("click", () => this.run());
      entry.box.append(button);
    }
  }

  refuse(box, sentence) {
    this.mark(box, "failed", "✕");
    box.title = sentence;
    this.cross(box, () => box.remove());
    this.listeners.refused(box.closest(".item").dataset.item, sentence);
    return true;
  }

  stored(box, file) {
    const link = document.createElement("a");
    link.href = `${this.config.stored}${file.uuid}`;
    link.target = "_blank";
    if (file.picture) {
      const image = document.createElement("img");
      image.src = `${this.config.stored}${file.uuid}/thumbnail`;
      image.alt = file.name;
      link.append(image);
    } else {
      link.className = "paper";
      link.textContent = file.name;
    }
    this.held.set(file.uuid, file);
    box.replaceChildren(link);
    this.mark(box, "stored", this.texts.stored);
    this.cross(box, () => this.remove(box, file));
  }

  async remove(box, file) {
    if (!window.confirm(this.texts.confirmRemove)) {
      return;
    }
    try {
      const { status, body } = await call("DELETE", `${this.config.files}/${file.uuid}`);
      if (status === 200) {
        box.remove();
        this.held.delete(file.uuid);
        this.listeners.stored(body);
      } else {
        this.listeners.refused(file.item, body.message);
      }
    } catch {
      this.listeners.trouble("offline");
    }
  }

  box(item) {
    const box = document.createElement("span");
    box.className = "thumb";
    document.getElementById(item).querySelector(".thumbs").append(box);
    return box;
  }

  preview(box, file) {
    if (file.type.startsWith("image/")) {
      const image = document.createElement("img");
      image.src = URL.createObjectURL(file);
      image.alt = file.name;
      image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
      box.append(image);
    } else {
      const name = document.createElement("span");
      name.className = "paper";
      name.textContent = file.name;
      box.append(name);
    }
  }

  mark(box, state, text) {
    box.className = `thumb ${state}`;
    let label = box.querySelector("em");
    if (!label) {
      label = document.createElement("em");
      box.append(label);
    }
    label.textContent = text;
    if (state !== "failed" && box.querySelector(".retry")) {
      box.querySelector(".retry").remove();
    }
  }

  cross(box, act) {
    const button = this.button("cross", "✕");
    button.setAttribute("aria-label", this.texts.remove);
    button.addEventListener("click", act);
    box.append(button);
  }

  button(name, text) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = name;
    button.textContent = text;
    return button;
  }

  // A photo taken just now was taken here; of an older one only the photo itself may say where.
  placeOf(file) {
    const recent = Date.now() - file.lastModified < JUST_TAKEN;
    return this.place && recent ? this.place : {};
  }

  askPlace() {
    if (this.place || !navigator.geolocation || !window.isSecureContext) {
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        this.place = { longitude: coords.longitude.toFixed(7), latitude: coords.latitude.toFixed(7) };
      },
      () => {},
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 },
    );
  }
}
