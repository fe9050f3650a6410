// The figures of a campaign, asked for every 20 seconds while the page is looked at.

const EVERY = 20000;
const box = document.querySelector("[data-progress]");
const told = document.getElementById("progress-told");
let timer = null;

function show(figures) {
  let changed = false;
  for (const place of document.querySelectorAll("[data-figure]")) {
    const figure = figures[place.dataset.figure];
    if (figure !== undefined && place.textContent !== String(figure)) {
      place.textContent = figure;
      changed = true;
    }
  }
  for (const bar of document.querySelectorAll("[data-share]")) {
    const total = figures[`${bar.dataset.share}-total`];
    if (total !== undefined) {
      bar.max = total;
      bar.value = figures[`${bar.dataset.share}-done`];
    }
  }
  if (changed) {
    told.textContent = told.dataset.sentence.replace("{done}", figures.done).replace("{total}", figures.total);
  }
}

async function ask() {
  try {
    const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.ok) {
      show((await answer.json()).figures);
    }
  } catch {
    // not reached: the next try comes in a moment, and the figures on the page stay what they were
  }
}

function watch() {
  clearInterval(timer);
  timer = null;
  if (!document.hidden) {
    timer = setInterval(ask, EVERY);
  }
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    ask();
  }
  watch();
});
watch();
