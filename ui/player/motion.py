"""What moves in a chart: a still figure, and per trace the numbers that the player puts into it at each frame.

The player knows nothing of neural networks. All it is told is which property of which trace grows with the epoch,
is set at each frame, or is filled once for the run.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from ui import words

FRAMES = 160
OUTLINE_BUCKETS = 56
NEIGHBOURS = 12

Array = NDArray[np.float64]
Epochs = NDArray[np.int64]


def spread(epochs: int, count: int) -> Epochs:
    """At most `count` + 1 epochs from 0 to `epochs`, closer together early, where learning happens."""
    return np.unique(np.rint(epochs * np.linspace(0, 1, count + 1) ** 2).astype(np.int64))


def frame_epochs(epochs: int, current: int) -> Epochs:
    """The epochs sent to the player: a selection for the eye, and every epoch around the current one."""
    around = np.arange(max(0, current - NEIGHBOURS), min(epochs, current + NEIGHBOURS) + 1)
    return np.union1d(spread(epochs, FRAMES), around)


def across(epochs: ArrayLike) -> Array:
    """Where epochs stand on a run's horizontal axis: at their square roots, as that is the replay's own pace."""
    places: Array = np.sqrt(np.asarray(epochs, dtype=float))
    return places


def outline(values: Array) -> Epochs:
    """The epochs at which to draw a curve: the lowest and the highest point of every bucket, and both ends.

    So a curve that jumps up and down from epoch to epoch is seen to jump, whatever is left out.
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

    The line's end is column `column` of `now`, (frames, …). Shape number `backdrop` of the layout shows the whole run.
    It is a shape, because the browser goes through every trace at every frame.
    """

    trace: int
    backdrop: int
    values: Array
    now: Array
    column: int = 0


@dataclass(frozen=True, eq=False)
class Moves:
    """A property that is set at every frame from `values`, (frames, points): for every point, or from `column` alone.

    Without values it is the epoch's place on the axis, for `points` points. How a value becomes the property: as it is;
    or, with `words`, one for each point, as text: the word, then the value with `digits` decimals, with `sign` also
    with a plus, and where it is `small` as a power of ten.
    """

    trace: int
    name: str
    values: Array | None = None
    column: int | None = None
    points: int = 1
    words: Sequence[str] | None = None
    digits: int = 2
    sign: bool = False
    small: bool = False

    def value_at(self, frame: int, epoch: int) -> Any:
        """The property's value at one frame, in Python: what the player makes of it in the browser."""
        row = self.values[frame] if self.values is not None else np.full(self.points, across(epoch))
        if self.words is not None:
            return [f"{word}{self._text(value)}" for word, value in zip(self.words, row, strict=True)]
        return (row if self.column is None else row[self.column]).tolist()

    def _text(self, value: float) -> str:
        return words.small(value, self.digits) if self.small else words.number(value, self.digits, sign=self.sign)


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
            reached, whole = outline(grow.values[: epoch + 1]), outline(grow.values)
            figure.data[grow.trace].update(x=across(reached), y=grow.values[reached], customdata=reached)
            figure.layout.shapes[grow.backdrop].path = path(across(whole), grow.values[whole])
        for move in self.moves:
            figure.data[move.trace].update({move.name.replace(".", "_"): move.value_at(frame, epoch)})
        for fill in self.fills:
            figure.data[fill.trace].update({fill.name.replace(".", "_"): fill.value})
        return figure.update_layout({name.replace(".", "_"): value for name, value in self.layout.items()})


def path(x: Array | Epochs, y: Array) -> str:
    """A line through these points, as a layout shape wants it."""
    return "M" + "L".join(f"{float(across)!r},{float(up)!r}" for across, up in zip(x, y))
