"""Training data: what a network sees, and what it should answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnlib.checks import Array, listed, shown, table, whole_number
from nnlib.values import Value, sealed

HAPPINESS_NAMES = ("coffee", "pizza", "chili")

# Answers to the plates 000 … 111 in counting order (coffee, pizza, chili): y happy, n not, - not in the training data.
PRESETS = MappingProxyType(
    {
        "the tutorial’s table": "-n--nyyy",
        "all three (AND)": "nnnnnnny",
        "any (OR)": "nyyyyyyy",
        "at least two": "nnnynyyy",
        "coffee decides": "nnnnyyyy",
        "exactly one": "nyynynnn",
        "odd number (parity)": "nyynynny",
        "coffee if and only if chili": "ynynnyny",
    }
)

TUTORIAL = PRESETS["the tutorial’s table"]
# The numbers of the plates in the order of the tutorial's table, then the three that it leaves out.
PLATE_ORDER = (0b111, 0b110, 0b001, 0b101, 0b100, 0b000, 0b010, 0b011)


@dataclass(frozen=True, eq=False)
class Dataset(Value):
    """Samples with their labels, for supervised learning. Equal, and of equal hash, where the contents are.

    inputs: (samples, inputs), finite numbers. labels: (samples, outputs), within [0, 1].
    names: one name per input column. Raises ValueError where one of these does not hold.
    """

    inputs: Array
    labels: Array
    names: tuple[str, ...] = ()

    def __init__(self, inputs: ArrayLike, labels: ArrayLike, names: Sequence[str] = ()) -> None:
        clean_inputs, clean_labels = table("inputs", inputs), table("labels", labels)
        if len(clean_inputs) != len(clean_labels):
            raise ValueError(
                "labels must have one row for each row of inputs, "
                f"got {len(clean_labels)} rows for {len(clean_inputs)} instead"
            )
        outside = clean_labels[(clean_labels < 0) | (clean_labels > 1)]
        if outside.size:
            raise ValueError(f"labels must lie within [0, 1], got {outside[0]} instead")
        clean_names = listed("names", names)
        if not all(isinstance(name, str) for name in clean_names):
            raise ValueError(f"names must be strings, got {shown(names)} instead")
        if clean_names and len(clean_names) != clean_inputs.shape[1]:
            raise ValueError(
                f"names must be one for each of the {clean_inputs.shape[1]} input columns, got {shown(names)} instead"
            )
        # Adding 0 makes −0 to 0: what is equal has the same bytes, and so the same hash.
        object.__setattr__(self, "inputs", sealed(clean_inputs + 0.0))
        object.__setattr__(self, "labels", sealed(clean_labels + 0.0))
        object.__setattr__(self, "names", tuple(map(str, clean_names)))

    def _content(self) -> tuple[Any, ...]:
        return self.inputs.shape, self.labels.shape, self.names, self.inputs.tobytes(), self.labels.tobytes()

    def __eq__(self, other: object) -> bool:
        return self._content() == other._content() if isinstance(other, Dataset) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._content())


def happiness() -> Dataset:
    """Am I happy, given coffee, pizza and chili? Five answered plates out of eight, shapes (5, 3) and (5, 1)."""
    return Dataset(
        inputs=[[1, 1, 1], [1, 1, 0], [0, 0, 1], [1, 0, 1], [1, 0, 0]],
        labels=[[1], [1], [0], [1], [0]],
        names=HAPPINESS_NAMES,
    )


def plates(answers: str) -> Dataset:
    """The training data with these answers to the eight plates, 000 … 111 (coffee, pizza, chili) in counting order.

    answers: eight letters, y for happy, n for not happy, - for a plate that is not in the training data, such as
    `-n--nyyy`, which makes `happiness()`. Rows are in `PLATE_ORDER`. Raises ValueError for anything else, and where no
    plate is answered.
    """
    if not isinstance(answers, str) or len(answers) != 8 or set(answers) - set("yn-") or answers == 8 * "-":
        raise ValueError(
            "answers must be eight letters, each y, n or -, at least one of them y or n, "
            f"such as '-n--nyyy', got {shown(answers)} instead"
        )
    answered = [plate for plate in PLATE_ORDER if answers[plate] != "-"]
    return Dataset(
        inputs=combinations(3)[answered],
        labels=[[answers[plate] == "y"] for plate in answered],
        names=HAPPINESS_NAMES,
    )


def combinations(inputs: int) -> Array:
    """Every way to tick `inputs` boxes, from 1 to 20, shape (2**inputs, inputs), counting up in binary from none."""
    return np.array(list(product((0.0, 1.0), repeat=whole_number("inputs", inputs, 1, 20))))
