// Every weight over the epochs. A row for each, grouped by the neuron it feeds, its bias last: colour is its value, and
// what the player has not reached is pale. A chosen neuron, or a small network, has its weights as lines below.

const STRIPS = 34; // where the first strip begins
const STRIP = { most: 13, least: 2 };
const BETWEEN = 5; // between two neurons
const NAME = 18; // how high a neuron's name is
const LINES_HIGH = 236;
const AXIS = 20; // below, for the epochs
const RIGHT = 12;
const LABELS = 128; // right of the lines, for their names and values
const LINE_HEIGHT = 18;
// So many lines can be told apart.
const FEW = 9;
const PALE = 0.62;

export default function strips(component) {
  return open(Strips, component);
}

class Strips extends Picture {
  constructor(root) {
    super(root, "strips", "Weights and biases");
  }

  // Where everything stands, from top to bottom.
  plan({ layers, bias, chosen }) {
    const neurons = neuronsOf({ layers });
    const rows = countOf({ layers, bias });
    const hasStrips = rows > FEW;
    const lined = hasStrips ? neurons.find((neuron) => slugOf(neuron) === chosen) : null;
    const gaps = (neurons.length - 1) * BETWEEN;
    const room = HEIGHT - STRIPS - AXIS - gaps - 4;
    const strip = Math.min(STRIP.most, Math.max(STRIP.least, room / rows));
    const strips = hasStrips ? strip * rows + gaps + AXIS : 0;
    const lines = hasStrips ? (lined ? LINES_HIGH : 0) : HEIGHT - STRIPS;
    return { neurons, rows, hasStrips, lined, strip, lines, top: STRIPS + strips, height: Math.max(HEIGHT, STRIPS + strips + lines) };
  }

  heightFor(about) {
    return this.plan(about).height;
  }

  arrange(about, width) {
    this.about = about;
    this.width = width;
    this.painted = null;
    this.ofLines = null;
    const plan = this.plan(about);
    this.planned = plan;
    set(this.svg, { role: plan.hasStrips ? "group" : "img" });
    if (plan.hasStrips) this.strips(plan);
    if (plan.lines) this.lines(plan);
  }

  strips({ neurons, strip }) {
    const { about, width } = this;
    this.left = Math.max(...neurons.map((neuron) => this.widthOf(nameOf(about, neuron), "700 13px"))) + 10;
    const [left, wide] = [this.left, width - this.left - RIGHT];
    let y = STRIPS;
    this.groups = neurons.map((neuron) => {
      const rows = about.layers[neuron.layer] + about.bias;
      const [top, high] = [y, rows * strip];
      y += high + BETWEEN;
      const image = this.add("image", { x: left, y: top, width: wide, height: high, preserveAspectRatio: "none", style: "image-rendering: pixelated" });
      return { neuron, rows, image, top, high };
    });
    const bottom = y - BETWEEN;
    this.ahead = this.add("rect", { class: "ahead", y: STRIPS - 1, height: bottom - STRIPS + 2 });
    this.cursor = this.add("line", { class: "cursor", y1: STRIPS - 3, y2: bottom + 3 });
    // A name that would lie on the next is left out.
    const named = [];
    for (const { top, high } of this.groups.toReversed()) {
      const middle = top + high / 2;
      if (!named.length || named[0] - middle >= NAME) named.unshift(middle);
    }
    for (const { neuron, top, high } of this.groups) {
      const group = this.add("g", { class: "group" });
      const middle = top + high / 2;
      this.add("rect", { class: "hit", x: left, y: top, width: wide, height: high }, undefined, group);
      if (named.includes(middle)) this.add("text", { class: "name", x: left - 6, y: middle + 5 }, nameOf(about, neuron), group);
      choosing(group, about, neuron, about.chosen);
      this.add("title", {}, nameOf(about, neuron), group);
    }
    this.axis(left, wide, bottom + 16);
  }

  axis(left, wide, y) {
    const end = this.about.ticks.at(-1)[0];
    for (const [place, words] of this.about.ticks) {
      this.add("text", { class: place === end ? "tick end" : "tick", x: left + (wide * place) / end + (place === end ? RIGHT : 0), y }, words);
    }
  }

  // The weights as one picture for each neuron, a pixel for a weight and a step along the axis.
  paint(scene) {
    const { about, left, width } = this;
    const series = scene.series.parameters;
    const wide = Math.max(1, Math.round(width - left - RIGHT));
    const largest = series.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    const frames = Array.from({ length: wide }, (_, pixel) => lastFrame(scene.frames, ((scene.epochs ** 0.5 * pixel) / wide) ** 2));
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    const colours = [NEGATIVE, POSITIVE].map((colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)));
    for (const { neuron, image, rows } of this.groups) {
      [canvas.width, canvas.height] = [wide, rows];
      const pixels = context.createImageData(wide, rows);
      frames.forEach((frame, across) => {
        const { weights, bias } = parametersOf(about, rowOf(series, frame), neuron);
        [...weights, bias].slice(0, rows).forEach((value, row) => {
          pixels.data.set([...colours[Number(value > 0)], 255 * Math.abs(value / largest) ** 0.7], 4 * (row * wide + across));
        });
      });
      context.putImageData(pixels, 0, 0);
      image.setAttribute("href", canvas.toDataURL());
    }
  }

  lines({ lined, neurons, top, lines, height }) {
    const { about, width } = this;
    const neuron = lined ?? neurons.at(-1);
    this.lined = lined ? [lined] : neurons;
    if (lined) this.add("text", { class: "title", x: 0, y: top + TITLE }, `Weights of ${nameOf(about, neuron)}`);
    this.box = { left: 44, right: width - LABELS, top: top + (lined ? 30 : 8), bottom: height - AXIS - 8 };
    this.curves = this.lined.flatMap((each) => {
      const sources = each.layer ? neuronsOf(about).filter(({ layer }) => layer === each.layer - 1).map((source) => nameOf(about, source)) : about.names;
      return [...sources, ...(about.bias ? ["bias"] : [])].map((name, row) => ({ neuron: each, row, name }));
    });
    const prefix = this.lined.length > 1;
    this.scale = this.add("g", {});
    for (const curve of this.curves) {
      const style = `--own: var(--${curve.neuron.layer && curve.name !== "bias" ? "neutral" : curve.name})`;
      curve.label = prefix && !isOutput(about, curve.neuron) ? `${curve.name} → ${curve.neuron.number + 1}` : curve.name;
      curve.whole = this.add("polyline", { class: "line whole", style });
      curve.line = this.add("polyline", { class: "line", style });
      curve.end = this.add("circle", { class: "end-of-line", r: 5, style });
      curve.text = this.add("text", { class: "label", x: this.box.right + 10, style });
    }
    this.axis(this.box.left, this.box.right - this.box.left, height - 4);
  }

  // The lines of the whole run, and the axis that holds them.
  prepare(scene) {
    const { box, curves } = this;
    const series = scene.series.parameters;
    const x = (epoch) => box.left + ((box.right - box.left) * Math.sqrt(epoch)) / Math.sqrt(scene.epochs);
    for (const curve of curves) {
      curve.values = Array.from(scene.frames, (_, frame) => {
        const { weights, bias } = parametersOf(this.about, rowOf(series, frame), curve.neuron);
        return curve.row < weights.length ? weights[curve.row] : bias;
      });
    }
    const all = curves.flatMap(({ values }) => values);
    const [low, high] = [all.reduce((one, other) => Math.min(one, other), 0), all.reduce((one, other) => Math.max(one, other), 0)];
    const room = 0.08 * (high - low) || 0.5;
    this.y = (value) => box.bottom - ((box.bottom - box.top) * (value - low + room)) / (high - low + 2 * room);
    this.scale.replaceChildren();
    const step = stepFor((high - low) / 3);
    for (let tick = Math.ceil(low / step) * step; tick <= high + 1e-9; tick += step) {
      const y = this.y(tick);
      this.add("line", { class: "grid", x1: box.left, x2: box.right, y1: y, y2: y }, undefined, this.scale);
      this.add("text", { class: "tick end", x: box.left - 6, y: y + 5 }, number(tick, step < 1 ? 1 : 0), this.scale);
    }
    this.at = Array.from(scene.frames, x);
    for (const curve of curves) {
      curve.points = curve.values.map((value, frame) => `${this.at[frame].toFixed(1)},${this.y(value).toFixed(1)}`);
      curve.whole.setAttribute("points", curve.points.join(" "));
    }
  }

  move({ parameters }, isExact, { scene, epoch }) {
    if (parameters.length !== countOf(this.about)) return;
    const isUnseen = document.body.hasAttribute("data-unseen");
    if (this.planned.hasStrips) {
      if (this.painted !== scene) this.paint(scene);
      this.painted = scene;
      const wide = this.width - this.left - RIGHT;
      const x = this.left + wide * Math.sqrt(epoch / scene.epochs);
      set(this.ahead, { x: x.toFixed(1), width: Math.max(0, this.left + wide - x).toFixed(1), opacity: isUnseen ? 1 : PALE });
      set(this.cursor, { x1: x.toFixed(1), x2: x.toFixed(1) });
    }
    if (!this.planned.lines) return;
    if (this.ofLines !== scene) this.prepare(scene);
    this.ofLines = scene;
    const frame = lastFrame(scene.frames, epoch);
    const heights = this.curves.map(({ values }) => this.y(values[frame]));
    const order = heights.map((_, index) => index).sort((one, other) => heights[one] - heights[other]);
    const places = spread(order.map((index) => heights[index]), LINE_HEIGHT, this.box.top, this.box.bottom);
    order.forEach((index, place) => {
      const { line, whole, end, text, points, values, label } = this.curves[index];
      line.setAttribute("points", points.slice(0, frame + 1).join(" "));
      whole.setAttribute("visibility", isUnseen ? "hidden" : "visible");
      set(end, { cx: this.at[frame].toFixed(1), cy: heights[index].toFixed(1) });
      text.setAttribute("y", (places[place] + 5).toFixed(1));
      write(text, `${label} ${isExact ? number(values[frame], 2, true) : "…"}`);
    });
  }
}

// A round number near `size`: 1, 2 or 5 of some power of ten.
function stepFor(size) {
  const power = 10 ** Math.floor(Math.log10(size || 1));
  return [1, 2, 5, 10].find((step) => step * power >= size) * power;
}
