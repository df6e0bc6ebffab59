"""A scene: everything the player needs of a run, in one message to the browser."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from ui.motion import Array, Chart, Epochs, Grows, Moves, outline


class Arrays:
    """Numbers on their way to the browser: each array once, however often it is used."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, bytes], int] = {}

    def place(self, values: Array | Epochs) -> int:
        """Where the array will be found: as 32-bit floats, or as 16-bit whole numbers where it counts epochs."""
        kind = "u2" if values.dtype.kind == "i" else "f4"
        return self._places.setdefault((kind, values.astype(f"<{kind}").tobytes()), len(self._places))

    def message(self, description: Mapping[str, Any]) -> bytes:
        """`description` as JSON, behind its length in four bytes, then the arrays; each begins at a multiple of 4."""
        kinds = [[kind, len(numbers)] for kind, numbers in self._places]
        header = _padded(json.dumps({**description, "arrays": kinds}, separators=(",", ":")).encode(), b" ")
        return b"".join([len(header).to_bytes(4, "little"), header, *(_padded(numbers) for _, numbers in self._places)])


def _padded(part: bytes, filler: bytes = b"\0") -> bytes:
    return part + filler * (-len(part) % 4)


def scene(charts: Sequence[Chart], frames: Epochs, readout: Mapping[str, Array], about: Mapping[str, Any]) -> bytes:
    """The run as the player wants it: what moves in `charts` at `frames`.

    readout: what the player writes beside the epoch, one number a frame, by the rule of `written_small`.
    about: what else the player is told, see `player`.
    """
    arrays = Arrays()

    def grown(grow: Grows) -> dict[str, Any]:
        points = outline(grow.values)
        return {
            "trace": grow.trace,
            "backdrop": grow.backdrop,
            "x": arrays.place(points),
            "y": arrays.place(grow.values[points]),
            "now": arrays.place(grow.now),
            "column": grow.column,
            "width": grow.now.shape[1],
        }

    def moved(move: Moves) -> dict[str, Any]:
        values, rest = move.values, replace(move, values=None)
        rules = {rule.name: value for rule in fields(rest) if (value := getattr(rest, rule.name)) != rule.default}
        return rules if values is None else rules | {"values": arrays.place(values), "points": values.shape[1]}

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
    written = [{"label": label, "values": arrays.place(values)} for label, values in readout.items()]
    return arrays.message({**about, "frames": arrays.place(frames), "charts": described, "readout": written})
