"""Every weight and the bias against the epoch: what the network has learnt of each ingredient."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import plotly.graph_objects as go

from nnlib import History
from ui import words
from ui.charts.figure import backdrop, epoch_axis, figure, line, padded, symbol
from ui.palette import COLOURS
from ui.player.motion import Array, Chart, Epochs, Grows, Moves


def parameter_names(inputs: Sequence[str], *, bias: bool) -> tuple[str, ...]:
    """The names of a neuron's parameters: each weight by the input it weighs, then the bias where there is one."""
    return (*inputs, "bias") if bias else tuple(inputs)


def parameters(history: History) -> dict[str, Array]:
    """Each weight of the first layer, and the bias where there is one, at every epoch: name → (epochs + 1,)."""
    columns = [*history.weights[0][:, :, 0].T, history.biases[0][:, 0]]
    return dict(zip(parameter_names(history.dataset.names, bias=history.bias), columns))


@lru_cache(8)
def weights_figure(names: Sequence[str]) -> go.Figure:
    """A line for each parameter, and their ends, for the player to fill."""

    def hover(name: str) -> str:
        return f"{name} after epoch %{{x:,}}<br>%{{y:+.4f}}"

    lines = [line(name, COLOURS[name], hover(name), 3) for name in names]
    ends = go.Scatter(
        x=[],
        y=[],
        mode="markers",
        marker={"color": [COLOURS[name] for name in names], "size": 10},
        hoverinfo="skip",
    )
    return figure(
        "Weights and bias" if "bias" in names else "Weights",
        "epoch",
        "value",
        [*lines, ends],
        {symbol("━", COLOURS[name]): name for name in names},
        shapes=[backdrop(COLOURS[name]) for name in names],
    )


def weights_chart(history: History, frames: Epochs, epoch: int) -> Chart:
    """What this run puts into `weights_figure`."""
    named = parameters(history)
    now = np.stack([values[frames] for values in named.values()], axis=1)
    values_now = ", ".join(f"{name} {words.number(values[epoch], 2, sign=True)}" for name, values in named.items())
    extremes = np.array([extreme for values in named.values() for extreme in (values.min(), values.max())])
    return Chart(
        "weights",
        weights_figure(tuple(named)),
        f"Line chart: at epoch {epoch:,} the values are {values_now}.",
        layout={**epoch_axis(history.epochs), "yaxis.range": padded(extremes)},
        grows=[Grows(number, number, values, now, number) for number, values in enumerate(named.values())],
        moves=[Moves(len(named), "x", points=len(named)), Moves(len(named), "y", now)],
    )
