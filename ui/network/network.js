// The network: what goes in for the ticked boxes, each weight on its edge, the sum z, and the prediction.

const TOP = 48;
const BOTTOM = 176;
const NAMES = 50; // room for the inputs' names
const GAP = 8; // between a node and the weight on its edge
const BOX = 20; // how high a weight's box is
const WRITTEN = 8; // so many weights can be written on their edges
const LINE = 18;
const FORMULA = 214;

export default function network(component) {
  return open(Network, component);
}

class Network extends Picture {
  constructor(root) {
    super(root, "network", "Network");
  }

  arrange({ names, layers, bias, inputs, plate }, width) {
    this.about = { inputs: bias ? [...inputs, 1] : inputs, bias, plate };
    this.width = width;
    const { nodes, edges } = layoutOf(layers, bias, { left: NAMES, right: width - 4, top: TOP, bottom: BOTTOM });
    this.isWritten = edges.length <= WRITTEN;
    this.digit = Math.max(...[..."0123456789+−"].map((sign) => this.widthOf(sign, "600 13px")));
    const named = bias ? [...names, "bias"] : names;
    const isOff = (node) => nodes[0].includes(node) && !this.about.inputs[nodes[0].indexOf(node)];
    this.edges = edges.map((edge) => {
      const { x1, y1, x2, y2, begin } = edge;
      return { ...edge, line: this.add("line", { class: isOff(begin) ? "edge off" : "edge", x1, y1, x2, y2 }) };
    });
    nodes.slice(0, -1).forEach((layer, depth) =>
      layer.forEach((node, number) => this.input(node, depth ? null : named[number], depth ? null : this.about.inputs[number])),
    );
    this.outputs = nodes.at(-1).map((node) => this.output(node, nodes.at(-1).length));
    if (this.isWritten) for (const edge of this.edges) this.weight(edge, isOff(edge.begin));
    this.formula = [0, 1, 2].map((line) => this.add("text", { class: "formula", x: 0, y: FORMULA + line * LINE }));
  }

  input({ x, y, r, isBias }, name, value) {
    const kind = isBias ? "bias" : (name ?? "neutral");
    this.add("circle", { class: value === 0 ? "node off" : "node", cx: x, cy: y, r: r - 1, style: `--own: var(--${kind})` });
    if (name) this.add("text", { class: "name", x: x - r - 5, y: y + 5 }, name);
    if (name) this.add("text", { class: value === 0 ? "value off" : "value", x, y: y + 5 }, String(value));
  }

  output({ x, y, r }, count) {
    const node = this.add("circle", { class: "output", cx: x, cy: y, r });
    const text = this.add("text", { class: "value prediction", x, y: y + 6 });
    if (count === 1) this.add("text", { class: "name under", x, y: y + r + 17 }, "happy?");
    return { node, text };
  }

  weight(edge, isOff) {
    edge.box = this.add("rect", { class: "box", height: BOX, rx: 4 });
    edge.text = this.add("text", { class: isOff ? "weight off" : "weight" });
  }

  move({ parameters, answers, z }, isExact) {
    // A network of another generation is on its way.
    if (parameters.length !== this.edges.length) return;
    this.edges.forEach((edge, number) => this.moveEdge(edge, parameters[number], isExact));
    const prediction = answers[this.about.plate];
    if (this.outputs.length !== 1) return;
    const [{ node, text }] = this.outputs;
    node.dataset.says = ["unhappy", "neutral", "happy"][says(prediction) + 1];
    write(text, isExact ? number(prediction, 2) : "…");
    if (this.isWritten) this.moveFormula(parameters, z[this.about.plate], prediction, isExact);
  }

  moveEdge({ line, box, text, x1, y1, x2, y2, begin }, weight, isExact) {
    line.dataset.says = ["unhappy", "neutral", "happy"][Math.sign(hundredths(weight)) + 1];
    line.setAttribute("stroke-width", Math.min(11, Math.max(1, 2.6 * Math.sqrt(Math.abs(weight)))).toFixed(1));
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

  moveFormula(parameters, z, prediction, isExact) {
    const lines = isExact ? formulaOf(this.about, parameters, z, prediction, (words) => this.widthOf(words) <= this.width) : [];
    this.formula.forEach((line, number) => write(line, lines[number] ?? ""));
  }
}

// The way to the prediction, in lines that `fits`: the products of what is ticked, their sum, its sigmoid.
function formulaOf({ inputs, bias }, parameters, z, prediction, fits) {
  const terms = [...inputs.keys()]
    .filter((index) => inputs[index])
    .map((index) => ({ weight: parameters[index], times: bias && index === inputs.length - 1 ? "" : `·${inputs[index]}` }));
  const products = terms.map(({ weight, times }, index) => {
    const sign = hundredths(weight) < 0 ? "−" : "+";
    return index ? `${sign} ${number(Math.abs(weight), 2)}${times}` : `z = ${number(weight, 2)}${times}`;
  });
  // What follows “=” follows from the digits printed before it.
  const total = terms.reduce((sum, { weight }) => sum + hundredths(weight), 0);
  const sum = `${total === hundredths(z) ? "=" : "≈"} ${number(z, 2)}`;
  const squashed = number(1 / (1 + Math.exp(-hundredths(z) / 100)), 2);
  const result = `→ σ(z) ${squashed === number(prediction, 2) ? "=" : "≈"} ${number(prediction, 2)}`;
  // Nothing to add up: no box is ticked, and there is at most a bias.
  if (terms.every(({ times }) => !times)) return [`z = ${number(z, 2)} ${result}`];
  const [first, ...further] = products;
  const lines = [first];
  for (const product of further) {
    const longer = `${lines.at(-1)} ${product}`;
    if (fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(product);
  }
  return [...lines, `${sum} ${result}`];
}

// A value as it is printed, as a whole number of hundredths.
const hundredths = (value) => Math.round(Number(value.toFixed(2)) * 100);
