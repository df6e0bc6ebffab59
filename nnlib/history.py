"""What training leaves: a run epoch by epoch, or many runs with their costs and the networks they ended with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib.activations import SIGMOID, Activation
from nnlib.backpropagation import backward_pass
from nnlib.checks import (
    Array,
    flag,
    frozen,
    indices,
    instance,
    listed,
    one_or_listed,
    positive_number,
    shown,
    table,
    whole_number,
)
from nnlib.costs import SQUARED_ERROR, Cost
from nnlib.datasets import Dataset
from nnlib.network import NeuralNetwork, dead, feed_forward, fitting
from nnlib.optimizers import GRADIENT_DESCENT, Memory, Optimizer
from nnlib.values import Value, sealed


@dataclass(frozen=True, eq=False)
class History(Value):
    """One training run, epoch by epoch: index e is after e updates, so 0 is the start and `epochs` the end.

    cost: (epochs + 1,). weights[l]: (epochs + 1, inputs of layer l, its outputs). biases[l]: (epochs + 1, its outputs).
    diverged: the first epoch at which a parameter or the cost would be too large for a float, none in nearly all runs:
    from there on everything stands as it was one epoch earlier, so that every number is finite.
    memory: what the optimizer remembers after the last epoch, where that is known; not of a run that has diverged.
    """

    dataset: Dataset
    learning_rate: float
    bias: bool
    cost: Array
    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    activation: Activation = SIGMOID
    cost_function: Cost = SQUARED_ERROR
    optimizer: Optimizer = GRADIENT_DESCENT
    diverged: int | None = None
    memory: Memory | None = None

    def __post_init__(self) -> None:
        instance("dataset", self.dataset, Dataset)
        positive_number("learning_rate", self.learning_rate)
        _own_arrays(self, axes=1)
        if self.diverged is not None:
            whole_number("diverged", self.diverged, 1, self.epochs)
        if self.memory is not None:
            instance("memory", self.memory, Memory)

    @property
    def epochs(self) -> int:
        """The number of updates made."""
        return len(self.cost) - 1

    @property
    def nbytes(self) -> int:
        """How many bytes its arrays hold, those of its data set included."""
        arrays = [self.cost, *self.weights, *self.biases, self.dataset.inputs, self.dataset.labels]
        for layers in self.memory.layers if self.memory else ():
            arrays += layers
        return sum(array.nbytes for array in arrays)

    def network(self, epoch: int) -> NeuralNetwork:
        """The network as it stood after `epoch` updates, from 0 to `epochs`."""
        epoch = whole_number("epoch", epoch, 0)
        if epoch > self.epochs:
            raise ValueError(f"epoch must be at most {self.epochs}, the last one trained, got {shown(epoch)} instead")
        return _network(self, epoch)

    def predict(self, inputs: ArrayLike, epochs: slice | Sequence[int] | NDArray[np.int_] = slice(None)) -> Array:
        """The answers at each of `epochs`, all by default: (epochs, samples, outputs).

        epochs: a slice, or whole numbers within 0 … `epochs`. Raises ValueError for any other.
        """
        return fitting(self._answers(inputs, epochs)[1][-1])

    def weighted_sums(self, inputs: ArrayLike, epochs: slice | Sequence[int] | NDArray[np.int_] = slice(None)) -> Array:
        """What the output neurons add up before their activation, z = a W + b: (epochs, samples, outputs)."""
        return fitting(self._answers(inputs, epochs)[0][-1])

    def dead(
        self, inputs: ArrayLike, epochs: slice | Sequence[int] | NDArray[np.int_] = slice(None)
    ) -> tuple[NDArray[np.bool_], ...]:
        """Which hidden neurons `inputs` leave dead at each of `epochs`: of each hidden layer (epochs, neurons)."""
        return dead(self._answers(inputs, epochs)[1], self.activation)

    @np.errstate(all="ignore")
    def gradient_sizes(self, epochs: slice | Sequence[int] | NDArray[np.int_] = slice(None)) -> Array:
        """How large each layer's gradient is, as its Euclidean norm, at each of `epochs`: (epochs, layers).

        The square root of the sum of (∂cost/∂parameter)² over the layer's weights and biases. Not finite where that is
        too large for a float, as it may be where a run has `diverged`.
        """
        weights, biases = self._parameters(epochs)
        passes = backward_pass(weights, biases, self.dataset, self.activation, self.cost_function)
        squares = [
            (layer.weights_gradient**2).sum(axis=(-2, -1)) + self.bias * (layer.bias_gradient**2).sum(axis=-1)
            for layer in passes
        ]
        sizes: Array = np.sqrt(np.stack(squares, axis=-1))
        return sizes

    def _answers(self, inputs: ArrayLike, epochs: Any) -> tuple[list[Array], list[Array]]:
        rows = table("inputs", inputs, self.weights[0].shape[1])
        return feed_forward(*self._parameters(epochs), rows, self.activation)

    def _parameters(self, epochs: Any) -> tuple[list[Array], list[Array]]:
        some = indices("epochs", epochs, len(self.cost))
        return [layer[some] for layer in self.weights], [layer[some] for layer in self.biases]


@dataclass(frozen=True, eq=False)
class Runs(Value):
    """Many training runs of the same shape: their costs at every epoch, and the networks they ended with.

    cost: (epochs + 1, runs). weights[l]: (runs, inputs of layer l, its outputs). biases[l]: (runs, its outputs).
    diverged: (runs,), for each run the epoch that `History.diverged` names, or −1 where it names none.
    """

    bias: bool
    cost: Array
    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    activation: Activation = SIGMOID
    diverged: NDArray[np.int_] = field(default_factory=lambda: np.array([-1]))

    def __post_init__(self) -> None:
        _own_arrays(self, axes=2)
        runs, epochs = self.cost.shape[1], len(self.cost) - 1
        diverged = [whole_number("each of diverged", epoch, -1, epochs) for epoch in one_or_listed(self.diverged)]
        if len(diverged) not in (1, runs):
            raise ValueError(f"diverged must be one for each of the {runs} runs, got {len(diverged)} instead")
        object.__setattr__(self, "diverged", sealed(np.resize(np.array(diverged), runs)))

    def network(self, run: int) -> NeuralNetwork:
        """The network that run number `run` ended with, counted from 0."""
        run, last = whole_number("run", run, 0), self.cost.shape[1] - 1
        if run > last:
            raise ValueError(f"run must be at most {last}, the last one, got {shown(run)} instead")
        return _network(self, run)

    def predict(self, inputs: ArrayLike) -> Array:
        """The answers of all networks, shape (runs, samples, outputs), to inputs of shape (samples, inputs)."""
        return fitting(self._answers(inputs)[-1])

    def dead(self, inputs: ArrayLike) -> tuple[NDArray[np.bool_], ...]:
        """Which hidden neurons `inputs` leave dead in each run: of each hidden layer (runs, neurons)."""
        return dead(self._answers(inputs), self.activation)

    def _answers(self, inputs: ArrayLike) -> list[Array]:
        rows = table("inputs", inputs, self.weights[0].shape[1])
        return feed_forward(self.weights, self.biases, rows, self.activation)[1]


def _network(record: History | Runs, at: int) -> NeuralNetwork:
    biases = [layer[at] for layer in record.biases] if record.bias else None
    return NeuralNetwork([layer[at] for layer in record.weights], biases, record.activation)


def _own_arrays(record: History | Runs, axes: int) -> None:
    """Give a record that was made by hand arrays of its own. Raises ValueError where they do not fit each other."""
    flag("bias", record.bias)
    cost = frozen("cost", record.cost)
    if cost.ndim != axes or not cost.size:
        raise ValueError(f"cost must have {axes} axes and not be empty, got shape {cost.shape} instead")
    object.__setattr__(record, "cost", cost)
    for name in ("weights", "biases"):
        layers = tuple(frozen(f"{name}[{at}]", layer) for at, layer in enumerate(listed(name, getattr(record, name))))
        for at, layer in enumerate(layers):
            if layer.shape[:1] != cost.shape[-1:]:
                raise ValueError(
                    f"{name}[{at}] must have length {cost.shape[-1]}, as cost has, got shape {layer.shape} instead"
                )
        object.__setattr__(record, name, layers)
