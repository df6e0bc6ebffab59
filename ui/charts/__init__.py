"""The page's four charts, one in a file: a figure that is the same for every run, and what a run moves in it."""

from collections.abc import Sequence

import plotly.graph_objects as go

from nnlib import History
from ui.charts.cost import cost_chart, cost_figure
from ui.charts.network import network_chart, network_figure
from ui.charts.sigmoid import sigmoid_chart, sigmoid_figure
from ui.charts.weights import parameter_names, weights_chart, weights_figure
from ui.player.motion import Chart, Epochs


def empty_figures(inputs: Sequence[str], *, bias: bool) -> dict[str, go.Figure]:
    """The figures for the player to fill: key → figure, in the order of the page."""
    names = parameter_names(inputs, bias=bias)
    return {
        "network": network_figure(names),
        "sigmoid": sigmoid_figure(inputs),
        "cost": cost_figure(),
        "weights": weights_figure(names),
    }


def moving_charts(history: History, plate: Sequence[bool], scale: str, frames: Epochs, epoch: int) -> list[Chart]:
    """The same figures with what this run moves in them at `frames`; described in words as they are at `epoch`."""
    return [
        network_chart(history, plate, frames, epoch),
        sigmoid_chart(history, frames, epoch),
        cost_chart(history, scale, frames, epoch),
        weights_chart(history, frames, epoch),
    ]
