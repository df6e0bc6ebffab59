"""Training: full-batch gradient descent on the mean squared error, with the whole history kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib.backpropagation import check_fit
from nnlib.checks import Array, generator, layer_sizes, positive_number, table, whole_number
from nnlib.datasets import Dataset
from nnlib.descent import descend
from nnlib.network import NeuralNetwork, feed_forward, random_weights, sigmoid, weighted_sums

# So many runs fill the processor's cache, and few enough passes of Python steer them: measured, see benchmarks.
RUNS_AT_ONCE = 2048


@dataclass(frozen=True, eq=False)
class History:
    """One training run, epoch by epoch: index e is after e updates, so 0 is the start and `epochs` the end.

    cost: (epochs + 1,). weights[l]: (epochs + 1, inputs of layer l, its outputs). biases[l]: (epochs + 1, its outputs).
    """

    dataset: Dataset
    learning_rate: float
    bias: bool
    cost: Array
    weights: tuple[Array, ...]
    biases: tuple[Array, ...]

    @property
    def epochs(self) -> int:
        """The number of updates made."""
        return len(self.cost) - 1

    def network(self, epoch: int) -> NeuralNetwork:
        """The network as it stood after `epoch` updates, from 0 to `epochs`."""
        epoch = whole_number("epoch", epoch, 0)
        if epoch > self.epochs:
            raise ValueError(f"epoch must be at most {self.epochs}, the last one trained, got {epoch} instead")
        biases = [layer[epoch] for layer in self.biases] if self.bias else None
        return NeuralNetwork([layer[epoch] for layer in self.weights], biases)

    def predict(self, inputs: ArrayLike, epochs: slice | NDArray[np.int_] = slice(None)) -> Array:
        """The answers at each of `epochs` (an index into the history, all by default): (epochs, samples, outputs)."""
        return sigmoid(self.weighted_sums(inputs, epochs))

    def weighted_sums(self, inputs: ArrayLike, epochs: slice | NDArray[np.int_] = slice(None)) -> Array:
        """What the output neurons add up before their sigmoid, z = a W + b: (epochs, samples, outputs)."""
        weights = [layer[epochs] for layer in self.weights]
        biases = [layer[epochs] for layer in self.biases]
        return weighted_sums(weights, biases, table("inputs", inputs, weights[0].shape[1]))


@dataclass(frozen=True, eq=False)
class Runs:
    """Many training runs of the same shape: their costs at every epoch, and the networks they ended with.

    cost: (epochs + 1, runs). weights[l]: (runs, inputs of layer l, its outputs). biases[l]: (runs, its outputs).
    """

    bias: bool
    cost: Array
    weights: tuple[Array, ...]
    biases: tuple[Array, ...]

    def network(self, run: int) -> NeuralNetwork:
        """The network that run number `run` ended with."""
        biases = [layer[run] for layer in self.biases] if self.bias else None
        return NeuralNetwork([layer[run] for layer in self.weights], biases)

    def predict(self, inputs: ArrayLike) -> Array:
        """The answers of all networks, shape (runs, samples, outputs), to inputs of shape (samples, inputs)."""
        return feed_forward(self.weights, self.biases, table("inputs", inputs, self.weights[0].shape[1]))[-1]


def train(network: NeuralNetwork, dataset: Dataset, *, learning_rate: float, epochs: int) -> History:
    """`epochs` updates of every parameter by −learning_rate × ∂cost/∂parameter, over the whole data set each time.

    Changes nothing it was given. A learning rate too large saturates the sigmoids, where the gradient is 0: no
    value becomes infinite or NaN. Raises ValueError where an argument breaks its rule.
    """
    check_fit(network.layers, dataset)
    learning_rate = positive_number("learning_rate", learning_rate)
    epochs = whole_number("epochs", epochs, 0)
    start = _joined(network.weights, network.biases, network.bias)
    # One row before the steps holds the start: their running sum is then the parameters at every epoch.
    records = [np.empty((epochs + 2, *layer.shape)) for layer in start]
    for record, layer in zip(records, start, strict=True):
        record[0] = layer
    cost = np.empty((epochs + 1, 1))
    descend(
        start,
        dataset.inputs,
        dataset.labels,
        np.array([learning_rate]),
        cost,
        bias=network.bias,
        steps=[record[1:] for record in records],
    )
    sums = [np.cumsum(record[:-1], axis=0)[:, :, 0, :] for record in records]
    weights, biases = _parted(sums, network.bias)
    return History(dataset, learning_rate, network.bias, _sealed(cost[:, 0]), weights, biases)


def train_many(
    dataset: Dataset,
    *,
    layers: Sequence[int],
    learning_rates: float | Sequence[float] | Array,
    seeds: int | Sequence[int] | Array,
    epochs: int,
    bias: bool = True,
) -> Runs:
    """Many runs at once, each as `train` would do it from `NeuralNetwork.random(layers, seed=seed, bias=bias)`.

    One learning rate or one seed alone goes for all runs; two lists must have the same length.
    """
    sizes, epochs = layer_sizes(layers), whole_number("epochs", epochs, 0)
    rates = [positive_number("each of learning_rates", rate) for rate in _listed(learning_rates)]
    starts = [random_weights(sizes, generator(seed)) for seed in _listed(seeds)]
    if not rates or not starts or (len(rates) != len(starts) and 1 not in (len(rates), len(starts))):
        raise ValueError(
            "learning_rates and seeds must be equally many, or one of them single, "
            f"got {len(rates)} and {len(starts)} instead"
        )
    check_fit(sizes, dataset)
    runs = max(len(rates), len(starts))
    weights = [np.array(stack) for stack in zip(*starts, strict=True)]
    biases = [np.zeros((len(starts), size)) for size in sizes[1:]]
    joined = [np.repeat(layer, runs // len(starts), axis=1) for layer in _joined(weights, biases, bias)]
    learning_rate = np.repeat(rates, runs // len(rates))
    cost = np.empty((epochs + 1, runs))
    for begin in range(0, runs, RUNS_AT_ONCE):
        part = slice(begin, begin + RUNS_AT_ONCE)
        chunk = [np.ascontiguousarray(layer[:, part]) for layer in joined]
        descend(chunk, dataset.inputs, dataset.labels, learning_rate[part], cost[:, part], bias=bias)
        for layer, trained in zip(joined, chunk, strict=True):
            layer[:, part] = trained
    ends = _parted([layer.swapaxes(0, 1) for layer in joined], bias)
    return Runs(bias, _sealed(cost, cost[-1]), *ends)


def _listed(values: Any) -> list[Any]:
    return list(values) if isinstance(values, Sequence | np.ndarray) else [values]


def _joined(weights: Sequence[Array], biases: Sequence[Array], bias: bool) -> list[Array]:
    """The layers as `descend` wants them, (rows, runs, columns), from (inputs, outputs) or (runs, inputs, outputs)."""
    stacks = [layer.reshape(-1, *layer.shape[-2:]) for layer in weights]
    if bias:
        stacks = [np.concatenate([w, b.reshape(len(w), 1, -1)], axis=1) for w, b in zip(stacks, biases, strict=True)]
    return [np.array(stack.swapaxes(0, 1), order="C") for stack in stacks]


def _parted(layers: Sequence[Array], bias: bool) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """Weights and biases apart again, from layers of shape (stack, rows, columns)."""
    if bias:
        return tuple(_sealed(layer[:, :-1]) for layer in layers), tuple(_sealed(layer[:, -1]) for layer in layers)
    zeros = [np.zeros((len(layer), layer.shape[2])) for layer in layers]
    return tuple(map(_sealed, layers)), tuple(map(_sealed, zeros))


def _sealed(array: Array, end: Array | None = None) -> Array:
    """`array`, read-only, and certain to be finite: only inputs or rates near the largest float can prevent that.

    In training NaN stays NaN, so where the last epoch is given as `end`, that is all that is looked at.
    """
    if not np.isfinite(array if end is None else end).all():
        raise ValueError("learning_rate and inputs must be small enough for finite weights, got an overflow instead")
    array.flags.writeable = False
    return array
