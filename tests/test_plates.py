"""The learner’s own answers, in a real browser: given by pointer, thumb and keyboard; the whole page follows."""

import re
from typing import Any

from playwright.sync_api import Browser, Page, expect

from nnlib import NeuralNetwork, datasets, train
from tests.test_browser import PLAYED, button, open_page, readout
from ui import words

NAMES = ("coffee", "pizza", "chili")
PLATES = datasets.combinations(3)


def choice(page: Page, plate: str, answer: str) -> Any:
    """The control that gives `answer` (yes, no or –) to a plate."""
    return page.get_by_role("radiogroup", name=f"{plate}: happy?", exact=True).get_by_role("radio", name=f"{answer},")


def give(page: Page, plate: str, answer: str) -> None:
    """Answer a plate with the pointer."""
    choice(page, plate, answer).locator("..").click()


def said(page: Page) -> list[str]:
    """What the table says to the plates 000 … 111."""
    rows = page.locator("tr[data-plate]").all()
    texts = {int(row.get_attribute("data-plate") or -1): row.locator(".answer").inner_text() for row in rows}
    return [" ".join(texts[plate].split()) for plate in range(8)]


def expected(answers: str, epoch: int, **how: Any) -> list[str]:
    """What it has to say at `epoch`, by an independent computation."""
    history = train(
        NeuralNetwork.random((3, 1), seed=how.get("seed", 0)),
        datasets.plates(answers),
        learning_rate=how.get("rate", 1.0),
        epochs=how.get("epochs", 5_000),
    )
    predictions = history.network(epoch).predict(PLATES)[:, 0]
    marks = [
        "" if answer == "-" else words.Verdict(int(words.verdicts(prediction, answer == "y"))).mark
        for prediction, answer in zip(predictions, answers)
    ]
    return [f"{prediction:.2f} {mark}".strip() for prediction, mark in zip(predictions, marks)]


def test_an_answer_is_one_click_and_the_whole_page_follows(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_page(page)
    expect(readout(page)).to_contain_text("epoch 5,000 ")
    assert said(page) == expected(datasets.TUTORIAL, 5_000)
    page.emulate_media(reduced_motion="no-preference")
    expect(page.get_by_text("can learn these answers")).to_be_visible()
    give(page, "nothing", "yes")
    expect(page).to_have_url(re.compile("data=yn--nyyy"))
    expect(button(page, "Pause")).to_be_visible()
    expect(page.get_by_text("can’t learn these answers")).to_be_visible()
    expect(page.get_by_role("combobox", name="Training data")).to_have_value("Your own answers")
    page.get_by_label("Speed").select_option("fast")
    expect(button(page, "Step")).to_be_disabled(timeout=PLAYED)
    assert said(page) == expected("yn--nyyy", 5_000)
    expect(readout(page)).to_contain_text(" of 6 right")
    page.get_by_text("Why not?").click()
    expect(page.get_by_text("one sum can’t be above and below 0 at once")).to_be_visible()


def test_several_answers_given_quickly_all_count(page: Page) -> None:
    open_page(page, "?epoch=9")
    for plate, answer in (("nothing", "yes"), ("pizza", "yes"), ("coffee", "yes"), ("chili", "–"), ("pizza", "no")):
        give(page, plate, answer)
    expect(page).to_have_url(re.compile(r"data=y-n-yyyy\b"))
    expect(choice(page, "pizza", "no")).to_be_checked()


def test_the_keyboard_answers_too_and_leaves_the_player_alone(page: Page) -> None:
    open_page(page, "?epoch=700")
    expect(readout(page)).to_contain_text("epoch 700 ")
    choice(page, "nothing", "–").focus()
    page.keyboard.press("ArrowLeft")
    expect(choice(page, "nothing", "no")).to_be_checked()
    expect(choice(page, "nothing", "no")).to_be_focused()
    expect(page).to_have_url(re.compile("data=nn--nyyy"))
    expect(choice(page, "nothing", "no")).to_be_focused()


def test_the_last_answer_stays_and_the_table_says_why(page: Page) -> None:
    open_page(page, "?data=y-------&epoch=9")
    give(page, "nothing", "–")
    expect(page.get_by_text("At least one plate has to be answered")).to_be_visible()
    expect(choice(page, "nothing", "yes")).to_be_checked()
    expect(page).to_have_url(re.compile("data=y-------"))
    give(page, "nothing", "no")
    expect(page.get_by_text("At least one plate has to be answered")).to_have_count(0)
    expect(page).to_have_url(re.compile("data=n-------"))


def test_the_ticked_plate_is_marked(page: Page) -> None:
    open_page(page, "?epoch=9")
    current = page.locator("tr[aria-current=true] th")
    expect(current).to_have_text("coffee + chili")
    page.locator(".st-key-chili label").click()
    expect(current).to_have_text("coffee")


def test_a_preset_answers_all_plates_at_once(page: Page) -> None:
    open_page(page, "?epoch=9")
    page.get_by_role("combobox", name="Training data").click()
    page.get_by_role("option", name="Odd number (parity)").click()
    expect(page).to_have_url(re.compile("data=nyynynny"))
    expect(choice(page, "coffee + chili", "no")).to_be_checked()
    expect(page.get_by_text("can’t learn these answers")).to_be_visible()


def test_a_button_in_a_text_acts_in_place(page: Page) -> None:
    open_page(page, "?epoch=700&lr=0.3&seed=5&pizza=true")
    expect(readout(page)).to_contain_text("epoch 700 ")
    button(page, "an empty plate makes you happy").click()
    expect(page).to_have_url(re.compile(r"/\?lr=0\.3&seed=5&data=yn--nyyy&pizza=true$"))
    expect(button(page, "Pause")).to_be_visible()
    assert len(page.context.pages) <= 2  # no new tab beside the one that keeps the process
    button(page, "Take the bias away").click()
    expect(page.get_by_text("knows no learning rate")).to_be_visible()


def test_with_a_thumb_every_answer_is_large_enough_and_nothing_is_cut(browser: Browser, base_url: str) -> None:
    with browser.new_context(
        base_url=base_url, viewport={"width": 390, "height": 844}, has_touch=True, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        open_page(page, "?epoch=700")
        for option in page.locator(".choice label").all():
            box = option.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 40
            assert box["x"] + box["width"] <= 390
        choice(page, "pizza", "yes").locator("..").tap()
        expect(page).to_have_url(re.compile("data=-ny-nyyy"))
        assert page.get_by_test_id("stMain").evaluate("(main) => main.scrollWidth <= main.clientWidth")
