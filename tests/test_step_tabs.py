"""One epoch by hand and Tug of war: what they show is what was trained, at any epoch of any run."""

import ast
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nnlib import History, NeuralNetwork, datasets, explain, gradient, train
from tests.test_page import html, scene, visit, words
from ui.palette import COLOURS, THEMED, ink_on
from ui.tabs.by_hand.ledger import Ledger
from ui.tabs.by_hand.sentences import opening
from ui.tabs.by_hand.sentences import question as by_hand_question
from ui.tabs.by_hand.slope_chart import steepest
from ui.tabs.by_hand.tables import backward_table, forward_table, measured, update_table, way_table, whole_way
from ui.tabs.by_hand.walk import in_html, walk
from ui.tabs.step import View, row_names, standing, views
from ui.tabs.tug_of_war import question as tug_of_war_question
from ui.tabs.tug_of_war import sentence
from ui.tabs.tug_of_war.chart import alternative, hardest, pulls, row_colours, tug_of_war_chart
from ui.tabs.tug_of_war.gradients import gradients_chart, layer_names
from ui.tabs.tug_of_war.gradients import sentence as gradients_sentence

TABS = Path(__file__).parent.parent / "ui" / "tabs"
EPOCHS = 2_000
RATES = (0.01, 0.3, 1.0, 30.0)
NAMES = ["coffee", "pizza", "chili", "bias"]


def run(*, bias: bool = True, seed: int = 0, rate: float = 1.0, layers: tuple[int, ...] = (3, 1)) -> History:
    network = NeuralNetwork.random(layers, seed=seed, bias=bias)
    return train(network, datasets.happiness(), learning_rate=rate, epochs=EPOCHS)


def output(history: History, epoch: int) -> View:
    return list(views(explain(history, epoch)).values())[-1]


class Cells(HTMLParser):
    """The words of a table, row by row."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows:
            self.rows[-1][-1] += data


EXPONENTS = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")


def decimal(text: str) -> Decimal:
    return Decimal(text.removeprefix("≈ ").translate(EXPONENTS).replace(" × 10", "e"))


def number(text: str) -> float:
    return float(decimal(text))


def unit(text: str) -> float:
    """One unit of the last digit written."""
    return 10.0 ** int(decimal(text).as_tuple().exponent)


def differs(text: str, value: float) -> bool:
    """Whether `text` is not `value`, rounded to the digits it shows."""
    return abs(number(text) - value) > unit(text) / 2 + 1e-13


def wrong_cells(view: View, history: History, epoch: int) -> list[str]:
    """Cells of the three tables that do not agree with plain arithmetic on the history's weights and bias."""
    rate, bias = history.learning_rate, history.bias
    parameters = [*history.weights[0][epoch, :, 0]] + [history.biases[0][epoch, 0]] * bias
    forward, backward, update = (Cells(table).rows[1:] for table in _tables(view))
    found: list[str] = []

    def check(cells: list[str], values: list[float]) -> None:
        found.extend(
            f"{cell} is not {value}" for cell, value in zip(cells, values, strict=True) if differs(cell, value)
        )

    slopes, squares = [], []
    for index, (inputs, (label,)) in enumerate(zip(history.dataset.inputs, history.dataset.labels)):
        inputs = [*map(float, inputs)] + [1.0] * bias
        z = math.fsum(w * x for w, x in zip(parameters, inputs, strict=True))
        p = 1 / (1 + math.exp(-z)) if z > -700 else 0.0
        slope = math.exp(-abs(z)) / (1 + math.exp(-abs(z))) ** 2
        slopes.append([2 * (p - label) * slope * x for x in inputs])
        squares.append((p - label) ** 2)
        assert forward[index][0] == "".join(f"{x:.0f}" for x in inputs[:3]) == backward[index][0]
        check(forward[index][1:], [label, z, p, p - label, squares[-1]])
        check(backward[index][1:], [slope, *slopes[-1]])
    gradient = [math.fsum(column) / 5 for column in zip(*slopes)]
    check(forward[5][5:], [math.fsum(squares) / 5])
    check(backward[5][2:], gradient)
    if epoch < history.epochs:
        new = [*history.weights[0][epoch + 1, :, 0]] + [history.biases[0][epoch + 1, 0]] * bias
    else:
        new = [w - rate * slope for w, slope in zip(parameters, gradient)]
    assert [row[0] for row in update] == NAMES[: 3 + bias]
    for row, values in zip(update, zip(parameters, gradient, gradient, new, strict=True), strict=True):
        check(row[1:], [values[0], values[1], rate * values[1], values[3]])
    tried = re.findall(r"(?:coffee|pizza|chili|bias) ([−\d.]+(?: × 10[⁻⁰-⁹¹²³]+)?)", measured(Ledger(view)))
    for text, slope in zip(tried, gradient, strict=True):
        if abs(number(text.rstrip(".")) - slope) > 1e-9 + unit(text.rstrip(".")) / 2:
            found.append(f"measured {text}, and not {slope}")
    return found


def _tables(view: View) -> tuple[str, str, str]:
    ledger = Ledger(view)
    return forward_table(ledger, 0), backward_table(ledger, 0), update_table(ledger)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("rate", RATES)
def test_every_number_of_the_ledger_agrees_to_its_last_digit(bias: bool, seed: int, rate: float) -> None:
    history = run(bias=bias, seed=seed, rate=rate)
    random = np.random.default_rng([seed, int(100 * rate), bias])
    for epoch in [0, EPOCHS, *random.integers(0, EPOCHS, 20).tolist()]:
        assert wrong_cells(output(history, epoch), history, epoch) == []


def test_a_wrong_number_in_the_ledger_is_noticed() -> None:
    history = run()
    view = output(history, 70)
    names = ("z", "activation", "slope", "cost_by_parameter", "gradient", "old", "new")
    for name in names:
        altered = replace(view.neuron, **{name: getattr(view.neuron, name) * 1.01})
        assert wrong_cells(View(replace(view.step, layers=((altered,),)), 0, 0), history, 70), name
    assert wrong_cells(view, history, 71)


def test_a_rows_way_leads_through_every_neuron_with_the_numbers_of_its_own_ledger() -> None:
    view = output(run(layers=(3, 2, 2, 1)), 12)
    rows = Cells(way_table(view, 3)).rows[1:]
    assert [row[0] for row in rows] == ["neuron 1.1", "neuron 1.2", "neuron 2.1", "neuron 2.2", "output"]
    for each, row in zip(views(view.step).values(), rows):
        neuron = each.neuron
        numbers = (neuron.z, neuron.activation, neuron.cost_by_activation, neuron.slope, neuron.cost_by_z)
        assert not [cell for cell, values in zip(row[1:], numbers, strict=True) if differs(cell, values[3])]
        assert row[1] == Ledger(each).z[3].text


def test_without_a_bias_none_appears() -> None:
    view = output(run(bias=False), 5)
    lines = [each for line in walk(Ledger(view), 0, 0) for each in (line.term, *line.numbers, line.meaning)]
    shows = [*_tables(view), way_table(view, 0), *lines, measured(Ledger(view)), alternative(view, 5)]
    assert "bias" not in " ".join(shows)
    assert "bias" in update_table(Ledger(output(run(), 5)))


@pytest.mark.parametrize("question", [by_hand_question(output(run(), 0)), tug_of_war_question(output(run(), 0))])
def test_what_a_question_speaks_of_is_set_by_its_buttons(question: str) -> None:
    changes = [dict(parse_qsl(unescape(query), True)) for query in re.findall(r'data-changes="(.*?)"', question)]
    assert changes
    # The sentence names the tutorial's table, so every button sets it; the empty text is the default.
    assert all(change["data"] == change["epoch"] == "" for change in changes)


@pytest.mark.parametrize("question", [by_hand_question, tug_of_war_question])
def test_of_hidden_layers_another_question_is_asked_which_sets_what_it_speaks_of(question: Any) -> None:
    asked = question(output(run(layers=(3, 2, 1)), 0))
    (query,) = re.findall(r'data-changes="(.*?)"', asked)
    changes = dict(parse_qsl(unescape(query), True))
    assert {"generation", "data", "layers", "activation", "start", "optimizer", "lr", "epochs", "seed"} <= set(changes)
    assert (changes["neuron"], changes["generation"]) == ("1-1", "third")


def test_many_sources_have_short_names_under_their_bars() -> None:
    view = output(run(layers=(3, 8, 1)), 5)
    assert list(tug_of_war_chart(view).layout.xaxis.ticktext) == [f"<b>{n}</b>" for n in [*range(1, 9), "bias"]]


def test_the_whole_way_through_a_large_network_is_folded_up() -> None:
    for layers, folded in (((3, 8, 1), False), ((3, 8, 2, 1), True)):
        view = output(run(layers=layers), 5)
        assert whole_way(view, 0).startswith("<details>") is folded
        assert way_table(view, 0) in whole_way(view, 0)


def test_the_last_epochs_step_is_the_one_that_would_come_next() -> None:
    assert "Here is the step from epoch 1,200 to 1,201" in opening(1_200, 5_000)
    assert "would come next, from epoch 5,000 to 5,001" in opening(5_000, 5_000)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("epoch", [0, 40, EPOCHS])
def test_the_pulls_add_up_to_minus_the_gradient_and_to_the_next_step(bias: bool, epoch: int) -> None:
    history = run(bias=bias, rate=3.0)
    view = output(history, epoch)
    figure = tug_of_war_chart(view)
    bars, total = figure.data
    rows = row_names(history.dataset)
    assert list(bars.text) == [row for row in rows for _ in range(3 + bias)]
    stacked = np.reshape(bars.y, (5, -1)).sum(axis=0)
    assert list(total.y[1::3]) == pytest.approx(stacked, abs=1e-15)
    assert stacked == pytest.approx(-view.neuron.gradient, abs=1e-15)
    assert view.neuron.old + 3.0 * stacked == pytest.approx(view.neuron.new, abs=1e-13)
    low, high = figure.layout.yaxis.range
    ends = bars.base + bars.y
    assert low < ends.min() <= ends.max() < high


def test_bars_on_the_same_side_stand_on_each_other_and_do_not_overlap() -> None:
    bars = tug_of_war_chart(output(run(), 40)).data[0]
    for column in range(4):
        spans = [(base, base + y) for x, base, y in zip(bars.x, bars.base, bars.y) if x == column and y]
        for side in ([span for span in spans if span[1] > 0], [span for span in spans if span[1] < 0]):
            assert [begin for begin, _ in side] == pytest.approx([0, *(end for _, end in side)][: len(side)])


def test_happy_rows_pull_up_the_others_down_and_a_0_does_not_pull() -> None:
    history = run()
    view = output(history, 10)
    data = history.dataset
    signs = np.sign(pulls(view.neuron))
    inputs = np.hstack([data.inputs, np.ones((5, 1))])
    assert signs.tolist() == (inputs * np.where(data.labels == 1, 1, -1)).tolist()
    assert tug_of_war_chart(view).data[0].hovertext[4 + 2] == "row 110 does not pull chili"


def test_the_words_under_the_tug_of_war_name_the_hardest_tug() -> None:
    view = output(run(), 60)
    name, up, down = hardest(view)
    pulling = pulls(view.neuron)[:, NAMES.index(name)]
    assert (up, down) == pytest.approx((pulling[pulling > 0].sum(), pulling[pulling < 0].sum()))
    assert f"**{name}**: {up:.4f} up against {-down:.4f} down" in sentence(view, 60)
    assert f"{name} {up:.4f} up, {-down:.4f} down" in alternative(view, 60)


def test_no_pull_and_no_tug_are_said() -> None:
    data = datasets.happiness()
    settled = NeuralNetwork([[[800.0], [800.0], [800.0]]], [[-1200.0]])
    view = output(train(settled, data, learning_rate=1.0, epochs=0), 0)
    assert sentence(view, 0) == "At epoch 0 every pull comes out as 0."
    assert tug_of_war_chart(view).layout.yaxis.range[0] < 0


# Linear RGB as it looks without red and without green cones: Machado, Oliveira and Fernandes, 2009, severity 1.
RED_BLIND = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
GREEN_BLIND = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]


def gaps(colours: Sequence[str]) -> Any:
    """How far apart colours are for the eyes that tell them apart least, (colours, colours)."""
    rgb = np.array([[int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)] for colour in colours])
    seen = [np.clip((rgb**2.2) @ np.transpose(eyes), 0, 1) ** (1 / 2.2) for eyes in (np.eye(3), RED_BLIND, GREEN_BLIND)]
    return np.min([np.linalg.norm(each[:, None] - each[None], axis=2) for each in seen], axis=0)


@pytest.mark.parametrize("answers", ["-n--nyyy", "nyynynny", "yyyyyyyy", "y-------"])
def test_rows_are_shades_of_happy_and_not_happy_apart_for_colour_blind_eyes_and_can_be_written_on(answers: str) -> None:
    labels = datasets.plates(answers).labels
    colours = row_colours(labels)
    count = len(colours)
    for colour, (label,) in zip(colours, labels):
        red, blue = int(colour[1:3], 16), int(colour[5:7], 16)
        assert (blue > red) == (label == 1)
        assert contrast(colour, ink_on(colour)) >= 4.5
    assert not set(colours) & set(COLOURS.values())
    if count > 1:
        assert gaps(colours)[np.triu_indices(count, 1)].min() > (0.2 if count == 5 else 0.1)


def contrast(one: str, other: str) -> float:
    """WCAG 2: of two colours given as #RRGGBB."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return float(np.dot([0.2126, 0.7152, 0.0722], linear))

    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_no_ingredient_can_be_taken_for_not_happy_and_pizza_for_no_other() -> None:
    for theme in (0, 1):
        names = ("unhappy", "pizza", "coffee", "chili", "bias")
        apart = gaps([THEMED[name][theme] for name in names])
        assert apart[0, 1:].min() > 0.25
        assert apart[1, 2:].min() > 0.2


@pytest.mark.parametrize(
    "module",
    [
        "step",
        "printed",
        "by_hand/ledger",
        "by_hand/walk",
        "by_hand/slope_chart",
        "tug_of_war/chart",
        "tug_of_war/gradients",
        "why_bias/chart",
        "survey/chart",
    ],
)
def test_what_is_pure_does_not_know_streamlit(module: str) -> None:
    tree = ast.parse((TABS / f"{module}.py").read_text("utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert not {name for name in imported if name and name.startswith("streamlit")}


def tables(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


@pytest.mark.parametrize("generation", ["first", "second"])
@pytest.mark.parametrize("epoch", ["0", "70", "5000"])
def test_the_page_shows_the_step_it_stands_on(generation: str, epoch: str) -> None:
    page = visit(tab="by-hand", generation=generation, epoch=epoch, seed="7")
    history = train(
        NeuralNetwork.random((3, 1), seed=7, bias=generation != "first"),
        datasets.happiness(),
        learning_rate=1.0,
        epochs=5_000,
    )
    view = output(history, int(epoch))
    assert update_table(Ledger(view)) in tables(page)
    assert f"epoch {int(epoch):,} to {int(epoch) + 1:,}" in words(page)
    # Row 101 has no pizza: of the others, the weight with the largest gradient is followed.
    followed = max(
        (place for place in range(len(view.sources)) if place != 1), key=lambda at: abs(view.neuron.gradient[at])
    )
    assert in_html(walk(Ledger(view), row_names(history.dataset).index("101"), followed)) in html(page)
    assert f"Now {view.parameter(steepest(view))} is" in words(page)


def test_another_row_can_be_followed() -> None:
    page = visit(tab="by-hand", epoch="70")
    rows: Any = page.get("button_group")[-3]
    rows.set_value(2).run()
    assert not page.exception
    history = train(NeuralNetwork.random((3, 1), seed=0), datasets.happiness(), learning_rate=1.0, epochs=5_000)
    assert in_html(walk(Ledger(output(history, 70)), 2, NAMES.index("bias"))) in html(page)
    assert '<tr aria-current="true"><th scope="row">001</th>' in tables(page)


def test_the_tug_of_war_is_about_the_epoch_the_page_stands_on() -> None:
    page = visit(tab="tug-of-war", epoch="60")
    assert "At epoch 60 the hardest tug is over" in words(page)
    assert "With a bias" in words(page)


def test_a_pull_too_small_for_the_decimals_is_not_called_none() -> None:
    history = train(NeuralNetwork.random((3, 1), seed=2), datasets.happiness(), learning_rate=100.0, epochs=5_000)
    view = output(history, 5_000)
    assert " × 10⁻²" in sentence(view, 5_000)
    pulled = [text for text, pull in zip(tug_of_war_chart(view).data[0].hovertext, pulls(view.neuron).ravel()) if pull]
    assert all(re.search("[1-9]", text.partition("by ")[2]) for text in pulled)


def test_what_the_hardest_tug_leaves_follows_from_the_digits_or_is_called_about() -> None:
    history = run(rate=3.0)
    for epoch in range(0, EPOCHS, 40):
        said = re.search(
            r": (\S+) up against (\S+) down leaves( about)? (\S+)\.$", sentence(output(history, epoch), epoch)
        )
        if said:
            up, down, about, left = said.groups()
            assert (decimal(up) - decimal(down) == decimal(left)) is (about is None)


@pytest.mark.parametrize("tab", ["by-hand", "tug-of-war"])
def test_the_neuron_chosen_in_link_picture_and_tab_is_the_same(tab: str) -> None:
    page = visit(tab=tab, generation="third", layers="2-3", neuron="2-3", epochs="20")
    choice = page.main.selectbox[0]
    assert (choice.label, choice.value) == ("Neuron", "2-3")
    assert choice.options == ["neuron 1.1", "neuron 1.2", "neuron 2.1", "neuron 2.2", "neuron 2.3", "output"]
    choice.set_value("1-2").run()
    assert not page.exception
    assert scene(page)["neuron"] == scene(page)["link"]["neuron"] == page.main.selectbox[0].value == "1-2"
    if tab == "by-hand":
        assert "Neuron 1.2." in words(page)
        found = re.findall('data-changes="neuron=(.*?)"', html(page))
        assert found == ["2-1", "2-2", "2-3"]


@pytest.mark.parametrize("tab", ["by-hand", "tug-of-war"])
def test_where_no_neuron_is_chosen_the_output_is_looked_at(tab: str) -> None:
    page = visit(tab=tab, generation="third", epochs="20")
    assert page.main.selectbox[0].value == "2-1"
    assert scene(page)["neuron"] is None


def by_norm(history: History, epoch: int) -> list[float]:
    found = gradient(history.network(epoch), history.dataset)
    return [
        math.hypot(*weights.ravel(), *biases.ravel())
        for weights, biases in zip(found.weights, found.biases, strict=True)
    ]


@pytest.mark.parametrize("layers", [(3, 4, 1), (3, 8, 8, 8, 1)])
@pytest.mark.parametrize("epoch", [0, 37, EPOCHS])
def test_the_size_of_each_layers_gradient_is_drawn_and_its_shrinking_said(layers: tuple[int, ...], epoch: int) -> None:
    history = run(layers=layers, seed=1)
    *lines, marks, labels = gradients_chart(history, epoch).data
    assert [line.name for line in lines] == layer_names(history)
    for at in (0, epoch, EPOCHS):
        norms = by_norm(history, at)
        for line, norm in zip(lines, norms, strict=True):
            assert line.y[list(line.customdata).index(at)] == pytest.approx(norm, rel=1e-9)
    here = by_norm(history, epoch)
    assert list(marks.y) == pytest.approx(here, rel=1e-9)
    assert [text.strip() for text in labels.text] == layer_names(history)
    said = gradients_sentence(history, epoch).replace("*", "")
    times = re.search(r"([\d,.]+) times (smaller|larger)", said)
    assert times
    shown, ratio = float(times[1].replace(",", "")), here[-1] / here[0]
    assert shown == pytest.approx(max(ratio, 1 / ratio), abs=0.5 if shown >= 10 else 0.05)
    assert (times[2] == "smaller") is (ratio > 1)
    assert ("vanishes" in said) is (ratio >= 10)


def test_a_gradient_of_exactly_0_is_said_and_leaves_the_chart_in_one_piece() -> None:
    dead = NeuralNetwork([[[-1.0]] * 3, [[1.0]]], [[-1.0], [0.0]], activation="relu")
    history = train(dead, datasets.happiness(), learning_rate=0.1, epochs=5)
    assert by_norm(history, 3)[0] == 0
    assert "the first layer’s gradient is 0.0000" in gradients_sentence(history, 3)
    assert np.isfinite(gradients_chart(history, 3).layout.yaxis.range).all()


def test_where_nothing_is_hidden_nothing_can_vanish() -> None:
    for layers, drawn in (("0", False), ("2", True)):
        page = visit(tab="tug-of-war", generation="third", layers=layers, epochs="20")
        assert ("the first layer’s gradient" in words(page)) is drawn


def test_a_dead_neuron_is_called_dead() -> None:
    dead = NeuralNetwork([[[-1.0, 1.0]] * 3, [[1.0], [1.0]]], [[-1.0, 0.0], [0.0]], activation="relu")
    step = explain(train(dead, datasets.happiness(), learning_rate=0.1, epochs=0), 0)
    assert [("dead" in standing(view)) for view in views(step).values()] == [True, False, False]
    assert not pulls(View(step, 0, 0).neuron).any()


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_neurons_that_start_equal_are_called_the_same_and_so_they_are(activation: str) -> None:
    network = NeuralNetwork.random((3, 3, 1), seed=1, activation=activation, start="equal")
    history = train(network, datasets.plates("nyynynny"), learning_rate=1.0, epochs=300)
    view = View(explain(history, 200), 0, 1)
    assert standing(view).startswith(" Neuron 1 and neuron 3 have the same weights as this one")
    neurons = view.step.layers[0]
    for other in (neurons[0], neurons[2]):
        assert other.cost_by_z == pytest.approx(neurons[1].cost_by_z, abs=1e-9)
    assert standing(output(history, 200)) == ""
    random = train(NeuralNetwork.random((3, 3, 1), seed=1), datasets.happiness(), learning_rate=1.0, epochs=3)
    assert standing(View(explain(random, 3), 0, 1)) == ""
