// Answers that this device kept for questions which the list no longer asks: shown to be read, then let go.

export function drawOrphans(box, orphans, texts, forget) {
  if (!orphans.size) {
    return;
  }
  const list = element("ul", "");
  list.append(...Array.from(orphans, ([item, entry]) => element("li", `${item}：${spoken(entry.content, texts)}`)));
  const button = element("button", texts.understood);
  button.type = "button";
  button.className = "btn btn-plain";
  button.addEventListener("click", () => {
    [...orphans.keys()].forEach(forget);
    box.hidden = true;
  });
  box.replaceChildren(element("p", texts.gone), list, button);
  box.hidden = false;
}

function spoken({ value, note, immediate_measure: measure }, texts) {
  const said = words(value).map((word) => (["yes", "no", "na", "never"].includes(word) ? texts[word] : word));
  const more = [[texts.note, note], [texts.measure, measure]].filter(([, text]) => text);
  return [said.join("，") || texts.empty, ...more.map(([label, text]) => `${label}：${text}`)].join("；");
}

function words(value) {
  if (value === null || typeof value !== "object") {
    return value === true ? ["na"] : [String(value ?? "")];
  }
  return Object.values(value).flatMap(words).filter(Boolean);
}

function element(name, text) {
  return Object.assign(document.createElement(name), { textContent: text });
}
