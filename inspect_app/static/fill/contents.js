// The table of contents: where every item stands, and why one is not asked.

const SIGNS = { leftOut: "—", failing: "▲", open: "○", optional: "○", done: "●" };

export class Contents {
  constructor(texts, goTo) {
    this.texts = texts;
    this.dialog = document.getElementById("contents");
    this.standing = new Map();
    document.getElementById("to-contents").addEventListener("click", () => this.dialog.showModal());
    document.getElementById("contents-close").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (link) {
        event.preventDefault();
        this.dialog.close();
        goTo(link.hash.slice(1));
      }
    });
  }

  told(standing) {
    this.standing.set(standing.item, standing);
    this.draw(standing.item, standing.skipped);
  }

  draw(code, reason) {
    const entry = this.dialog.querySelector(`[data-entry="${code}"]`);
    const kind = this.kind(code, reason);
    const link = entry.querySelector("a");
    if (reason) {
      link.removeAttribute("href");
    } else {
      link.href = `#${code}`;
    }
    entry.className = kind;
    entry.querySelector(".sign").textContent = `${SIGNS[kind]} ${this.texts[kind]}`;
    entry.querySelector(".reason").textContent = reason;
  }

  kind(code, reason) {
    const told = this.standing.get(code);
    if (reason) {
      return "leftOut";
    }
    if (!told || told.open || told.skipped) {
      return "open";
    }
    if (told.result === "failed") {
      return "failing";
    }
    return told.given ? "done" : "optional";
  }
}
