// The network: what goes in for the ticked boxes, each weight as an edge, what each neuron answers, and the prediction.
// A network of one neuron has its bias as a node and every weight written on its edge. In a network with hidden layers
// each neuron can be chosen: then its weights are written, and the way to its answer.

const TOP = 48;
const BOTTOM = 176;
const DEEPER = 26; // hidden layers have so much more room
const NAMES = 50; // room for the inputs' names
const GAP = 8; // between a node and the weight on its edge
const BOX = 20; // how high a weight's box is
const LINE = 18;
const FORMULA = 38; // from the lowest node to the first line
const STUB = 8; // how long the line is that shows a hidden neuron's bias
// From these radii on an answer can be written into its node with so many decimals.
const WRITTEN = [
  { radius: 17, digits: 2 },
  { radius: 13, digits: 1 },
];

export default function network(component) {
  return open(Network, component);
}

class Network extends Picture {
  constructor(root) {
    super(root, "network", "Network");
  }

  heightFor({ layers }) {
    return HEIGHT + (layers.length > 2 ? DEEPER : 0) + (linesFor(layers) - linesFor([1, 1])) * LINE;
  }

  arrange(about, width) {
    const { names, layers, bias, inputs, chosen } = about;
    this.about = about;
    this.width = width;
    this.isDeep = layers.length > 2;
    // With buttons in it, it is more than an image.
    set(this.svg, { role: this.isDeep ? "group" : "img" });
    const bottom = this.isDeep ? BOTTOM + DEEPER : BOTTOM;
    const hasBiasNode = bias && !this.isDeep;
    const { nodes, edges } = layoutOf(layers, hasBiasNode, { left: NAMES, right: width - 4, top: TOP, bottom });
    this.digit = Math.max(...[..."0123456789+−"].map((sign) => this.widthOf(sign, "600 13px")));
    this.neurons = neuronsOf(about);
    this.chosen = this.neurons.find((neuron) => slugOf(neuron) === chosen);
    this.edges = edges.map((edge) => this.edge(edge));
    this.stubs = this.isDeep && bias ? this.neurons.map((neuron) => this.stub(nodes[neuron.layer + 1][neuron.number], neuron)) : [];
    const values = [...inputs, 1];
    nodes[0].forEach((node, number) => this.input(node, [...names, "bias"][number], values[number]));
    this.circles = this.neurons.map((neuron) => this.neuron(nodes[neuron.layer + 1][neuron.number], neuron));
    for (const edge of this.edges) if (this.isWritten(edge) && this.hasRoom(edge)) this.weight(edge);
    this.formula = Array.from({ length: linesFor(layers) }, (_, line) => this.add("text", { class: "formula", x: 0, y: bottom + FORMULA + line * LINE }));
  }

  isOff({ layer, input }) {
    return layer === 0 && this.about.inputs[input] === 0;
  }

  leadsTo({ layer, number }, neuron) {
    return layer === neuron.layer && number === neuron.number;
  }

  isWritten(edge) {
    return !this.isDeep || Boolean(this.chosen && this.leadsTo(edge, this.chosen));
  }

  // Towards their end edges come together, and what is written on them would lie on each other.
  hasRoom({ layer, x1, x2, begin }) {
    const share = (begin.r + GAP + 3.5 * this.digit) / (x2 - x1 + begin.r);
    const between = layer || this.isDeep ? begin.gap * (1 - share) : BOX;
    return between >= BOX;
  }

  edge(edge) {
    const { x1, y1, x2, y2 } = edge;
    const isAside = this.chosen && !this.leadsTo(edge, this.chosen);
    const kind = isAside ? "edge aside" : this.isOff(edge) ? "edge off" : "edge";
    return { ...edge, line: this.add("line", { class: kind, x1, y1, x2, y2 }) };
  }

  // A hidden neuron's bias: it comes from nowhere, as a short line into the node from above.
  stub({ x, y, r }, neuron) {
    return { neuron, line: this.add("line", { class: "edge stub", x1: x, y1: y - r - STUB, x2: x, y2: y - r }) };
  }

  input({ x, y, r }, name, value) {
    this.add("circle", { class: value === 0 ? "node off" : "node", cx: x, cy: y, r: r - 1, style: `--own: var(--${name})` });
    this.add("text", { class: "name", x: x - r - 5, y: y + 5 }, name);
    this.add("text", { class: value === 0 ? "value off" : "value", x, y: y + 5 }, String(value));
  }

  neuron({ x, y, r }, neuron) {
    const isLast = isOutput(this.about, neuron);
    const group = this.add("g", { class: isLast ? "neuron last" : "neuron" });
    const circle = this.add("circle", { class: isLast ? "output" : "answer", cx: x, cy: y, r }, undefined, group);
    const digits = isLast ? 2 : WRITTEN.find(({ radius }) => r >= radius)?.digits;
    const text = this.add("text", { class: isLast ? "value prediction" : "value off", x, y: y + (isLast ? 6 : 5) }, "", group);
    if (isLast) this.add("text", { class: "name under", x, y: y + r + 17 }, "happy?");
    if (this.isDeep) {
      choosing(group, this.about, neuron, this.chosen && slugOf(this.chosen));
      for (const [event, looked] of Object.entries({ pointerenter: neuron, focus: neuron, pointerleave: null, blur: null })) {
        group.addEventListener(event, () => {
          this.looked = looked;
          this.player.follow();
        });
      }
      this.add("title", {}, nameOf(this.about, neuron), group);
    }
    return { neuron, circle, text, digits };
  }

  weight(edge) {
    edge.box = this.add("rect", { class: "box", height: BOX, rx: 4 });
    edge.text = this.add("text", { class: this.isOff(edge) ? "weight off" : "weight" });
  }

  move({ parameters, answers, z }, isExact) {
    const { about } = this;
    // A network of another shape is on its way.
    if (parameters.length !== countOf(about)) return;
    const found = answersOf(about, parameters, about.inputs);
    // The prediction is Python's own, to the last digit.
    found[found.length - 1] = [answers[about.plate]];
    const all = this.neurons.map((neuron) => parametersOf(about, parameters, neuron));
    const of = (neuron) => all[this.neurons.findIndex((each) => each.layer === neuron.layer && each.number === neuron.number)];
    for (const edge of this.edges) {
      const { weights, bias } = of(edge);
      this.moveEdge(edge, edge.input < weights.length ? weights[edge.input] : bias, isExact);
    }
    for (const { neuron, line } of this.stubs) drawWeight(line, of(neuron).bias);
    for (const each of this.circles) this.moveNeuron(each, found[each.neuron.layer + 1][each.neuron.number], isExact);
    const neuron = this.looked ?? this.chosen ?? this.neurons.at(-1);
    const sum = isOutput(about, neuron) ? z[about.plate] : weightedSum(of(neuron), found[neuron.layer]);
    this.moveFormula(neuron, { ...of(neuron), inputs: found[neuron.layer], z: sum, answer: found[neuron.layer + 1][neuron.number] }, isExact);
  }

  moveNeuron({ neuron, circle, text, digits }, answer, isExact) {
    const { shade, fires } = activationOf(this.about, neuron);
    set(circle, { "data-says": COLOURED[fires(answer)] });
    if (!isOutput(this.about, neuron)) set(circle, { style: `--shade: ${Math.abs(shade(answer)).toFixed(2)}` });
    if (digits) write(text, isExact ? number(answer, digits) : "…");
  }

  moveEdge({ line, box, text, x1, y1, x2, y2, begin }, weight, isExact) {
    drawWeight(line, weight);
    if (!box) return;
    const words = number(weight, 2, true);
    const width = words.length * this.digit + 6;
    const left = begin.x + begin.r + GAP;
    const middle = left + width / 2;
    const y = y1 + ((y2 - y1) * (middle - x1)) / (x2 - x1);
    set(box, { x: left.toFixed(1), y: (y - BOX / 2).toFixed(1), width: width.toFixed(1) });
    set(text, { x: middle.toFixed(1), y: (y + 5).toFixed(1) });
    write(text, isExact ? words : "…");
  }

  moveFormula(neuron, numbers, isExact) {
    const { about } = this;
    const activation = isOutput(about, neuron) ? "sigmoid" : about.activation;
    const name = isOutput(about, neuron) ? "" : `${nameOf(about, neuron)}: `;
    const whole = { ...numbers, name, areWhole: neuron.layer === 0, hasBias: about.bias, activation };
    const lines = isExact ? formulaOf(whole, (words) => this.widthOf(words) <= this.width) : [];
    this.formula.forEach((line, number) => write(line, lines[number] ?? ""));
  }
}

// How many lines of formula there can be.
const linesFor = (layers) => (layers.length > 2 ? 2 + Math.ceil(Math.max(...layers) / 3) : 3);

// Colour and width of the line that stands for a weight.
function drawWeight(line, weight) {
  set(line, {
    "data-says": COLOURED[Math.sign(hundredths(weight))],
    "stroke-width": Math.min(11, Math.max(1, 2.6 * Math.sqrt(Math.abs(weight)))).toFixed(1),
  });
}
