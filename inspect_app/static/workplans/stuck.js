// Ticking a whole group at once, and saying how many are ticked and how many letters that makes.
const boxes = [...document.querySelectorAll('input[name="pick"]')];
const told = document.querySelector("[data-picked]");

function tell() {
  const picked = boxes.filter((box) => box.checked);
  const letters = new Set(picked.map((box) => box.dataset.owner)).size;
  if (told) told.textContent = told.dataset.picked.replace("%n", picked.length).replace("%m", letters);
  for (const all of document.querySelectorAll("[data-group]")) {
    const own = boxes.filter((box) => box.dataset.of === all.dataset.group);
    all.checked = own.every((box) => box.checked);
    all.indeterminate = !all.checked && own.some((box) => box.checked);
  }
}

document.addEventListener("change", (event) => {
  const group = event.target.dataset?.group;
  if (group !== undefined) {
    for (const box of boxes) if (box.dataset.of === group) box.checked = event.target.checked;
  }
  tell();
});
tell();
