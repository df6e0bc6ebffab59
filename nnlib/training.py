"""Training: full-batch gradient descent, with the whole history kept, and the experiment that determines a run."""

from collections.abc import Sequence
from dataclasses import dataclass
from warnings import warn

import numpy as np
from numpy.typing import NDArray

from nnlib.activations import Activation
from nnlib.backpropagation import check_both, check_fit
from nnlib.checks import MOST, Array, generator, instance, one_or_listed, positive_number, whole_number
from nnlib.costs import Cost, cost_named
from nnlib.datasets import Dataset
from nnlib.descent.method import Method, joined_layers, parted_layers, random_layers
from nnlib.history import History, Runs
from nnlib.network import Architecture, NeuralNetwork
from nnlib.optimizers import Optimizer, optimizer_named
from nnlib.starts import Start, start_named

# So many runs fill the processor's cache, and few enough passes of Python steer them: measured, see benchmarks.
RUNS_AT_ONCE = 2048


@dataclass(frozen=True)
class Experiment:
    """All that determines a training run: two that are equal, of equal hash, give the same history.

    `start`, `cost` and `optimizer` may be given by name. Raises ValueError where an argument breaks its rule.
    """

    data: Dataset
    architecture: Architecture
    learning_rate: float
    epochs: int
    seed: int
    start: Start
    cost: Cost
    optimizer: Optimizer

    def __init__(
        self,
        data: Dataset,
        architecture: Architecture,
        learning_rate: float,
        epochs: int,
        seed: int,
        start: str | Start = "normal",
        cost: str | Cost = "squared error",
        optimizer: str | Optimizer = "gradient descent",
    ) -> None:
        fields = {
            "data": instance("data", data, Dataset),
            "architecture": instance("architecture", architecture, Architecture),
            "learning_rate": positive_number("learning_rate", learning_rate),
            "epochs": whole_number("epochs", epochs, 0, MOST),
            "seed": whole_number("seed", seed, 0),
            "start": start_named(start),
            "cost": cost_named(cost),
            "optimizer": optimizer_named(optimizer),
        }
        check_fit(architecture.layers, data)
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def network(self) -> NeuralNetwork:
        """The network that the run starts with."""
        shape = self.architecture
        return NeuralNetwork.random(
            shape.layers, seed=self.seed, bias=shape.bias, activation=shape.activation, start=self.start
        )

    def train(self) -> History:
        """The run."""
        return train(
            self.network(),
            self.data,
            learning_rate=self.learning_rate,
            epochs=self.epochs,
            optimizer=self.optimizer,
            cost=self.cost,
        )


def train(
    network: NeuralNetwork,
    dataset: Dataset,
    *,
    learning_rate: float,
    epochs: int,
    optimizer: str | Optimizer = "gradient descent",
    cost: str | Cost = "squared error",
) -> History:
    """`epochs` updates of every parameter, over the whole data set each time.

    By default each is by −learning_rate × ∂cost/∂parameter, the cost being the mean squared error.
    Changes nothing it was given. A learning rate too large nearly always saturates the outputs, where the gradient is
    0, and nothing moves any more; where numbers grow too large for a float, the run has `diverged`: no value becomes
    infinite or NaN. Raises ValueError where an argument breaks its rule, or inputs are so large that the start has no
    finite cost; warns where they are so large that no neuron learns anything.
    """
    check_both(network, dataset)
    learning_rate = positive_number("learning_rate", learning_rate)
    epochs = whole_number("epochs", epochs, 0, MOST)
    method = Method(network.bias, network.activation, cost_named(cost), optimizer_named(optimizer))
    start = joined_layers(network.weights, network.biases, network.bias)
    rates = np.array([learning_rate])
    costs, layers, diverged, memory = method.descend(start, dataset, rates, epochs, keep=True)
    if method.stuck(start, dataset, rates, epochs):
        _warn_of_large_inputs(dataset)
    weights, biases = parted_layers([layer[:, :, 0] for layer in layers], network.bias)
    return History._owning(
        dataset=dataset,
        learning_rate=learning_rate,
        bias=network.bias,
        cost=costs[:, 0],
        weights=weights,
        biases=biases,
        activation=network.activation,
        cost_function=method.cost,
        optimizer=method.optimizer,
        diverged=int(diverged[0]) if diverged[0] >= 0 else None,
        memory=memory if diverged[0] < 0 else None,
    )


def train_many(
    dataset: Dataset,
    *,
    layers: Sequence[int],
    learning_rates: float | Sequence[float] | Array,
    seeds: int | Sequence[int] | Array,
    epochs: int,
    bias: bool = True,
    activation: str | Activation = "sigmoid",
    start: str | Start = "normal",
    optimizer: str | Optimizer = "gradient descent",
    cost: str | Cost = "squared error",
) -> Runs:
    """Many runs at once, each as `train` would do it from `NeuralNetwork.random(layers, seed=seed, bias=bias, …)`.

    activation: that of the hidden layers; start: how the weights are drawn; optimizer and cost: as for `train`.
    One learning rate or one seed alone goes for all runs; two lists must have the same length.
    """
    dataset, shape = instance("dataset", dataset, Dataset), Architecture(layers, bias=bias, activation=activation)
    method = Method(shape.bias, shape.activation, cost_named(cost), optimizer_named(optimizer))
    epochs, drawn = whole_number("epochs", epochs, 0, MOST), start_named(start)
    rates = [positive_number("each of learning_rates", rate) for rate in one_or_listed(learning_rates)]
    randoms = [generator(seed) for seed in one_or_listed(seeds)]
    if not rates or not randoms or (len(rates) != len(randoms) and 1 not in (len(rates), len(randoms))):
        raise ValueError(
            "learning_rates and seeds must be equally many, or one of them single, "
            f"got {len(rates)} and {len(randoms)} instead"
        )
    check_fit(shape.layers, dataset)
    runs = max(len(rates), len(randoms))
    joined = [np.repeat(layer, runs // len(randoms), axis=1) for layer in random_layers(shape, drawn, randoms)]
    learning_rate = np.repeat(rates, runs // len(rates))
    costs: list[Array] = []
    diverged: list[NDArray[np.int_]] = []
    stuck = False
    for begin in range(0, runs, RUNS_AT_ONCE):
        part = slice(begin, begin + RUNS_AT_ONCE)
        chunk = [np.ascontiguousarray(layer[:, part]) for layer in joined]
        stuck = stuck or method.stuck(chunk, dataset, learning_rate[part], epochs)
        ended = method.descend(chunk, dataset, learning_rate[part], epochs, keep=False)
        costs.append(ended.costs)
        diverged.append(ended.diverged)
        for layer, end in zip(joined, ended.layers, strict=True):
            layer[:, part] = end[0]
    if stuck:
        _warn_of_large_inputs(dataset)
    ends, end_biases = parted_layers([layer.swapaxes(0, 1) for layer in joined], shape.bias)
    cost_of_all = costs[0] if len(costs) == 1 else np.concatenate(costs, axis=1)
    return Runs._owning(
        bias=shape.bias,
        cost=cost_of_all,
        weights=ends,
        biases=end_biases,
        activation=shape.activation,
        diverged=np.concatenate(diverged),
    )


def _warn_of_large_inputs(dataset: Dataset) -> None:
    warn(
        "The inputs are so large that all neurons start saturated and learn nothing: scale them, for example to "
        f"within −1 … 1 (the largest is {np.abs(dataset.inputs).max():g}).",
        UserWarning,
        stacklevel=3,
    )
