"""Two cost curves in one figure: the same training with and without a bias."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from nnlib import History
from ui.charts.figure import epoch_axis, figure, padded, symbol
from ui.palette import ACCENT, NEUTRAL
from ui.player.motion import across, outline

# Told apart by the dashes too, not by colour alone.
COLOURS, DASHES, STROKES = (ACCENT, NEUTRAL), ("solid", "dash"), ("━━", "– –")


def cost_curves(histories: Mapping[str, History], epoch: int, scale: str) -> go.Figure:
    """The cost of each of two runs of equal length at every epoch, and a mark at `epoch`."""
    logarithmic = scale == "logarithmic"
    curves = []
    for (name, history), colour, dash in zip(histories.items(), COLOURS, DASHES, strict=True):
        points = outline(history.cost)
        hover = f"{name}<br>after epoch %{{customdata:,}}<br>cost %{{y:.6f}}<extra></extra>"
        curves.append(
            go.Scatter(
                x=across(points),
                customdata=points,
                y=history.cost[points],
                mode="lines",
                name=name,
                line={"color": colour, "width": 3, "dash": dash},
                hovertemplate=hover,
                cliponaxis=False,
            )
        )
    here = go.Scatter(
        x=[across(epoch).item()] * len(histories),
        customdata=[epoch] * len(histories),
        y=[history.cost[epoch] for history in histories.values()],
        mode="markers",
        marker={"size": 10, "color": COLOURS, "opacity": 1},
        cliponaxis=False,
        hovertemplate="after epoch %{customdata:,}<br>cost %{y:.6f}<extra></extra>",
    )
    costs = np.concatenate([history.cost for history in histories.values()])
    # A cost of exactly 0 can't be drawn on a logarithmic axis.
    y_range = padded(np.log10(costs[costs > 0])) if logarithmic else [0.0, 1.06 * float(costs.max())]
    epochs = len(next(iter(histories.values())).cost) - 1
    legend = {symbol(stroke, colour): name for stroke, colour, name in zip(STROKES, COLOURS, histories)}
    return figure(
        "Cost, with and without a bias",
        "epoch",
        "",
        [*curves, here],
        legend,
        yaxis_range=y_range,
        yaxis_type="log" if logarithmic else "linear",
        yaxis_exponentformat="power",
        **epoch_axis(epochs),
    )
