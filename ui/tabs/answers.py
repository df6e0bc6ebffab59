"""What a prediction says in words."""

import numpy as np
from numpy.typing import NDArray

from nnlib.checks import Array

HAPPY, UNDECIDED, UNHAPPY = "happy", "undecided", "not happy"
# Closer to one half than this, a prediction is written 0.50: it says neither.
TOO_CLOSE = 0.005


def says(predictions: Array) -> NDArray[np.int_]:
    """1 where a prediction says happy, −1 where it says not happy, 0 where it is undecided."""
    away = predictions - 0.5
    return np.where(np.abs(away) < TOO_CLOSE, 0, np.sign(away)).astype(int)


def word(says: int) -> str:
    """The word for 1, 0 or −1."""
    return {1: HAPPY, 0: UNDECIDED, -1: UNHAPPY}[says]
