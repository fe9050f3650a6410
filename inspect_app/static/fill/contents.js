// The table of contents, made from the sections of the page: where every item stands, and why one is not asked.

const SIGNS = { leftOut: "—", failing: "▲", open: "○", optional: "○", done: "●" };

export class Contents {
  constructor(frame, texts, goTo) {
    this.texts = texts;
    this.dialog = frame.find("contents");
    this.standing = new Map();
    this.entries = new Map();
    frame.find("contents-body").replaceChildren(...frame.sections().flatMap((section) => this.chapter(section)));
    frame.on("to-contents", "click", () => this.dialog.showModal());
    frame.on("contents-close", "click", () => this.dialog.close());
    frame.on("contents", "click", (event) => {
      const link = event.target.closest("a[href]");
      if (link) {
        event.preventDefault();
        this.dialog.close();
        goTo(link.hash.slice(1));
      }
    });
  }

  chapter(section) {
    const list = document.createElement("ul");
    list.append(...Array.from(section.querySelectorAll("[data-item]"), (item) => this.entry(item)));
    return [made("h3", titleOf(section)), list];
  }

  entry(item) {
    const line = document.createElement("li");
    line.dataset.entry = item.dataset.item;
    const link = document.createElement("a");
    link.append(made("span", "", "sign"), ` ${item.querySelector(".question").textContent.trim()}`);
    line.append(link, made("small", "", "reason"));
    this.entries.set(item.dataset.item, line);
    return line;
  }

  told(standing) {
    this.standing.set(standing.item, standing);
    this.draw(standing.item, standing.skipped);
  }

  draw(code, reason) {
    const entry = this.entries.get(code);
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

function titleOf(section) {
  const parts = Array.from(section.querySelector(".section-title").children);
  return parts.filter((each) => !each.hidden).map((each) => each.textContent).join("");
}

function made(name, textContent, className = "") {
  return Object.assign(document.createElement(name), { textContent, className });
}
