"""What is on the screen at once, on every size of it; nothing is cut, and the page never scrolls sideways."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as TookTooLong

from tests.test_browser import COST_CURVE, open_page, readout
from tests.test_pictures import CHARTS, MEASURE, clashes
from ui.settings import TABS

# The parts of the page in reading order.
PARTS = ("boxes", "answer", "player", "score", "plates", "network", "sigmoid", "cost", "weights")
BOXES = """(keys) => keys.map((key) => {
    const { left, right, top, bottom } = document.querySelector(`.st-key-${key}`).getBoundingClientRect();
    return { left, right, top, bottom };
})"""


def fold_sidebar(page: Page) -> None:
    page.get_by_test_id("stSidebar").hover()
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    page.wait_for_function("document.querySelector('[data-testid=stMain]').clientWidth === innerWidth")
    page.mouse.move(500, 300)


def boxes(page: Page) -> list[Any]:
    """Where the parts are, once nothing moves any more."""
    found: list[Any] = []
    while found != (found := page.evaluate(BOXES, PARTS)):
        page.evaluate("() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)))")
    return found


@pytest.fixture
def page(browser: Browser, base_url: str) -> Iterator[Page]:
    """A page of its own: that the sidebar is folded is remembered."""
    with browser.new_context(base_url=base_url) as context:
        yield context.new_page()


@pytest.mark.parametrize("generation", ["first", "second"])
def test_on_a_beamer_and_on_a_laptop_the_player_and_all_charts_are_on_the_screen_at_once(
    page: Page, generation: str
) -> None:
    open_page(page, f"?generation={generation}&epoch=700")
    expect(readout(page)).to_contain_text("epoch 700 ")
    for width, height in ((1280, 900), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        if width == 1024:
            fold_sidebar(page)
        found = boxes(page)
        for before, after in pairwise(found):
            assert after["top"] >= before["bottom"] - 1 or after["left"] >= before["right"] - 1
        for box in found:
            assert 0 <= box["left"] < box["right"] <= width
            assert 0 <= box["top"] < box["bottom"] <= height
    if generation == "second":
        # On a wide screen nothing stretches.
        page.set_viewport_size({"width": 1920, "height": 1080})
        found = boxes(page)
        assert max(box["right"] for box in found) - min(box["left"] for box in found) <= 1440


def test_on_a_phone_the_rate_is_moved_while_the_cost_chart_is_in_sight(browser: Browser, base_url: str) -> None:
    with browser.new_context(
        base_url=base_url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    ) as context:
        page = context.new_page()
        open_page(page, "?epoch=700")
        expect(readout(page)).to_contain_text("epoch 700 · cost 0.0111")
        page.get_by_test_id("stExpandSidebarButton").tap()
        rate, epochs = page.locator(".st-key-lr"), page.locator(".st-key-epochs")
        expect(epochs).to_be_in_viewport(ratio=1)
        # Below the player, which stays in sight too.
        page.evaluate("""() => {
            const [cost, player] = ['cost', 'player'].map((key) =>
                document.querySelector(`.st-key-${key}`).getBoundingClientRect());
            document.querySelector('[data-testid=stMain]').scrollBy(0, cost.top - player.height - 70);
        }""")
        curve = page.locator(COST_CURVE).first
        before = curve.get_attribute("d")
        page.get_by_role("slider", name="Learning rate").press("ArrowRight")
        expect(readout(page)).to_contain_text("epoch 700 · cost 0.0070")
        assert curve.get_attribute("d") != before
        expect(rate).to_be_in_viewport(ratio=1)
        expect(epochs).to_be_in_viewport(ratio=1)
        *_, player, _, _, _, _, cost, _ = boxes(page)
        sheet = page.get_by_test_id("stSidebar").bounding_box()
        assert sheet
        assert player["bottom"] <= cost["top"] < cost["bottom"] <= sheet["y"]
        assert sheet["height"] < 844 / 2
        page.get_by_role("button", name="Collapse sidebar").tap()
        expect(rate).not_to_be_in_viewport()


# What is cut off, or lets the page scroll sideways. Tables and programs may scroll in a box of their own.
CUT = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    const found = [main, document.scrollingElement].filter((each) => each.scrollWidth > each.clientWidth).map(
        (each) => `${each.tagName} scrolls: ${each.scrollWidth}`);
    const { left, right } = main.getBoundingClientRect();
    const look = (node) => {
        for (const each of node.children) {
            const box = each.getBoundingClientRect();
            // A formula stands there twice: once for screen readers, which nobody sees.
            if (!box.width || each.matches('[role=tablist], .katex-mathml')) continue;
            if (box.left < left - 1 || box.right > right + 1) found.push(`${each.outerHTML.slice(0, 80)} ${box.right}`);
            if (!['auto', 'scroll'].includes(getComputedStyle(each).overflowX)) look(each.shadowRoot ?? each);
        }
    };
    look(main);
    return found;
}"""


def cut_off(page: Page) -> list[str]:
    """What is cut off, once the page has come to rest."""
    try:
        page.wait_for_function(f"({CUT})().length === 0", timeout=3_000)
    except TookTooLong:
        return page.evaluate(CUT)  # type: ignore[no-any-return]
    return []


def test_at_every_width_nothing_is_cut_and_the_page_does_not_scroll_sideways(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_page(page, "?epoch=700&data=yn-ynyyy")
    expect(readout(page)).to_contain_text("epoch 700 ")
    found = {}
    for tab in TABS.values():
        page.set_viewport_size({"width": 1920, "height": 844})
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("tabpanel", name=tab).locator("[class*=st-key-about] > *").first).to_be_visible()
        for width in (1920, 1280, 1024, 820, 640, 390, 320):
            # 640 × 450 is what a laptop has at a zoom of 200 %.
            page.set_viewport_size({"width": width, "height": 450 if width == 640 else 844})
            found[tab, width] = cut_off(page)
    page.set_viewport_size({"width": 820, "height": 844})
    # Beside the sidebar of a tablet the charts stand one above the other.
    *_, cost, weights = boxes(page)
    assert weights["top"] >= cost["bottom"]
    assert cost["right"] - cost["left"] > 400
    fold_sidebar(page)
    found["without the sidebar", 820] = cut_off(page)
    assert {state: cut for state, cut in found.items() if cut} == {}


@pytest.mark.parametrize("hidden", ["display: none", "width: 0; height: 0"])
def test_drawn_in_a_hidden_frame_and_shown_later_the_charts_are_whole(page: Page, hidden: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/_stcore/health")
    page.evaluate(
        """(hidden) => {
            document.body.innerHTML = `<iframe src="/?epoch=700&tab=why-bias" style="${hidden}"></iframe>`;
        }""",
        hidden,
    )
    frame = page.frame_locator("iframe")
    expect(frame.locator(COST_CURVE).first).to_be_attached(timeout=20_000)
    expect(frame.locator(".st-key-why_bias .js-line")).to_have_count(2)
    page.locator("iframe").evaluate("(frame) => frame.style = 'border: 0; width: 1260px; height: 900px'")
    page.set_viewport_size({"width": 1280, "height": 920})
    inside = page.frames[1]
    inside.wait_for_function("document.querySelector('.st-key-cost svg.main-svg').clientWidth > 300")
    inside.wait_for_function("document.querySelector('.st-key-weights svg.main-svg').clientWidth > 300")
    measured = inside.evaluate(MEASURE, [None, [*CHARTS, "why_bias"]])
    assert {len(parts["texts"]) > 7 for parts in measured.values()} == {True}
    assert clashes(measured) == []
