"""The cost against the epoch: how wrong the network is on its training data."""

from functools import lru_cache
from math import ceil, floor, log10
from typing import Any

import numpy as np
import plotly.graph_objects as go

from nnlib import History
from ui import milestones, words
from ui.charts.figure import BLANK, HEIGHT, MARGIN, backdrop, epoch_axis, figure, labels, line
from ui.palette import ACCENT, NEUTRAL
from ui.player.motion import Array, Chart, Epochs, Fills, Grows, Moves, across

# How high the linear axis goes, and its steps: the first that is enough, so that most runs can be compared by eye.
TOPS = {0.3: 0.1, 0.6: 0.2, 1.0: 0.25}
# The logarithmic axis begins here, or lower where a run gets lower.
LOWEST_DECADE = -4
# Above the costs there is so much of the axis for words; so many pixels are half a line of them.
HEADROOM = 0.22
HALF_A_LINE = 8.5
TAIL, END, VALUE, MARK, MARK_WORDS = range(5)


@lru_cache(8)
def cost_figure() -> go.Figure:
    """A line, its end and its value, and where all became right, for the player to fill."""
    hover = "after epoch %{customdata:,}<br>cost %{y:.6f}"
    end = go.Scatter(
        x=[], y=[], mode="markers", marker={"color": ACCENT, "size": 10}, cliponaxis=False, hoverinfo="skip"
    )
    mark = go.Scatter(
        x=[0, 0],
        y=[0, 0],
        mode="lines",
        line={"color": NEUTRAL, "width": 1.5, "dash": "dash"},
        opacity=0,
        hoverinfo="skip",
    )
    return figure(
        "Cost",
        "epoch",
        # Plotly would place a vertical title by a measurement, and remember a wrong one from a page in a hidden frame.
        "",
        [line("so far", ACCENT, hover, 3), end, labels(1, "top right"), mark, labels(1, "middle right")],
        shapes=[backdrop(ACCENT)],
        margin={**MARGIN, "l": 44, "r": 76},
    )


def cost_chart(history: History, scale: str, frames: Epochs, epoch: int) -> Chart:
    """What this run puts into `cost_figure`, on a linear or logarithmic `scale`."""
    cost, logarithmic = history.cost, scale == "logarithmic"
    if logarithmic:
        # A cost of exactly 0 can't be drawn on a logarithmic axis: it is drawn at the smallest cost above 0.
        cost = np.maximum(cost, np.min(cost[cost > 0], initial=1.0))
    axis = _logarithmic(cost) if logarithmic else _linear(cost)
    bottom, top = axis["yaxis.range"]
    # The words stand at the top, and the mark ends below them.
    pixel = (top - bottom) / (HEIGHT - MARGIN["t"] - MARGIN["b"])
    heights = [bottom, top - 2 * HALF_A_LINE * pixel, top - HALF_A_LINE * pixel]
    if logarithmic:
        heights = [10**height for height in heights]
    reached, is_for_good = all_right(history)
    mark = across(history.epochs if reached is None else reached).item()
    is_seen = np.full(len(frames), 0.0) if reached is None else (frames >= reached).astype(float)
    said = BLANK if reached is None else _said(reached, is_for_good)
    share = mark / across(history.epochs)
    now = cost[frames, None]
    spoken = "" if reached is None else f" {said.capitalize()}."
    return Chart(
        "cost",
        cost_figure(),
        f"Line chart: the cost goes from {words.small(history.cost[0])} at epoch 0 "
        f"to {words.small(history.cost[-1])} at epoch {history.epochs:,}; "
        f"at epoch {epoch:,} it is {words.small(history.cost[epoch])}.{spoken}",
        layout={**epoch_axis(history.epochs), **axis},
        grows=[Grows(0, 0, cost, now)],
        moves=[
            *(Moves(trace, name, values) for trace in (END, VALUE) for name, values in (("x", None), ("y", now))),
            Moves(VALUE, "text", history.cost[frames, None], words=[""], digits=4, small=True),
            Moves(MARK, "opacity", is_seen[:, None], 0),
            Moves(MARK_WORDS, "opacity", is_seen[:, None], 0),
        ],
        fills=[
            Fills(MARK, "x", [mark, mark]),
            Fills(MARK, "y", heights[:2]),
            Fills(MARK_WORDS, "x", [mark]),
            Fills(MARK_WORDS, "y", heights[2:]),
            Fills(MARK_WORDS, "text", [said]),
            Fills(
                MARK_WORDS,
                "textposition",
                "middle right" if share < 0.35 else "middle left" if share > 0.75 else "middle center",
            ),
        ],
    )


def all_right(history: History) -> tuple[int | None, bool]:
    """The epoch from which all predictions are right until the end, and True.

    Else the first at which they are all right, and False; None and False where they never are.
    """
    milestone = milestones.all_right(history)
    if milestone.for_good is not None:
        return milestone.for_good, True
    return milestone.first, False


def _said(epoch: int, is_for_good: bool) -> str:
    return f"all right from epoch {epoch:,}" if is_for_good else f"first all right at epoch {epoch:,}"


def _linear(cost: Array) -> dict[str, Any]:
    top = next(top for top in TOPS if top >= cost.max() or top == max(TOPS))
    return {
        "yaxis.type": "linear",
        "yaxis.range": [-0.03 * top, (1 + HEADROOM) * top],
        "yaxis.tickvals": [number * TOPS[top] for number in range(round(top / TOPS[top]) + 1)],
        "yaxis.ticktext": [f"{number * TOPS[top]:g}" for number in range(round(top / TOPS[top]) + 1)],
    }


def _logarithmic(cost: Array) -> dict[str, Any]:
    lowest = min(LOWEST_DECADE, floor(log10(float(cost.min()))))
    decades = list(range(0, lowest - 1, -ceil(-lowest / 5)))
    return {
        "yaxis.type": "log",
        "yaxis.range": [lowest * 1.03, -HEADROOM * lowest],
        "yaxis.tickvals": [10.0**decade for decade in decades],
        "yaxis.ticktext": [_power(decade) for decade in decades],
    }


def _power(decade: int) -> str:
    """A power of ten as people write it: 0.01, or 10⁻⁶."""
    return f"{10.0**decade:g}" if decade > -4 else words.small(10.0**decade, 0).partition(" × ")[2]
