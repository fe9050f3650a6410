// Small things that every view needs: elements, sentences, figures.

export const texts = JSON.parse(document.getElementById("texts").textContent);
const MEGABYTE = 1024 * 1024;

export function byId(id) {
  return document.getElementById(id);
}

export function make(name, content = "", className = "") {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  made.append(...(Array.isArray(content) ? content : [content]));
  return made;
}

export function button(text, act, className = "btn") {
  const made = make("button", text, className);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

// A sentence with its values filled in.
export function say(name, values = {}) {
  return (texts[name] || name).replace(/%\((\w+)\)s/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

export function mark(kind, text) {
  const sign = { done: "●", wait: "◑", late: "▲", work: "◕", none: "○" }[kind];
  const hidden = make("i", sign);
  hidden.setAttribute("aria-hidden", "true");
  return make("span", [hidden, text], `state ${kind}`);
}

export function message(text, tone = "wait") {
  const box = byId("message");
  box.textContent = text;
  box.className = `notice ${tone}`;
  box.hidden = !text;
}

export function megabytes(size) {
  if (size >= 1024 * MEGABYTE) {
    return `${(size / MEGABYTE / 1024).toFixed(1)} GB`;
  }
  return size < MEGABYTE ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / MEGABYTE).toFixed(1)} MB`;
}

export function moment(iso) {
  const at = new Date(iso);
  const two = (figure) => String(figure).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

// Shows what is wrong with a form, or takes it away.
export function problems(form, sentences) {
  const list = form.querySelector(".mistakes");
  list.replaceChildren(...sentences.map((each) => make("li", each)));
  list.hidden = !sentences.length;
  if (sentences.length) {
    list.scrollIntoView({ block: "center" });
  }
}
