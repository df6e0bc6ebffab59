"""A batch of networks that do the same experiment from different random starts, trained side by side."""

from collections.abc import Sequence

import numpy as np

from nnlib.checks import Array
from nnlib.network import feed_forward, random_weights
from nnlib.training import Experiment, Method, joined_layers, parted_layers


class Batch:
    """The networks that do `experiment` with these seeds. epoch: how many updates they have made."""

    def __init__(self, experiment: Experiment, seeds: Sequence[int]) -> None:
        self.experiment = experiment
        self.seeds = seeds
        self.epoch = 0
        shape = experiment.architecture
        starts = [random_weights(shape.layers, np.random.default_rng(seed), experiment.start) for seed in seeds]
        weights = [np.array(stack) for stack in zip(*starts, strict=True)]
        biases = [np.zeros((len(seeds), size)) for size in shape.layers[1:]]
        self._layers = joined_layers(weights, biases, shape.bias)
        size = sum(layer.size for layer in self._layers)
        self._memory = [np.zeros(size) for _ in range(experiment.optimizer.remembers)]
        self._method = Method(shape.bias, shape.activation, experiment.cost, experiment.optimizer)

    def __len__(self) -> int:
        return len(self.seeds)

    @property
    def trained(self) -> bool:
        """Whether all epochs are done."""
        return self.epoch == self.experiment.epochs

    def train(self, epochs: int) -> None:
        """Make so many more updates of each network."""
        rates = np.full(len(self), self.experiment.learning_rate)
        _, layers = self._method.descend(
            self._layers, self.experiment.data, rates, epochs, keep=False, memory=self._memory, before=self.epoch
        )
        self._layers, self.epoch = [layer[0] for layer in layers], self.epoch + epochs

    def activations(self, inputs: Array) -> list[Array]:
        """What each layer answers to `inputs`, (networks, rows, neurons): the inputs first, the predictions last."""
        shape = self.experiment.architecture
        weights, biases = parted_layers([layer.swapaxes(0, 1) for layer in self._layers], shape.bias)
        return feed_forward(weights, biases, inputs, shape.activation)[1]

    def parameters(self) -> Array:
        """All weights and biases, (networks, parameters)."""
        return np.concatenate([layer.swapaxes(0, 1).reshape(len(self), -1) for layer in self._layers], axis=1)
