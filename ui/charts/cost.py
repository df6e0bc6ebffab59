"""The cost against the epoch: how wrong the network is on its training data."""

from functools import lru_cache

import numpy as np
import plotly.graph_objects as go

from nnlib import History
from ui import words
from ui.charts.figure import backdrop, epoch_axis, figure, line, padded
from ui.palette import ACCENT
from ui.player.motion import Chart, Epochs, Grows, Moves


@lru_cache(8)
def cost_figure() -> go.Figure:
    """A line and its end, for the player to fill."""
    hover = "after epoch %{x:,}<br>cost %{y:.6f}"
    end = go.Scatter(
        x=[], y=[], mode="markers", marker={"color": ACCENT, "size": 10}, hovertemplate=hover + "<extra></extra>"
    )
    return figure(
        "Cost",
        "epoch",
        "mean squared error",
        [line("so far", ACCENT, hover, 3), end],
        shapes=[backdrop(ACCENT)],
        yaxis_exponentformat="power",
    )


def cost_chart(history: History, scale: str, frames: Epochs, epoch: int) -> Chart:
    """What this run puts into `cost_figure`, on a linear or logarithmic `scale`."""
    cost, logarithmic = history.cost, scale == "logarithmic"
    if logarithmic:
        # A cost of exactly 0 can't be drawn on a logarithmic axis: it is drawn at the smallest cost above 0.
        cost = np.maximum(cost, np.min(cost[cost > 0], initial=1.0))
        y_range = padded(np.log10(cost))
    else:
        y_range = [-0.04 * float(cost.max()), 1.08 * float(cost.max())]
    now = cost[frames, None]
    return Chart(
        "cost",
        cost_figure(),
        f"Line chart: the cost goes from {words.small(history.cost[0])} at epoch 0 "
        f"to {words.small(history.cost[-1])} at epoch {history.epochs:,}; "
        f"at epoch {epoch:,} it is {words.small(history.cost[epoch])}.",
        layout={
            **epoch_axis(history.epochs),
            "yaxis.type": "log" if logarithmic else "linear",
            "yaxis.dtick": 1 if logarithmic else None,
            "yaxis.tickformat": "" if logarithmic else ",",
            "yaxis.range": y_range,
        },
        grows=[Grows(0, 0, cost, now)],
        moves=[Moves(1, "x"), Moves(1, "y", now)],
    )
