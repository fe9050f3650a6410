// Ticking hazards for a step: one box ticks the whole page, and the button says how many are ticked.

const form = document.getElementById("many");
const boxes = form ? [...document.querySelectorAll('input[name="pick"][form="many"]')] : [];
const told = form?.querySelector("[data-picked]");
const head = boxes.length ? boxes[0].closest("table").querySelector("th.pick") : null;
const all = document.createElement("input");

function count() {
  const ticked = boxes.filter((box) => box.checked).length;
  told.textContent = ticked ? ` ${ticked}` : "";
  all.checked = ticked === boxes.length;
  all.indeterminate = ticked > 0 && !all.checked;
}

if (head) {
  all.type = "checkbox";
  all.className = "form-check-input";
  const label = document.createElement("label");
  label.append(all, ` ${head.textContent}`);
  head.replaceChildren(label);
  all.addEventListener("change", () => {
    for (const box of boxes) {
      box.checked = all.checked;
    }
    count();
  });
  for (const box of boxes) {
    box.addEventListener("change", count);
  }
  window.addEventListener("pageshow", count);
  count();
}
