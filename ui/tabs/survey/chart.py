"""The charts of many networks: a histogram of what they answer to one plate, and how many succeed by which epoch."""

import numpy as np
import plotly.graph_objects as go

from nnlib.checks import Array
from nnlib.studies.starts import NEVER, Starts
from ui.charts.figure import figure
from ui.palette import ACCENT, HAPPY, NEUTRAL, UNHAPPY
from ui.words import says

# An odd number, so that one half is the middle of a bin: undecided networks are neither left nor right.
BINS = 41


def histogram(answers: Array, prediction: float, title: str) -> go.Figure:
    """How many of `answers` lie where between 0 and 1, and the `prediction` of the network on the page."""
    counts, edges = np.histogram(answers, BINS, (0, 1))
    filled = np.flatnonzero(counts)
    sums, _ = np.histogram(answers, BINS, (0, 1), weights=answers)
    colours = [{1: HAPPY, 0: NEUTRAL, -1: UNHAPPY}[said] for said in says(sums[filled] / counts[filled])]
    tallest = int(counts.max())
    # The outline keeps a single network among a thousand visible.
    bars = go.Bar(
        name="networks",
        x=(edges[filled] + edges[filled + 1]) / 2,
        y=counts[filled],
        width=1 / BINS,
        marker={"color": colours, "line": {"width": 1, "color": colours}},
        customdata=np.column_stack([edges[filled], edges[filled + 1]]),
        hovertemplate="%{y:,} networks<br>predict %{customdata[0]:.2f} to %{customdata[1]:.2f}<extra></extra>",
    )
    mark = go.Scatter(
        x=[prediction],
        y=[1.1 * tallest],
        mode="markers+text",
        marker={"symbol": "triangle-down", "size": 13, "color": ACCENT},
        text=[f"this network: {prediction:.2f}"],
        textposition="middle left" if prediction > 0.5 else "middle right",
        textfont={"size": 13},
        cliponaxis=False,
        hovertemplate="this network<br>prediction %{x:.4f}<extra></extra>",
    )
    stem = {"type": "line", "x0": prediction, "x1": prediction, "y0": 0, "y1": 1.06 * tallest}
    drawn = figure(title, "prediction: 0 is not happy, 1 is happy", "networks", [bars, mark])
    return drawn.update_layout(
        shapes=[stem | {"line": {"color": ACCENT, "width": 2, "dash": "dot"}}],
        xaxis={"range": [-0.03, 1.03], "fixedrange": True, "dtick": 0.25},
        yaxis={"range": [0, 1.2 * tallest], "fixedrange": True, "tickformat": ",d", "nticks": 5},
    )


def succeeded(starts: Starts) -> go.Figure:
    """How many networks have all told plates right, for good, by each epoch at which they were looked at."""
    looks = np.array(starts.looks)
    since = np.sort(starts.since[starts.since != NEVER])
    # A logarithmic axis has no 0: whoever was right before training is counted at the first epoch.
    at = np.unique(np.maximum(looks, 1))
    count = np.searchsorted(since, at, side="right")
    line = go.Scatter(
        name="networks",
        x=at,
        y=count,
        mode="lines",
        line={"shape": "hv", "width": 2.5, "color": ACCENT},
        hovertemplate="%{y:,} networks have all right<br>from epoch %{x:,} on or before<extra></extra>",
    )
    drawn = figure("All right, and for good", "epoch, on a logarithmic axis", "networks", [line])
    return drawn.update_layout(
        xaxis={"type": "log", "range": [0, max(0.01, float(np.log10(at[-1])))], "dtick": 1},
        yaxis={"range": [0, 1.05 * starts.networks], "tickformat": ",d", "nticks": 5},
    )
