// Photos and papers of the items of a visit, as the form asks for them (see fill/photos.js).

import { button, make, message, say } from "./dom.js";
import { annotated, announced, readPaper, takeFrom, takePapers } from "./pictures.js";
import { thumbnail } from "./photos.js";

const PAPERS = ["attachment", "receipt", "log"];

export class ItemPhotos {
  constructor(desk, visit, pictures, listeners) {
    Object.assign(this, { desk, visit, pictures, listeners });
    this.server = [];
    this.boxes = new Map();
    this.unsent = 0;
    setTimeout(() => this.pictures.forEach((each) => this.draw(each)), 0);
  }

  attached(item) {
    const held = [...this.pictures, ...this.server].filter((each) => each.item === item);
    const photo = held.some((each) => !each.paper) ? ["photo"] : [];
    return held.some((each) => each.paper) ? [...photo, ...PAPERS] : photo;
  }

  // A file that the server held when the pack was made, unless it is one of those kept here.
  show(file) {
    if (this.pictures.some((each) => each.sha256 === file.sha256)) {
      return;
    }
    this.server.push(file);
    this.put(file.item, make("span", [make("span", file.name, "paper"), make("em", say("received"))], "thumb"));
  }

  async add(item, input) {
    this.unsent += 1;
    try {
      if (input.dataset.paper === "1") {
        await takePapers(input, (file) => this.keepPaper(item, file));
      } else {
        await takeFrom(input, (photo) => this.keep(item, photo));
      }
    } finally {
      this.unsent -= 1;
      this.listeners.stored({});
      this.listeners.changed();
    }
  }

  run() {}

  async keepPaper(item, file) {
    const photo = await readPaper(file);
    await this.store(item, photo, true, "");
  }

  async keep(item, photo) {
    await this.store(item, photo, false, await thumbnail(photo.bytes));
    this.listeners.stored({});
  }

  async store(item, photo, paper, thumb) {
    const content = await announced(photo, { kind: "item", visit: this.visit.uuid, item, paper });
    const picture = { uuid: content.uuid, visit: this.visit.uuid, item, paper, thumb, name: photo.name, sha256: content.sha256 };
    await this.desk.vault.put("picture", picture.uuid, picture);
    const title = `${this.visit.site.name} ${item} ${photo.name}`;
    await this.desk.outbox.add({ kind: "upload", visit: this.visit.uuid, photo: picture.uuid, title, content, files: [picture.uuid] }, [[picture.uuid, photo.bytes]]);
    this.pictures.push(picture);
    this.draw(picture);
  }

  draw(picture) {
    const image = picture.thumb ? make("img") : make("span", picture.name, "paper");
    if (picture.thumb) {
      Object.assign(image, { src: picture.thumb, alt: picture.name });
    }
    const box = make("span", [image, make("em")], "thumb");
    this.boxes.set(picture.uuid, box);
    this.put(picture.item, box);
    const entry = this.entryOf(picture);
    // The small picture stands in the page now; its text is not kept a second time.
    picture.thumb = Boolean(picture.thumb);
    if (entry) {
      box.append(this.cross(picture, box), ...(picture.thumb ? [this.pen(picture)] : []));
    }
    this.tell(picture);
  }

  cross(picture, box) {
    const made = button("✕", async () => {
      const entry = this.entryOf(picture);
      if (!entry) {
        message(say("sentAlready"));
      } else if (window.confirm(say("removePhoto"))) {
        await this.desk.outbox.drop(entry);
        await this.desk.vault.remove(["picture", picture.uuid]);
        this.pictures = this.pictures.filter((each) => each !== picture);
        box.remove();
        this.listeners.stored({});
      }
    }, "cross");
    made.setAttribute("aria-label", say("removePhoto"));
    return made;
  }

  pen(picture) {
    const made = button("✎", async () => {
      const bytes = await this.desk.vault.get("file", picture.uuid);
      const drawn = bytes && await annotated({ bytes, name: picture.name, facts: {} });
      if (drawn) {
        await this.keep(picture.item, drawn);
      }
    }, "pen");
    made.setAttribute("aria-label", say("drawOn"));
    return made;
  }

  told() {
    this.pictures.forEach((each) => this.tell(each));
  }

  tell(picture) {
    const box = this.boxes.get(picture.uuid);
    if (!box) {
      return;
    }
    const entry = this.entryOf(picture);
    const line = this.desk.outbox.lines.find((each) => each.photo === picture.uuid);
    const needs = entry && entry.state === "needs";
    box.className = `thumb ${needs ? "failed" : entry ? "waiting" : "stored"}`;
    box.querySelector("em").textContent = say(needs ? "needsYou" : entry ? "kept" : "received");
    box.title = line ? line.number : needs ? entry.sentence : "";
    if (!entry) {
      box.querySelectorAll("button").forEach((each) => each.remove());
    }
  }

  entryOf(picture) {
    return this.desk.outbox.entries.find((each) => each.photo === picture.uuid);
  }

  put(item, box) {
    const element = document.getElementById(item);
    if (element) {
      element.querySelector(".thumbs").append(box);
    }
  }
}
