// The sigmoid, and on it the plates that the network was told: each with what it misses its label by, and the ticked one.
// Names stand in two rows, outside of where points can be: above, who should be happy; below, who should not.

const LEFT = 46;
const RIGHT = 14;
const ONE = 80; // how high a prediction of 1 stands
const ZERO = 188;
const ABOVE = 58; // the names' baselines
const BELOW = 218;
const NUMBERS = 235;
const AXIS = 252;
const RADIUS = 6.5;
const SHAPES = {
  circle: `M${-RADIUS},0a${RADIUS},${RADIUS} 0 1 0 ${2 * RADIUS},0a${RADIUS},${RADIUS} 0 1 0 ${-2 * RADIUS},0z`,
  diamond: `M0,-8L8,0L0,8L-8,0z`,
};

export default function sigmoid(component) {
  return open(Sigmoid, component);
}

class Sigmoid extends Picture {
  constructor(root) {
    super(root, "sigmoid", "Sigmoid", { isChosen: true });
  }

  arrange({ reach, ticked, labels, bits, names }, width) {
    this.width = width;
    const [left, right] = [LEFT + RADIUS, width - RIGHT - RADIUS];
    this.x = (z) => left + ((right - left) * (Math.max(-reach, Math.min(reach, z)) + reach)) / (2 * reach);
    this.y = (prediction) => ZERO + (ONE - ZERO) * prediction;
    this.legend();
    this.axes(reach);
    this.wide = Math.max(...[..."01"].map((digit) => this.widthOf(digit, "600 13px"))) * bits[0].length + 6;
    const shown = labels.map((label, plate) => ({ label, plate, isTicked: plate === ticked }));
    // The ticked plate lies on top.
    this.plates = shown
      .filter(({ label, isTicked }) => label !== null || isTicked)
      .sort((one, other) => one.isTicked - other.isTicked)
      .map((each) => ({ ...each, ...this.point(each, bits[each.plate], names[each.plate]) }));
    for (const { mark } of this.plates) this.svg.append(mark);
  }

  legend() {
    const word = (x, label, words) => {
      this.add("path", { class: "point", d: SHAPES[label ? "circle" : "diamond"], "data-label": label, transform: `translate(${x + 7},35) scale(.7)` });
      this.add("text", { class: "quiet", x: x + 17, y: 40 }, words);
      return x + 17 + this.widthOf(words) + 14;
    };
    word(word(0, true, "should be happy"), false, "should not be");
  }

  axes(reach) {
    const [from, to] = [LEFT, this.width - RIGHT];
    for (const prediction of [0, 0.5, 1]) {
      const y = this.y(prediction);
      this.add("line", { class: "grid", x1: from, y1: y, x2: to, y2: y });
      this.add("text", { class: "quiet tick end", x: from - 6, y: y + 5 }, String(prediction));
    }
    const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000].find((step) => reach / step < 2.5) ?? reach;
    for (let z = -Math.floor(reach / step) * step; z <= reach; z += step) {
      this.add("text", { class: "quiet tick middle", x: this.x(z), y: NUMBERS }, number(z, 0).replace(/\B(?=(\d{3})+$)/g, ","));
    }
    this.add("text", { class: "quiet middle", x: (from + to) / 2, y: AXIS }, "z, the weighted sum");
    const [x, y] = [13, (ONE + ZERO) / 2];
    this.add("text", { class: "quiet middle", x, y, transform: `rotate(-90 ${x} ${y})` }, "prediction");
    const points = Array.from({ length: 121 }, (_, point) => -reach + (point * reach) / 60);
    // Every pixel where it bends, if that is narrow.
    const bend = Array.from({ length: 81 }, (_, point) => -8 + point / 5).filter((z) => Math.abs(z) < reach);
    const all = [...points, ...bend].sort((one, other) => one - other);
    this.add("path", { class: "curve", d: `M${all.map((z) => `${this.x(z).toFixed(1)},${this.y(1 / (1 + Math.exp(-z))).toFixed(1)}`).join("L")}` });
  }

  point({ label, isTicked }, bits, name) {
    const should = label === null ? "not told" : `should ${label ? "" : "not "}be happy`;
    const own = { "data-label": String(label) };
    const leader = this.add("path", { class: "leader", ...own });
    const miss = this.add("line", { class: "miss", ...own });
    const mark = this.add("path", { class: isTicked ? "point ticked" : "point", d: SHAPES[label === false ? "diamond" : "circle"], ...own });
    const text = this.add("text", { class: isTicked ? "plate ticked" : "plate", ...own }, bits);
    this.add("title", {}, `${name}: ${should}`, mark);
    return { leader, miss, mark, text };
  }

  move({ answers, z }) {
    for (const each of this.plates) {
      const { plate, label, miss, mark } = each;
      each.at = this.x(z[plate]);
      each.height = this.y(answers[plate]);
      each.isAbove = label ?? answers[plate] >= 0.5;
      mark.setAttribute("transform", `translate(${each.at.toFixed(1)},${each.height.toFixed(1)})`);
      set(miss, { x1: each.at.toFixed(1), x2: each.at.toFixed(1), y1: each.height.toFixed(1), y2: each.isAbove ? ONE : ZERO });
    }
    for (const isAbove of [true, false]) this.name(isAbove);
  }

  name(isAbove) {
    const row = this.plates.filter((each) => each.isAbove === isAbove);
    row.sort((one, other) => one.at - other.at || one.plate - other.plate);
    const middles = spread(row.map(({ at }) => at), this.wide, this.wide / 2, this.width - this.wide / 2);
    row.forEach(({ at, text, leader }, index) => {
      const x = middles[index].toFixed(1);
      set(text, { x, y: isAbove ? ABOVE : BELOW });
      leader.setAttribute("d", `M${at.toFixed(1)},${isAbove ? ONE : ZERO}L${x},${isAbove ? ABOVE + 5 : BELOW - 13}`);
    });
  }
}
