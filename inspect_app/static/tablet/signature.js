// A pad on which a signature is drawn with pen or finger; it gives SVG path data in a frame of 600 x 200.

const WIDTH = 600;
const HEIGHT = 200;
const LONGEST = 58000;
const SVG = "http://www.w3.org/2000/svg";

export class Pad {
  constructor(frame, changed) {
    this.changed = changed;
    this.strokes = "";
    this.stroke = "";
    this.path = document.createElementNS(SVG, "path");
    const sheet = document.createElementNS(SVG, "svg");
    sheet.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    sheet.append(this.path);
    frame.replaceChildren(sheet);
    this.sheet = sheet;
    sheet.addEventListener("pointerdown", (event) => this.begin(event));
    sheet.addEventListener("pointermove", (event) => this.follow(event));
    ["pointerup", "pointercancel"].forEach((name) => sheet.addEventListener(name, () => this.lift()));
  }

  get value() {
    return this.strokes;
  }

  set value(strokes) {
    this.strokes = strokes;
    this.draw();
  }

  begin(event) {
    this.sheet.setPointerCapture(event.pointerId);
    this.stroke = `M${this.at(event)}`;
    event.preventDefault();
  }

  follow(event) {
    if (!this.stroke) {
      return;
    }
    const moves = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
    for (const each of moves.length ? moves : [event]) {
      const next = `L${this.at(each)}`;
      if (!this.stroke.endsWith(next)) {
        this.stroke += next;
      }
    }
    this.draw();
  }

  lift() {
    if (this.stroke.includes("L") && this.strokes.length + this.stroke.length < LONGEST) {
      this.strokes += this.stroke;
      this.changed(this.strokes);
    }
    this.stroke = "";
    this.draw();
  }

  draw() {
    this.path.setAttribute("d", this.strokes + (this.stroke.includes("L") ? this.stroke : ""));
  }

  at(event) {
    const frame = this.sheet.getBoundingClientRect();
    const within = (share, most) => Math.min(Math.max(share * most, 0), most).toFixed(1).replace(/\.0$/, "");
    const x = within((event.clientX - frame.left) / frame.width, WIDTH);
    return `${x} ${within((event.clientY - frame.top) / frame.height, HEIGHT)}`;
  }
}
