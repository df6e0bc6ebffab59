"""Costs: how wrong a prediction p is, given the label y, each with its slope."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nnlib.checks import Array, named


@dataclass(frozen=True)
class Cost:
    """A cost. It is the mean over samples and outputs of `function`, which goes elementwise.

    function(predictions, labels) → the cost of each answer.
    slope(predictions, labels, out) → ∂function/∂prediction of each, written into `out` where it is given.
    formula, slope_formula: the same in LaTeX.
    """

    name: str
    function: Callable[[Array, Array], Array]
    slope: Callable[[Array, Array, Array | None], Array]
    formula: str
    slope_formula: str


# As an array it is multiplied with in half the time that the number 2 takes, which becomes one in every call.
TWO = np.array(2.0)


def _squared_error(predictions: Array, labels: Array) -> Array:
    error: Array = predictions - labels
    return np.multiply(error, error, error)


def _squared_error_slope(predictions: Array, labels: Array, out: Array | None = None) -> Array:
    """∂(p − y)² / ∂p = 2 (p − y)."""
    slope: Array = np.multiply(np.subtract(predictions, labels, out), TWO, out)
    return slope


SQUARED_ERROR = Cost(
    "squared error",
    _squared_error,
    _squared_error_slope,
    formula=r"(p - y)^2",
    slope_formula=r"2\,(p - y)",
)

COSTS = MappingProxyType({kind.name: kind for kind in (SQUARED_ERROR,)})


def cost_named(value: str | Cost) -> Cost:
    """The cost of this name, or the cost itself. Raises ValueError for any other."""
    return named("cost", value, COSTS)
