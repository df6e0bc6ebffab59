"""Argument checks: each returns the clean value or raises a ValueError naming argument, rule and value."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from numbers import Integral, Real
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Kind = TypeVar("Kind")

# Counts above this are mistakes: no memory holds so many epochs or neurons.
MOST = 10**9


def shown(value: Any) -> str:
    """`value` for an error message: as Python writes it, if it can, and cut where it is long."""
    try:
        text = repr(value)
    except ValueError:  # whole numbers of more than 4,300 digits
        text = f"{type(value).__name__} of very many digits"
    return text if len(text) <= 300 else f"{text[:300]}…"


def numbers(name: str, values: ArrayLike, rule: str = "must be numbers") -> Array:
    """A copy of `values` as floats. True and False are 1 and 0; dates, strings and complex numbers are none."""

    def refused() -> ValueError:
        return ValueError(f"{name} {rule}, got {shown(values)} instead")

    if _masked(values):
        raise refused()
    try:
        with np.errstate(all="ignore"):
            array = np.asarray(values)
            if array.dtype.kind == "O" and all(isinstance(v, Real | Decimal | np.bool_) for v in array.flat):
                array = array.astype(np.float64)
            if array.dtype.kind not in "biuf":
                raise refused()
            return np.array(array, dtype=np.float64, order="C", copy=True, subok=False)
    except (TypeError, ValueError, OverflowError) as error:
        raise refused() from error


def _masked(values: Any) -> bool:
    if isinstance(values, np.ma.MaskedArray):
        return bool(np.ma.getmaskarray(values).any())
    return isinstance(values, list | tuple) and any(map(_masked, values))


def frozen(name: str, values: ArrayLike) -> Array:
    """A read-only copy of `values` as floats."""
    array = numbers(name, values)
    array.flags.writeable = False
    return array


def table(name: str, values: ArrayLike, columns: int | None = None) -> Array:
    """A read-only copy of `values`: (rows, columns) of finite numbers, with at least one of each."""
    array = numbers(name, values, "must be rows of numbers of equal length")
    if array.ndim != 2 or 0 in array.shape or columns not in (None, array.shape[1]):
        shape = f"(rows, {columns or 'columns'})"
        raise ValueError(f"{name} must have shape {shape} and not be empty, got shape {array.shape} instead")
    if not np.isfinite(array).all():
        unusable = array[~np.isfinite(array)][0]
        raise ValueError(f"{name} must be finite numbers, got {unusable} instead")
    array.flags.writeable = False
    return array


def whole_number(name: str, value: Any, minimum: int, maximum: int | None = None) -> int:
    """`value` as an int of at least `minimum` and at most `maximum`."""
    if isinstance(value, bool) or not isinstance(value, Integral) or int(value) < minimum:
        raise ValueError(f"{name} must be a whole number of at least {minimum}, got {shown(value)} instead")
    if maximum is not None and int(value) > maximum:
        raise ValueError(f"{name} must be at most {maximum}, got {shown(value)} instead")
    return int(value)


def positive_number(name: str, value: Any) -> float:
    """`value` as a finite float above zero."""
    try:
        number = float(value) if isinstance(value, Real) and not isinstance(value, bool) else np.nan
    except OverflowError:
        number = np.inf
    if not 0 < number < np.inf:
        raise ValueError(f"{name} must be a finite number above 0, got {shown(value)} instead")
    return number


def flag(name: str, value: Any) -> bool:
    """`value` as a bool, which it must be."""
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} must be True or False, got {shown(value)} instead")
    return bool(value)


def instance(name: str, value: Any, kind: type[Kind]) -> Kind:
    """`value`, which must be of this kind."""
    if not isinstance(value, kind):
        raise ValueError(f"{name} must be of type {kind.__name__}, got {shown(value)} instead")
    return value


def listed(name: str, values: Any) -> list[Any]:
    """`values` as a list."""
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable) or _no_axis(values):
        raise ValueError(f"{name} must be a list or the like, got {shown(values)} instead")
    return list(values)


def one_or_listed(values: Any) -> list[Any]:
    """`values` as a list, of one where it is no list."""
    single = isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable) or _no_axis(values)
    return [values] if single else list(values)


def _no_axis(values: Any) -> bool:
    return isinstance(values, np.ndarray) and values.ndim == 0


def named(name: str, value: Any, known: Mapping[str, Kind]) -> Kind:
    """The one of `known` that `value` names, or `value` itself where it is of that kind."""
    if isinstance(value, str) and value in known:
        return known[value]
    if isinstance(value, type(next(iter(known.values())))):
        return value
    raise ValueError(f"{name} must be one of {', '.join(map(repr, known))}, got {shown(value)} instead")


def layer_sizes(value: Any) -> tuple[int, ...]:
    """`value` as the sizes of at least two layers, the inputs first."""
    sizes = one_or_listed(value)
    if isinstance(value, str) or len(sizes) < 2:
        raise ValueError(f"layers must be at least two layer sizes such as (3, 1), got {shown(value)} instead")
    return tuple(whole_number("each size in layers", size, 1, MOST) for size in sizes)


def indices(name: str, value: Any, length: int) -> slice | NDArray[np.int_]:
    """`value` as an index into 0 … length − 1: a slice, or whole numbers in a list or an array."""

    def refused() -> ValueError:
        rule = f"must be a slice or whole numbers within 0 … {length - 1}"
        return ValueError(f"{name} {rule}, got {shown(value)} instead")

    if isinstance(value, slice):
        start, stop, step = (0 if part is None else part for part in (value.start, value.stop, value.step))
        for part, most in ((start, length), (stop, length), (step, MOST)):
            if isinstance(part, bool) or not isinstance(part, Integral) or not 0 <= int(part) <= most:
                raise refused()
        if value.step is not None and step == 0:
            raise refused()
        return value
    try:
        found = np.asarray(value)
    except (TypeError, ValueError) as error:
        raise refused() from error
    whole = found.ndim == 1 and (found.dtype.kind in "iu" or not found.size)
    if not whole or not np.all((found >= 0) & (found < length)):
        raise refused()
    return found.astype(np.int_)


def generator(seed: Any) -> np.random.Generator:
    """The generator itself, or a new one from a whole number of at least 0."""
    if isinstance(seed, np.random.Generator):
        return seed
    return np.random.default_rng(whole_number("seed", seed, 0))
