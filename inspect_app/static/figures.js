"use strict";
// Draws every figure of the page with plotly, when it comes into view. The same data stands below it as a table.

const FONT = { family: '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif', size: 13, color: "#17242f" };
const SETTINGS = { displaylogo: false, displayModeBar: false, responsive: true };

function draw(figure) {
  const source = document.getElementById(figure.dataset.plot);
  const canvas = figure.querySelector(".canvas");
  const spec = JSON.parse(source.textContent);
  const layout = Object.assign(
    { font: FONT, margin: { l: 8, r: 24, t: 8, b: 8 }, height: 240, showlegend: false },
    { paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", dragmode: false },
    spec.layout || {}
  );
  for (const name of Object.keys(layout)) {
    if (/^[xy]axis/.test(name)) {
      layout[name] = Object.assign({ automargin: true, fixedrange: true, ticklabelstandoff: 6, zerolinecolor: "#dde4e9", gridcolor: "#edf1f4" }, layout[name]);
    }
  }
  canvas.textContent = "";
  window.Plotly.newPlot(canvas, spec.data || [], layout, Object.assign({}, SETTINGS, spec.config || {}));
  canvas.on("plotly_click", (event) => {
    const point = event.points[0];
    if (typeof point.customdata === "string" && point.customdata.startsWith("/")) {
      window.location.assign(point.customdata);
    }
  });
  figure.classList.add("drawn");
}

const watcher = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) {
        watcher.unobserve(entry.target);
        draw(entry.target);
      }
    }
  },
  { rootMargin: "200px" }
);

const figures = [...document.querySelectorAll("[data-plot]")];
figures.forEach((figure) => watcher.observe(figure));
// paper is narrower than the screen: a figure takes the width its card will have there
const PAPER = { width: 700, gap: 16, padding: 26, height: 112 };

function paperSize(figure) {
  const columns = figure.closest(".thirds") ? 3 : 1;
  const card = (PAPER.width - PAPER.gap * (columns - 1)) / columns;
  return { width: Math.floor(card - PAPER.padding), height: PAPER.height };
}

window.addEventListener("beforeprint", () => {
  for (const figure of figures) {
    if (!figure.classList.contains("drawn")) {
      watcher.unobserve(figure);
      draw(figure);
    }
    const canvas = figure.querySelector(".canvas");
    canvas.dataset.height = canvas.layout.height;
    window.Plotly.relayout(canvas, paperSize(figure));
  }
});
window.addEventListener("afterprint", () => {
  for (const figure of figures) {
    const canvas = figure.querySelector(".canvas");
    window.Plotly.relayout(canvas, { width: null, height: Number(canvas.dataset.height), autosize: true });
  }
});
