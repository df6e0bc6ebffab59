"""Optimizers: the step that is made of a gradient."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nnlib.checks import Array, named
from nnlib.values import Value


@dataclass(frozen=True)
class Optimizer:
    """How far each parameter goes, and which way: new = old − step.

    function(gradient, learning_rate, memory, update) → step. It goes elementwise, and may reuse the gradient's memory.
    memory: what it remembers between updates, so many arrays in the gradient's shape as `remembers` says, zero at
    first, which it changes in place. update: 0 for the first update. formula: in LaTeX, with
    the learning rate η and, where it counts, the number of the update t, which there is 1 for the first.
    """

    name: str
    function: Callable[[Array, Array, Sequence[Array], int], Array]
    remembers: int
    formula: str


@dataclass(frozen=True, eq=False)
class Memory(Value):
    """What an optimizer remembers after some updates, so that training can go on as if it had never stopped.

    layers: for each array that it `remembers` one of each layer's shape. updates: how many have been made.
    """

    layers: tuple[tuple[Array, ...], ...]
    updates: int


def _gradient_descent(gradient: Array, learning_rate: Array, _memory: Sequence[Array], _update: int) -> Array:
    """Downhill, the further the steeper: learning rate × gradient."""
    return np.multiply(gradient, learning_rate, gradient)


GRADIENT_DESCENT = Optimizer(
    "gradient descent",
    _gradient_descent,
    remembers=0,
    formula=r"w \leftarrow w - \eta\,\frac{\partial C}{\partial w}",
)


def _momentum(gradient: Array, learning_rate: Array, memory: Sequence[Array], _update: int) -> Array:
    """As a heavy ball rolls: it keeps nine tenths of its velocity, and gains speed where the slope goes on.

    Polyak, "Some methods of speeding up the convergence of iteration methods", 1964; in this form, which is PyTorch's,
    Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013.
    """
    (velocity,) = memory
    np.multiply(velocity, 0.9, velocity)
    np.add(velocity, gradient, velocity)
    return np.multiply(velocity, learning_rate, gradient)


MOMENTUM = Optimizer(
    "momentum",
    _momentum,
    remembers=1,
    formula=r"v \leftarrow 0.9\,v + \frac{\partial C}{\partial w}, \quad w \leftarrow w - \eta\,v",
)


def _adam(gradient: Array, learning_rate: Array, memory: Sequence[Array], update: int) -> Array:
    """The mean of the gradients so far, measured by how large they are: each parameter goes about as far as others.

    Both means are running ones, which begin at zero and are too small at first: they are divided by the part of them
    that has arrived. Kingma & Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1.
    """
    mean, mean_of_squares = memory
    np.add(0.9 * mean, 0.1 * gradient, mean)
    np.add(0.999 * mean_of_squares, 0.001 * gradient**2, mean_of_squares)
    arrived, squares_arrived = 1 - 0.9 ** (update + 1), 1 - 0.999 ** (update + 1)
    step: Array = learning_rate * (mean / arrived / (np.sqrt(mean_of_squares / squares_arrived) + 1e-8))
    return step


ADAM = Optimizer(
    "adam",
    _adam,
    remembers=2,
    formula=r"m \leftarrow 0.9\,m + 0.1\,\frac{\partial C}{\partial w}, \quad "
    r"v \leftarrow 0.999\,v + 0.001\left(\frac{\partial C}{\partial w}\right)^2, \quad "
    r"w \leftarrow w - \eta\,\frac{m / (1 - 0.9^t)}{\sqrt{v / (1 - 0.999^t)} + 10^{-8}}",
)

OPTIMIZERS = MappingProxyType({kind.name: kind for kind in (GRADIENT_DESCENT, MOMENTUM, ADAM)})


def optimizer_named(value: str | Optimizer) -> Optimizer:
    """The optimizer of this name, or the optimizer itself. Raises ValueError for any other."""
    return named("optimizer", value, OPTIMIZERS)
