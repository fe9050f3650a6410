// How far a job has come, asked for every second; the page is drawn anew when it ends or falls silent.

const EVERY = 1000;
const phase = document.querySelector("[data-job]");
const bar = document.getElementById("job-bar");
const interrupted = Boolean(document.querySelector("form[action$='/restart']"));

async function ask() {
  try {
    const answer = await fetch(phase.dataset.job, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.ok) {
      const told = await answer.json();
      if (!told.under_way || told.interrupted !== interrupted) {
        location.reload();
        return;
      }
      bar.value = told.percent;
      if (phase.textContent !== told.phase) {
        phase.textContent = told.phase;
      }
    }
  } catch {
    // not reached: the next try comes in a moment
  }
  setTimeout(ask, EVERY);
}

setTimeout(ask, EVERY);
