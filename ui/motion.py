"""What moves in a chart: a still figure, and per trace the numbers that the player puts into it at each frame.

The player knows nothing of neural networks. All it is told is which property of which trace grows with the epoch,
is set at each frame, or is filled once for the run.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

FRAMES = 120
OUTLINE_BUCKETS = 90
NEIGHBOURS = 12

Array = NDArray[np.float64]
Epochs = NDArray[np.int64]


def spread(epochs: int, count: int) -> Epochs:
    """At most `count` + 1 epochs from 0 to `epochs`, closer together early, where learning happens."""
    return np.unique(np.rint(epochs * np.linspace(0, 1, count + 1) ** 2).astype(np.int64))


def frame_epochs(epochs: int, standing: int) -> Epochs:
    """The epochs sent to the player: a selection for the eye, and every epoch around the one it stands on."""
    around = np.arange(max(0, standing - NEIGHBOURS), min(epochs, standing + NEIGHBOURS) + 1)
    return np.union1d(spread(epochs, FRAMES), around)


def outline(values: Array) -> Epochs:
    """The epochs at which to draw a curve: the lowest and the highest point of every bucket, and both ends.

    A curve that jumps up and down between two epochs is so drawn as jumping, whatever is left out.
    """
    edges = spread(len(values) - 1, OUTLINE_BUCKETS)
    if len(edges) == 1:
        return edges
    buckets = [values[begin:end] for begin, end in pairwise(edges)]
    lowest = [begin + int(bucket.argmin()) for begin, bucket in zip(edges, buckets)]
    highest = [begin + int(bucket.argmax()) for begin, bucket in zip(edges, buckets)]
    return np.unique([0, *lowest, *highest, len(values) - 1])


@dataclass(frozen=True, eq=False)
class Grows:
    """A line drawn up to the present epoch, from `values` at every epoch of the run, shape (epochs + 1,).

    The trace `backdrop` shows the whole run all the while. The line's end is column `column` of `now`, (frames, …).
    """

    trace: int
    backdrop: int
    values: Array
    now: Array
    column: int = 0


@dataclass(frozen=True, eq=False)
class Moves:
    """A property set at every frame from `values`, shape (frames, points): for every point, or from one column alone.

    Without values it is the epoch, for `points` points. How a value becomes the property: as it is; as `digits`
    decimals of text, with a plus or minus where `sign`; as its magnitude times `scale`, within `limits`; or as one
    of two `choices`, below `threshold` and from there up.
    """

    trace: int
    name: str
    values: Array | None = None
    column: int | None = None
    points: int = 1
    digits: int | None = None
    sign: bool = False
    scale: float | None = None
    limits: tuple[float, float] = (0.0, 1.0)
    choices: tuple[str, str] | None = None
    threshold: float = 0.0

    def shown(self, frame: int, epoch: int) -> Any:
        """The property's value at one frame, in Python: what the player makes of it in the browser."""
        row = self.values[frame] if self.values is not None else np.full(self.points, float(epoch))
        values = row if self.column is None else row[self.column]
        if self.choices is not None:
            shown: Any = np.where(values < self.threshold, *self.choices).tolist()
        elif self.scale is not None:
            shown = np.clip(np.abs(values) * self.scale, *self.limits).tolist()
        elif self.digits is not None:
            shown = [written(value, self.digits, sign=self.sign) for value in np.atleast_1d(values)]
        else:
            shown = values.tolist()
        return shown


@dataclass(frozen=True, eq=False)
class Fills:
    """A property set once for a run."""

    trace: int
    name: str
    value: Any


@dataclass(frozen=True, eq=False)
class Chart:
    """One chart of the page: its still figure, which is the same for every run, and what this run puts into it.

    The figure's `layout.meta` is a name by which the player knows that the browser shows this very figure.
    """

    key: str
    figure: go.Figure
    alt: str
    layout: dict[str, Any] = field(default_factory=dict)
    grows: Sequence[Grows] = ()
    moves: Sequence[Moves] = ()
    fills: Sequence[Fills] = ()

    def at(self, frames: Epochs, epoch: int) -> go.Figure:
        """The finished figure at `epoch`, one of `frames`, for where no player can fill it."""
        figure = go.Figure(self.figure)
        frame = int(np.searchsorted(frames, epoch))
        for grow in self.grows:
            for trace, values in ((grow.trace, grow.values[: epoch + 1]), (grow.backdrop, grow.values)):
                points = outline(values)
                figure.data[trace].update(x=points, y=values[points])
        for move in self.moves:
            figure.data[move.trace].update({move.name.replace(".", "_"): move.shown(frame, epoch)})
        for fill in self.fills:
            figure.data[fill.trace].update({fill.name.replace(".", "_"): fill.value})
        return figure.update_layout({name.replace(".", "_"): value for name, value in self.layout.items()})


def written(value: float, digits: int, *, sign: bool = False) -> str:
    """A number as the page writes it: 0.42, or with its sign +0.42 and −1.07."""
    return f"{value:{'+' if sign else ''}.{digits}f}".replace("-", "−")


def payload(charts: Sequence[Chart], frames: Epochs, readout: Mapping[str, Array]) -> dict[str, Any]:
    """The run as the player wants it: arrays in base64, each once however often it is used, and what they drive.

    readout: what the player writes beside the epoch, with four decimals, one number a frame.
    """
    arrays: dict[tuple[str, str], int] = {}

    def number(values: Array | Epochs) -> int:
        """The place in `arrays`, as 32-bit floats, or as 16-bit whole numbers where it counts epochs."""
        kind = "u2" if values.dtype.kind == "i" else "f4"
        text = b64encode(values.astype(f"<{kind}").tobytes()).decode()
        return arrays.setdefault((kind, text), len(arrays))

    def grown(grow: Grows) -> dict[str, Any]:
        points = outline(grow.values)
        return {
            "trace": grow.trace,
            "backdrop": grow.backdrop,
            "x": number(points),
            "y": number(grow.values[points]),
            "now": number(grow.now),
            "column": grow.column,
            "width": grow.now.shape[1],
        }

    def moved(move: Moves) -> dict[str, Any]:
        values, rest = move.values, replace(move, values=None)
        rules = {rule.name: value for rule in fields(rest) if (value := getattr(rest, rule.name)) != rule.default}
        return rules if values is None else rules | {"values": number(values), "points": values.shape[1]}

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
    written_out = [{"label": label, "values": number(values), "digits": 4} for label, values in readout.items()]
    return {"frames": number(frames), "charts": described, "readout": written_out, "arrays": list(arrays)}
