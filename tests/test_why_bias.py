"""Why a bias: both runs are real, the marks follow the numbers, and the words follow the marks and the data."""

import re
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest

from nnlib import Dataset, History, NeuralNetwork, datasets, separability, train
from tests.test_page import html, visit, words
from ui import link
from ui import words as say
from ui.contradiction import in_inequalities, in_words
from ui.settings import MAX_EPOCHS, PRESETS, Settings
from ui.tabs.why_bias import WITH, WITHOUT, Score, predictions, proof, question, verdict
from ui.tabs.why_bias.chart import cost_curves
from ui.tabs.why_bias.empty_plate import empty_plate, empty_plate_of_layers

PARITY, TWO_OF_THREE = PRESETS["Odd number (parity)"], PRESETS["At least two"]


def pair(*, rate: float = 1.0, epochs: int = 500, seed: int = 0, data: str = datasets.TUTORIAL) -> dict[str, History]:
    return {
        name: train(
            NeuralNetwork.random((3, 1), seed=seed, bias=name == WITH),
            datasets.plates(data),
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
        assert (curve.customdata[0], curve.customdata[-1]) == (0, 500)
        assert list(curve.y) == [history.cost[epoch] for epoch in curve.customdata]
        assert list(curve.x) == pytest.approx(np.sqrt(curve.customdata))
    assert list(here.x) == [123**0.5, 123**0.5]
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
    drawn = np.log10(costs) if scale == "logarithmic" else costs
    assert low <= drawn.min() <= drawn.max() <= high


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
    assert f"every plate is right for the first time at epoch {first}." in verdict(histories, first - 1)
    assert "first time" not in verdict(histories, first)


def test_a_run_too_short_to_learn_it_is_not_said_to_have_learned_it() -> None:
    assert "not in this run" in verdict(pair(epochs=1), 1)
    assert "No single neuron gets every plate right" in verdict(pair(epochs=1, data=PARITY), 1)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("rate", [0.01, 1.0, 100.0])
def test_no_start_and_no_rate_gets_all_rows_right_without_a_bias(seed: int, rate: float) -> None:
    history = pair(rate=rate, epochs=300, seed=seed)[WITHOUT]
    for epoch in (0, 1, 30, 300):
        assert Score.of(history, epoch).right < 5


def inequalities(table: str) -> list[list[str]]:
    """The cells of each row, without tags."""
    rows = re.findall("<tr>(.*?)</tr>", table)
    return [
        [unescape(re.sub("<.*?>", "", cell)) for cell in re.findall("<t[hd].*?>(.*?)</t[hd]>", row)] for row in rows
    ]


def contradiction(data: Dataset, *, bias: bool) -> separability.Contradiction:
    found = separability.one_neuron(data, bias=bias).contradiction
    assert found
    return found


@pytest.mark.parametrize("name", [WITH, WITHOUT])
@pytest.mark.parametrize("epoch", [0, 40, 500])
def test_the_inequalities_are_those_of_the_plates_with_their_present_sums(name: str, epoch: int) -> None:
    history, data = pair()[name], datasets.happiness()
    table = in_inequalities(
        data, contradiction(data, bias=False), bias=name == WITH, network=history.network(epoch), add_up=False
    )
    rows = inequalities(table)
    b = " + b" if name == WITH else ""
    assert [row[:2] for row in rows] == [
        ["coffee + chili", f"wcoffee + wchili{b} > 0"],
        ["chili", f"wchili{b} < 0"],
        ["coffee", f"wcoffee{b} < 0"],
    ]
    for (*_, now), row, above in zip(rows, (3, 2, 4), (True, False, False), strict=True):
        z = sums(history, epoch)[row]
        undecided = abs(1 / (1 + np.exp(-z)) - 0.5) < 0.005
        assert now == f"{say.number(z, 4)} {'–' if undecided else '✓' if (z > 0) == above else '✗'}"


def test_without_a_bias_two_numbers_below_0_would_have_to_be_above_0_together() -> None:
    data = datasets.happiness()
    rows = inequalities(in_inequalities(data, contradiction(data, bias=False), bias=False))
    assert rows == [
        ["coffee + chili", "wcoffee + wchili > 0"],
        ["chili", "wchili < 0"],
        ["coffee", "wcoffee < 0"],
        ["added up", "wcoffee + wchili < 0"],
    ]


@pytest.mark.parametrize("answers", [PARITY, "ynynnyny", "ynny-y--", "nyynnyyn"])
def test_both_sides_of_a_contradiction_add_up_to_the_same_sum(answers: str) -> None:
    data = datasets.plates(answers)
    found = contradiction(data, bias=True)
    rows = inequalities(in_inequalities(data, found, bias=True))
    above = [text.removesuffix(" > 0") for name, text in rows if name == "added up" and text.endswith("> 0")]
    below = [text.removesuffix(" < 0") for name, text in rows if name == "added up" and text.endswith("< 0")]
    assert above == below
    assert "above 0" in in_words(data, found)


def test_the_reason_is_said_for_the_plates_it_is_about() -> None:
    data = datasets.plates("ynny----")
    said = unescape(re.sub("<.*?>", "", in_words(data, contradiction(data, bias=True))))
    assert said.startswith("The weighted sums of nothing and pizza + chili must be above 0 to be happy; ")
    assert "of chili and pizza must be below 0" in said
    empty = datasets.plates("y-------")
    assert "the weighted sum of a neuron without a bias is 0" in in_words(empty, contradiction(empty, bias=False))


@pytest.mark.parametrize(
    ("answers", "title"),
    [
        (datasets.TUTORIAL, "Why it can’t work without one"),
        (TWO_OF_THREE, "Why it can’t work without one"),
        (PARITY, "Here a bias is not enough"),
        ("-----yyy", "Here it can do without"),
    ],
)
def test_the_proof_is_about_the_answers_given(answers: str, title: str) -> None:
    data = datasets.plates(answers)
    text = proof(pair(data=answers), 100)
    assert title in text
    assert ("some texts say so" in text) is (answers == datasets.TUTORIAL)
    able = separability.one_neuron(data, bias=title != "Here it can do without")
    if able.weights:
        assert f"weights of {say.listed([say.number(weight, 0) for weight in able.weights[:3]])} for" in text


def test_the_empty_plate_is_answered_by_the_bias_alone() -> None:
    history = pair()[WITH]
    bias = float(history.biases[0][200, 0])
    said = rf"$\sigma({say.number(bias, 2)}) \approx {1 / (1 + np.exp(-bias)):.4f}$"
    assert f"at epoch 200, {said}" in empty_plate(history, 200)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("layers", [(3, 4, 1), (3, 2, 3, 1)])
def test_what_hidden_layers_say_to_the_empty_plate_is_said(activation: str, layers: tuple[int, ...]) -> None:
    able, unable = (
        train(
            NeuralNetwork.random(layers, seed=3, bias=bias, activation=activation),
            datasets.plates(PARITY),
            learning_rate=1.0,
            epochs=200,
        )
        for bias in (True, False)
    )
    answers = [history.predict([[0, 0, 0]])[:, 0, 0] for history in (able, unable)]
    said = empty_plate_of_layers(able, unable, 150)
    assert f"{answers[0][150]:.4f}" in said
    # Only a sigmoid passes on more than 0, and so can say something else in time.
    stays = bool((answers[1] == 0.5).all())
    assert stays is (activation != "sigmoid")
    assert (r"says $\sigma(0) = 0.5$, before training and after any" in said) is stays
    assert ("can’t say it" in said) is stays
    assert stays or f"{answers[1][150]:.4f} without" in said
    told_less = datasets.plates(f"-{PARITY[1:]}")
    assert "can’t say it" not in empty_plate_of_layers(
        replace(able, dataset=told_less), replace(unable, dataset=told_less), 9
    )


@pytest.mark.parametrize(("query", "shown"), [({"layers": "0"}, True), ({"layers": "2"}, False)])
def test_what_is_true_of_one_neuron_is_said_of_one_neuron_alone(query: dict[str, str], shown: bool) -> None:
    page = visit(tab="why-bias", generation="third", data=PARITY, epochs="30", **query)
    assert ("Here a bias is not enough" in html(page)) is shown
    assert ("No single neuron gets every plate right" in words(page)) is shown
    assert ("this run has them all right at no epoch" in words(page)) is not shown


def test_the_question_trains_longer_from_another_start() -> None:
    (changes,) = re.findall('data-changes="(.*?)"', question(Settings(lr=3.0, seed=41)))
    assert dict(parse_qsl(unescape(changes), True)) == {"epochs": str(MAX_EPOCHS), "seed": "42", "epoch": ""}
    assert "does that save the network without a bias?" in question(Settings())
    assert "save" not in question(Settings(data="-----yyy"))
    hidden = Settings(generation="third", data=PARITY)
    assert "does that save the network without a bias?" in question(hidden)
    # Its sigmoids answer 0.5 to an empty plate, which can be learned from; and where none is told, nothing needs a bias.
    assert "save" not in question(replace(hidden, activation="sigmoid"))
    assert "save" not in question(replace(hidden, data=f"-{PARITY[1:]}"))


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"generation": "first", "epoch": "60"},
        {"lr": "100"},
        {"epochs": "1"},
        {"epochs": "1", "epoch": "0"},
        {"epochs": "10000", "scale": "logarithmic"},
        {"data": PARITY},
        {"data": "y-------", "generation": "first"},
    ],
)
def test_the_tab_is_about_the_epoch_and_the_answers_of_the_page(query: dict[str, str]) -> None:
    page = visit(tab="why-bias", **query)
    settings, _ = link.read(query)
    histories = pair(rate=settings.experiment.learning_rate, epochs=settings.epochs, data=settings.data)
    assert verdict(histories, settings.current_epoch) in words(page)
    assert predictions(histories, settings.current_epoch) in words(page)
    assert proof(histories, settings.current_epoch) in html(page)
