// The player: replays a finished run on the page's Plotly charts, frame by frame, and reports where it stands.
// It knows nothing of neural networks: Python tells it, per chart and trace, what grows, what moves, what is filled once.

const SECONDS = { slow: 6, normal: 2.5, fast: 1 };
const WAIT_FOR_CHARTS = 10_000;
const AT_ONCE = { mode: "immediate", transition: { duration: 0 }, frame: { duration: 0, redraw: false } };
const TYPES = { f4: Float32Array, u2: Uint16Array };

const players = new WeakMap();

export default function player({ parentElement, setStateValue }) {
  if (!players.has(parentElement)) players.set(parentElement, new Player(parentElement));
  const current = players.get(parentElement);
  current.setStateValue = setStateValue;
  return () => current.leave();
}

class Player {
  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    this.root = root;
    this.parts = Object.fromEntries(
      ["play", "back", "step", "epoch", "speed", "at", "values", "notice"].map((name) => [name, find(`.${name}`)]),
    );
    this.playIcon = find(".play .icon");
    this.playName = find(".play .name");
    this.drawn = new WeakMap(); // chart element → { scene, frame, states } as last drawn
    this.request = 0;
    this.listening = new AbortController();
    this.listen();
    if (window.playerScene) this.receive(window.playerScene);
  }

  listen() {
    const { play, back, step, epoch, speed } = this.parts;
    const on = (target, type, listener) => target.addEventListener(type, listener, { signal: this.listening.signal });
    on(play, "click", () => this.toggle());
    on(back, "click", () => this.stepBy(-1));
    on(step, "click", () => this.stepBy(1));
    on(epoch, "input", () => this.moveTo(Number(epoch.value), { report: false }));
    on(epoch, "change", () => this.moveTo(Number(epoch.value)));
    on(speed, "change", () => this.request && this.play());
    on(document, "keydown", (event) => this.press(event));
    on(document, "playerscene", () => this.receive(window.playerScene));
    on(window, "popstate", () => this.goBack());
  }

  // --- what Python sends -------------------------------------------------------------------------------------------

  receive(message) {
    this.scene = unpack(message);
    const { run, epochs, epoch, autoplay } = this.scene;
    this.reported = epoch;
    if (run !== this.run) {
      this.pause();
      this.run = run;
      this.epochs = epochs;
      this.parts.epoch.max = epochs;
      this.autoplay = autoplay && !prefersStillness();
      this.epoch = this.autoplay ? 0 : epoch;
    }
    this.whenReady(() => {
      this.show(this.epoch);
      if (this.autoplay) this.play();
      this.autoplay = false;
    });
  }

  leave() {
    // Also called before every rerun: only a player that is no longer on the page lets go of it.
    setTimeout(() => {
      if ((this.root.host ?? this.root).isConnected) return;
      this.pause();
      this.listening.abort();
      players.delete(this.root);
    });
  }

  whenReady(then) {
    const began = performance.now();
    const waitingFor = (this.waiting = Symbol("waiting"));
    const look = () => {
      if (this.waiting !== waitingFor) return;
      if (window.Plotly && this.scene.charts.every(chartElement)) {
        this.parts.notice.textContent = "";
        then();
      } else if (performance.now() - began > WAIT_FOR_CHARTS) {
        this.giveUp();
      } else {
        requestAnimationFrame(look);
      }
    };
    look();
  }

  giveUp() {
    this.parts.notice.textContent = "The charts cannot be moved in this browser: they show the epoch chosen, standing still.";
    this.write(this.epochs);
    this.setStateValue("still", true);
  }

  // --- what the visitor does ---------------------------------------------------------------------------------------

  // The browser's back and forward buttons: the widgets follow the link by themselves, the epoch does so here.
  goBack() {
    const epoch = Number(new URLSearchParams(location.search).get("epoch") ?? this.epochs);
    if (epoch !== this.epoch && epoch >= 0 && epoch <= this.epochs) this.moveTo(epoch);
  }

  press(event) {
    const target = event.composedPath()[0];
    if (event.ctrlKey || event.metaKey || event.altKey || belongsTo(target, event.key)) return;
    const action = { " ": () => this.toggle(), ArrowLeft: () => this.stepBy(-1), ArrowRight: () => this.stepBy(1) }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  toggle() {
    if (this.request) {
      this.pause();
      this.report();
    } else {
      if (this.epoch >= this.epochs) this.epoch = 0;
      if (prefersStillness()) this.moveTo(this.epochs);
      else this.play();
    }
  }

  stepBy(count) {
    this.moveTo(Math.min(this.epochs, Math.max(0, this.epoch + count)));
  }

  moveTo(epoch, { report = true } = {}) {
    this.pause();
    this.show(epoch);
    if (report) this.report();
  }

  play() {
    cancelAnimationFrame(this.request);
    const seconds = SECONDS[this.parts.speed.value];
    const from = Math.sqrt(this.epoch / this.epochs);
    let began;
    const tick = (now) => {
      began ??= now;
      // The square slows the replay down early in the run, where learning happens.
      const progress = Math.min(1, from + (now - began) / 1000 / seconds);
      this.show(this.scene.frames[this.frameAt(this.epochs * progress ** 2)]);
      if (progress < 1) {
        this.request = requestAnimationFrame(tick);
      } else {
        this.pause();
        this.report({ ended: true });
      }
    };
    this.request = requestAnimationFrame(tick);
    this.writeButton();
  }

  pause() {
    cancelAnimationFrame(this.request);
    this.request = 0;
    this.writeButton();
  }

  report({ ended = false } = {}) {
    if (this.epoch === this.reported) return;
    this.reported = this.epoch;
    this.setStateValue("position", { run: this.run, epoch: this.epoch, ended });
  }

  // --- what it shows -----------------------------------------------------------------------------------------------

  show(epoch) {
    this.epoch = epoch;
    const frame = this.frameAt(epoch);
    this.write(epoch, frame);
    let mayFill = true;
    for (const chart of this.scene.charts) {
      const element = chartElement(chart);
      if (!element) continue;
      const drawn = this.drawn.get(element);
      if (drawn?.scene === this.scene) {
        if (drawn.frame !== frame) move(element, chart, drawn, frame);
      } else if (mayFill) {
        this.drawn.set(element, fill(element, chart, this.scene, frame));
        mayFill = false;
      } else {
        // One full drawing a frame, so that the first chart of a new run is on the screen before the last is drawn.
        requestAnimationFrame(() => this.request || this.show(this.epoch));
        break;
      }
    }
  }

  // The last frame that is not after `epoch`.
  frameAt(epoch) {
    const { frames } = this.scene;
    let low = 0;
    let high = frames.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (frames[middle] <= epoch) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  write(epoch, frame) {
    const { epoch: scrubber, at, values, back, step } = this.parts;
    scrubber.value = epoch;
    scrubber.setAttribute("aria-valuetext", `epoch ${epoch.toLocaleString("en")} of ${this.epochs.toLocaleString("en")}`);
    at.textContent = `epoch ${epoch.toLocaleString("en")}`;
    // Between two frames the number is on its way from the server: better none than a neighbour's.
    values.textContent = this.scene.readout
      .map(({ label, values: numbers }) =>
        this.scene.frames[frame] === epoch ? `${label} ${writtenSmall(numbers[frame])}` : `${label} …`,
      )
      .join(" · ");
    back.disabled = epoch <= 0;
    step.disabled = epoch >= this.epochs;
  }

  writeButton() {
    this.playIcon.textContent = this.request ? "❚❚" : "▶";
    this.playName.textContent = this.request ? "Pause" : "Train";
  }
}

// --- charts ----------------------------------------------------------------------------------------------------------

// The chart on the page, once it is drawn and is the very figure that the scene was made for.
const chartElement = ({ key, figure }) => {
  const element = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  return element?._fullLayout?.meta === figure ? element : null;
};

const prefersStillness = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

// Whether the focused control uses this key itself.
const ARROW_USERS = "input, select, textarea, [contenteditable], [role=slider], [role=tab], [role=radio], [role=grid], [role=dialog]";
const SPACE_USERS = `${ARROW_USERS}, a, button, summary, [role=option]`;
const belongsTo = (target, key) => target instanceof Element && target.closest(key === " " ? SPACE_USERS : ARROW_USERS) !== null;

// The message of `ui/scene.py`: four bytes of length, that much JSON, then the arrays, each from a multiple of 4 on.
function unpack(message) {
  const bytes = message.slice().buffer;
  const length = new DataView(bytes).getUint32(0, true);
  const scene = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length)));
  let place = 4 + length;
  const arrays = scene.arrays.map(([type, size]) => {
    const array = new TYPES[type](bytes, place, size / TYPES[type].BYTES_PER_ELEMENT);
    place += Math.ceil(size / 4) * 4;
    return array;
  });
  return {
    ...scene,
    frames: arrays[scene.frames],
    readout: scene.readout.map((entry) => ({ ...entry, values: arrays[entry.values] })),
    charts: scene.charts.map((chart) => ({
      ...chart,
      grows: chart.grows.map((grow) => ({ ...grow, x: arrays[grow.x], y: arrays[grow.y], now: arrays[grow.now] })),
      moves: chart.moves.map((each) => ({ ...each, values: arrays[each.values] })),
    })),
  };
}

// Everything that differs from run to run, the axes included: one full drawing of the chart. Returns what it drew.
function fill(element, chart, scene, frame) {
  for (const { trace, name, value } of chart.fills) assign(element.data[trace], name, value);
  for (const { backdrop, x, y } of chart.grows) {
    element.layout.shapes[backdrop].path = `M${Array.from(x, (across, point) => `${across},${y[point]}`).join("L")}`;
  }
  for (const [name, value] of Object.entries(chart.layout)) assign(element.layout, name, value);
  const now = states(chart, scene, frame);
  for (const [trace, values] of now) {
    for (const [name, value] of Object.entries(values)) assign(element.data[trace], name, value);
  }
  element.closest(".stPlotlyChart")?.setAttribute("aria-label", chart.alt);
  window.Plotly.redraw(element);
  // Streamlit renders a chart's frame anew after every step of an animation: nothing here needs that.
  element.removeAllListeners("plotly_animated");
  return { scene, frame, states: now };
}

// What differs from the frame drawn last: moved in place. Plotly's time goes by the trace, so none is moved in vain.
function move(element, chart, drawn, frame) {
  const now = states(chart, drawn.scene, frame);
  const traces = [];
  const data = [];
  for (const [trace, values] of now) {
    if (sameState(values, drawn.states.get(trace))) continue;
    const nested = {};
    for (const [name, value] of Object.entries(values)) assign(nested, name, value);
    traces.push(trace);
    data.push(nested);
  }
  Object.assign(drawn, { frame, states: now });
  if (!traces.length) return;
  // A frame overtaken by the next one is rejected as interrupted: that is what "immediate" asks for.
  window.Plotly.animate(element, { data, traces }, AT_ONCE).catch((reason) => {
    if (reason !== undefined) throw reason;
  });
}

const sameState = (one, other) =>
  Object.entries(one).every(([name, value]) =>
    Array.isArray(value)
      ? value.length === other[name].length && value.every((each, place) => each === other[name][place])
      : value === other[name],
  );

// trace → { property: value } at one frame.
function states(chart, scene, frame) {
  const epoch = scene.frames[frame];
  const found = new Map();
  const of = (trace) => found.get(trace) ?? found.set(trace, {}).get(trace);
  for (const { trace, x, y, now, column, width } of chart.grows) {
    let reached = 0;
    while (reached < x.length && x[reached] <= epoch) reached += 1;
    Object.assign(of(trace), {
      x: [...x.subarray(0, reached), epoch],
      y: [...y.subarray(0, reached), now[frame * width + column]],
    });
  }
  for (const each of chart.moves) of(each.trace)[each.name] = shown(each, frame, epoch);
  return found;
}

// One property at one frame. The same rules stand in Python, in `Moves.shown`.
function shown({ values, column, points = 1, digits, unsigned = 0, scale, limits, choices, threshold = 0 }, frame, epoch) {
  const row = values ? values.subarray(frame * points, (frame + 1) * points) : new Float32Array(points).fill(epoch);
  const become = (value, point) => {
    if (choices) return choices[value < threshold ? 0 : 1];
    if (scale !== undefined) return tenth(Math.min(limits[1], Math.max(limits[0], Math.abs(value) * scale)));
    if (digits !== undefined) return written(value, digits, point >= unsigned);
    return value;
  };
  return column === undefined ? Array.from(row, become) : become(row[column], column);
}

const tenth = (value) => Math.round(value * 10) / 10;

const written = (value, digits, sign) =>
  `${sign && value >= 0 ? "+" : ""}${value.toFixed(digits)}`.replace("-", "−");

// As `written_small` in Python: 0.0012, or 4.2 × 10⁻⁵.
function writtenSmall(value) {
  if (value >= 0.0001 || value === 0) return value.toFixed(4);
  const [digits, exponent] = value.toExponential(1).split("e-");
  return `${digits} × 10⁻${exponent.replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit])}`;
}

function assign(target, path, value) {
  const names = path.split(".");
  const last = names.pop();
  for (const name of names) target = target[name] ??= {};
  target[last] = value;
}
