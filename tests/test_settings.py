"""Settings go into a link and come back, and a link's mistakes are told apart from its choices."""

from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from nnlib import datasets
from ui import link
from ui.settings import DEFAULTS, GENERATIONS, LEARNING_RATES, PRESETS, SCALES, TABS, VIEWS, Settings, checked

answers = some.text("yn-", min_size=8, max_size=8).filter(lambda letters: set(letters) != {"-"})
settings = some.integers(1, 10_000).flatmap(
    lambda epochs: some.builds(
        Settings,
        generation=some.sampled_from(list(GENERATIONS)),
        lr=some.sampled_from(LEARNING_RATES),
        epochs=some.just(epochs),
        seed=some.integers(0, 999_999),
        data=answers,
        layers=some.lists(some.integers(1, 8), max_size=3).map(tuple),
        activation=some.sampled_from(["sigmoid", "tanh", "relu"]),
        start=some.sampled_from(["normal", "glorot", "he", "equal"]),
        optimizer=some.sampled_from(["descent", "momentum", "adam"]),
        bias=some.booleans(),
        view=some.sampled_from(VIEWS),
        coffee=some.booleans(),
        pizza=some.booleans(),
        chili=some.booleans(),
        scale=some.sampled_from(SCALES),
        tab=some.sampled_from(list(TABS)),
        epoch=some.none() | some.integers(0, epochs),
    )
)


@given(settings)
def test_every_state_of_the_page_survives_its_link(chosen: Settings) -> None:
    assert link.read(link.query(chosen)) == (chosen, [])
    assert link.parse(link.href(chosen)) == (chosen, [])


def test_the_default_page_has_the_shortest_link() -> None:
    assert link.query(DEFAULTS) == {}
    assert link.read({}) == (DEFAULTS, [])


@pytest.mark.parametrize(
    ("name", "text", "allowed"),
    [
        ("lr", "abc", "a stop of the slider"),
        ("lr", "0.37", "a stop of the slider"),
        ("lr", "nan", "a stop of the slider"),
        ("epochs", "1e99", "from 1 to 10,000"),
        ("epochs", "0", "from 1 to 10,000"),
        ("epochs", "5.5", "from 1 to 10,000"),
        ("epochs", "nan", "from 1 to 10,000"),
        ("epochs", "", "from 1 to 10,000"),
        ("seed", "1_0", "from 0 to 999,999"),
        ("epochs", "٣", "from 1 to 10,000"),
        ("seed", "-3", "from 0 to 999,999"),
        ("seed", "inf", "from 0 to 999,999"),
        ("generation", "x", "first or second or third"),
        ("data", "-n--nyy", "eight letters"),
        ("data", "-n--nyyx", "eight letters"),
        ("data", "--------", "not all -"),
        ("tab", "x", "by-hand"),
        ("coffee", "maybe", "true or false"),
        ("scale", "cubic", "linear or logarithmic"),
        ("epoch", "-1", "from 0"),
        ("layers", "9", "each from 1 to 8"),
        ("layers", "4-4-4-4", "up to 3 layers"),
        ("layers", "4-", "such as 4 or 8-8-8, or 0"),
        ("layers", "", "such as 4 or 8-8-8, or 0"),
        ("activation", "x", "sigmoid, tanh or relu"),
        ("start", "zero", "normal, glorot, he or equal"),
        ("optimizer", "gradient descent", "descent, momentum or adam"),
        ("bias", "yes", "true or false"),
        ("view", "x", "neurons, sigmoid or cube"),
        ("neuron", "1", "such as 1-2"),
        ("neuron", "0-1", "such as 1-2"),
        ("neuron", "1-2", "a neuron of the network chosen"),
        ("epoch", "5001", "from 0 to 5,000"),
    ],
)
def test_an_unusable_value_is_named_with_what_is_allowed_and_loses_nothing_else(
    name: str, text: str, allowed: str
) -> None:
    found, problems = link.read({name: text, "pizza": "true"})
    assert found == replace(DEFAULTS, pizza=True)
    (problem,) = problems
    assert f"“{text}”" in problem
    assert f"({name} in the link)" in problem
    assert allowed in problem


def test_a_very_long_value_is_quoted_in_part() -> None:
    _, (problem,) = link.read({"lr": "9" * 500})
    assert len(problem) < 250


def test_several_mistakes_are_all_told() -> None:
    _, problems = link.read({"lr": "abc", "epochs": "1e99", "seed": "-3", "generation": "x"})
    assert len(problems) == 4


def test_numbers_are_read_as_people_write_them() -> None:
    found, problems = link.read({"lr": "1.50", "epochs": "1e3"})
    assert (found.lr, found.epochs, problems) == (1.5, 1000, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"generation": "First attempt"}, {"generation": "first"}),
        ({"generation": "Second generation"}, {"generation": "second"}),
        *(({"tab": label}, {"tab": slug}) for slug, label in TABS.items()),
        ({"scale": "logarithmic", "epoch": "9", "lr": "0.3"}, {"scale": "logarithmic", "epoch": 9, "lr": 0.3}),
    ],
)
def test_links_of_earlier_versions_go_on_working(old: dict[str, str], new: dict[str, Any]) -> None:
    assert link.read(old) == (replace(DEFAULTS, **new), [])


@pytest.mark.parametrize("name", [setting.name for setting in fields(Settings)])
@pytest.mark.parametrize(
    "value", [[], {}, [1.0], {"a": 1}, b"x", float("inf"), float("nan"), 10**400, -1, 0.5, "<b>", object()]
)
def test_what_breaks_the_rule_of_a_setting_is_refused_whatever_its_type(name: str, value: Any) -> None:
    if name == "lr" and value == 0.5:
        assert checked(name, value) == value
    else:
        with pytest.raises(ValueError, match=f"{name} must be .*, got .* instead"):
            checked(name, value)


@given(settings)
def test_every_setting_keeps_its_rule(chosen: Settings) -> None:
    for setting in fields(Settings):
        value = getattr(chosen, setting.name)
        assert checked(setting.name, value) == value
        assert type(checked(setting.name, value)) is type(value)


@given(settings, settings)
def test_two_settings_have_the_same_run_where_their_experiments_are_equal(one: Settings, other: Settings) -> None:
    for changed in (other, replace(other, lr=one.lr, data=one.data, epochs=one.epochs, seed=one.seed, epoch=None)):
        assert (one.run_id == changed.run_id) is (one.experiment == changed.experiment)
    looked_at_otherwise = replace(one, coffee=not one.coffee, scale=SCALES[1], tab="code", epoch=0)
    assert one.experiment == looked_at_otherwise.experiment
    assert hash(one.experiment) == hash(looked_at_otherwise.experiment)


def test_the_first_attempt_trains_at_a_rate_of_one_whatever_the_slider_says() -> None:
    first = Settings(generation="first", lr=30.0)
    assert (first.experiment.learning_rate, first.experiment.architecture.bias) == (1.0, False)
    assert first.experiment == Settings(generation="first", lr=0.1).experiment
    second = Settings(lr=30.0)
    assert (second.experiment.learning_rate, second.experiment.architecture.bias) == (30.0, True)


def test_the_default_is_the_tutorials_table() -> None:
    assert DEFAULTS.experiment.data == datasets.happiness()
    assert next(iter(PRESETS.values())) == DEFAULTS.data


def test_the_page_stands_on_the_last_epoch_unless_told_otherwise() -> None:
    assert Settings(epochs=70).current_epoch == 70
    assert Settings(epochs=70, epoch=0).current_epoch == 0


def test_the_learning_rates_run_from_a_thousandth_to_a_hundred_in_steps_of_like_size() -> None:
    assert (LEARNING_RATES[0], LEARNING_RATES[-1]) == (0.001, 100.0)
    steps = [after / before for before, after in pairwise(LEARNING_RATES)]
    assert max(steps) < 1.7
    assert min(steps) > 1.3
