"""The network itself: what goes in for the ticked boxes, each weight as an edge, the prediction."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import plotly.graph_objects as go

from nnlib import History
from ui import words
from ui.charts.figure import BLANK, TALL, figure
from ui.charts.weights import parameters
from ui.palette import COLOURS, HAPPY, NEGATIVE, NEUTRAL, POSITIVE, UNHAPPY, UNLIT
from ui.player.motion import Chart, Epochs, Fills, Moves


@lru_cache(8)
def network_figure(names: Sequence[str]) -> go.Figure:
    """Inputs at the left, the neuron at the right, an edge for each parameter of `names`."""
    heights = np.linspace(1, 0, len(names)) if len(names) > 1 else np.array([0.5])
    edges = [
        go.Scatter(x=[0, 1], y=[height, 0.5], mode="lines", line={"width": 1, "color": POSITIVE}, hoverinfo="skip")
        for height in heights.tolist()
    ]
    # Labels stand on their edges, nearer to the inputs, where the edges are apart.
    reach = 0.22
    along = heights + reach * (0.5 - heights)
    falling = heights >= 0.5
    inputs = go.Scatter(
        x=[0] * len(names),
        y=heights.tolist(),
        mode="markers+text",
        marker={
            "size": 34,
            "opacity": 1,
            "color": [UNLIT] * len(names),
            "line": {"width": 2, "color": [COLOURS[name] for name in names]},
        },
        text=[BLANK] * len(names),
        textfont={"size": 14, "color": "white"},
        customdata=names,
        hovertemplate="%{customdata}: input %{text}<extra></extra>",
    )
    output = go.Scatter(
        x=[1],
        y=[0.5],
        mode="markers+text",
        marker={"size": 58, "opacity": 1, "line": {"width": 0}, "color": NEUTRAL},
        text=[BLANK],
        textfont={"size": 16, "color": "white"},
        hovertemplate="prediction %{text}<br>from 0 (not happy) to 1 (happy)<extra></extra>",
    )
    labels = go.Scatter(
        x=[reach] * len(names),
        y=(along + np.where(falling, 0.04, -0.04)).tolist(),
        mode="text",
        text=[BLANK] * len(names),
        textposition=np.where(falling, "top right", "bottom right").tolist(),
        textfont={"size": 13},
        customdata=[name if name == "bias" else f"weight of {name}" for name in names],
        hovertemplate="%{customdata} %{text}<extra></extra>",
    )
    words_beside = {"showarrow": False, "font": {"size": 14}}
    annotations = [
        {"x": -0.15, "y": y, "text": name, "xanchor": "right", **words_beside}
        for y, name in zip(heights.tolist(), names)
    ]
    annotations.append({"x": 1, "y": 0.5, "yshift": -42, "text": "happy?", **words_beside})
    hidden = {"visible": False, "fixedrange": True}
    return figure("Network", "", "", [*edges, inputs, output, labels], height=TALL).update_layout(
        annotations=annotations,
        xaxis=hidden | {"range": [-0.5, 1.2]},
        yaxis=hidden | {"range": [-0.22, 1.22]},
        margin={"l": 8, "r": 8, "b": 8},
    )


def network_chart(history: History, plate: Sequence[bool], frames: Epochs, epoch: int) -> Chart:
    """What this run puts into `network_figure`, with the boxes of `plate` ticked."""
    named = parameters(history)
    count = len(named)
    inputs = [*plate, True][:count]
    now = np.stack([values[frames] for values in named.values()], axis=1)
    prediction = history.predict([plate], frames)[:, 0]
    colours = [COLOURS[name] if value else UNLIT for name, value in zip(named, inputs)]
    edges = range(count)
    return Chart(
        "network",
        network_figure(tuple(named)),
        f"Network diagram: with {words.plate(history.dataset.names, plate)} ticked, it predicts "
        f"{words.number(history.predict([plate], np.array([epoch])).item(), 2)} at epoch {epoch:,}.",
        moves=[
            *(Moves(edge, "line.width", now, edge, scale=3.0, limits=(0.6, 14.0)) for edge in edges),
            *(Moves(edge, "line.color", now, edge, choices=(NEGATIVE, POSITIVE)) for edge in edges),
            Moves(count + 1, "text", prediction, digits=2),
            Moves(count + 1, "marker.color", prediction, 0, choices=(UNHAPPY, NEUTRAL, HAPPY)),
            Moves(count + 2, "text", now, digits=2, sign=True),
        ],
        fills=[
            *(Fills(edge, "opacity", 1.0 if inputs[edge] else 0.3) for edge in edges),
            Fills(count, "marker.color", colours),
            Fills(count, "text", [str(int(value)) for value in inputs]),
        ],
    )
