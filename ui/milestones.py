"""When in a run something became so: that every plate was right, that the cost was low."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nnlib import History
from ui import words

# What counts as a low cost, here and in `score.js`.
LOW_COST = 0.01


@dataclass(frozen=True)
class Milestone:
    """first: the first epoch at which it holds; for_good: the one from which it does to the end; None without one."""

    first: int | None
    for_good: int | None


# A scene asks twice for its run, and every step asks for the same one again. It keeps this few histories alive.
@lru_cache(4)
def all_right(history: History) -> Milestone:
    """When every plate of the training data became right."""
    found = words.verdicts(history.predict(history.dataset.inputs), history.dataset.labels)
    return _milestone((found == words.Verdict.RIGHT).all(axis=(1, 2)))


def low_cost(history: History) -> Milestone:
    """When the cost became low."""
    return _milestone(history.cost < LOW_COST)


def _milestone(holds: NDArray[np.bool_]) -> Milestone:
    if not holds.any():
        return Milestone(None, None)
    fails = np.flatnonzero(~holds)
    for_good = int(fails[-1]) + 1 if fails.size else 0
    return Milestone(int(holds.argmax()), for_good if for_good < len(holds) else None)
