// A search field that narrows a list of check boxes; what is ticked stays in sight.

const field = document.querySelector("[data-narrows]");
const choices = [...document.querySelectorAll(`#${field?.dataset.narrows} .form-check`)];
const told = document.querySelector("[data-narrowed]");

function narrow() {
  const words = field.value.trim().toLowerCase();
  for (const choice of choices) {
    const ticked = choice.querySelector("input").checked;
    choice.hidden = !ticked && !choice.textContent.toLowerCase().includes(words);
  }
  const shown = choices.filter((choice) => !choice.hidden).length;
  const ticked = choices.filter((choice) => choice.querySelector("input").checked).length;
  const figures = { shown, all: choices.length, ticked };
  told.textContent = told.dataset.narrowed.replace(/\{(\w+)\}/g, (_whole, name) => figures[name]);
}

field?.addEventListener("input", narrow);
field?.form.addEventListener("change", narrow);
field?.addEventListener("keydown", (event) => {
  if (event.key === "Enter") event.preventDefault();
});
if (field) narrow();
