"""The lessons of the third generation: what each button sets is trained here, and does what the words say."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from html import unescape
from itertools import product
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest

from nnlib import Experiment, History, datasets, separability, train_many
from tests.test_page import html, visit, words
from ui import link
from ui import words as say
from ui.examples import HIDDEN_LAYER, IFF, PARITY
from ui.runs import run_of
from ui.settings import Settings
from ui.tabs.things_to_try import lessons, text

FOREIGN = Settings(
    generation="third",
    lr=0.01,
    epochs=7,
    seed=99,
    layers=(8, 1),
    activation="relu",
    start="equal",
    optimizer="adam",
    bias=False,
    epoch=3,
    neuron="2-1",
)


def buttons(page: str) -> list[tuple[str, dict[str, str]]]:
    """The words of each button with the query it stands for."""
    found = re.findall(r'<button type="button" data-changes="(.*?)">(.*?)</button>', page)
    return [(words, dict(parse_qsl(unescape(query), keep_blank_values=True))) for query, words in found]


def pressed(query: dict[str, str], before: Settings = FOREIGN) -> Settings:
    """The settings after a button was pressed: an empty value is the default."""
    kept = {name: value for name, value in link.query(before).items() if name not in query}
    settings, problems = link.read(kept | {name: value for name, value in query.items() if value})
    assert not problems
    return settings


@cache
def lesson(words: str) -> tuple[Settings, History]:
    """What the button with these words sets, from foreign settings, and its run."""
    (query,) = [query for found, query in buttons(lessons.text()) if found == words]
    settings = pressed(query)
    return settings, run_of(settings.experiment)


def right(history: History, epoch: int = -1) -> int:
    found = say.verdicts(
        history.predict(history.dataset.inputs, [epoch % len(history.cost)])[0], history.dataset.labels
    )
    return int((found == say.Verdict.RIGHT).sum())


def test_every_button_sets_all_that_decides_how_its_run_ends() -> None:
    found = buttons(lessons.text())
    assert len(found) == 12
    for _, query in found:
        from_here, from_there = pressed(query, Settings(generation="third")), pressed(query)
        assert from_here.experiment == from_there.experiment
        assert (from_here.epoch, from_here.neuron) == (from_there.epoch, from_there.neuron)
        assert from_here.generation == "third"
        assert from_here.data in (PARITY, IFF)


@pytest.mark.parametrize(
    ("words", "layers", "complete"),
    [
        ("One neuron", (), False),
        ("Two hidden neurons", (2,), True),
        ("another start", (2,), False),
        ("Three", (3,), True),
        ("four", (4,), True),
        ("Four that start equal", (4,), False),
        ("Four ReLU neurons", (4,), False),
        ("Three layers of sigmoid", (8, 8, 8), False),
        ("all epochs", (8, 8, 8), False),
        ("tanh", (8, 8, 8), True),
        ("one neuron", (), False),
        ("two can", (2,), True),
    ],
)
def test_who_gets_all_eight_plates_right(words: str, layers: tuple[int, ...], complete: bool) -> None:
    settings, history = lesson(words)
    assert settings.layers == layers
    assert settings.data == (IFF if words in ("one neuron", "two can") else PARITY)
    assert (right(history) == 8) is complete


def succeed(count: int, **how: Any) -> float:
    """The share of 100 starts that get every plate right."""
    data = datasets.plates(PARITY)
    runs = train_many(data, layers=(3, count, 1), learning_rates=3.0, seeds=list(range(100)), epochs=5_000, **how)
    found = say.verdicts(runs.predict(data.inputs), data.labels)
    return float((found == say.Verdict.RIGHT).all(axis=(1, 2)).mean())


def test_how_often_a_start_succeeds_is_as_the_words_have_it() -> None:
    two, three, four = (succeed(count, activation="tanh", start="glorot") for count in (2, 3, 4))
    assert 0.55 < two < 0.75
    assert three >= 0.9
    assert four >= 0.97
    assert 0.12 < succeed(4, activation="relu", start="he") < 0.28
    said = lessons.text()
    assert "two starts in three" in said
    assert "one start in five" in said


def test_neurons_that_start_equal_stay_equal() -> None:
    _, history = lesson("Four that start equal")
    assert np.ptp(history.weights[0], axis=2).max() < 1e-9
    assert np.ptp(history.weights[1], axis=1).max() < 1e-9


def test_some_relu_neurons_are_dead_and_stay_so() -> None:
    _, history = lesson("Four ReLU neurons")
    (dead,) = history.dead(history.dataset.inputs)
    assert dead[-1].sum() >= 2
    first = int(np.flatnonzero(dead.sum(axis=1) == dead[-1].sum())[0])
    neuron = int(np.flatnonzero(dead[-1])[0])
    assert (history.weights[0][first:, :, neuron] == history.weights[0][-1, :, neuron]).all()


def test_the_gradient_vanishes_and_nothing_is_learned() -> None:
    settings, history = lesson("Three layers of sigmoid")
    assert (settings.tab, settings.epoch) == ("tug-of-war", 0)
    first, *_, output = history.gradient_sizes([0])[0]
    assert output > 100 * first
    assert history.cost[-1] > 0.24


def test_the_first_two_generations_keep_their_five_questions_and_lead_on() -> None:
    for generation in ("first", "second"):
        page = text(Settings(generation=generation))
        assert page.count("<li>") == 5
        (query,) = [query for words, query in buttons(page) if words == "a hidden layer"]
        settings = pressed(query)
        assert right(run_of(settings.experiment)) == 8
        assert settings.data == PARITY


def unlearnable(letters: str) -> list[str]:
    tables = ("".join(table) for table in product(letters, repeat=8))
    some_answer = (table for table in tables if set(table) != {"-"})
    return [table for table in some_answer if not separability.one_neuron(datasets.plates(table), bias=True).possible]


def unlearned(tables: Sequence[str]) -> list[str]:
    """Those of `tables` that the network that the page offers does not get right in every plate."""
    given = Settings(**HIDDEN_LAYER)
    experiments = [Settings(**{**HIDDEN_LAYER, "data": table}).experiment for table in tables]
    assert given.current_epoch == 5_000
    return [table for table, each in zip(tables, experiments) if right(each.train()) < len(each.data.labels)]


def test_the_hidden_layer_that_is_offered_learns_every_complete_table() -> None:
    tables = unlearnable("yn")
    assert len(tables) == 152
    assert unlearned(tables) == []


def test_it_learns_tables_with_plates_that_are_not_told_too() -> None:
    tables = [table for table in unlearnable("yn-") if "-" in table]
    assert len(tables) == 1_160
    assert unlearned(np.random.default_rng(3).permutation(tables)[:20].tolist()) == []


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ({}, False),
        ({"generation": "first"}, False),
        ({"data": PARITY}, True),
        ({"data": PARITY, "generation": "first"}, True),
        ({"data": PARITY, "generation": "third", "layers": "0"}, True),
        ({"data": PARITY, "generation": "third"}, False),
    ],
)
def test_where_no_neuron_can_learn_it_a_hidden_layer_is_offered(query: dict[str, str], offered: bool) -> None:
    found = [changes for words, changes in buttons(html(visit(**query))) if words == "Give it a hidden layer"]
    assert bool(found) is offered
    if found:
        settings, _ = link.read(query)
        after = pressed(found[0], settings)
        assert after == Settings(**{**HIDDEN_LAYER, "data": PARITY})


@pytest.mark.parametrize("tab", ["try", "by-hand", "tug-of-war"])
def test_of_a_run_that_diverged_the_page_says_so(tab: str, monkeypatch: pytest.MonkeyPatch) -> None:
    train = Experiment.train
    monkeypatch.setattr(Experiment, "train", lambda experiment: halted(train(experiment), 1_200))
    seed = {"try": "4101", "by-hand": "4102", "tug-of-war": "4103"}[tab]
    page = visit(generation="third", seed=seed, epochs="1500", tab=tab)
    assert "At epoch 1,200 this run left the numbers that a computer can hold" in words(page)
    assert ("This step would lead to numbers too large for a computer" in words(page)) is (tab == "by-hand")
    monkeypatch.undo()
    assert "left the numbers" not in words(visit(generation="third", epochs="20"))


def halted(history: History, epoch: int) -> History:
    """The run as it would stand if it had diverged at `epoch`."""

    def stands(values: Any) -> Any:
        return np.concatenate([values[:epoch], np.repeat(values[epoch - 1 : epoch], len(values) - epoch, axis=0)])

    return replace(
        history,
        cost=stands(history.cost),
        weights=tuple(map(stands, history.weights)),
        biases=tuple(map(stands, history.biases)),
        diverged=epoch,
    )
