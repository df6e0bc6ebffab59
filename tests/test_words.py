"""How the page says things: Python and the browser by one table of cases."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from playwright.sync_api import Page

from tests.server import ROOT
from ui import words

CASES = json.loads((ROOT / "tests" / "words.json").read_text("utf-8"))
PYTHON: dict[str, Callable[..., Any]] = {
    "number": lambda value, digits, sign: words.number(value, digits, sign=sign),
    "small": words.small,
    "says": lambda prediction: int(words.says(prediction)),
    "verdict": lambda prediction, label: int(words.verdicts(prediction, label)),
}
EVERY_CASE = [(rule, *case) for rule, cases in CASES.items() for case in cases]
# What follows the player frame by frame is said by the browser alone.
BOTH_SAY = [case for case in EVERY_CASE if case[0] in PYTHON]


@pytest.mark.parametrize("case", BOTH_SAY, ids=str)
def test_python_says_it_by_the_rule(case: tuple[Any, ...]) -> None:
    rule, *given, said = case
    assert PYTHON[rule](*given) == said


def test_the_browser_says_it_by_the_same_rule(page: Page) -> None:
    page.goto("/_stcore/health")
    script = (ROOT / "ui" / "words.js").read_text("utf-8")
    said = page.evaluate(
        f"(cases) => {{ {script}; const rules = {{ {', '.join(CASES)} }};"
        "return cases.map(([rule, ...given]) => rules[rule](...given.slice(0, -1))); }",
        EVERY_CASE,
    )
    assert said == [case[-1] for case in EVERY_CASE]


@given(some.floats(0, 1))
def test_undecided_is_what_is_within_the_limit_of_one_half_and_nothing_else(prediction: float) -> None:
    said = words.Says(int(words.says(prediction)))
    assert (said == words.Says.UNDECIDED) is (abs(prediction - 0.5) < 0.005)
    for label in (0, 1):
        found = words.Verdict(int(words.verdicts(prediction, label)))
        assert (found == words.Verdict.UNDECIDED) is (said == words.Says.UNDECIDED)
        assert (found == words.Verdict.RIGHT) is (said == (words.Says.HAPPY if label else words.Says.UNHAPPY))


def test_things_are_counted_and_listed_as_people_do() -> None:
    assert [words.count(1, "epoch"), words.count(5_000, "epoch"), words.count(2, "box", "boxes")] == [
        "1 epoch",
        "5,000 epochs",
        "2 boxes",
    ]
    assert [words.listed(["a"]), words.listed(["a", "b"]), words.listed(["a", "b", "c"], "or")] == [
        "a",
        "a and b",
        "a, b or c",
    ]


def test_a_plate_is_called_by_what_is_on_it() -> None:
    names = ("coffee", "pizza", "chili")
    assert [words.plate(names, plate) for plate in ((1, 0, 1), (0, 0, 0))] == ["coffee + chili", "nothing"]
    assert words.bits(np.array([1.0, 0.0, 1.0])) == "101"


def test_decimals_show_the_largest_number_with_enough_digits() -> None:
    assert words.decimals([0.5, -0.1]) == 4
    assert words.decimals([0.000123]) == 6
    assert words.decimals([1e-30]) == 10
    assert words.decimals([0.0]) == 4
