// The player: replays a finished run on the page's Plotly charts, frame by frame, and reports where it stands.
// It knows nothing of neural networks: Python tells it, per chart and trace, what grows, what moves, what is filled once.
// Whatever else on the page follows it listens to `playerframe`; a text moves it by `playermove`.

const SECONDS = { slow: 6, normal: 2.5, fast: 1 };
// Who has just arrived sees the untrained network for a moment, in milliseconds; then the first run plays slowly.
const ARRIVAL = 800;
const WAIT_FOR_CHARTS = 10_000;
const REST = 200;
const WAIT_FOR_SERVER = 5_000;

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
      ["play", "back", "step", "epoch", "number", "speed", "copy", "notice"].map((name) => [name, find(`.${name}`)]),
    );
    this.playIcon = find(".play .icon");
    this.playName = find(".play .name");
    this.drawn = new WeakMap(); // chart element → the scene and the data that Plotly drew in it
    this.clock = new Clock();
    this.seen = new Set(); // runs that have been shown to their end
    this.listening = new AbortController();
    this.on(document, "playerscene", () => this.receive(window.playerScene));
    watchConnection({
      lost: () => this.lose(),
      connecting: haveStreamlitReadLink,
      restored: () => this.regain(),
      signal: this.listening.signal,
    });
    if (window.playerScene) this.receive(window.playerScene);
  }

  on(target, type, listener) {
    target.addEventListener(type, listener, { signal: this.listening.signal });
  }

  // Whether the server can be asked for something: what else is on the page looks at the same attribute.
  get isOnline() {
    return !document.body.hasAttribute("data-offline");
  }

  set isOnline(isOnline) {
    clearTimeout(this.returning);
    document.body.toggleAttribute("data-offline", !isOnline);
  }

  // Until the server is there again, the address alone remembers where the visitor is. A server that does not know this
  // session gets all that it has to know from there.
  lose() {
    this.isOnline = false;
    if (!this.scene) return;
    clearTimeout(this.linking);
    writeLink(this.scene.link);
    // What was told last may not have arrived.
    if (!this.isMoving()) this.report();
  }

  // The player is part of the whole page, so what it tells has the whole page run. Until that brings a scene, nothing else
  // is told: a server that has started anew knows no part of the page yet, and would lose it.
  regain() {
    this.returning = setTimeout(() => (this.isOnline = true), WAIT_FOR_SERVER);
    const epoch = new URLSearchParams(location.search).get("epoch");
    this.tell("back", { answers: window.plateAnswers, run: this.run, epoch, still: Boolean(this.isStill) });
  }

  // Listen to the visitor, as soon as there is a run to show.
  listen() {
    const { play, back, step, epoch, number, speed, copy } = this.parts;
    this.on(play, "click", () => this.toggle());
    this.on(back, "click", () => this.stepBy(-1));
    this.on(step, "click", () => this.stepBy(1));
    this.on(epoch, "input", () => this.drag());
    this.on(epoch, "change", () => this.moveTo(Number(epoch.value)));
    this.on(number, "input", () => (this.isTyping = true));
    this.on(number, "blur", () => (this.isTyping = false));
    this.on(number, "change", () => this.type(number.value));
    this.on(copy, "click", () => this.copyLink());
    this.on(speed, "change", () => this.clock.isRunning && this.play());
    this.on(stillness, "change", () => this.writeButton());
    this.on(document, "keydown", (event) => this.press(event));
    this.on(document, "playermove", ({ detail }) => this.moveTo(Math.min(detail, this.epochs)));
  }

  // --- what Python sends -------------------------------------------------------------------------------------------

  receive({ message, report }) {
    const isArrival = !this.scene;
    if (isArrival) this.listen();
    this.isOnline = true;
    this.scene = decode(message);
    this.tellPosition = report;
    const { run, epochs, epoch, autoplay, link } = this.scene;
    if (run !== this.run) {
      this.pause();
      this.run = run;
      this.epochs = epochs;
      this.parts.epoch.max = epochs;
      this.epoch = epoch;
      this.isAtEnd = false;
      this.willPlay = autoplay && !prefersStillness();
    }
    let isShown = false;
    this.whenReady(() => {
      isShown = true;
      if (this.willPlay) this.epoch = 0;
      this.show(this.epoch);
      if (this.willPlay) this.arrive(isArrival);
      // The player leads: a page that stands elsewhere has missed a report, or is about to answer a later one.
      else if (!this.isMoving()) this.report();
    });
    // What follows the player need not wait for Plotly.
    if (!isShown) {
      const start = this.isStill ? epoch : this.willPlay ? 0 : this.epoch;
      this.write(start, this.frameAt(start));
      this.announce(start, this.frameAt(start));
    }
    // A new address makes the browser compute the style of every chart again: write it once, when the visitor rests.
    clearTimeout(this.linking);
    this.linking = setTimeout(() => writeLink(link), REST);
  }

  leave() {
    // Also called before every rerun: end only a player that is no longer on the page.
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
    this.say(isStill ? "The charts do not move yet: until they do, they show the epoch chosen." : "");
    if (isStill) this.epoch = this.scene.epoch;
    this.write(this.epoch, this.frameAt(this.epoch));
    this.announce(this.epoch, this.frameAt(this.epoch));
    if (this.isOnline) this.tell("still", isStill);
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
      if (this.epoch < this.epochs) this.moveTo(this.epochs, { end: true });
    } else {
      if (this.epoch >= this.epochs) this.epoch = 0;
      this.play();
    }
  }

  // The first run stands a moment at its start, unless the visitor does something before.
  arrive(isArrival) {
    if (!isArrival) this.play();
    else {
      clearTimeout(this.arriving);
      this.arriving = setTimeout(() => this.willPlay && this.play({ seconds: SECONDS.slow }), ARRIVAL);
    }
  }

  type(text) {
    this.isTyping = false;
    const epoch = Number(text.replace(/[,\s]/g, ""));
    const isUsable = text.trim() !== "" && Number.isInteger(epoch) && epoch >= 0 && epoch <= this.epochs;
    this.say(isUsable ? "" : `Epoch “${text}” can’t be shown: it must be a whole number from 0 to ${whole(this.epochs)}.`);
    this.moveTo(isUsable ? epoch : this.epoch);
  }

  // The link to what is seen now, wherever the player is.
  async copyLink() {
    writeLink(this.linkHere());
    try {
      await navigator.clipboard.writeText(location.href);
      this.say(`Copied: the link to epoch ${whole(this.epoch)} of this run.`);
    } catch {
      this.say("This browser does not let the page copy. The link stands in the address bar.");
    }
  }

  linkHere() {
    const { link, epoch } = this.scene;
    return { ...link, epoch: this.epoch === epoch ? link.epoch : String(this.epoch) };
  }

  say(text) {
    this.parts.notice.textContent = text;
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
    this.isAtEnd = end;
    this.pause();
    this.show(epoch);
    this.report();
  }

  play({ seconds = SECONDS[this.parts.speed.value] } = {}) {
    this.willPlay = this.isAtEnd = false;
    this.clock.start({
      from: Math.sqrt(this.epoch / this.epochs),
      seconds,
      // The square slows the replay down early in the run, where learning happens.
      tick: (progress) => this.show(this.scene.frames[this.frameAt(this.epochs * progress ** 2)]),
      end: () => {
        this.pause();
        this.isAtEnd = true;
        this.report();
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
  report() {
    const hasMoved = this.epoch !== this.scene.epoch;
    const epoch = this.isAtEnd ? null : this.epoch;
    if (!this.isOnline) writeLink({ ...this.scene.link, epoch: hasMoved ? epoch : this.scene.link.epoch });
    else if (hasMoved) this.tellPosition({ run: this.run, epoch });
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

  // The chart that Plotly should draw now, if any: at most one a frame, and first one that can't be moved. A chart drawn
  // for the run before can be moved: a new run is on the screen at once, and Plotly draws it in the frames that follow.
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
      // Streamlit may draw this chart again, for another theme say, and does not know the run.
      element.on("plotly_afterplot", () => this.drawn.get(element)?.data !== element.data && this.show(this.epoch));
    }
    this.drawn.set(element, { scene: this.scene, data: element.data, frame });
    draw(element, chart, this.scene, frame);
  }

  frameAt(epoch) {
    return lastFrame(this.scene.frames, epoch);
  }

  write(epoch, frame) {
    const { epoch: scrubber, number, back, step } = this.parts;
    scrubber.value = epoch;
    scrubber.style.setProperty("--reached", `${(100 * epoch) / this.epochs}%`);
    scrubber.setAttribute("aria-valuetext", `epoch ${whole(epoch)} of ${whole(this.epochs)}`);
    if (!this.isTyping) number.value = whole(epoch);
    // Not disabled outright: that would take the keyboard's focus away.
    back.setAttribute("aria-disabled", epoch <= 0);
    step.setAttribute("aria-disabled", epoch >= this.epochs);
    if (epoch >= this.epochs) this.seen.add(this.run);
    // What has not been reached is not given away; what only Python can say is about another epoch: see `page.css`.
    document.body.toggleAttribute("data-unseen", !this.seen.has(this.run));
    document.body.toggleAttribute("data-moving", epoch !== this.scene.epoch);
    this.writeButton();
  }

  announce(epoch, frame) {
    // Between two frames the numbers of an epoch are on their way from the server: better none than a neighbour's.
    const isKnown = this.scene.frames[frame] === epoch;
    const series = Object.entries(this.scene.series).map(([name, each]) => [name, rowOf(each, frame)]);
    const near = Object.fromEntries(series);
    near.answers = near.z.map(sigmoid);
    window.playerFrame = { epoch, numbers: isKnown ? near : null, near, scene: this.scene, link: linkTo(this.linkHere()) };
    document.dispatchEvent(new Event("playerframe"));
  }

  writeButton() {
    const isRunning = this.clock.isRunning;
    const isAtEnd = this.epoch >= this.epochs;
    const does = isRunning ? "Stop here" : isAtEnd ? "Replay the training from epoch 0" : "Go on with the training";
    const still = isAtEnd ? "This is the last epoch" : "Go to the last epoch";
    this.playIcon.textContent = isRunning ? "❚❚" : "▶";
    this.playName.textContent = isRunning ? "Pause" : "Train";
    this.parts.play.title = prefersStillness() ? still : does;
    this.parts.play.setAttribute("aria-disabled", prefersStillness() && isAtEnd);
  }
}

const stillness = window.matchMedia("(prefers-reduced-motion: reduce)");
const prefersStillness = () => stillness.matches;
