// What is left of each clock, counted down every second; without it the page shows what was left when it was drawn.

const page = document.querySelector("[data-quake-now]");
const drawn = Date.now();
const server = page ? Date.parse(page.dataset.quakeNow) : drawn;

function written(seconds, place) {
  const whole = Math.abs(seconds);
  const inDays = whole >= 172800;
  const hours = Math.floor(whole / 3600);
  const figures = {
    days: Math.floor(hours / 24),
    hours: inDays ? hours % 24 : hours,
    minutes: Math.floor(whole / 60) % 60,
    seconds: whole % 60,
  };
  const { over, left, overDays, leftDays } = place.dataset;
  const sentence = inDays ? (seconds < 0 ? overDays : leftDays) : seconds < 0 ? over : left;
  return sentence.replace(/\{(\w+)\}/g, (_all, name) => figures[name]);
}

function tick() {
  const now = server + (Date.now() - drawn);
  for (const place of document.querySelectorAll("[data-due]")) {
    const seconds = Math.floor((Date.parse(place.dataset.due) - now) / 1000);
    place.textContent = written(seconds, place);
    const dial = place.closest(".dial");
    if (seconds < 0 && dial && !dial.classList.contains("late")) {
      dial.classList.add("late");
      const pill = dial.querySelector(".state");
      if (pill) {
        pill.className = "state late";
        pill.textContent = `▲ ${place.dataset.late}`;
      }
    }
  }
}

if (page) {
  tick();
  setInterval(tick, 1000);
}
