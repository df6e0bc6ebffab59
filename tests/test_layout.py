"""What is on the screen at once, on every size of it; nothing is cut, and the page never scrolls sideways."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.test_browser import open_page, readout

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


def test_on_a_wide_screen_nothing_stretches(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_page(page, "?epoch=700")
    found = boxes(page)
    assert max(box["right"] for box in found) - min(box["left"] for box in found) <= 1440
