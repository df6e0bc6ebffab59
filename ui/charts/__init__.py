"""The page's charts, one in a file.

Cost and weights are Plotly figures, the same for every run, and what a run moves in them. The others are pictures of
our own: the folder of the same name in `ui` draws each from a description and the numbers of a frame.
"""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from nnlib import History
from ui.charts.cost import cost_chart, cost_figure
from ui.charts.cube import cube_picture
from ui.charts.network import network_picture
from ui.charts.neurons import neurons_picture
from ui.charts.sigmoid import sigmoid_picture
from ui.charts.strips import strips_picture
from ui.charts.weights import parameter_names, weights_chart, weights_figure
from ui.player.motion import Chart, Epochs
from ui.settings import Settings


def empty_figures(inputs: Sequence[str], settings: Settings) -> dict[str, go.Figure]:
    """The figures for the player to fill: key → figure, in the order of the page."""
    cost = {"cost": cost_figure()}
    if settings.has_layers:
        return cost
    return cost | {"weights": weights_figure(parameter_names(inputs, bias=settings.experiment.architecture.bias))}


def moving_charts(history: History, settings: Settings, frames: Epochs) -> list[Chart]:
    """The same figures with what this run moves in them at `frames`; in words as they are at the current epoch."""
    epoch = settings.current_epoch
    cost = cost_chart(history, settings.scale, frames, epoch)
    return [cost] if settings.has_layers else [cost, weights_chart(history, frames, epoch)]


def pictures(history: History, settings: Settings, frames: Epochs) -> dict[str, dict[str, Any]]:
    """What the page's own pictures show of this run: key → what does not change from frame to frame."""
    epoch, plate = settings.current_epoch, settings.plate
    shown = {"network": network_picture(history, plate, epoch)}
    match settings.shown_view:
        case "neurons":
            shown["neurons"] = neurons_picture(history, settings.data, settings.plate_number, epoch)
        case "sigmoid":
            shown["sigmoid"] = sigmoid_picture(history, plate, frames, epoch)
        case "cube":
            shown["cube"] = cube_picture(history, settings.data, settings.plate_number, epoch)
    if settings.has_layers:
        shown["strips"] = strips_picture(history, epoch)
    return shown
