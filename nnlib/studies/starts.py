"""How often does it succeed? Many random starts of one experiment: who learns it, from when on, and in which way."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlib.network import dead
from nnlib.rules import says
from nnlib.studies.batch import Batch
from nnlib.studies.survey import Survey
from nnlib.symmetries import turns
from nnlib.training import Experiment
from nnlib.values import sealed

# A pattern of answers is kept as a whole number, which has room for those to 2⁵ plates.
MOST_INPUTS = 5
# Networks are looked at in training at epochs that grow by this factor.
LOOKS_GROW = 2**0.25
NEVER = -1

# What a neuron says to each plate: True, False, or None where it is undecided.
Pattern = tuple[bool | None, ...]


@dataclass(frozen=True)
class Solution:
    """One way to get every told plate right: what each neuron says to each plate.

    hidden: the patterns of each hidden layer's neurons, in no particular order; where a pattern and its opposite are
    worth the same, the one that says no first. answers: the network's own pattern.
    networks: how many have fallen into it. seed: the first of them.
    """

    hidden: tuple[tuple[Pattern, ...], ...]
    answers: Pattern
    networks: int
    seed: int


class Starts(Survey):
    """A survey that also keeps how each network got to its answers.

    Two networks are the same solution where their neurons say the same to every plate, as a set for each hidden layer:
    the order of a layer's neurons means nothing, nor does it mean anything whether a neuron says yes or no, where the
    sign of all its weights can be turned without changing any answer: see `symmetries.turned`.
    looks: the epochs at which the networks in training are looked at. Arrays are read-only:
    since: (networks asked so far,), the first look from which on all told plates are right at every look to the end,
    NEVER where they are not right at the end.
    dead: (networks asked so far,), how many hidden neurons are dead: their slope is 0 for every told plate, so that no
    gradient reaches them. With ReLU that is the same as to answer 0.
    """

    def __init__(self, experiment: Experiment, networks: int = 1_000) -> None:
        """Nobody is asked yet. Raises ValueError as `Survey` does, and where there are more than five inputs."""
        super().__init__(experiment, networks)
        sizes = experiment.architecture.layers
        if sizes[0] > MOST_INPUTS:
            raise ValueError(f"experiment must have at most {MOST_INPUTS} inputs, got {sizes[0]} instead")
        self.looks = looks(experiment.epochs)
        self.since = sealed(np.empty(0, dtype=int))
        self.dead = sealed(np.empty(0, dtype=int))
        self._looks = self.looks
        self._patterns = np.empty((0, sum(sizes[1:])), dtype=int)
        self._right_since = np.empty(0, dtype=int)

    @property
    def _kept_of_each(self) -> int:
        return super()._kept_of_each + sum(self.experiment.architecture.layers[1:]) + 2

    def _look(self, batch: Batch) -> None:
        if batch.epoch == 0:
            self._right_since = np.full(len(batch), NEVER)
        right = batch.all_right()
        begins = np.where(self._right_since == NEVER, batch.epoch, self._right_since)
        self._right_since = np.where(right, begins, NEVER)

    def _ask(self, batch: Batch) -> None:
        shape = self.experiment.architecture
        *hidden, answers = batch.activations(self.plates)[1:]
        patterns = [_numbers(says(layer, shape.activation)) for layer in hidden]
        if turns(shape.activation, bias=shape.bias):
            patterns = [np.minimum(layer, _opposites(layer, len(self.plates))) for layer in patterns]
        patterns = [np.sort(layer, axis=1) for layer in patterns] + [_numbers(says(answers))]
        self._patterns = np.concatenate([self._patterns, np.concatenate(patterns, axis=1)])
        self.since = sealed(np.concatenate([self.since, self._right_since]))
        self.dead = sealed(np.concatenate([self.dead, self._dead(batch)]))
        # Last, for it counts the answers.
        super()._ask(batch)

    def _dead(self, batch: Batch) -> NDArray[np.int_]:
        activations = batch.activations(self.experiment.data.inputs)
        layers = [layer.sum(axis=1) for layer in dead(activations, self.experiment.architecture.activation)]
        return np.sum(layers, axis=0, dtype=int) if layers else np.zeros(len(batch), dtype=int)

    def solutions(self, most: int | None = None) -> tuple[int, list[Solution]]:
        """How many solutions the networks asked so far have found, and the most frequent, at most `most` of them."""
        seeds = np.flatnonzero(self.all_right)
        found, first, counts = np.unique(self._patterns[seeds], axis=0, return_index=True, return_counts=True)
        # Of equally frequent ones that with the first seed comes first.
        order = np.lexsort((first, -counts))[:most]
        return len(found), [self._solution(found[at], int(counts[at]), int(seeds[first[at]])) for at in order]

    def _solution(self, patterns: NDArray[np.int_], networks: int, seed: int) -> Solution:
        layers = np.split(patterns, np.cumsum(self.experiment.architecture.layers[1:])[:-1])
        *hidden, (answers,) = [
            tuple(_pattern(number, len(self.plates)) for number in layer.tolist()) for layer in layers
        ]
        return Solution(tuple(hidden), answers, networks, seed)


def looks(epochs: int) -> tuple[int, ...]:
    """The epochs at which to look at a network in training: 0, then ever further apart, and the last."""
    steps = range(int(np.log(max(epochs, 1)) / np.log(LOOKS_GROW)) + 1)
    return tuple(sorted({0, epochs, *(round(LOOKS_GROW**step) for step in steps)} & set(range(epochs + 1))))


# A pattern as a number has a digit for each plate, in base 3: 0 for no, 1 for undecided, 2 for yes; the first plate has
# the highest place, so that of a pattern and its opposite the lower number is the one that says no first.


def _numbers(said: NDArray[np.int_]) -> NDArray[np.int_]:
    """The patterns of neurons, (networks, neurons), from what they say, (networks, plates, neurons)."""
    places = 3 ** np.arange(said.shape[1])[::-1]
    numbers: NDArray[np.int_] = np.einsum("npk,p->nk", said + 1, places)
    return numbers


def _opposites(patterns: NDArray[np.int_], plates: int) -> NDArray[np.int_]:
    opposites: NDArray[np.int_] = 3**plates - 1 - patterns
    return opposites


def _pattern(number: int, plates: int) -> Pattern:
    said = {0: False, 1: None, 2: True}
    return tuple(said[number // 3**place % 3] for place in reversed(range(plates)))
