// Items that appear and disappear as earlier answers change. What is typed into one stays there while it is hidden.

export class Skipping {
  // `changed` is told the code of an item and why it is not asked, "" when it is.
  constructor(frame, items, texts, changed) {
    this.frame = frame;
    this.items = items;
    this.texts = texts;
    this.changed = changed;
    this.reasons = new Map();
  }

  // Takes over where items stand, without announcing it: the page was drawn so, or has said so itself.
  told(standing) {
    standing.forEach((each) => this.set(each.item, each.skipped));
    this.settleSections();
  }

  // Takes it over and tells a person who cannot see it what has changed.
  judged(standing) {
    const turned = standing.filter((each) => this.set(each.item, each.skipped));
    this.announce(turned.filter((each) => !each.skipped), turned.filter((each) => each.skipped));
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
    const names = (told) => told.map(({ item }) => this.items.get(item).querySelector(".question").textContent.trim()).join("；");
    const said = [[this.texts.appearing, appearing], [this.texts.vanishing, vanishing]];
    const text = said.filter(([, told]) => told.length).map(([start, told]) => start + names(told)).join(" ");
    if (text) {
      this.frame.say("told", text);
    }
  }

  settleSections() {
    for (const section of this.frame.sections()) {
      section.hidden = !section.querySelector(".item:not([hidden])");
    }
  }
}
