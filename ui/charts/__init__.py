"""The page's four charts, one in a file.

Cost and weights are Plotly figures, the same for every run, and what a run moves in them. Network and sigmoid are
pictures of our own, which `ui/network` and `ui/sigmoid` draw from a description and the numbers of a frame.
"""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from nnlib import History
from ui.charts.cost import cost_chart, cost_figure
from ui.charts.network import network_picture
from ui.charts.sigmoid import sigmoid_picture
from ui.charts.weights import parameter_names, weights_chart, weights_figure
from ui.player.motion import Chart, Epochs


def empty_figures(inputs: Sequence[str], *, bias: bool) -> dict[str, go.Figure]:
    """The figures for the player to fill: key → figure, in the order of the page."""
    return {"cost": cost_figure(), "weights": weights_figure(parameter_names(inputs, bias=bias))}


def moving_charts(history: History, scale: str, frames: Epochs, epoch: int) -> list[Chart]:
    """The same figures with what this run moves in them at `frames`; described in words as they are at `epoch`."""
    return [cost_chart(history, scale, frames, epoch), weights_chart(history, frames, epoch)]


def pictures(history: History, plate: Sequence[bool], frames: Epochs, epoch: int) -> dict[str, dict[str, Any]]:
    """What the page's own pictures show of this run: key → what does not change from frame to frame."""
    return {
        "network": network_picture(history, plate, epoch),
        "sigmoid": sigmoid_picture(history, plate, frames, epoch),
    }
