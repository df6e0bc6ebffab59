"""What makes an object a value: nobody can change it, and it shares no memory with what it was made from."""

from collections.abc import Mapping
from typing import Any, Self

import numpy as np


class Value:
    """A value with arrays: what copy, deepcopy and pickle make of it is read-only again."""

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        for name, field in state.items():
            object.__setattr__(self, name, sealed(field))

    @classmethod
    def _owning(cls, **fields: Any) -> Self:
        """The value with these fields as they are: for arrays that nobody else has, which are sealed, not copied."""
        value = object.__new__(cls)
        value.__setstate__(fields)
        return value


def sealed(field: Any) -> Any:
    """`field` itself, with every array in it and what that is a view of read-only."""
    if isinstance(field, tuple):
        for part in field:
            sealed(part)
    array = field
    while isinstance(array, np.ndarray):
        array.flags.writeable = False
        array = array.base
    return field
