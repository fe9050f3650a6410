// One box ticks all rows of the page.
const all = document.querySelector("[data-tick-page]");
if (all) {
  all.addEventListener("change", () => {
    for (const box of document.querySelectorAll("input.tick")) {
      box.checked = all.checked;
    }
  });
}
