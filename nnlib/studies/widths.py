"""How wide does it have to be? One experiment with hidden layers of 1 to 8 neurons and each activation."""

from dataclasses import replace
from threading import Lock
from time import perf_counter

import numpy as np

from nnlib.activations import RELU, SIGMOID, TANH
from nnlib.checks import MOST, instance, positive_number, whole_number
from nnlib.network import Architecture
from nnlib.starts import GLOROT, HE, NORMAL
from nnlib.studies.survey import Survey
from nnlib.training import Experiment
from nnlib.values import sealed

WIDTHS = tuple(range(1, 9))
# Each activation with the start that is made for it.
KINDS = ((SIGMOID, NORMAL), (TANH, GLOROT), (RELU, HE))


class WidthTable:
    """How many of so many random starts get all told plates right, with one hidden layer of each width and kind.

    Data, bias, learning rate, epochs and optimizer are those of `experiment`.
    right: (widths, kinds), of `networks` each; NaN where that is not known yet. Read-only.
    """

    def __init__(self, experiment: Experiment, networks: int = 100) -> None:
        """Nothing is known yet. Raises ValueError where an argument breaks its rule, or there are several outputs."""
        self.experiment = instance("experiment", experiment, Experiment)
        self.networks = whole_number("networks", networks, 1, MOST)
        self.right = sealed(np.full((len(WIDTHS), len(KINDS)), np.nan))
        self._waiting = [(row, column) for row in range(len(WIDTHS)) for column in range(len(KINDS))]
        self._survey = self._survey_of(*self._waiting[0])
        self._lock = Lock()

    @property
    def complete(self) -> bool:
        """Whether all is known."""
        return not self._waiting

    @property
    def done(self) -> float:
        """Which part of the surveys is done, from 0 to 1."""
        cells = len(WIDTHS) * len(KINDS)
        in_work = 0.0 if self.complete else self._survey.done
        return (cells - len(self._waiting) + in_work) / cells

    @property
    def nbytes(self) -> int:
        """How many bytes it holds at most."""
        return 8 * len(WIDTHS) * len(KINDS) + self._survey_of(len(WIDTHS) - 1, 0).nbytes

    def ask_more(self, *, seconds: float = 0.05) -> None:
        """Go on for about so many seconds, unless all is known. Several threads may call at once."""
        until = perf_counter() + positive_number("seconds", seconds)
        with self._lock:
            while self._waiting and (left := until - perf_counter()) > 0:
                self._survey.ask_more(seconds=left)
                if self._survey.complete:
                    self._keep()

    def _keep(self) -> None:
        """Note the finished survey, and begin the next."""
        right = self.right.copy()
        right[self._waiting.pop(0)] = self._survey.all_right.sum()
        self.right = sealed(right)
        if self._waiting:
            self._survey = self._survey_of(*self._waiting[0])

    def _survey_of(self, row: int, column: int) -> Survey:
        shape, (activation, start) = self.experiment.architecture, KINDS[column]
        layers = (shape.layers[0], WIDTHS[row], shape.layers[-1])
        experiment = replace(
            self.experiment, architecture=Architecture(layers, bias=shape.bias, activation=activation), start=start
        )
        return Survey(experiment, self.networks, first_batch=self.networks)
