// How a chart shows a frame: Plotly draws it for the epoch the page stands on; every other frame moves what Plotly drew.
// A frame moved this way costs a fraction of one that Plotly works out, and four charts keep up with the screen.

// The chart on the page, once it is drawn and is the very figure that the scene was made for.
const chartElement = ({ key, figure }) => {
  const element = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  return element?._fullLayout?.meta === figure ? element : null;
};

// Let Plotly draw the chart at one frame: whatever differs from run to run, the axes included.
function draw(element, chart, scene, frame) {
  for (const { trace, name, value } of chart.fills) assign(element.data[trace], name, value);
  for (const { backdrop, x, y } of chart.grows) {
    element.layout.shapes[backdrop].path = `M${Array.from(x, (epoch, point) => `${across(epoch)},${y[point]}`).join("L")}`;
  }
  for (const [name, value] of Object.entries(chart.layout)) assign(element.layout, name, value);
  for (const [trace, properties] of states(chart, scene, frame)) {
    for (const [name, value] of Object.entries(properties)) assign(element.data[trace], name, value);
  }
  element.closest(".stPlotlyChart")?.setAttribute("aria-label", chart.alt);
  // A translated word would no longer be the node that the player moves.
  element.translate = false;
  // Streamlit listens: it would take the figure over and draw it again in the colours of the theme before.
  element.removeAllListeners("plotly_redraw");
  window.Plotly.redraw(element);
}

// Move what Plotly has drawn to where it is at another frame; where that is not the very epoch, numbers are left open.
// The names of the parts are those of Plotly's SVG.
function move(element, chart, scene, frame, isExact) {
  const { xaxis, yaxis } = element._fullLayout;
  for (const [trace, { x, y, customdata, ...paint }] of states(chart, scene, frame, isExact)) {
    const group = element.querySelector(`.trace${element._fullData[trace].uid}`);
    const line = group.querySelector(".js-line");
    const points = group.querySelectorAll(".point");
    const texts = group.querySelectorAll(".textpoint text");
    if (x) {
      const positions = x.map((place, point) => [xaxis.d2p(place), yaxis.d2p(y[point])]);
      line?.setAttribute("d", `M${positions.join("L")}`);
      points.forEach((node, point) => node.setAttribute("transform", `translate(${positions[point]})`));
      texts.forEach((node, point) => ["x", "y"].forEach((name, axis) => node.setAttribute(name, positions[point][axis])));
    }
    for (const [name, value] of Object.entries(paint)) PAINT[name]({ group, texts }, value);
  }
}

const PAINT = {
  opacity: ({ group }, opacity) => (group.style.opacity = opacity),
  text: ({ texts }, words) => texts.forEach((node, point) => (node.textContent = words[point])),
};

// Where an epoch stands on the horizontal axis: the same rule stands in Python, in `motion.across`.
const across = Math.sqrt;

// trace → { property: value } at one frame.
function states(chart, scene, frame, isExact = true) {
  const epoch = scene.frames[frame];
  const found = new Map();
  const of = (trace) => found.get(trace) ?? found.set(trace, {}).get(trace);
  for (const { trace, x, y, now, column, width } of chart.grows) {
    let reached = 0;
    while (reached < x.length && x[reached] <= epoch) reached += 1;
    const epochs = [...x.subarray(0, reached), epoch];
    Object.assign(of(trace), {
      x: epochs.map(across),
      customdata: epochs,
      y: [...y.subarray(0, reached), now[frame * width + column]],
    });
  }
  for (const each of chart.moves) of(each.trace)[each.name] = valueAt(each, frame, epoch, isExact);
  return found;
}

// One property at one frame. The same rules stand in Python, in `Moves.value_at`.
function valueAt({ values, column, points = 1, words, digits = 2, sign, small: isSmall }, frame, epoch, isExact) {
  const row = values ? values.subarray(frame * points, (frame + 1) * points) : Array(points).fill(across(epoch));
  if (words && !isExact) return words.map((word) => `${word}…`);
  const text = (value) => (isSmall ? small(value, digits) : number(value, digits, sign));
  if (words) return Array.from(row, (value, point) => words[point] + text(value));
  return column === undefined ? Array.from(row) : row[column];
}

function assign(target, path, value) {
  const names = path.split(".");
  const last = names.pop();
  for (const name of names) target = target[name] ??= {};
  target[last] = value;
}
