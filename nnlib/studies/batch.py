"""A batch of networks that do the same experiment from different random starts, trained side by side."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nnlib.checks import Array
from nnlib.descent.general import parted
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
        self._in_training = np.arange(len(seeds))
        memory = np.zeros(sum(layer.size for layer in self._layers))
        self._memory = [memory.copy() for _ in range(experiment.optimizer.remembers)]
        self._method = Method(shape.bias, shape.activation, experiment.cost, experiment.optimizer)

    def __len__(self) -> int:
        return len(self.seeds)

    @property
    def trained(self) -> bool:
        """Whether all epochs are done."""
        return self.epoch == self.experiment.epochs

    def train(self, epochs: int) -> None:
        """Make so many more updates of each network."""
        networks = self._in_training
        if len(networks):
            rates = np.full(len(networks), self.experiment.learning_rate)
            layers = [layer[:, networks] for layer in self._layers]
            costs, ends = self._method.run(
                layers, self.experiment.data, rates, epochs, keep=False, memory=self._memory, before=self.epoch
            )
            sound = np.isfinite(costs).all(axis=0)
            for layer, (end,) in zip(self._layers, ends, strict=True):
                layer[:, networks] = end
                sound &= np.isfinite(end).all(axis=(0, 2))
            if not sound.all():
                self._let_stand(networks[~sound])
                shapes = [layer.shape for layer in layers]
                self._memory = [
                    np.concatenate([layer[:, sound].ravel() for layer in parted(one, shapes)]) for one in self._memory
                ]
                self._in_training = networks[sound]
        self.epoch += epochs

    def _let_stand(self, diverged: NDArray[np.int_]) -> None:
        """Put networks where training them alone leaves them: at their last finite state."""
        for at in diverged.tolist():
            experiment = replace(self.experiment, seed=self.seeds[at])
            end = experiment.train().network(experiment.epochs)
            alone = joined_layers(end.weights, end.biases, end.bias)
            for layer, stands in zip(self._layers, alone, strict=True):
                layer[:, [at]] = stands

    def activations(self, inputs: Array) -> list[Array]:
        """What each layer answers to `inputs`, (networks, rows, neurons): the inputs first, the predictions last."""
        shape = self.experiment.architecture
        weights, biases = parted_layers([layer.swapaxes(0, 1) for layer in self._layers], shape.bias)
        return feed_forward(weights, biases, inputs, shape.activation)[1]

    def parameters(self) -> Array:
        """All weights and biases, (networks, parameters)."""
        return np.concatenate([layer.swapaxes(0, 1).reshape(len(self), -1) for layer in self._layers], axis=1)
