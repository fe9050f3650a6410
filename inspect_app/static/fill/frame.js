// What stands around the lists of a visit: counters, notices, buttons. A page may leave any of it out.

export class Frame {
  // `root` holds the lists and what stands around them; listeners end with `signal`.
  constructor(root, signal) {
    this.root = root;
    this.signal = signal;
  }

  // A part that the page leaves out is an element that nobody sees.
  find(id) {
    return this.root.querySelector(`[id="${CSS.escape(id)}"]`) || document.createElement("div");
  }

  say(id, text) {
    this.find(id).textContent = text;
  }

  on(id, kind, act) {
    this.find(id).addEventListener(kind, act, { signal: this.signal });
  }

  sections() {
    return Array.from(this.root.querySelectorAll(".list-section"));
  }

  items() {
    return new Map(Array.from(this.root.querySelectorAll("[data-item]"), (each) => [each.dataset.item, each]));
  }

  goTo(id) {
    const target = this.root.querySelector(`[id="${CSS.escape(id)}"]`);
    if (target) {
      target.scrollIntoView({ block: "start" });
      target.focus({ preventScroll: true });
    }
  }

  // Moves to the section after the one at the top of the page, or to the one before it.
  move(step) {
    const sections = this.sections().filter((each) => !each.hidden);
    const strip = document.querySelector(".strip");
    const edge = (strip ? strip.getBoundingClientRect().bottom : 0) + 30;
    const here = sections.reduce((found, each, index) => (each.getBoundingClientRect().top <= edge ? index : found), 0);
    this.goTo(sections[Math.max(0, Math.min(sections.length - 1, here + step))].id);
  }
}
