// The player: replays a finished run on the page's Plotly charts, frame by frame, and reports where it stands.
// It knows nothing of neural networks: Python tells it, per chart and trace, what grows, what moves, what is filled once.
// Whatever else on the page follows it listens to `playerframe`.

const SECONDS = { slow: 5, normal: 2.5, fast: 1 };
const WAIT_FOR_CHARTS = 10_000;
const REST = 200;

const players = new WeakMap();

export default function player({ parentElement, setTriggerValue }) {
  if (!players.has(parentElement)) players.set(parentElement, new Player(parentElement));
  const current = players.get(parentElement);
  current.tell = setTriggerValue;
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
    this.drawn = new WeakMap(); // chart element → the scene and the data that Plotly drew in it
    this.clock = new Clock();
    this.isConnected = true;
    this.listening = new AbortController();
    this.on(document, "playerscene", () => this.receive(window.playerScene));
    watchConnection({
      lost: () => this.lose(),
      restored: () => this.regain(),
      signal: this.listening.signal,
    });
    if (window.playerScene) this.receive(window.playerScene);
  }

  on(target, type, listener) {
    target.addEventListener(type, listener, { signal: this.listening.signal });
  }

  // The server that answers next may not know this session: it gets all it has to know from the address.
  lose() {
    this.isConnected = false;
    clearTimeout(this.linking);
    const { link, epoch } = this.scene;
    writeLinkForStreamlit({ ...link, epoch: this.epoch === epoch ? link.epoch : String(this.epoch) });
  }

  // The player is part of the whole page, so what it tells has the whole page laid out: a server that has started anew
  // would do nothing where only a part is asked for. Steps made meanwhile are told, too.
  regain() {
    this.isConnected = true;
    this.tell("still", Boolean(this.isStill));
    if (this.scene && !this.isMoving()) this.report({ through: (position) => this.tell("position", position) });
  }

  // To the visitor, as soon as there is a run to show.
  listen() {
    const { play, back, step, epoch, speed } = this.parts;
    this.on(play, "click", () => this.toggle());
    this.on(back, "click", () => this.stepBy(-1));
    this.on(step, "click", () => this.stepBy(1));
    this.on(epoch, "input", () => this.drag());
    this.on(epoch, "change", () => this.moveTo(Number(epoch.value)));
    this.on(speed, "change", () => this.clock.isRunning && this.play());
    this.on(document, "keydown", (event) => this.press(event));
  }

  // --- what Python sends -------------------------------------------------------------------------------------------

  receive({ message, report }) {
    if (!this.scene) this.listen();
    this.scene = decode(message);
    this.tellPosition = report;
    const { run, epochs, epoch, autoplay, link } = this.scene;
    if (run !== this.run) {
      this.pause();
      this.run = run;
      this.epochs = epochs;
      this.parts.epoch.max = epochs;
      this.epoch = epoch;
      this.willPlay = autoplay && !prefersStillness();
    }
    // What follows the player need not wait for Plotly.
    const start = this.isStill ? epoch : this.willPlay ? 0 : this.epoch;
    this.announce(start, this.frameAt(start));
    this.whenReady(() => {
      if (this.willPlay) this.epoch = 0;
      this.show(this.epoch);
      if (this.willPlay) this.play();
      // The player leads: a page that stands elsewhere has missed a report, or is about to answer a later one.
      else if (!this.isMoving()) this.report();
    });
    // A new address has the browser work out the style of every chart again: once, when the visitor rests.
    clearTimeout(this.linking);
    this.linking = setTimeout(() => writeLink(link), REST);
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
    let readyBefore = 0;
    const look = () => {
      if (this.waiting !== waitingFor) return;
      const ready = window.Plotly ? this.scene.charts.filter(chartElement).length : 0;
      if (ready === this.scene.charts.length) {
        if (this.isStill) this.setStill(false);
        then();
      } else {
        // The first chart need not wait for the last.
        if (ready > readyBefore) this.show(this.willPlay ? 0 : this.epoch);
        readyBefore = ready;
        if (!this.isStill && performance.now() - began > WAIT_FOR_CHARTS) this.setStill(true);
        requestAnimationFrame(look);
      }
    };
    look();
  }

  setStill(isStill) {
    this.isStill = isStill;
    this.parts.notice.textContent = isStill ? "The charts do not move yet: until they do, they show the epoch chosen." : "";
    if (isStill) this.epoch = this.scene.epoch;
    this.write(this.epoch, this.frameAt(this.epoch));
    this.tell("still", isStill);
  }

  // --- what the visitor does ---------------------------------------------------------------------------------------

  press(event) {
    const action = actionFor(event, {
      " ": () => this.toggle(),
      ArrowLeft: () => this.stepBy(-1),
      ArrowRight: () => this.stepBy(1),
    });
    if (!action) return;
    event.preventDefault();
    action();
  }

  toggle() {
    if (this.clock.isRunning) {
      this.pause();
      this.report();
    } else if (prefersStillness()) {
      const end = this.epoch < this.epochs;
      this.moveTo(end ? this.epochs : 0, { end });
    } else {
      if (this.epoch >= this.epochs) this.epoch = 0;
      this.play();
    }
  }

  stepBy(count) {
    this.moveTo(Math.min(this.epochs, Math.max(0, this.epoch + count)));
  }

  drag() {
    this.isDragged = true;
    this.pause();
    this.show(Number(this.parts.epoch.value));
  }

  moveTo(epoch, { end = false } = {}) {
    this.isDragged = false;
    this.pause();
    this.show(epoch);
    this.report({ end });
  }

  play() {
    this.willPlay = false;
    this.clock.start({
      from: Math.sqrt(this.epoch / this.epochs),
      seconds: SECONDS[this.parts.speed.value],
      // The square slows the replay down early in the run, where learning happens.
      tick: (progress) => this.show(this.scene.frames[this.frameAt(this.epochs * progress ** 2)]),
      end: () => {
        this.pause();
        this.report({ end: true });
      },
    });
    this.writeButton();
  }

  pause() {
    this.clock.stop();
    this.willPlay = false;
    this.writeButton();
  }

  isMoving() {
    return this.clock.isRunning || Boolean(this.isDragged);
  }

  // Tell Python where the player stands; at the end of a replay that is the last epoch, whichever number it has.
  report({ end = false, through = this.tellPosition } = {}) {
    if (this.isConnected && this.epoch !== this.scene.epoch) through({ run: this.run, epoch: end ? null : this.epoch });
  }

  // --- what it shows -----------------------------------------------------------------------------------------------

  show(epoch) {
    this.epoch = epoch;
    const frame = this.frameAt(epoch);
    this.write(epoch, frame);
    this.announce(epoch, frame);
    if (!window.Plotly) return;
    const charts = this.scene.charts.map((chart) => [chart, chartElement(chart)]).filter(([, element]) => element);
    const [chart, element] = this.nextToDraw(charts, frame) ?? [];
    // At frame 0 Plotly would leave no line to move.
    if (element) this.draw(element, chart, this.frameAt(this.scene.epoch) || frame);
    for (const [chart, element] of charts) {
      if (this.canMove(element, frame)) move(element, chart, this.scene, frame, this.scene.frames[frame] === epoch);
      // What Plotly says under the pointer is about the frame it drew.
      const isDrawn = this.isCurrent(element) && frame === this.drawn.get(element).frame;
      element.style.pointerEvents = isDrawn ? "" : "none";
    }
    if (charts.some(([, element]) => !this.isCurrent(element))) {
      requestAnimationFrame(() => this.clock.isRunning || this.show(this.epoch));
    }
  }

  // The chart that Plotly should draw now, if any: at most one a frame, first one that cannot be moved. What was drawn for
  // the run before can be: so a new run is on the screen at once, and drawn anew in the frames that follow.
  nextToDraw(charts, frame) {
    const isNew = this.sceneShown !== this.scene;
    this.sceneShown = this.scene;
    const immovable = charts.find(([, element]) => !this.canMove(element, frame));
    return immovable ?? (isNew ? undefined : charts.find(([, element]) => !this.isCurrent(element)));
  }

  isCurrent(element) {
    const drawn = this.drawn.get(element);
    return drawn?.scene === this.scene && drawn.data === element.data;
  }

  canMove(element, frame) {
    const drawn = this.drawn.get(element);
    // Plotly draws no line through a single point, so one drawn at the start has no line to move.
    return drawn?.data === element.data && (drawn.frame > 0 || frame === 0);
  }

  draw(element, chart, frame) {
    if (!this.drawn.has(element)) {
      // Whoever else draws this chart, for another theme say, does not know the run.
      element.on("plotly_afterplot", () => this.drawn.get(element)?.data !== element.data && this.show(this.epoch));
    }
    this.drawn.set(element, { scene: this.scene, data: element.data, frame });
    draw(element, chart, this.scene, frame);
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

  // Between two frames the numbers of an epoch are on their way from the server: better none than a neighbour's.
  numbersAt(name, epoch, frame) {
    return this.scene.frames[frame] === epoch ? rowOf(this.scene.series[name], frame) : null;
  }

  write(epoch, frame) {
    const { epoch: scrubber, at, values, back, step } = this.parts;
    scrubber.value = epoch;
    scrubber.style.setProperty("--reached", `${(100 * epoch) / this.epochs}%`);
    scrubber.setAttribute("aria-valuetext", `epoch ${whole(epoch)} of ${whole(this.epochs)}`);
    at.textContent = `epoch ${whole(epoch)}`;
    const cost = this.numbersAt("cost", epoch, frame);
    values.textContent = `cost ${cost ? small(cost[0]) : "…"}`;
    // Not disabled outright: that would take the keyboard's focus away.
    back.setAttribute("aria-disabled", epoch <= 0);
    step.setAttribute("aria-disabled", epoch >= this.epochs);
  }

  announce(epoch, frame) {
    const isKnown = this.scene.frames[frame] === epoch;
    const series = Object.entries(this.scene.series).map(([name, each]) => [name, rowOf(each, frame)]);
    const near = Object.fromEntries(series);
    window.playerFrame = { epoch, numbers: isKnown ? near : null, near, pictures: this.scene.pictures };
    document.dispatchEvent(new Event("playerframe"));
  }

  writeButton() {
    const isRunning = this.clock.isRunning;
    this.playIcon.textContent = isRunning ? "❚❚" : "▶";
    this.playName.textContent = isRunning ? "Pause" : "Train";
    // The page's words are about the epoch it stands on: its style sheet dims them meanwhile.
    document.body.toggleAttribute("data-playing", isRunning);
  }
}

const prefersStillness = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
