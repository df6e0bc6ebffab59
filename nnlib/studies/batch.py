"""A batch of networks that do the same experiment from different random starts, trained side by side."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnlib.checks import Array
from nnlib.descent.method import Method, parted_layers, random_layers
from nnlib.network import feed_forward
from nnlib.optimizers import Memory
from nnlib.rules import says
from nnlib.training import Experiment


class Batch:
    """The networks that do `experiment` with these seeds. epoch: how many updates they have made."""

    def __init__(self, experiment: Experiment, seeds: Sequence[int]) -> None:
        self.experiment = experiment
        self.seeds = seeds
        self.epoch = 0
        shape = experiment.architecture
        self._layers = random_layers(shape, experiment.start, [np.random.default_rng(seed) for seed in seeds])
        self._memory: Memory | None = None
        self._in_training = np.arange(len(seeds))
        self._method = Method(shape.bias, shape.activation, experiment.cost, experiment.optimizer)

    def __len__(self) -> int:
        return len(self.seeds)

    @property
    def trained(self) -> bool:
        """Whether all epochs are done."""
        return self.epoch == self.experiment.epochs

    def train(self, epochs: int) -> None:
        """Make so many more updates of each network. Those that diverge stand from then on."""
        networks = self._in_training
        if len(networks):
            layers = [layer[:, networks] for layer in self._layers]
            rates = np.full(len(networks), self.experiment.learning_rate)
            ended = self._method.descend(layers, self.experiment.data, rates, epochs, keep=False, memory=self._memory)
            for layer, (end,) in zip(self._layers, ended.layers, strict=True):
                layer[:, networks] = end
            sound = ended.diverged < 0
            remembered = tuple(tuple(layer[:, sound] for layer in layers) for layers in ended.memory.layers)
            self._in_training, self._memory = networks[sound], Memory(remembered, ended.memory.updates)
        self.epoch += epochs

    def activations(self, inputs: Array) -> list[Array]:
        """What each layer answers to `inputs`, (networks, rows, neurons): the inputs first, the predictions last."""
        shape = self.experiment.architecture
        weights, biases = parted_layers([layer.swapaxes(0, 1) for layer in self._layers], shape.bias)
        return feed_forward(weights, biases, inputs, shape.activation)[1]

    def all_right(self) -> NDArray[np.bool_]:
        """Whether each network has all training data right, on the right side of one half and decided: (networks,)."""
        data = self.experiment.data
        said = says(self.activations(data.inputs)[-1])
        right: NDArray[np.bool_] = (said == np.where(data.labels >= 0.5, 1, -1)).all(axis=(1, 2))
        return right

    def parameters(self) -> Array:
        """All weights and biases, (networks, parameters)."""
        return np.concatenate([layer.swapaxes(0, 1).reshape(len(self), -1) for layer in self._layers], axis=1)
