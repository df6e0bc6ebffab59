"""A survey: many networks that differ only in their random start, asked about every plate after the same training."""

from threading import Lock
from time import perf_counter

import numpy as np

from nnlib import datasets
from nnlib.checks import MOST, Array, instance, positive_number, whole_number
from nnlib.network import feed_forward, random_weights
from nnlib.optimizers import Memory
from nnlib.training import Experiment, Method, joined_layers, parted_layers

# The first networks are few, so that there is something to see soon; each batch after them is twice as large, for
# many networks at once take less time each.
FIRST_BATCH = 25
# So many epochs are trained to find out how long one takes.
FIRST_EPOCHS = 16


class Survey:
    """The networks with seeds 0 … networks − 1 that do the same experiment, trained and asked a slice at a time.

    Several threads may call for slices at once. Of each network only its answers are kept, not its weights.
    plates: (plates, inputs), every way to tick the boxes. answers: (networks asked so far, plates), read-only.
    weights_apart: how far apart, at most, the networks asked so far are in any one weight or bias.
    """

    def __init__(self, experiment: Experiment, networks: int = 1_000) -> None:
        """Nobody is asked yet. Raises ValueError where an argument breaks its rule, or there are several outputs."""
        self.experiment = instance("experiment", experiment, Experiment)
        self.networks = whole_number("networks", networks, 1, MOST)
        outputs = experiment.architecture.layers[-1]
        if outputs != 1:
            raise ValueError(f"experiment must have one output, got {outputs} instead")
        self.plates = datasets.combinations(experiment.architecture.layers[0])
        self.plates.flags.writeable = False
        self.answers = _read_only(np.empty((0, len(self.plates))))
        self.weights_apart = 0.0
        self._lowest, self._highest = np.inf, -np.inf
        self._batch: list[Array] = []  # the layers of the networks in training, as `descent` has them
        self._memory: Memory | None = None  # what the optimizer remembers of them
        self._epochs_left = 0
        self._seconds_per_epoch = 0.0
        self._lock = Lock()

    @property
    def asked(self) -> int:
        """How many networks have answered."""
        return len(self.answers)

    @property
    def complete(self) -> bool:
        """Whether all have."""
        return self.asked == self.networks

    def ask_more(self, networks: int | None = None, *, seconds: float = 0.05) -> None:
        """Go on for about so many seconds, or until so many more networks have answered, unless all have.

        The time goes into training a batch of networks: it may take several calls until the next answers are there.
        Whoever has to wait for another thread's slice takes that for its own as far as it lasts.
        """
        until = perf_counter() + positive_number("seconds", seconds)
        count = None if networks is None else whole_number("networks", networks, 1)
        waited = not self._lock.acquire(blocking=False)
        if waited:
            self._lock.acquire()
        try:
            goal = self.networks if count is None else min(self.asked + count, self.networks)
            done = count is None and waited and perf_counter() >= until
            while self.asked < goal and not done:
                self._train(until - perf_counter() if count is None else np.inf, goal)
                done = count is None and perf_counter() >= until
        finally:
            self._lock.release()

    def _train(self, seconds: float, goal: int) -> None:
        """Train the batch for as many epochs as fit into `seconds`, and ask its networks if they are trained."""
        task = self.experiment
        if not self._batch:
            self._draw(goal)
        began, per_epoch = perf_counter(), self._seconds_per_epoch
        epochs = max(1, int(min(seconds / per_epoch, MOST))) if per_epoch else FIRST_EPOCHS
        epochs = min(epochs, self._epochs_left)
        method = Method(task.architecture.bias, task.architecture.activation, task.cost, task.optimizer)
        rates = np.full(self._batch[0].shape[1], task.learning_rate)
        trained = method.descend(self._batch, task.data, rates, epochs, keep=False, memory=self._memory)
        self._batch, self._memory = [layer[0] for layer in trained.layers], trained.memory
        self._epochs_left -= epochs
        self._seconds_per_epoch = (perf_counter() - began) / max(1, epochs)
        if not self._epochs_left:
            self._ask()

    def _draw(self, goal: int) -> None:
        """Begin the next batch: the random starts of the next seeds."""
        sizes, bias = self.experiment.architecture.layers, self.experiment.architecture.bias
        before = self.asked
        seeds = range(before, min(before + max(FIRST_BATCH, before), goal))
        starts = [random_weights(sizes, np.random.default_rng(seed), self.experiment.start) for seed in seeds]
        weights = [np.array(stack) for stack in zip(*starts, strict=True)]
        self._batch = joined_layers(weights, [np.zeros((len(seeds), size)) for size in sizes[1:]], bias)
        self._memory, self._epochs_left = None, self.experiment.epochs
        # Until it is measured: a batch takes no longer than one of half as many, twice.
        self._seconds_per_epoch *= 2

    def _ask(self) -> None:
        """Keep what the batch answers and how far its parameters reach, and let go of it."""
        shape = self.experiment.architecture
        flat = [layer.swapaxes(0, 1).reshape(layer.shape[1], -1) for layer in self._batch]
        parameters = np.concatenate(flat, axis=1)
        self._lowest = np.minimum(self._lowest, parameters.min(axis=0))
        self._highest = np.maximum(self._highest, parameters.max(axis=0))
        self.weights_apart = float(np.max(self._highest - self._lowest))
        weights, biases = parted_layers([layer.swapaxes(0, 1) for layer in self._batch], shape.bias)
        answers = feed_forward(weights, biases, self.plates, shape.activation)[1][-1][:, :, 0]
        self._batch = []
        self.answers = _read_only(np.concatenate([self.answers, answers]))


def _read_only(array: Array) -> Array:
    array.flags.writeable = False
    return array
