"""Ask 1,000 networks: what they say is counted from their answers, and the words are true in every case."""

import re
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from nnlib import Architecture, Experiment, NeuralNetwork, datasets, train
from nnlib.rules import UNDECIDED_WITHIN
from nnlib.studies.survey import Survey
from tests.test_page import visit, words
from ui import link
from ui.palette import HAPPY, NEUTRAL, UNHAPPY
from ui.settings import PRESETS, Settings
from ui.tabs.survey import question
from ui.tabs.survey.chart import histogram
from ui.tabs.survey.opinions import (
    Opinion,
    opinion,
    opinions,
    summary,
    table,
    what_it_means,
    what_they_say,
)

NAMES = ("coffee", "pizza", "chili")
NETWORKS = 1_000


def survey(
    *,
    layers: tuple[int, ...] = (3, 1),
    bias: bool = True,
    rate: float = 1.0,
    epochs: int = 100,
    data: str = datasets.TUTORIAL,
) -> Survey:
    asked = Survey(Experiment(datasets.plates(data), Architecture(layers, bias=bias), rate, epochs, seed=0))
    while not asked.complete:
        asked.ask_more(seconds=1)
    return asked


def meaning(asked: Survey, plate: tuple[int, ...]) -> str:
    return what_it_means(opinion(asked, plate, NETWORKS), asked)


def test_an_opinion_is_counted_from_the_answers() -> None:
    asked = survey(epochs=60)
    for found in opinions(asked, NETWORKS):
        column = int("".join(f"{value:g}" for value in found.plate), 2)
        answers = sorted(asked.answers[:, column])
        assert (found.low, found.high) == (answers[0], answers[-1])
        assert found.mean == pytest.approx(sum(answers) / NETWORKS)
        assert found.happy == sum(answer >= 0.5 + UNDECIDED_WITHIN for answer in answers)
        assert found.unhappy == sum(answer <= 0.5 - UNDECIDED_WITHIN for answer in answers)
        assert found.networks == NETWORKS


@pytest.mark.parametrize("data", [datasets.TUTORIAL, "y-------", "nyynynny"])
def test_the_training_data_comes_first_with_its_labels_then_what_was_never_told(data: str) -> None:
    found = opinions(survey(epochs=1, data=data), NETWORKS)
    told = datasets.plates(data)
    count = len(told.labels)
    assert [each.plate for each in found[:count]] == [tuple(row) for row in told.inputs]
    assert [each.label for each in found] == [*told.labels[:, 0], *[None] * (8 - count)]


def test_where_all_starts_lead_to_the_same_weights_they_agree_which_makes_nothing_true() -> None:
    asked = survey(rate=10.0, epochs=5_000)
    assert asked.weights_apart < 0.01
    assert "that they agree does not make it true" in meaning(asked, (0, 1, 1))
    assert "nearly the same weights: they differ by no more than 0.01" in meaning(asked, (0, 1, 1))
    assert "all have it right" in meaning(asked, (1, 0, 1))
    assert (
        summary(opinions(asked, NETWORKS))
        == "They agree on 5 of the 5 plates they were told and on 3 of the 3 they were not."
    )


def test_the_stated_difference_of_the_weights_is_that_of_the_networks() -> None:
    asked = survey(epochs=300)
    ends = []
    for seed in range(0, NETWORKS, 5):
        history = train(NeuralNetwork.random((3, 1), seed=seed), datasets.happiness(), learning_rate=1.0, epochs=300)
        ends.append([*history.weights[0][-1, :, 0], *history.biases[0][-1]])
    apart = np.ptp(ends, axis=0).max()
    assert apart <= asked.weights_apart <= 2 * apart


def test_after_few_epochs_the_start_decides_what_they_were_not_told() -> None:
    asked = survey(epochs=100)
    found = opinion(asked, (0, 1, 0), NETWORKS)
    assert 0 < found.happy < NETWORKS
    assert "where a network started decides" in meaning(asked, (0, 1, 0))
    right = opinion(asked, (1, 0, 0), NETWORKS).unhappy
    assert f"after 100 epochs, {right:,} of 1,000 have it right" in meaning(asked, (1, 0, 0))
    assert "still decides how sure" in meaning(asked, (1, 1, 1))
    assert "after 1 epoch," in meaning(survey(epochs=1), (1, 0, 0))


def test_without_a_bias_the_empty_plate_is_one_half_for_ever() -> None:
    asked = survey(bias=False, epochs=300)
    assert (asked.answers[:, 0] == 0.5).all()
    assert "σ(0) = 0.5, however long" in meaning(asked, (0, 0, 0))
    assert what_they_say(opinion(asked, (0, 0, 0), NETWORKS)) == "All 1,000 are undecided, and all with 0.50."


def test_with_hidden_layers_and_no_bias_the_empty_plate_is_not_called_one_half() -> None:
    asked = survey(layers=(3, 2, 1), bias=False, epochs=50)
    assert np.ptp(asked.answers[:, 0]) > 0.1
    assert "σ(0)" not in meaning(asked, (0, 0, 0))


def test_what_all_are_undecided_about_is_said_to_be_so() -> None:
    asked = survey(bias=False, epochs=5_000)
    assert "all of them are undecided about it" in meaning(asked, (1, 0, 1))


SURE = Opinion((1.0, 0.0, 1.0), 1.0, 0.95, 0.94, 0.955, NETWORKS, 0, 0)


@pytest.mark.parametrize(
    ("opinion", "said"),
    [
        (SURE, "All 1,000 say happy, with predictions between 0.94 and 0.95."),
        (replace(SURE, low=0.951, high=0.952), "All 1,000 say happy, and all with 0.95."),
        (
            replace(SURE, happy=0, unhappy=NETWORKS, low=0.1),
            "All 1,000 say not happy, with predictions between 0.10 and",
        ),
        (replace(SURE, happy=998, unhappy=2), "998 networks say happy, 2 not happy, with predictions between"),
        (replace(SURE, happy=990, unhappy=7, undecided=3), "990 networks say happy, 7 not happy and 3 undecided, with"),
        (replace(SURE, happy=1, unhappy=999), "1 network says happy, 999 not happy, with"),
    ],
)
def test_it_says_how_many_say_what(opinion: Opinion, said: str) -> None:
    assert what_they_say(opinion).startswith(said)


def test_an_agreement_on_the_wrong_answer_is_called_wrong() -> None:
    wrong = replace(SURE, label=0.0)
    assert "all got it wrong" in what_it_means(wrong, survey(epochs=1))


def test_agreement_is_counted_on_told_and_other_plates() -> None:
    untold = replace(SURE, label=None)
    split = replace(untold, happy=600, unhappy=400)
    assert summary([SURE, untold, split]).endswith("on 1 of the 2 they were not.")
    assert summary([SURE]) == "They agree on 1 of the 1 plate they were told."


def test_the_table_has_each_plate_once_and_the_present_one_in_bold() -> None:
    lines = table(opinions(survey(epochs=100), NETWORKS), NAMES, (False, True, True)).splitlines()[2:]
    assert len(lines) == 8
    assert [line for line in lines if "**" in line] == [
        line for line in lines if line.startswith("| **pizza + chili**")
    ]
    assert sum("not told" in line for line in lines) == 3


def test_the_histogram_holds_every_answer_in_the_colour_of_what_it_says() -> None:
    answers = np.array([0.0, 0.1, 0.5, 0.5, 0.9, 0.9, 0.9, 1.0])
    bars, mark = histogram(answers, 0.9, "").data
    assert sum(bars.y) == len(answers)
    assert list(bars.y) == [1, 1, 2, 3, 1]
    assert list(bars.marker.color) == [UNHAPPY, UNHAPPY, NEUTRAL, HAPPY, HAPPY]
    assert list(mark.x) == [0.9]
    assert mark.text[0] == "this network: 0.90"


@pytest.mark.parametrize("answer", [0.0, 0.5, 1.0])
def test_the_histogram_can_be_read_where_all_networks_answer_alike(answer: float) -> None:
    figure = histogram(np.full(NETWORKS, answer), answer, "")
    (count,) = figure.data[0].y
    assert count == NETWORKS < figure.data[1].y[0] < figure.layout.yaxis.range[1]
    low, high = figure.layout.xaxis.range
    assert low < figure.data[0].x[0] < high


@pytest.mark.parametrize(("settings", "epochs"), [(Settings(lr=30.0, epoch=7), "100"), (Settings(epochs=100), "5000")])
def test_the_question_trains_them_for_other_epochs(settings: Settings, epochs: str) -> None:
    (changes,) = re.findall('data-changes="(.*?)"', question(settings))
    assert dict(parse_qsl(unescape(changes), True)) == {"epochs": epochs if epochs == "100" else "", "epoch": ""}


def ask(**query: str) -> tuple[AppTest, int]:
    page = visit(tab="survey", **query)
    runs = 1
    while page.get("progress"):
        page.run()
        assert not page.exception
        runs += 1
    return page, runs


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"generation": "first"},
        {"generation": "first", "coffee": "false", "chili": "false"},
        {"lr": "100"},
        {"epochs": "1"},
        {"epochs": "10000", "seed": "123456", "epoch": "17"},
        {"data": PRESETS["Odd number (parity)"]},
        {"data": "y-------"},
    ],
)
def test_the_tab_tells_what_all_networks_say(query: dict[str, Any]) -> None:
    page, _ = ask(**query)
    settings, _ = link.read(query)
    asked = survey(
        bias=settings.experiment.architecture.bias,
        rate=settings.experiment.learning_rate,
        epochs=settings.epochs,
        data=settings.data,
    )
    assert what_they_say(opinion(asked, settings.plate, NETWORKS)) in words(page)
    assert table(opinions(asked, NETWORKS), NAMES, settings.plate) in words(page)
    assert f"this one has seed {settings.seed:,}" in words(page)


def test_work_is_seen_while_it_lasts_and_other_boxes_ask_nobody_again() -> None:
    page, runs = ask(lr="7", seed="5")
    assert runs > 1
    page.checkbox(key="pizza").check().run()
    assert not page.get("progress")
    again, runs = ask(lr="7", seed="6")
    assert runs == 1
    assert "this one has seed 6" in words(again)


def test_in_the_browser_all_networks_answer_by_themselves_and_a_tick_asks_nobody_again(page: Page) -> None:
    page.add_init_script("""new MutationObserver(() => {
        window.worked ||= document.querySelector('[data-testid=stProgress]') !== null;
    }).observe(document, { subtree: true, childList: true })""")
    page.goto("/?tab=survey&lr=15&epochs=9999")
    expect(page.get_by_text("All 1,000 say happy")).to_be_visible(timeout=20_000)
    assert page.evaluate("window.worked") is True
    expect(page.get_by_role("progressbar")).to_have_count(0)
    page.evaluate("window.worked = false")
    page.get_by_text("Coffee", exact=True).last.click()
    expect(page.get_by_text("All 1,000 say not happy")).to_be_visible()
    assert page.evaluate("window.worked") is False
    page.get_by_role("button", name="Train them for 100 epochs").click()
    expect(page.get_by_text("all trained for 100 epochs")).to_be_visible()
