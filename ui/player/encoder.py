"""A scene: everything the player needs of a run, in one message to the browser. `decoder.js` reads it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ui.player.motion import Array, Chart, Epochs, Grows, Moves, outline

EXACT = {"cost", "z"}
# With more columns than this a message would be too long. Then numbers that only fly by are rounded to whole steps from
# their column's least to its largest, so many as 16 bits can tell apart.
MANY_COLUMNS = 64
LEVELS = 2**16 - 1


class Arrays:
    """The arrays of a message: each is sent once, however often it is used."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, bytes], int] = {}

    def add(self, values: Array | Epochs, *, exact: bool = False) -> int:
        """The number under which it will be found: epochs as 16-bit whole numbers, others as 32-bit floats or exact."""
        kind = "u2" if values.dtype.kind == "i" else "f8" if exact else "f4"
        return self._kept.setdefault((kind, values.astype(f"<{kind}").tobytes()), len(self._kept))

    def message(self, description: Mapping[str, Any]) -> bytes:
        """`description` as JSON, behind its length in eight bytes, then the arrays; each begins at a multiple of 8."""
        kinds = [[kind, len(numbers)] for kind, numbers in self._kept]
        header = _padded(json.dumps({**description, "arrays": kinds}, separators=(",", ":")).encode(), b" ")
        return b"".join([len(header).to_bytes(8, "little"), header, *(_padded(numbers) for _, numbers in self._kept)])


def _padded(part: bytes, filler: bytes = b"\0") -> bytes:
    return part + filler * (-len(part) % 8)


def encode(
    charts: Sequence[Chart],
    frames: Epochs,
    series: Mapping[str, Array],
    about: Mapping[str, Any],
    near: NDArray[np.bool_] | None = None,
) -> bytes:
    """Encode a run for the player: what moves in `charts` at `frames`.

    series: numbers that the browser writes as text, name → (frames, columns). about: what else the player is told.
    near: the frames around the present one, (frames,). Where there are many columns, the others are rounded.
    """
    arrays = Arrays()

    def numbered(name: str, values: Array) -> dict[str, Any]:
        if near is None or values.shape[1] <= MANY_COLUMNS:
            return {"values": arrays.add(values, exact=name in EXACT), "columns": values.shape[1]}
        low = values.min(axis=0)
        # Of a column that never changes, any step will do.
        step = (values.max(axis=0) - low) / LEVELS
        step[step == 0] = 1.0
        return {
            "values": arrays.add(values[near]),
            "columns": values.shape[1],
            "near": arrays.add(np.flatnonzero(near)),
            "rounded": arrays.add(np.rint((values - low) / step).astype(np.int64)),
            "low": arrays.add(low),
            "step": arrays.add(step),
        }

    def grown(grow: Grows) -> dict[str, Any]:
        points = outline(grow.values)
        return {
            "trace": grow.trace,
            "backdrop": grow.backdrop,
            "x": arrays.add(points),
            "y": arrays.add(grow.values[points]),
            "now": arrays.add(grow.now),
            "column": grow.column,
            "width": grow.now.shape[1],
        }

    def moved(move: Moves) -> dict[str, Any]:
        values, rest = move.values, replace(move, values=None)
        rules = {rule.name: value for rule in fields(rest) if (value := getattr(rest, rule.name)) != rule.default}
        return rules if values is None else rules | {"values": arrays.add(values), "points": values.shape[1]}

    described = [
        {
            "key": chart.key,
            "figure": chart.figure.layout.meta,
            "alt": chart.alt,
            "layout": chart.layout,
            "grows": [grown(grow) for grow in chart.grows],
            "moves": [moved(move) for move in chart.moves],
            "fills": [{"trace": fill.trace, "name": fill.name, "value": fill.value} for fill in chart.fills],
        }
        for chart in charts
    ]
    # Words follow these: a digit must not depend on a rounding. Lines and widths are drawn in pixels.
    numbers = {name: numbered(name, values) for name, values in series.items()}
    return arrays.message({**about, "frames": arrays.add(frames), "charts": described, "series": numbers})
