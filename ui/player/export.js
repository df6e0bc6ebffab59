// Plotly's toolbar saves a chart as PNG; before that button stands one that saves it as SVG, under the same name.
// Plotly makes its toolbar anew whenever it likes, so the button is added when somebody reaches for it.
for (const reach of ["pointerover", "focusin"]) document.addEventListener(reach, ({ target }) => offerSvg(target));

function offerSvg(target) {
  const chart = target.closest?.(".js-plotly-plot");
  const png = chart?.querySelector(".modebar-btn[data-title*='PNG']");
  if (!png || !window.Plotly || chart.querySelector(".modebar-btn.svg")) return;
  const svg = png.cloneNode(true);
  svg.classList.add("svg");
  for (const name of ["data-title", "aria-label"]) svg.setAttribute(name, "Download plot as an SVG");
  svg.querySelector("path").setAttribute("d", window.Plotly.Icons.disk.path);
  const { filename } = chart._context.toImageButtonOptions;
  svg.addEventListener("click", () => window.Plotly.downloadImage(chart, { format: "svg", filename }));
  // The toolbar ends at the right: at its left a new button moves none away from under a finger.
  png.before(svg);
}
