"""Optimizers: the step that is made of a gradient."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nnlib.checks import Array, named


@dataclass(frozen=True)
class Optimizer:
    """How far each parameter goes, and which way: new = old − step.

    function(gradient, learning_rate, memory, update) → step, in place of the gradient. It goes elementwise.
    memory: what it remembers between updates, so many arrays in the gradient's shape as `remembers` says, zero at
    first, which it changes in place. update: 0 for the first update. formula: in LaTeX.
    """

    name: str
    function: Callable[[Array, Array, Sequence[Array], int], Array]
    remembers: int
    formula: str


def _gradient_descent(gradient: Array, learning_rate: Array, _memory: Sequence[Array], _update: int) -> Array:
    """Downhill, the further the steeper: learning rate × gradient."""
    return np.multiply(gradient, learning_rate, gradient)


GRADIENT_DESCENT = Optimizer(
    "gradient descent",
    _gradient_descent,
    remembers=0,
    formula=r"w \leftarrow w - \eta\,\frac{\partial C}{\partial w}",
)

OPTIMIZERS = MappingProxyType({kind.name: kind for kind in (GRADIENT_DESCENT,)})


def optimizer_named(value: str | Optimizer) -> Optimizer:
    """The optimizer of this name, or the optimizer itself. Raises ValueError for any other."""
    return named("optimizer", value, OPTIMIZERS)
