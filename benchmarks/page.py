"""The page in a real browser, beside the least that Streamlit needs: first page, control to curve, bytes, frames."""

import secrets
import shutil
from collections.abc import Sequence
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.tables import table
from tests.server import Server

VISITS, REPLAYS, PRESSES = 5, 3, 16
NETWORKS = {
    "one neuron": "",
    "3-4-1": "&generation=third",
    "3-8-8-8-1": "&generation=third&layers=8-8-8",
}
# “>>>” leads into a component.
CHARTS = [
    *(f".st-key-{key} .scatterlayer" for key in ("cost", "weights")),
    *(f".st-key-{key} [data-testid=stBidiComponentIsolated] >>> figure > svg" for key in ("network", "sigmoid")),
]
LAYERED = [
    ".st-key-cost .scatterlayer",
    *(
        f".st-key-{key} [data-testid=stBidiComponentIsolated] >>> figure > svg"
        for key in ("network", "neurons", "strips")
    ),
]
CURVE = ".st-key-cost .scatterlayer path.js-line[d^=M]"
LINE = ".st-key-line .scatterlayer path.js-line[d^=M]"
TEXT = "[data-testid=stMarkdown] p"

# window.drawn: milliseconds from the request of the page until what is waited for is there.
NOTE_FIRST_DRAWING = """
new MutationObserver((_, watcher) => {
  if (!document.querySelector('DRAWN')) return;
  window.drawn = performance.now();
  watcher.disconnect();
}).observe(document, { subtree: true, childList: true, attributes: true });
"""

# window.answered: milliseconds from the next press of a key to the first change of what `selector` finds.
NOTE_NEXT_ANSWER = """selector => {
  window.answered = new Promise((resolve) => {
    let pressed;
    addEventListener('keydown', () => { pressed = performance.now(); }, { capture: true, once: true });
    const watcher = new MutationObserver(() => {
      if (pressed === undefined) return;
      watcher.disconnect();
      resolve(performance.now() - pressed);
    });
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    document.querySelectorAll(selector).forEach((element) => watcher.observe(element, all));
  });
}"""

# Frames a second, for two seconds, in which every one of the drawings changed.
COUNT_FRAMES = """selectors => new Promise((resolve) => {
  const changed = new Set();
  const find = (selector) =>
    selector.split(' >>> ').reduce((found, part) => (found.shadowRoot ?? found).querySelector(part), document);
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  for (const selector of selectors) {
    new MutationObserver(() => changed.add(selector)).observe(find(selector), all);
  }
  let frames = 0;
  let began;
  const tick = (now) => {
    began ??= now;
    frames += changed.size === selectors.length;
    changed.clear();
    if (now - began < 2000) requestAnimationFrame(tick);
    else resolve((1000 * frames) / (now - began));
  };
  requestAnimationFrame(tick);
})"""

# What the player does to four charts, done to the one line.
MOVE_THE_LINE = """() => {
  const chart = document.querySelector('.st-key-line .js-plotly-plot');
  const x = Array.from({ length: 200 }, (_, point) => point);
  let frame = 0;
  const tick = () => {
    frame += 1;
    const y = x.map((point) => Math.sin((point + frame) / 20));
    window.Plotly.animate(
      chart,
      { data: [{ x, y }], traces: [0] },
      { mode: 'immediate', transition: { duration: 0 }, frame: { duration: 0, redraw: false } },
    ).catch(() => {});
    requestAnimationFrame(tick);
  };
  tick();
}"""


Row = tuple[str, str, str, str]


class Visit:
    """A visitor with an empty browser cache who wants no motion, and the bytes that Streamlit sends them."""

    def __init__(self, browser: Browser, address: str, drawn: str) -> None:
        self.page = browser.new_page(reduced_motion="reduce")
        self.received = 0
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._count))
        self.page.add_init_script(NOTE_FIRST_DRAWING.replace("DRAWN", drawn))
        self.page.goto(address)
        self.page.locator(drawn).first.wait_for(state="attached")
        self.rest()

    def _count(self, payload: str | bytes) -> None:
        self.received += len(payload)

    def rest(self) -> None:
        """Until the server has nothing more to say: what it says comes within a moment of the first drawing."""
        self.page.wait_for_timeout(400)

    def press(self, key: str, answer: str) -> tuple[float, int]:
        """Press a key on the learning rate: milliseconds to the first change in `answer`, bytes of the whole one."""
        before = self.received
        self.page.evaluate(NOTE_NEXT_ANSWER, answer)
        self.page.get_by_role("slider", name="Learning rate").press(key)
        time: float = self.page.evaluate("window.answered")
        self.rest()
        return time, self.received - before


def main() -> None:
    """Measure the page beside an empty one and beside one with a single Plotly line; print one table."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("The page in a real browser: skipped, it needs Debian's chromium.")
        return
    with (
        Server("app.py") as ours,
        Server("benchmarks/pages/empty.py") as empty,
        Server("benchmarks/pages/line.py") as line,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]) as browser,
    ):
        first_pages, frames = first_pages_and_frames(browser, ours, line, empty)
        changes = [row for name, query in NETWORKS.items() for row in change(browser, ours, empty, name, query)]
        layers = [frames_with_layers(browser, ours, name) for name in ("3-4-1", "3-8-8-8-1")]
        rows = [*first_pages, *changes, frames, *layers]
    table("The page in a real browser", ("medians", "the page", "beside it", "ratio"), rows)


def first_pages_and_frames(browser: Browser, ours: Server, line: Server, empty: Server) -> tuple[list[Row], Row]:
    """From the request to the first curve; and the frames a second in which all four charts move, or the one line."""
    times: dict[str, list[float]] = {CURVE: [], LINE: [], TEXT: []}
    rates: dict[str, list[float]] = {CURVE: [], LINE: []}
    moving = {CURVE: (CHARTS, replay), LINE: ([LINE], move_the_line)}
    for server, drawn in [(ours, CURVE), (line, LINE), (empty, TEXT)] * VISITS:
        visit = Visit(browser, server.url, drawn)
        times[drawn].append(visit.page.evaluate("window.drawn"))
        if drawn in moving and len(rates[drawn]) < REPLAYS:
            drawings, move = moving[drawn]
            move(visit.page)
            rates[drawn].append(visit.page.evaluate(COUNT_FRAMES, drawings))
        visit.page.close()
    first = "request to first curve, ms"
    return (
        [
            compared(first, times[CURVE], times[LINE], "one Plotly line"),
            compared(first, times[CURVE], times[TEXT], "a line of text"),
        ],
        compared("frames a second, four charts", rates[CURVE], rates[LINE], "one Plotly line"),
    )


def replay(page: Page) -> None:
    """Have the player move the four charts."""
    page.emulate_media(reduced_motion="no-preference")
    page.get_by_role("button", name="Train", exact=True).click()


def move_the_line(page: Page) -> None:
    """Do the same to the one line."""
    page.evaluate(MOVE_THE_LINE)


def frames_with_layers(browser: Browser, ours: Server, name: str) -> Row:
    """The frames a second in which all charts of a network with hidden layers move."""
    visit = Visit(browser, f"{ours.url}/?lr=3&data=nyynynny{NETWORKS[name]}", CURVE)
    replay(visit.page)
    rate = visit.page.evaluate(COUNT_FRAMES, LAYERED)
    visit.page.close()
    return f"frames a second, {name}", f"{rate:.0f}", "", ""


def change(browser: Browser, ours: Server, empty: Server, name: str, query: str) -> list[Row]:
    """From a key on the learning rate to the new curve, with a seed that makes every run a new one; and the bytes."""
    curve = Visit(browser, f"{ours.url}/?lr=0.001&seed={secrets.randbelow(900_000)}{query}", CURVE)
    text = Visit(browser, empty.url, TEXT)
    answers = [(curve.press("ArrowRight", CURVE), text.press("ArrowRight", TEXT)) for _ in range(PRESSES)]
    curve.page.close()
    text.page.close()
    (curve_times, curve_sizes), (text_times, text_sizes) = (zip(*measured) for measured in zip(*answers))
    return [
        compared(f"{name}: key to new curve, ms", curve_times, text_times, "a line of text"),
        compared(
            f"{name}: sent for it, KB",
            [size / 1000 for size in curve_sizes],
            [size / 1000 for size in text_sizes],
            "a line of text",
        ),
    ]


def compared(what: str, ours: Sequence[float], other: Sequence[float], beside: str) -> Row:
    """A row of the table: both medians, and ours as a multiple of the other."""
    own, reference = median(ours), median(other)
    return what, f"{own:.0f}", f"{beside}: {reference:.0f}", f"{own / reference:.2f}"
