"""Training data: what a network sees, and what it should answer."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from nnlib.checks import Array, table


@dataclass(frozen=True, eq=False)
class Dataset:
    """Samples with their labels, for supervised learning.

    inputs: (samples, inputs), finite numbers. labels: (samples, outputs), within [0, 1].
    names: one name per input column. Raises ValueError where one of these does not hold.
    """

    inputs: Array
    labels: Array
    names: tuple[str, ...] = ()

    def __init__(self, inputs: ArrayLike, labels: ArrayLike, names: tuple[str, ...] = ()) -> None:
        clean_inputs, clean_labels = table("inputs", inputs), table("labels", labels)
        if len(clean_inputs) != len(clean_labels):
            raise ValueError(
                "labels must have one row for each row of inputs, "
                f"got {len(clean_labels)} rows for {len(clean_inputs)} instead"
            )
        outside = clean_labels[(clean_labels < 0) | (clean_labels > 1)]
        if outside.size:
            raise ValueError(f"labels must lie within [0, 1], got {outside[0]} instead")
        if names and len(names) != clean_inputs.shape[1]:
            raise ValueError(
                f"names must be one for each of the {clean_inputs.shape[1]} input columns, got {names!r} instead"
            )
        object.__setattr__(self, "inputs", clean_inputs)
        object.__setattr__(self, "labels", clean_labels)
        object.__setattr__(self, "names", tuple(names))


def happiness() -> Dataset:
    """Am I happy, given coffee, pizza and chili? Five answered plates out of eight, shapes (5, 3) and (5, 1)."""
    return Dataset(
        inputs=[[1, 1, 1], [1, 1, 0], [0, 0, 1], [1, 0, 1], [1, 0, 0]],
        labels=[[1], [1], [0], [1], [0]],
        names=("coffee", "pizza", "chili"),
    )


def combinations(inputs: int) -> Array:
    """Every way to tick `inputs` boxes, shape (2**inputs, inputs), counting up in binary from none."""
    return np.array(list(product((0.0, 1.0), repeat=inputs)))
