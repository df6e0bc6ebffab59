// A picture of the page's own, an SVG. It follows the player: `arrange` builds what a run and the width decide, `move`
// sets what changes from frame to frame, attributes and texts alone.

const HEIGHT = 256; // or more, where `heightFor` says so
const TITLE = 17;

const opened = new WeakMap();

// What a component's default export does: one picture for each place on the page, which lets go when it leaves the page.
function open(Kind, { parentElement }) {
  if (!opened.has(parentElement)) opened.set(parentElement, new Kind(parentElement));
  return () => opened.get(parentElement)?.leave(() => opened.delete(parentElement));
}

class Picture {
  // isChosen: whether the page offers others in its place. Then the choice stands where its title would.
  constructor(root, key, title, { isChosen = false } = {}) {
    this.key = key;
    this.title = title;
    this.isChosen = isChosen;
    this.svg = root.querySelector("figure > svg");
    this.player = followPlayer(root, (frame) => this.show(frame));
    // Asked for at every frame, a width would have the browser lay out the page at every frame.
    this.watcher = new ResizeObserver(() => {
      this.columnWidth = this.svg.clientWidth;
      this.player.follow();
    });
    this.watcher.observe(this.svg);
    offerToSave(root, this.svg, key);
    // Another font has other widths.
    document.fonts.ready.then(() => {
      this.arranged = null;
      this.player.follow();
    });
  }

  show(frame) {
    const about = frame.scene.pictures[this.key];
    const width = this.columnWidth;
    if (!about || !width) return;
    const { alt, ...description } = about;
    const rest = { ...description, chosen: chosenIn(frame.scene) };
    const arranged = JSON.stringify([width, rest]);
    if (arranged !== this.arranged) {
      this.arranged = arranged;
      this.fontFamily = getComputedStyle(this.svg).fontFamily;
      const focused = this.svg.getRootNode().activeElement?.dataset.neuron;
      const height = this.heightFor(rest, width);
      this.svg.replaceChildren();
      this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      this.svg.style.height = `${height}px`;
      this.add("text", { class: this.isChosen ? "title chosen" : "title", x: 0, y: TITLE }, this.title);
      this.arrange(rest, width);
      // A neuron that has just been chosen keeps the focus.
      if (focused) this.svg.querySelector(`[data-neuron="${focused}"]`)?.focus();
    }
    if (this.svg.getAttribute("aria-label") !== alt) this.svg.setAttribute("aria-label", alt);
    // Between two frames the numbers of an epoch are on their way: shapes stand as they were just before, words wait.
    this.move(frame.numbers ?? frame.near, Boolean(frame.numbers), frame);
  }

  heightFor() {
    return HEIGHT;
  }

  add(name, attributes, words, parent = this.svg) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    set(node, attributes);
    if (words !== undefined) node.textContent = words;
    parent.append(node);
    return node;
  }

  // How wide a text will be, in pixels, without asking for a layout.
  widthOf(words, style = "13px") {
    this.ruler ??= document.createElement("canvas").getContext("2d");
    this.ruler.font = `${style} ${this.fontFamily}`;
    return this.ruler.measureText(words).width;
  }

  leave(then) {
    this.player.leave(() => {
      this.watcher.disconnect();
      then();
    });
  }
}

// Set and write only what differs: what is set anew is drawn anew, what is written anew is laid out anew.
function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
  }
}

function write(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

// A text in so many lines, of which all but the last are sure to fit.
function linesOf(text, count, fits) {
  const lines = Array(count).fill("");
  let line = 0;
  for (const word of text.split(" ")) {
    if (lines[line] && line < count - 1 && !fits(`${lines[line]} ${word}`)) line += 1;
    lines[line] += lines[line] ? ` ${word}` : word;
  }
  return lines;
}
