"""Starts: the weights that a network has before it has learned anything. Biases start at zero."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nnlib.checks import Array, named


@dataclass(frozen=True)
class Start:
    """A random start. function(inputs, outputs, random) → one layer's weights, (inputs, outputs). formula: in LaTeX."""

    name: str
    function: Callable[[int, int, np.random.Generator], Array]
    formula: str


def _normal(inputs: int, outputs: int, random: np.random.Generator) -> Array:
    """Each weight from the standard normal distribution."""
    return random.standard_normal((inputs, outputs))


NORMAL = Start("normal", _normal, formula=r"w \sim \mathcal{N}(0, 1)")

STARTS = MappingProxyType({kind.name: kind for kind in (NORMAL,)})


def start_named(value: str | Start) -> Start:
    """The start of this name, or the start itself. Raises ValueError for any other."""
    return named("start", value, STARTS)
