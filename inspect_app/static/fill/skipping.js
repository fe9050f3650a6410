// Items that appear and disappear as earlier answers change. What is typed into one stays there while it is hidden.

import { read } from "./answers.js";
import { notAsked } from "./relevance.js";

export class Skipping {
  // `changed` is told the code of an item and why it is not asked, "" when it is.
  constructor({ state, texts }, items, changed) {
    this.lists = state.conditions;
    this.today = state.today;
    this.texts = texts;
    this.items = items;
    this.changed = changed;
    this.reasons = new Map();
  }

  // Takes over what the server says of items, without announcing it: the page was drawn so, or has said so itself.
  told(standing) {
    standing.forEach((each) => this.set(each.item, each.skipped));
    this.settleSections();
  }

  // Judges by what stands in the inputs now, and tells a person who cannot see it what has changed.
  judge() {
    const appearing = [];
    const vanishing = [];
    for (const list of this.lists) {
      const values = Object.fromEntries(list.map(({ code }) => [code, read(this.items.get(code)).value]));
      const silent = notAsked(list, values, this.today);
      for (const item of list) {
        const reason = silent.has(item.code) ? item.reasons[silent.get(item.code)] : "";
        if (this.set(item.code, reason)) {
          (reason ? vanishing : appearing).push(item.code);
        }
      }
    }
    this.announce(appearing, vanishing);
    this.settleSections();
  }

  hides(code) {
    return this.reasons.has(code);
  }

  // True when the item was asked before and is not now, or the other way round.
  set(code, reason) {
    const before = this.hides(code);
    if (reason) {
      this.reasons.set(code, reason);
    } else {
      this.reasons.delete(code);
    }
    this.items.get(code).hidden = Boolean(reason);
    this.changed(code, reason);
    return before !== Boolean(reason);
  }

  announce(appearing, vanishing) {
    const names = (codes) => codes.map((code) => document.getElementById(`${code}-question`).textContent.trim()).join("；");
    const said = [[this.texts.appearing, appearing], [this.texts.vanishing, vanishing]];
    const text = said.filter(([, codes]) => codes.length).map(([start, codes]) => start + names(codes)).join(" ");
    if (text) {
      document.getElementById("told").textContent = text;
    }
  }

  settleSections() {
    for (const section of document.querySelectorAll(".list-section")) {
      section.hidden = !section.querySelector(".item:not([hidden])");
    }
  }
}
