// The eight plates as the corners of a cube: coffee to the right, pizza up, chili towards the viewer. Each is filled by
// the answer told, ringed by the prediction; a polygon is where a neuron's plane cuts the cube.

const CORNER = 10;
const TOLD = 6;
const BACK = { x: 0.4, y: 0.36 }; // how far chili comes forward, in sides of the cube
const CUBE_TOP = 70;
const CUBE_BOTTOM = 212;
const SENTENCE = 242;
const LINE = 18;

export default function cube(component) {
  return open(Cube, component);
}

class Cube extends Picture {
  constructor(root) {
    super(root, "cube", "Cube", { isChosen: true });
  }

  heightFor() {
    return SENTENCE + 2 * LINE + 4;
  }

  arrange(about, width) {
    const { layers, data, ticked, plates, names, chosen } = about;
    this.about = about;
    this.width = width;
    this.isDeep = layers.length > 2;
    set(this.svg, { role: this.isDeep ? "group" : "img" });
    const side = Math.min((CUBE_BOTTOM - CUBE_TOP) / (1 + BACK.y), (width - 90) / (1 + BACK.x));
    const left = (width - side * (1 + BACK.x)) / 2;
    this.project = ([coffee, pizza, chili]) => [
      left + side * (coffee + BACK.x * chili),
      CUBE_BOTTOM - side * (BACK.y + pizza - BACK.y * chili),
    ];
    this.add("text", { class: "quiet", x: 0, y: 40 }, "filled: told · ring: predicted");
    const corners = plates.map((_, plate) => this.project(inputsOf(plate, names.length)));
    for (const [one, other] of CUBE_EDGES) {
      const [[x1, y1], [x2, y2]] = [corners[one], corners[other]];
      // The corner farthest from the viewer is a plate with no chili, not up, and to the right.
      this.add("line", { class: [one, other].includes(0b100) ? "side hidden" : "side", x1, y1, x2, y2 });
    }
    const neurons = neuronsOf(about);
    const first = neurons.filter(({ layer }) => layer === 0);
    this.neuron = neurons.find((neuron) => slugOf(neuron) === chosen);
    const shown = this.neuron ? first.filter((neuron) => slugOf(neuron) === chosen) : first;
    this.cuts = shown.map((neuron) => this.cut(neuron, shown.length > 1));
    this.corners = corners.map((at, plate) => this.corner(at, plate, data[plate], plate === ticked));
    this.lines = [0, 1, 2].map((line) => this.add("text", { class: "sentence", x: 0, y: SENTENCE + line * LINE }));
  }

  cut(neuron, isOneOfMany) {
    const group = this.add("g", { class: "cut" });
    const plane = this.add("polygon", { class: isOneOfMany ? "plane one-of-many" : "plane" }, undefined, group);
    if (this.isDeep) choosing(group, this.about, neuron, this.about.chosen);
    this.add("title", {}, nameOf(this.about, neuron), group);
    return { neuron, plane };
  }

  corner([x, y], plate, letter, isTicked) {
    const ring = this.add("circle", { class: "corner", cx: x, cy: y, r: CORNER });
    if (letter !== "-") this.add("circle", { class: "told", cx: x, cy: y, r: TOLD, "data-says": letter === "y" ? "happy" : "unhappy" });
    const { names, plates } = this.about;
    const bits = inputsOf(plate, names.length).join("");
    const text = this.add("text", { class: isTicked ? "plate ticked" : "plate", x: x + CORNER + 4, y: y - CORNER + 1 }, bits);
    for (const node of [ring, text]) this.add("title", {}, plates[plate], node);
    return { ring, plate };
  }

  move({ parameters, answers }, isExact) {
    const { about } = this;
    if (parameters.length !== countOf(about)) return;
    for (const { neuron, plane } of this.cuts) {
      const points = cutOf(parametersOf(about, parameters, neuron), this.project).map(this.project);
      set(plane, { points: points.map((point) => point.map((value) => value.toFixed(1)).join()).join(" ") });
    }
    for (const { ring, plate } of this.corners) set(ring, { "data-says": COLOURED[says(answers[plate])] });
    const sentence = isExact ? this.sentence(parameters, answers) : "";
    linesOf(sentence, this.lines.length, (words) => this.widthOf(words) <= this.width).forEach((words, line) => write(this.lines[line], words));
  }

  // What follows from the eight answers, in and, or, not.
  sentence(parameters, answers) {
    const { about, neuron } = this;
    if (!neuron || isOutput(about, neuron)) return ruleOf("It says happy: ", Array.from(answers, says), about.plates);
    const { fires } = activationOf(about, neuron);
    const found = about.plates.map((_, plate) => {
      const all = answersOf(about, parameters, inputsOf(plate, about.names.length));
      return fires(all[neuron.layer + 1][neuron.number]);
    });
    const name = nameOf(about, neuron);
    return ruleOf(`${name[0].toUpperCase()}${name.slice(1)} fires: `, found, about.plates);
  }
}

// found: for each plate 1 yes, −1 no, 0 undecided. Of the rules that are right about what is decided, the shortest.
function ruleOf(begin, found, plates) {
  const undecided = plates.filter((_, plate) => !found[plate]);
  if (undecided.length === plates.length) return `${begin}undecided at every plate`;
  const fitting = RULES.filter((_, rule) => found.every((answer, plate) => !answer || (answer > 0) === Boolean((rule >> plate) & 1)));
  const rule = `${begin}${fitting.reduce((shortest, each) => (each.length < shortest.length ? each : shortest))}`;
  return undecided.length ? `${rule}; undecided at ${enumerated(undecided)}` : rule;
}

// coffee, pizza and chili
const enumerated = (things) => (things.length > 1 ? `${things.slice(0, -1).join(", ")} and ${things.at(-1)}` : things[0]);
