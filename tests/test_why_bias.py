"""Why a bias: both runs are real, the marks follow the numbers, and the words follow the marks."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnlib import History, NeuralNetwork, datasets, train
from tests.test_page import visit, words
from ui.settings import FIRST_ATTEMPT, MAX_EPOCHS, Settings, from_query
from ui.tabs.step import shown as written
from ui.tabs.why_bias import WITH, WITHOUT, Score, demands, empty_plate, predictions, question, verdict
from ui.tabs.why_bias_chart import cost_curves


def pair(*, rate: float = 1.0, epochs: int = 500, seed: int = 0) -> dict[str, History]:
    return {
        name: train(
            NeuralNetwork.random((3, 1), seed=seed, bias=name == WITH),
            datasets.happiness(),
            learning_rate=rate,
            epochs=epochs,
        )
        for name in (WITH, WITHOUT)
    }


def sums(history: History, epoch: int) -> Any:
    return (datasets.happiness().inputs @ history.weights[0][epoch] + history.biases[0][epoch])[:, 0]


def test_the_curves_are_the_costs_and_the_marks_stand_at_the_epoch() -> None:
    histories = pair()
    able, unable, here = cost_curves(histories, 123, "linear").data
    for curve, history in ((able, histories[WITH]), (unable, histories[WITHOUT])):
        assert (curve.x[0], curve.x[-1]) == (0, 500)
        assert list(curve.y) == [history.cost[epoch] for epoch in curve.x]
    assert list(here.x) == [123, 123]
    assert list(here.y) == [histories[WITH].cost[123], histories[WITHOUT].cost[123]]
    assert able.line.dash != unable.line.dash


@pytest.mark.parametrize("rate", [0.001, 1.0, 100.0])
@pytest.mark.parametrize("epochs", [1, 10_000])
@pytest.mark.parametrize("scale", ["linear", "logarithmic"])
def test_the_curves_stay_inside_their_axes(rate: float, epochs: int, scale: str) -> None:
    histories = pair(rate=rate, epochs=epochs)
    figure = cost_curves(histories, epochs, scale)
    low, high = figure.layout.yaxis.range
    costs = np.concatenate([curve.y for curve in figure.data])
    shown = np.log10(costs) if scale == "logarithmic" else costs
    assert low <= shown.min() <= shown.max() <= high


@pytest.mark.parametrize("epoch", [0, 5, 60, 5_000])
def test_the_table_marks_right_wrong_and_undecided(epoch: int) -> None:
    histories = pair(epochs=5_000)
    labels = datasets.happiness().labels[:, 0]
    marks: dict[str, list[str]] = {}
    for row, line in enumerate(predictions(histories, epoch).splitlines()[2:]):
        cells = re.findall(r"(\d\.\d\d)\N{NO-BREAK SPACE}(.)", line)
        for name, (number, mark) in zip((WITH, WITHOUT), cells, strict=True):
            prediction = 1 / (1 + np.exp(-sums(histories[name], epoch)[row]))
            assert number == f"{prediction:.2f}"
            right = (prediction >= 0.5) == labels[row]
            assert mark == ("–" if abs(prediction - 0.5) < 0.005 else "✓" if right else "✗")
            marks.setdefault(name, []).append(mark)
    for name, seen in marks.items():
        assert Score.of(histories[name], epoch) == Score(seen.count("✓"), seen.count("–"), 5)


def test_a_finished_run_says_five_with_and_fewer_without() -> None:
    said = verdict(pair(epochs=5_000), 5_000)
    assert said == (
        "At epoch 5,000, the network with a bias has **5 of 5 plates right**, "
        "without one **2 of 5 plates right (3 undecided)**."
    )


def test_before_it_has_learned_the_words_say_when_it_will() -> None:
    histories = pair(epochs=500, seed=1)
    labels = datasets.happiness().labels[:, 0]
    first = next(
        epoch for epoch in range(501) if ((2 * labels - 1) * sums(histories[WITH], epoch) > np.log(0.505 / 0.495)).all()
    )
    assert first > 1
    assert f"right for the first time at epoch {first}." in verdict(histories, first - 1)
    assert "first time" not in verdict(histories, first)


def test_a_run_too_short_to_learn_it_is_not_said_to_have_learned_it() -> None:
    assert "not in this run" in verdict(pair(epochs=1), 1)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("rate", [0.01, 1.0, 100.0])
def test_no_start_and_no_rate_gets_all_rows_right_without_a_bias(seed: int, rate: float) -> None:
    history = pair(rate=rate, epochs=300, seed=seed)[WITHOUT]
    for epoch in (0, 1, 30, 300):
        assert Score.of(history, epoch).right < 5
        assert demands(history, epoch).count(r"\checkmark") < 3


@pytest.mark.parametrize("name", [WITH, WITHOUT])
@pytest.mark.parametrize("epoch", [0, 40, 500])
def test_the_demands_are_those_of_the_rows_with_their_present_sums(name: str, epoch: int) -> None:
    history = pair()[name]
    wanted = sums(history, epoch)[[4, 2, 3]]
    shown = re.findall(r"0 & (−?\d+\.\d+)&", demands(history, epoch))
    assert shown == [written(value, 4) for value in wanted]
    held = [value < 0 for value in wanted[:2]] + [wanted[2] > 0]
    assert re.findall(r"\\(checkmark|times)", demands(history, epoch)) == [
        "checkmark" if holds else "times" for holds in held
    ]
    assert ("+ b" in demands(history, epoch)) is (name == WITH)


def test_the_empty_plate_is_answered_by_the_bias_alone() -> None:
    history = pair()[WITH]
    bias = float(history.biases[0][200, 0])
    assert rf"at epoch 200, $\sigma({bias:.2f}) \approx {1 / (1 + np.exp(-bias)):.4f}$" in empty_plate(history, 200)


def test_the_question_trains_longer_from_another_start_and_keeps_the_rest() -> None:
    settings = Settings(lr=3.0, seed=41, pizza=True, epoch=9)
    query = dict(part.split("=") for part in question(settings).split("(?")[1].split(")")[0].split("&"))
    assert from_query(query) == (replace(settings, epochs=MAX_EPOCHS, seed=42, epoch=None), [])


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"generation": FIRST_ATTEMPT, "epoch": "60"},
        {"lr": "100"},
        {"epochs": "1"},
        {"epochs": "1", "epoch": "0"},
        {"epochs": "10000", "scale": "logarithmic"},
    ],
)
def test_the_tab_is_about_the_epoch_the_page_stands_on(query: dict[str, str]) -> None:
    page = visit(tab="Why a bias?", **query)
    settings, _ = from_query(query)
    histories = pair(rate=settings.learning_rate, epochs=settings.epochs)
    assert verdict(histories, settings.standing) in words(page)
    assert predictions(histories, settings.standing) in words(page)
    assert "Plate `111` is not the reason" in words(page)
