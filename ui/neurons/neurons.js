// What each neuron answers to each plate: a row for a neuron, a column for a plate, as number and colour.

const HEAD = 52; // where the plates' names stand
const ROWS = 60;
const ROW = { most: 36, least: 19 };
const BETWEEN = 8; // between two layers
const FOOT = 44;
const LINE = 18;
const FIRES = {
  sigmoid: "Above 0.5 a neuron fires.",
  tanh: "Above 0 a neuron fires; it answers from −1 to 1.",
  relu: "A neuron that does not fire answers 0.",
};

export default function neurons(component) {
  return open(Neurons, component);
}

class Neurons extends Picture {
  constructor(root) {
    super(root, "neurons", "Answers", { isChosen: true });
  }

  heightFor({ layers }) {
    const rows = neuronsOf({ layers }).length;
    return Math.max(HEIGHT, ROWS + rows * ROW.least + (layers.length - 2) * BETWEEN + FOOT);
  }

  arrange(about, width) {
    const { layers, bits, plates, ticked, chosen } = about;
    this.about = about;
    this.width = width;
    set(this.svg, { role: "group" });
    this.neurons = neuronsOf(about);
    const gaps = (layers.length - 2) * BETWEEN;
    const height = Math.min(ROW.most, (this.heightFor(about) - ROWS - gaps - FOOT) / this.neurons.length);
    const names = Math.max(...this.neurons.map((neuron) => this.widthOf(nameOf(about, neuron), "700 13px"))) + 8;
    const column = (width - names - 2) / bits.length;
    const isWide = this.widthOf("−0.99") <= column - 4;
    this.digits = isWide ? 2 : 1;
    bits.forEach((name, plate) => {
      const text = this.add("text", { class: plate === ticked ? "plate ticked" : "plate", x: names + column * (plate + 0.5), y: HEAD }, name);
      this.add("title", {}, plates[plate], text);
    });
    this.rows = this.neurons.map((neuron, index) => {
      const y = ROWS + index * height + neuron.layer * BETWEEN;
      const group = this.add("g", { class: "row" });
      if (layers.length > 2) choosing(group, about, neuron, chosen);
      this.add("text", { class: "name", x: names - 8, y: y + height / 2 + 5 }, nameOf(about, neuron), group);
      const cells = bits.map((_, plate) => {
        const x = names + column * plate;
        const cell = this.add("rect", { class: "cell", x: x + 1, y: y + 1, width: column - 2, height: height - 2, rx: 3 }, undefined, group);
        const text = this.add("text", { class: plate === ticked ? "answer ticked" : "answer", x: x + column / 2, y: y + height / 2 + 5 }, "", group);
        return { cell, text };
      });
      return { neuron, group, cells };
    });
    const bottom = ROWS + this.neurons.length * height + gaps;
    this.add("rect", { class: "frame", x: names + column * ticked, y: HEAD - 15, width: column, height: bottom - HEAD + 17, rx: 4 });
    this.legend = [0, 1].map((line) => this.add("text", { class: "quiet", x: 0, y: bottom + 20 + line * LINE }));
  }

  // What the numbers say; and which neurons are dead: their slope is 0 at every plate that could teach them something.
  explain(dead) {
    for (const { neuron, group } of this.rows) group.classList.toggle("dead", dead.includes(neuron));
    const text = dead.length
      ? `${dead.length} dead, struck out: 0 for every plate told, so nothing moves ${dead.length === 1 ? "it" : "them"}.`
      : FIRES[this.about.activation];
    linesOf(text, this.legend.length, (words) => this.widthOf(words) <= this.width).forEach((words, line) => write(this.legend[line], words));
  }

  move({ parameters, answers }, isExact) {
    const { about } = this;
    if (parameters.length !== countOf(about)) return;
    const living = new Set();
    about.bits.forEach((_, plate) => {
      const found = answersOf(about, parameters, inputsOf(plate, about.names.length));
      found[found.length - 1] = [answers[plate]];
      for (const { neuron, cells } of this.rows) {
        const answer = found[neuron.layer + 1][neuron.number];
        const { shade, fires } = activationOf(about, neuron);
        if (answer !== 0 && about.data[plate] !== "-") living.add(neuron);
        const { cell, text } = cells[plate];
        set(cell, {
          "data-says": COLOURED[fires(answer)],
          style: `--shade: ${Math.abs(shade(answer)).toFixed(2)}`,
        });
        write(text, isExact ? number(answer, this.digits) : "…");
      }
    });
    const isSilent = (neuron) => about.activation === "relu" && !isOutput(about, neuron) && !living.has(neuron);
    this.explain(this.neurons.filter(isSilent));
  }
}
