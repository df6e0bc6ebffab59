// The clock of a replay: calls `tick(progress)` for every frame of the screen, from progress `from` to 1, at a pace that
// would take `seconds` from 0 to 1; then `end()`.
class Clock {
  constructor() {
    this.request = 0;
  }

  get isRunning() {
    return this.request !== 0;
  }

  start({ from, seconds, tick, end }) {
    this.stop();
    let began;
    const frame = (now) => {
      began ??= now;
      const progress = Math.min(1, from + (now - began) / 1000 / seconds);
      tick(progress);
      if (progress < 1) this.request = requestAnimationFrame(frame);
      else {
        this.request = 0;
        end();
      }
    };
    this.request = requestAnimationFrame(frame);
  }

  stop() {
    cancelAnimationFrame(this.request);
    this.request = 0;
  }
}
