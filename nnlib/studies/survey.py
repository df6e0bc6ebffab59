"""A survey: many networks that differ only in their random start, asked about every plate after the same training."""

from threading import Lock
from time import perf_counter

import numpy as np

from nnlib import datasets
from nnlib.checks import MOST, instance, positive_number, whole_number
from nnlib.studies.batch import Batch
from nnlib.training import Experiment
from nnlib.values import sealed

# The first networks are few, so that there is something to see soon; each batch after them is three times as many as
# all before it, for many networks at once take less time each.
FIRST_BATCH, GROWTH = 25, 3
# So many epochs are trained to find out how long one takes.
FIRST_EPOCHS = 16


class Survey:
    """The networks with seeds 0 … networks − 1 that do the same experiment, trained and asked a slice at a time.

    Several threads may call for slices at once. Of each network only its answers are kept, not its weights.
    plates: (plates, inputs), every way to tick the boxes. answers: (networks asked so far, plates), read-only.
    all_right: (networks asked so far,), whether a network has all plates right that it was told, read-only.
    weights_apart: how far apart, at most, the networks asked so far are in any one weight or bias.
    """

    def __init__(self, experiment: Experiment, networks: int = 1_000, first_batch: int = FIRST_BATCH) -> None:
        """Nobody is asked yet. first_batch: how many answer first.

        Raises ValueError where an argument breaks its rule, or there are several outputs.
        """
        self.experiment = instance("experiment", experiment, Experiment)
        self.networks = whole_number("networks", networks, 1, MOST)
        self.first_batch = whole_number("first_batch", first_batch, 1)
        outputs = experiment.architecture.layers[-1]
        if outputs != 1:
            raise ValueError(f"experiment must have one output, got {outputs} instead")
        self.plates = sealed(datasets.combinations(experiment.architecture.layers[0]))
        self.answers = sealed(np.empty((0, len(self.plates))))
        self.all_right = sealed(np.empty(0, dtype=bool))
        self.weights_apart = 0.0
        self._lowest, self._highest = np.inf, -np.inf
        self._batch: Batch | None = None
        self._looks: tuple[int, ...] = (experiment.epochs,)
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

    @property
    def done(self) -> float:
        """Which part of the training is done, from 0 to 1."""
        batch, epochs = self._batch, self.experiment.epochs
        in_training = len(batch) * batch.epoch / epochs if batch and epochs else 0.0
        return min(1.0, (self.asked + in_training) / self.networks)

    @property
    def nbytes(self) -> int:
        """How many bytes it holds at most: what is kept of each network, and the largest batch in training."""
        experiment = self.experiment
        in_training = self.networks * experiment.architecture.parameters * (1 + experiment.optimizer.remembers)
        return 8 * (self.networks * self._kept_of_each + in_training)

    @property
    def _kept_of_each(self) -> int:
        """How many numbers are kept of each network."""
        return len(self.plates) + 1

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
        batch = self._batch = self._batch or self._next_batch(goal)
        began, per_epoch = perf_counter(), self._seconds_per_epoch
        epochs = max(1, int(min(seconds / per_epoch, MOST))) if per_epoch else FIRST_EPOCHS
        look = next((epoch for epoch in self._looks if epoch > batch.epoch), batch.epoch)
        epochs = min(epochs, look - batch.epoch)
        batch.train(epochs)
        self._seconds_per_epoch = (perf_counter() - began) / max(1, epochs)
        if batch.epoch == look:
            self._look(batch)
        if batch.trained:
            self._ask(batch)
            self._batch = None

    def _next_batch(self, goal: int) -> Batch:
        """The next networks: the random starts of the next seeds."""
        size = max(self.first_batch, GROWTH * self.asked)
        batch = Batch(self.experiment, range(self.asked, min(self.asked + size, goal)))
        # Until it is measured: it takes no longer than four batches of a quarter as many.
        self._seconds_per_epoch *= GROWTH + 1
        self._look(batch)
        return batch

    def _look(self, batch: Batch) -> None:
        """Look at a batch in training, as it begins and at each of the epochs in `_looks`."""

    def _ask(self, batch: Batch) -> None:
        """Keep what a trained batch answers, and how far its parameters reach."""
        parameters = batch.parameters()
        self._lowest = np.minimum(self._lowest, parameters.min(axis=0))
        self._highest = np.maximum(self._highest, parameters.max(axis=0))
        self.weights_apart = float(np.max(self._highest - self._lowest))
        self.all_right = sealed(np.concatenate([self.all_right, batch.all_right()]))
        # Last: whoever counts the answers finds the rest there.
        self.answers = sealed(np.concatenate([self.answers, batch.activations(self.plates)[-1][:, :, 0]]))
