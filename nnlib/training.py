"""Training: full-batch gradient descent, with the whole history kept, and the experiment that determines a run."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from warnings import warn

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib.activations import RELU, SIGMOID, Activation, layer_activations
from nnlib.backpropagation import backward_pass, check_both, check_fit
from nnlib.checks import (
    MOST,
    Array,
    flag,
    frozen,
    generator,
    indices,
    instance,
    listed,
    one_or_listed,
    positive_number,
    shown,
    table,
    whole_number,
)
from nnlib.costs import SQUARED_ERROR, Cost, cost_named
from nnlib.datasets import Dataset
from nnlib.descent import general, neuron
from nnlib.network import Architecture, NeuralNetwork, dead, feed_forward, fitting, random_weights
from nnlib.optimizers import GRADIENT_DESCENT, Memory, Optimizer, optimizer_named
from nnlib.starts import Start, start_named
from nnlib.values import Value, sealed

# So many runs fill the processor's cache, and few enough passes of Python steer them: measured, see benchmarks.
RUNS_AT_ONCE = 2048
# A run is stuck from the start where no parameter moves by more than this in all its epochs, and the cost is more.
NOTHING = 1e-12


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
    starts = [random_weights(shape.layers, generator(seed), drawn) for seed in one_or_listed(seeds)]
    if not rates or not starts or (len(rates) != len(starts) and 1 not in (len(rates), len(starts))):
        raise ValueError(
            "learning_rates and seeds must be equally many, or one of them single, "
            f"got {len(rates)} and {len(starts)} instead"
        )
    check_fit(shape.layers, dataset)
    runs = max(len(rates), len(starts))
    weights = [np.array(stack) for stack in zip(*starts, strict=True)]
    biases = [np.zeros((len(starts), size)) for size in shape.layers[1:]]
    joined = [np.repeat(layer, runs // len(starts), axis=1) for layer in joined_layers(weights, biases, shape.bias)]
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


class Descent(NamedTuple):
    """Some epochs of runs side by side.

    costs, layers: all of them finite, otherwise as `descent.general.descend` returns them.
    diverged: (runs,), the epochs that `History.diverged` names, −1 for none.
    memory: what the optimizer remembers, to go on with; of a run that has diverged it may not be finite.
    """

    costs: Array
    layers: list[Array]
    diverged: NDArray[np.int_]
    memory: Memory


@dataclass(frozen=True)
class Method:
    """How to train, whatever the data. activation: that of the hidden layers."""

    bias: bool
    activation: Activation
    cost: Cost
    optimizer: Optimizer

    def descend(
        self,
        layers: Sequence[Array],
        dataset: Dataset,
        learning_rates: Array,
        epochs: int,
        *,
        keep: bool,
        memory: Memory | None = None,
    ) -> Descent:
        """Train with the arguments of `descent.general.descend`, by the fastest way there is.

        Raises ValueError where inputs are too large for a finite cost at the start.
        """
        costs, trained, after = self._descend(layers, dataset, learning_rates, epochs, keep=keep, memory=memory)
        if not np.isfinite(costs[0]).all():
            raise ValueError("inputs must be small enough for a finite cost at the start, got an overflow instead")
        diverged = np.full(len(learning_rates), -1)
        # A parameter that is not finite never is again, so its end tells. The few runs that end so are trained once
        # more, to see where they left: the loops, which every run goes through, needn't look.
        sound = np.isfinite(costs).all(axis=0)
        for layer in trained:
            sound &= np.isfinite(layer[-1]).all(axis=(0, 2))
        for run in np.flatnonzero(~sound):
            usable = np.isfinite(costs[:, run])
            seen = epochs if usable.all() else int(usable.argmin())
            alone, own = [layer[:, [run]] for layer in layers], memory
            if memory:
                own = Memory(tuple(tuple(layer[:, [run]] for layer in past) for past in memory.layers), memory.updates)
            again, history, _ = self._descend(alone, dataset, learning_rates[[run]], seen, keep=True, memory=own)
            finite = np.isfinite(again[:, 0])
            for layer in history:
                finite &= np.isfinite(layer).all(axis=(1, 2, 3))
            finite[seen] = False  # as it was among the others, where sums may be added up in another order
            diverged[run] = epoch = int(finite.argmin())
            costs[:epoch, run], costs[epoch:, run] = again[:epoch, 0], again[epoch - 1, 0]
            for layer, past in zip(trained, history, strict=True):
                if keep:
                    layer[:epoch, :, run] = past[:epoch, :, 0]
                layer[epoch if keep else 0 :, :, run] = past[epoch - 1, :, 0]
        return Descent(costs, trained, diverged, after)

    def _descend(
        self,
        layers: Sequence[Array],
        dataset: Dataset,
        learning_rates: Array,
        epochs: int,
        *,
        keep: bool,
        memory: Memory | None,
    ) -> tuple[Array, list[Array], Memory]:
        """The same, finite or not."""
        data = (dataset.inputs, dataset.labels)
        if neuron.can(len(layers), self.cost, self.optimizer):
            costs, trained = neuron.descend(layers, *data, learning_rates, epochs, bias=self.bias, keep=keep)
            return costs, trained, Memory((), epochs + (memory.updates if memory else 0))
        return general.descend(
            layers,
            *data,
            learning_rates,
            epochs,
            bias=self.bias,
            keep=keep,
            memory=memory,
            activation=self.activation,
            cost=self.cost,
            optimizer=self.optimizer,
        )

    @np.errstate(all="ignore")
    def stuck(self, layers: Sequence[Array], dataset: Dataset, learning_rates: Array, epochs: int) -> bool:
        """Whether in one of the runs saturated neurons keep every parameter where it is, though the cost is not 0."""
        if not epochs:
            return False
        weights, biases = parted_layers([layer.swapaxes(0, 1) for layer in layers], self.bias)
        passes = backward_pass(weights, biases, dataset, self.activation, self.cost)
        steepest = np.zeros(len(learning_rates))
        flat = np.zeros(len(learning_rates), dtype=bool)
        for layer, kind in zip(passes, layer_activations(self.activation, len(passes)), strict=True):
            by_bias = np.abs(layer.bias_gradient).max(axis=-1) * self.bias
            steepest = np.maximum(steepest, np.maximum(np.abs(layer.weights_gradient).max(axis=(-2, -1)), by_bias))
            if kind is not RELU:  # which has slope 0 below 0, whatever the size of its inputs
                flat |= layer.slope.min(axis=(-2, -1)) < NOTHING
        costs = self.cost.function(passes[-1].activation, dataset.labels).mean(axis=(-2, -1))
        return bool((flat & (steepest * learning_rates * epochs < NOTHING) & (costs > NOTHING)).any())


def _warn_of_large_inputs(dataset: Dataset) -> None:
    warn(
        "The inputs are so large that all neurons start saturated and learn nothing: scale them, for example to "
        f"within −1 … 1 (the largest is {np.abs(dataset.inputs).max():g}).",
        UserWarning,
        stacklevel=3,
    )


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


def joined_layers(weights: Sequence[Array], biases: Sequence[Array], bias: bool) -> list[Array]:
    """The layers as `descend` wants them, (rows, runs, columns), from (inputs, outputs) or (runs, inputs, outputs)."""
    stacks = [layer.reshape(-1, *layer.shape[-2:]) for layer in weights]
    if bias:
        stacks = [np.concatenate([w, b.reshape(len(w), 1, -1)], axis=1) for w, b in zip(stacks, biases, strict=True)]
    return [np.array(stack.swapaxes(0, 1), order="C") for stack in stacks]


def parted_layers(layers: Sequence[Array], bias: bool) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """Weights and biases apart again, from layers of shape (stack, rows, columns)."""
    if bias:
        return tuple(layer[:, :-1] for layer in layers), tuple(layer[:, -1] for layer in layers)
    return tuple(layers), tuple(np.zeros((len(layer), layer.shape[2])) for layer in layers)
