"""Starts: the weights that a network has before it has learned anything. Biases start at zero."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
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


def _glorot(inputs: int, outputs: int, random: np.random.Generator) -> Array:
    """The more neurons a layer joins, the smaller its weights: signals and gradients keep their size on the way.

    The variance is 2 / (inputs + outputs). Glorot & Bengio, "Understanding the difficulty of training deep feedforward
    neural networks", 2010, equation 12.
    """
    return _normal(inputs, outputs, random) * sqrt(2 / (inputs + outputs))


GLOROT = Start("glorot", _glorot, formula=r"w \sim \mathcal{N}\left(0, \frac{2}{n_\text{in} + n_\text{out}}\right)")


def _he(inputs: int, outputs: int, random: np.random.Generator) -> Array:
    """The same for ReLU, which passes on half of what it is given: the variance is 2 / inputs.

    He et al., "Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet Classification", 2015,
    equation 10.
    """
    return _normal(inputs, outputs, random) * sqrt(2 / inputs)


HE = Start("he", _he, formula=r"w \sim \mathcal{N}\left(0, \frac{2}{n_\text{in}}\right)")


def _equal(inputs: int, outputs: int, random: np.random.Generator) -> Array:
    """One draw for the whole layer. Its neurons then have the same gradient, and stay the same for ever.

    That is why starts are random: to break the symmetry. Rumelhart, Hinton & Williams, "Learning internal
    representations by error propagation", 1986.
    """
    return np.full((inputs, outputs), random.standard_normal())


EQUAL = Start("equal", _equal, formula=r"w = c, \quad c \sim \mathcal{N}(0, 1) \text{ once for each layer}")

STARTS = MappingProxyType({kind.name: kind for kind in (NORMAL, GLOROT, HE, EQUAL)})


def start_named(value: str | Start) -> Start:
    """The start of this name, or the start itself. Raises ValueError for any other."""
    return named("start", value, STARTS)
