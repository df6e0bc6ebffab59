"""How the page says things: numbers, plates, and whether an answer is right. Each rule stands here once.

`words.js` holds those rules that the browser needs too; both are tested against `tests/words.json`.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from math import floor, log10

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib import rules


class Says(IntEnum):
    """What a prediction says."""

    UNHAPPY = -1
    UNDECIDED = 0
    HAPPY = 1

    def __str__(self) -> str:
        """The word for it."""
        return {Says.HAPPY: "happy", Says.UNDECIDED: "undecided", Says.UNHAPPY: "not happy"}[self]


class Verdict(IntEnum):
    """Whether a prediction agrees with its label."""

    WRONG = -1
    UNDECIDED = 0
    RIGHT = 1

    @property
    def mark(self) -> str:
        """The sign beside a prediction."""
        return {Verdict.RIGHT: "✓", Verdict.UNDECIDED: "–", Verdict.WRONG: "✗"}[self]


def says(predictions: ArrayLike) -> NDArray[np.int_]:
    """What each prediction says, as the numbers of `Says`: same shape as `predictions`."""
    return rules.says(predictions)


def verdicts(predictions: ArrayLike, labels: ArrayLike) -> NDArray[np.int_]:
    """Whether each prediction agrees with its label, as the numbers of `Verdict`: shapes broadcast."""
    return says(predictions) * np.where(np.asarray(labels) >= 0.5, 1, -1)


def number(value: float, digits: int, *, sign: bool = False) -> str:
    """A number with so many decimals: 0.42, or with its sign +0.42 and −1.07. What is rounded to 0 has no sign."""
    rounded = round(float(value), digits) + 0.0
    return f"{rounded:{'+' if sign and rounded else ''}.{digits}f}".replace("-", "−")


def small(value: float, digits: int = 4) -> str:
    """A number that may be very small: 0.0012, or 4.2 × 10⁻⁵ where so many decimals would show less than two digits."""
    if value == 0 or abs(value) >= 10.0**-digits:
        return number(value, digits)
    mantissa, exponent = f"{value:.1e}".split("e-")
    return (
        f"{mantissa.replace('-', '−')} × 10⁻{exponent.lstrip('0').translate(str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'))}"
    )


def decimals(values: ArrayLike, significant: int = 3, *, least: int = 4, most: int = 10) -> int:
    """How many decimals show the largest of `values` with so many significant digits: from `least` to `most`."""
    largest = float(np.max(np.abs(values)))
    wanted = significant - 1 - floor(log10(largest)) if largest > 0 else least
    return min(max(wanted, least), most)


def rate(learning_rate: float) -> str:
    """A learning rate as people write it: 0.001, 1, 30."""
    return f"{learning_rate:g}"


def count(amount: int, thing: str, things: str | None = None) -> str:
    """An amount of things: 1 epoch, 5,000 epochs."""
    return f"{amount:,} {thing if amount == 1 else things or f'{thing}s'}"


def listed(things: Sequence[str], last: str = "and") -> str:
    """Several things in a sentence: coffee, pizza and chili."""
    return rules.enumerated(things, last)


def plate(names: Sequence[str], inputs: Iterable[float]) -> str:
    """A plate by its ingredients: coffee + chili, or nothing."""
    return " + ".join(name for name, value in zip(names, inputs, strict=True) if value) or "nothing"


def bits(inputs: Iterable[float]) -> str:
    """A plate by its inputs: 101."""
    return "".join(f"{value:g}" for value in inputs)
