// Saves a picture as it looks now, under the name of its chart, as Plotly's camera does.

const SAVED_STYLES = [
  "fill",
  "fill-opacity",
  "font-family",
  "font-size",
  "font-variant-numeric",
  "font-weight",
  "opacity",
  "stroke",
  "stroke-dasharray",
  "stroke-width",
  "text-anchor",
];
const SCALE = 2;

function offerToSave(root, svg, name) {
  for (const button of root.querySelectorAll(".save button")) {
    button.addEventListener("click", () => {
      const { format } = button.dataset;
      const drawn = standalone(svg);
      if (format === "svg") download(new Blob([drawn], { type: "image/svg+xml" }), `${name}.svg`);
      else paint(drawn, svg).then((blob) => download(blob, `${name}.png`));
    });
  }
}

// The picture as a file of its own, which no style sheet reaches.
function standalone(svg) {
  const copy = svg.cloneNode(true);
  const originals = [svg, ...svg.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((node, index) => {
    const style = getComputedStyle(originals[index]);
    node.setAttribute("style", SAVED_STYLES.map((property) => `${property}:${style.getPropertyValue(property)}`).join(";"));
  });
  const { width, height } = svg.getBoundingClientRect();
  set(copy, { xmlns: "http://www.w3.org/2000/svg", width, height });
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  set(ground, { width: "100%", height: "100%", fill: getComputedStyle(svg).getPropertyValue("--st-background-color") });
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

async function paint(drawn, svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawn)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  const { width, height } = svg.getBoundingClientRect();
  Object.assign(canvas, { width: width * SCALE, height: height * SCALE });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
