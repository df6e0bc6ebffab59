"""Activations: what a neuron makes of its weighted sum z, each with its slope; and which layer has which."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from nnlib.checks import Array, named, numbers


@dataclass(frozen=True)
class Activation:
    """An activation function. Both functions go elementwise, and write into `out` where it is given.

    function(z, out) → a. slope(a, out) → ∂a/∂z, from the activation a itself, which is what a backward pass has.
    formula, slope_formula: the same in LaTeX.
    """

    name: str
    function: Callable[[Array, Array | None], Array]
    slope: Callable[[Array, Array | None], Array]
    formula: str
    slope_formula: str


# As an array it is added in half the time that the number 1 takes, which becomes one in every call.
ONE = np.array(1.0)


def _sigmoid(z: Array, out: Array | None = None) -> Array:
    # Where e^−z is too large for a float it is infinite, and 1 / (1 + ∞) = 0 is right to the last digit.
    out = np.negative(z, out)
    np.exp(out, out)
    np.add(out, ONE, out)
    return np.reciprocal(out, out)


def _sigmoid_slope(a: Array, out: Array | None = None) -> Array:
    """σ′(z) = e^−z / (1 + e^−z)² = σ(z) (1 − σ(z)) = a (1 − a)."""
    out = np.subtract(ONE, a, out)
    return np.multiply(out, a, out)


SIGMOID = Activation(
    "sigmoid",
    _sigmoid,
    _sigmoid_slope,
    formula=r"\sigma(z) = \frac{1}{1 + e^{-z}}",
    slope_formula=r"\sigma'(z) = \sigma(z)\,(1 - \sigma(z))",
)


def _tanh(z: Array, out: Array | None = None) -> Array:
    return np.tanh(z, out)


def _tanh_slope(a: Array, out: Array | None = None) -> Array:
    """tanh′(z) = 1 − tanh²(z) = 1 − a²."""
    out = np.multiply(a, a, out)
    slope: Array = np.subtract(ONE, out, out)
    return slope


TANH = Activation(
    "tanh",
    _tanh,
    _tanh_slope,
    formula=r"\tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",
    slope_formula=r"\tanh'(z) = 1 - \tanh^2(z)",
)

ZERO = np.array(0.0)


def _relu(z: Array, out: Array | None = None) -> Array:
    a: Array = np.maximum(z, ZERO, out=out)
    return a


def _relu_slope(a: Array, out: Array | None = None) -> Array:
    """1 where z > 0, else 0: the sign of a, which is never below 0. At z = 0, where there is a corner, it is 0."""
    return np.sign(a, out)


RELU = Activation(
    "relu",
    _relu,
    _relu_slope,
    formula=r"\operatorname{ReLU}(z) = \max(0, z)",
    slope_formula=r"\operatorname{ReLU}'(z) = 1 \text{ for } z > 0 \text{, else } 0",
)

ACTIVATIONS = MappingProxyType({kind.name: kind for kind in (SIGMOID, TANH, RELU)})


def layer_activations(hidden: Activation, layers: int) -> list[Activation]:
    """The activation of each of so many layers of neurons: `hidden` for all but the last.

    The output neurons always are sigmoids, so that an answer is a probability, whatever the hidden layers do.
    """
    return [hidden] * (layers - 1) + [SIGMOID]


def activation_named(value: str | Activation) -> Activation:
    """The activation of this name, or the activation itself. Raises ValueError for any other."""
    return named("activation", value, ACTIVATIONS)


@np.errstate(all="ignore")
def sigmoid(z: ArrayLike) -> Array:
    """σ(z) = 1 / (1 + e^−z), elementwise: any finite z gives a value in [0, 1]. Raises ValueError for no numbers."""
    z = numbers("z", z)
    return SIGMOID.function(z, z)
