"""A survey: many networks that differ only in their random start, asked about every plate after the same training."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock

import numpy as np

from nnlib import Dataset, datasets, train_many
from nnlib.checks import Array
from ui.tabs.answers import says

NETWORKS = 1_000
# One slice of the work: networks × epochs × parameters. Below 100 ms for one neuron, and nobody waits longer for it.
SLICE = 10_000_000
SMALLEST_SLICE = 25


@dataclass(frozen=True)
class Opinion:
    """What the networks say to one plate: how many say what, and how sure. label: None if it was never seen."""

    plate: tuple[float, ...]
    label: float | None
    mean: float
    low: float
    high: float
    happy: int
    undecided: int
    unhappy: int

    @property
    def spread(self) -> float:
        """How far the lowest prediction is from the highest."""
        return self.high - self.low

    @property
    def agreed(self) -> bool:
        """Whether all networks say the same."""
        return max(self.happy, self.undecided, self.unhappy) == self.happy + self.undecided + self.unhappy


class Survey:
    """The networks with seeds 0 … NETWORKS − 1, trained and asked a slice at a time, for several visitors at once.

    Of each network only its answers are kept: `answers` is (networks asked so far, plates).
    """

    def __init__(
        self, dataset: Dataset, layers: Sequence[int], *, bias: bool, learning_rate: float, epochs: int
    ) -> None:
        """Nobody is asked yet."""
        self.dataset, self.layers, self.bias = dataset, tuple(layers), bias
        self.learning_rate, self.epochs = learning_rate, epochs
        self.plates = datasets.combinations(dataset.inputs.shape[1])
        self.answers: Array = np.empty((0, len(self.plates)))
        self._lowest, self._highest = np.inf, -np.inf
        parameters = sum((inputs + bias) * outputs for inputs, outputs in pairwise(layers))
        self.slice = min(max(SMALLEST_SLICE, SLICE // (epochs * parameters)), NETWORKS)
        self._lock = Lock()

    @property
    def asked(self) -> int:
        """How many networks have answered."""
        return len(self.answers)

    @property
    def complete(self) -> bool:
        """Whether all have."""
        return self.asked == NETWORKS

    @property
    def weights_apart(self) -> float:
        """How far apart, at most, the networks asked so far are in any one weight or bias."""
        return float(np.max(self._highest - self._lowest))

    def ask_more(self) -> None:
        """Train the next slice of networks and ask them, unless all have been asked."""
        with self._lock:
            if self.complete:
                return
            runs = train_many(
                self.dataset,
                layers=self.layers,
                learning_rates=self.learning_rate,
                seeds=range(self.asked, min(self.asked + self.slice, NETWORKS)),
                epochs=self.epochs,
                bias=self.bias,
            )
            parameters = np.hstack([array.reshape(len(array), -1) for array in (*runs.weights, *runs.biases)])
            self._lowest = np.minimum(self._lowest, parameters.min(axis=0))
            self._highest = np.maximum(self._highest, parameters.max(axis=0))
            self.answers = np.concatenate([self.answers, runs.predict(self.plates)[:, :, 0]])

    def answers_to(self, plate: Sequence[float], networks: int) -> Array:
        """What each of the first `networks` answers to `plate`."""
        answers: Array = self.answers[:networks, (self.plates == plate).all(axis=1)][:, 0]
        return answers

    def opinion(self, plate: Sequence[float], networks: int) -> Opinion:
        """What the first `networks` say to `plate`."""
        answers = self.answers_to(plate, networks)
        said = says(answers)
        labels = self.dataset.labels[(self.dataset.inputs == plate).all(axis=1), 0]
        return Opinion(
            tuple(map(float, plate)),
            float(labels[0]) if labels.size else None,
            float(answers.mean()),
            float(answers.min()),
            float(answers.max()),
            *(int((said == value).sum()) for value in (1, 0, -1)),
        )

    def opinions(self, networks: int) -> list[Opinion]:
        """What the first `networks` say to each plate: the training data in its order, then the plates never seen."""
        seen = [tuple(row) for row in self.dataset.inputs]
        plates = [*seen, *(row for row in map(tuple, self.plates) if row not in seen)]
        return [self.opinion(plate, networks) for plate in plates]
