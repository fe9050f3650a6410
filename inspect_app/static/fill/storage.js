// The line that says where the answers are, and leaving once all of them are kept.

export class Storage {
  // `waiting()` counts what is not kept yet, `finish()` goes on.
  constructor(frame, texts, waiting, finish) {
    Object.assign(this, { frame, texts, waiting, finish });
    this.kind = null;
    this.lastSaved = "";
    this.leaving = false;
  }

  saved(at) {
    this.lastSaved = at;
  }

  trouble(kind) {
    this.kind = kind;
    this.draw();
  }

  leave() {
    this.leaving = true;
    this.draw();
  }

  draw() {
    const waiting = this.waiting();
    this.frame.say("storage", this.sentence(waiting));
    this.frame.find("storage").classList.toggle("waiting", waiting > 0);
    const told = this.warning(waiting);
    this.frame.find("trouble").hidden = !told;
    this.frame.say("trouble-text", told || this.texts.retrying);
    if (this.leaving && !waiting) {
      this.leaving = false;
      this.finish();
    }
  }

  sentence(waiting) {
    if (!waiting) {
      return this.lastSaved ? `${this.texts.saved} ${this.lastSaved}` : this.texts.allSaved;
    }
    if (this.kind === "offline") {
      return navigator.onLine ? this.texts.retrying : this.texts.offline;
    }
    return this.kind ? this.texts.retrying : this.texts.saving;
  }

  warning(waiting) {
    if (this.kind === "signIn") {
      return this.texts.signIn;
    }
    return this.leaving && waiting ? this.texts.unsent : "";
  }
}
