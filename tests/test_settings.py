"""Settings go into a link and come back, and a link's mistakes are told apart from its choices."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ui.settings import DEFAULTS, GENERATIONS, LEARNING_RATES, SCALES, TABS, Settings, from_query, to_query

settings = some.integers(1, 10_000).flatmap(
    lambda epochs: some.builds(
        Settings,
        generation=some.sampled_from(GENERATIONS),
        lr=some.sampled_from(LEARNING_RATES),
        epochs=some.just(epochs),
        seed=some.integers(0, 999_999),
        coffee=some.booleans(),
        pizza=some.booleans(),
        chili=some.booleans(),
        scale=some.sampled_from(SCALES),
        tab=some.sampled_from(TABS),
        epoch=some.none() | some.integers(0, epochs),
    )
)


@given(settings)
def test_every_state_of_the_page_survives_its_link(chosen: Settings) -> None:
    assert from_query(to_query(chosen)) == (chosen, [])


def test_the_default_page_has_the_shortest_link() -> None:
    assert to_query(DEFAULTS) == {}
    assert from_query({}) == (DEFAULTS, [])


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
        ("generation", "x", "First attempt or Second generation"),
        ("coffee", "maybe", "true or false"),
        ("scale", "cubic", "linear or logarithmic"),
        ("epoch", "-1", "from 0"),
        ("epoch", "5001", "from 0 to 5,000"),
    ],
)
def test_an_unusable_value_is_named_with_what_is_allowed_and_loses_nothing_else(
    name: str, text: str, allowed: str
) -> None:
    found, problems = from_query({name: text, "pizza": "true"})
    assert found == replace(DEFAULTS, pizza=True)
    (problem,) = problems
    assert f"“{text}”" in problem
    assert f"({name} in the link)" in problem
    assert allowed in problem


def test_a_very_long_value_is_quoted_in_part() -> None:
    _, (problem,) = from_query({"lr": "9" * 500})
    assert len(problem) < 250


def test_several_mistakes_are_all_told() -> None:
    _, problems = from_query({"lr": "abc", "epochs": "1e99", "seed": "-3", "generation": "x"})
    assert len(problems) == 4


def test_numbers_are_read_as_people_write_them() -> None:
    found, problems = from_query({"lr": "1.50", "epochs": "1e3"})
    assert (found.lr, found.epochs, problems) == (1.5, 1000, [])


def test_the_first_attempt_trains_at_a_rate_of_one_whatever_the_slider_says() -> None:
    assert Settings(generation=GENERATIONS[0], lr=30.0).learning_rate == 1.0
    assert Settings(lr=30.0).learning_rate == 30.0


def test_the_page_stands_on_the_last_epoch_unless_told_otherwise() -> None:
    assert Settings(epochs=70).standing == 70
    assert Settings(epochs=70, epoch=0).standing == 0


def test_the_learning_rates_run_from_a_thousandth_to_a_hundred_in_steps_of_like_size() -> None:
    assert (LEARNING_RATES[0], LEARNING_RATES[-1]) == (0.001, 100.0)
    steps = [after / before for before, after in pairwise(LEARNING_RATES)]
    assert max(steps) < 1.7
    assert min(steps) > 1.3
