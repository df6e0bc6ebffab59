"""How to train, whatever the data: chooses the loop, and finds the epoch at which a run has left all numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnlib.activations import RELU, Activation, layer_activations
from nnlib.backpropagation import backward_pass
from nnlib.checks import (
    Array,
)
from nnlib.costs import Cost
from nnlib.datasets import Dataset
from nnlib.descent import general, neuron
from nnlib.network import Architecture, random_weights
from nnlib.optimizers import Memory, Optimizer
from nnlib.starts import Start

# A run is stuck from the start where no parameter moves by more than this in all its epochs, and the cost is more.
NOTHING = 1e-12


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


def random_layers(shape: Architecture, start: Start, randoms: Sequence[np.random.Generator]) -> list[Array]:
    """Random networks of this shape, one drawn from each generator, as `descend` wants them; biases are zero."""
    drawn = [random_weights(shape.layers, random, start) for random in randoms]
    weights = [np.array(stack) for stack in zip(*drawn, strict=True)]
    return joined_layers(weights, [np.zeros((len(drawn), size)) for size in shape.layers[1:]], shape.bias)


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
