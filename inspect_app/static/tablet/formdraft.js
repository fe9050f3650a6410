// What is typed and taken in a form beside the lists, kept sealed from the first letter until it goes into the outbox.

import { button, make, say } from "./dom.js";
import { annotated, announced, takeFrom } from "./pictures.js";
import { thumbnail } from "./photos.js";

const PAUSE = 300;
const SHOWN = 320;

export class FormDraft {
  // `name` tells one draft from another: the form, and what it is about.
  constructor(desk, form, name) {
    Object.assign(this, { desk, form, name });
    this.photos = [];
    this.place = null;
    this.ending = new AbortController();
    const { signal } = this.ending;
    form.addEventListener("input", () => this.soon(), { signal });
    const input = form.querySelector("[type=file]");
    if (input) {
      input.addEventListener("change", () => takeFrom(input, (photo) => this.take(photo)), { signal });
    }
  }

  // Shows what was kept before.
  async restore() {
    const kept = await this.desk.vault.get("form", this.name);
    if (!kept) {
      return;
    }
    for (const [name, value] of Object.entries(kept.fields)) {
      if (this.form.elements[name]) {
        this.form.elements[name].value = value;
      }
    }
    this.place = kept.place;
    this.photos = kept.photos;
    for (const photo of kept.photos) {
      await this.draw(photo, await this.desk.vault.get("file", photo.uuid));
    }
  }

  stop() {
    clearTimeout(this.timer);
    this.ending.abort();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  keep(more = []) {
    const fields = Object.fromEntries(new FormData(this.form).entries());
    return this.desk.vault.putAll([["form", this.name, { fields, photos: this.photos, place: this.place }], ...more]);
  }

  async take(photo) {
    const told = await announced(photo, {});
    this.photos.push(told);
    await this.keep([["file", told.uuid, photo.bytes]]);
    await this.draw(told, photo.bytes);
  }

  async draw(told, bytes) {
    const image = Object.assign(make("img"), { src: await thumbnail(bytes, SHOWN), alt: told.name });
    const box = make("span", [image, make("em", say("kept"))], "thumb");
    const cross = button("✕", async () => {
      this.photos = this.photos.filter((each) => each !== told);
      box.remove();
      await this.keep();
      await this.desk.vault.remove(["file", told.uuid]);
    }, "cross");
    cross.setAttribute("aria-label", say("removePhoto"));
    const pen = button("✎", async () => {
      const drawn = await annotated({ bytes, name: told.name, facts: {} });
      if (drawn) {
        await this.take(drawn);
      }
    }, "pen");
    pen.setAttribute("aria-label", say("drawOn"));
    box.append(cross, pen);
    this.form.querySelector(".thumbs").append(box);
  }

  // The photos as entries of the outbox; their bytes are kept already.
  uploads(about, title) {
    return this.photos.map((told) => ({
      kind: "upload", title: `${title} ${told.name}`, content: { ...told, about: { ...told.about, ...about } }, files: [told.uuid],
    }));
  }

  // Moves all of it into the outbox at once.
  async send(entries) {
    this.stop();
    await this.desk.outbox.addAll(entries, [["form", this.name]]);
  }
}
