"""Every weight and the bias against the epoch: what the network has learnt of each ingredient."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import plotly.graph_objects as go

from nnlib import History
from ui import words
from ui.charts.figure import HEIGHT, MARGIN, apart, backdrop, epoch_axis, figure, labels, line, padded
from ui.palette import COLOURS
from ui.player.motion import Array, Chart, Epochs, Grows, Moves

# Right of the axes, in pixels: a line's name and value.
LABEL_WIDTH = 104


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
        return f"{name} after epoch %{{customdata:,}}<br>%{{y:+.4f}}"

    lines = [line(name, COLOURS[name], hover(name), 3) for name in names]
    colours = [COLOURS[name] for name in names]
    ends = go.Scatter(
        x=[], y=[], mode="markers", marker={"color": colours, "size": 10}, cliponaxis=False, hoverinfo="skip"
    )
    return figure(
        "Weights and bias" if "bias" in names else "Weights",
        "epoch",
        "",
        [*lines, ends, labels(len(names), "middle right", colours)],
        shapes=[backdrop(colour) for colour in colours],
        margin={**MARGIN, "l": 44, "r": LABEL_WIDTH},
        yaxis_zeroline=True,
    )


def weights_chart(history: History, frames: Epochs, epoch: int) -> Chart:
    """What this run puts into `weights_figure`."""
    named = parameters(history)
    count = len(named)
    now = np.stack([values[frames] for values in named.values()], axis=1)
    values_now = ", ".join(f"{name} {words.number(values[epoch], 2, sign=True)}" for name, values in named.items())
    # 0 is always in sight: above it an ingredient speaks for happy, below against.
    extremes = np.array([0.0, *(extreme for values in named.values() for extreme in (values.min(), values.max()))])
    axis = padded(extremes, 0.1)
    beside = apart(now, axis, HEIGHT - MARGIN["t"] - MARGIN["b"])
    return Chart(
        "weights",
        weights_figure(tuple(named)),
        f"Line chart: at epoch {epoch:,} the values are {values_now}.",
        layout={**epoch_axis(history.epochs), "yaxis.range": axis},
        grows=[Grows(number, number, values, now, number) for number, values in enumerate(named.values())],
        moves=[
            Moves(count, "x", points=count),
            Moves(count, "y", now),
            Moves(count + 1, "x", points=count),
            Moves(count + 1, "y", beside),
            Moves(count + 1, "text", now, words=[f"{name} " for name in named], sign=True),
        ],
    )
