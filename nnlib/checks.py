"""Argument checks: each returns the clean value or raises a ValueError naming argument, rule and value."""

from collections.abc import Sequence
from math import isfinite
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def frozen(values: ArrayLike) -> Array:
    """A read-only float array: a copy, unless `values` is one that nobody can write to."""
    array = np.asarray(values, dtype=np.float64)
    if array.flags.writeable:
        array = array.copy()
        array.flags.writeable = False
    return array


def whole_number(name: str, value: Any, minimum: int) -> int:
    """`value` as an int of at least `minimum`."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < minimum:
        raise ValueError(f"{name} must be a whole number of at least {minimum}, got {value!r} instead")
    return int(value)


def positive_number(name: str, value: Any) -> float:
    """`value` as a finite float above zero."""
    if isinstance(value, bool) or not isinstance(value, Real) or not isfinite(value) or value <= 0:
        raise ValueError(f"{name} must be a finite number above 0, got {value!r} instead")
    return float(value)


def layer_sizes(value: Any) -> tuple[int, ...]:
    """`value` as the sizes of at least two layers, the inputs first."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) < 2:
        raise ValueError(f"layers must be at least two layer sizes such as (3, 1), got {value!r} instead")
    return tuple(whole_number("each size in layers", size, 1) for size in value)


def table(name: str, values: ArrayLike, columns: int | None = None) -> Array:
    """`values` as a read-only (rows, columns) array of finite numbers, with at least one of each."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be rows of numbers of equal length, got {values!r} instead") from error
    if array.ndim != 2 or 0 in array.shape or columns not in (None, array.shape[1]):
        shape = f"(rows, {columns or 'columns'})"
        raise ValueError(f"{name} must have shape {shape} and not be empty, got shape {array.shape} instead")
    if not np.isfinite(array).all():
        unusable = array[~np.isfinite(array)][0]
        raise ValueError(f"{name} must be finite numbers, got {unusable} instead")
    return frozen(array)


def generator(seed: Any) -> np.random.Generator:
    """The generator itself, or a new one from a whole number of at least 0."""
    if isinstance(seed, np.random.Generator):
        return seed
    return np.random.default_rng(whole_number("seed", seed, 0))
