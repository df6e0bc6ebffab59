"""How large the gradient of each layer is over the epochs: whether it vanishes on its way back."""

import numpy as np
import plotly.graph_objects as go

from nnlib import History
from ui import words
from ui.charts.figure import FONT_SIZE, HEIGHT, MARGIN, apart, epoch_axis, figure, padded
from ui.palette import ACCENT, NEUTRAL
from ui.player.motion import across, spread

POINTS = 160
# The output's is in the accent; told apart by the dashes too, not by colour alone.
DASHES = ("solid", "dash", "dot")
LABEL_WIDTH = 78
# By so many times a gradient has to have shrunk to be called vanishing.
VANISHING = 10
# What each activation's slope is at most.
STEEPEST = {"sigmoid": "a sigmoid’s at most 0.25", "tanh": "tanh’s at most 1", "relu": "a ReLU’s 1 or 0"}


def layer_names(history: History) -> list[str]:
    """What the layers are called, the output last."""
    return [*(f"layer {number}" for number in range(1, len(history.weights))), "output"]


def gradients_chart(history: History, epoch: int) -> go.Figure:
    """A line for each layer, named at its end, and a mark on each at `epoch`. An exact 0 has no place on the axis."""
    epochs = np.union1d(spread(history.epochs, POINTS), [epoch])
    sizes = history.gradient_sizes(epochs)
    sizes[sizes == 0] = np.nan
    logarithms = np.log10(sizes)
    known = logarithms[np.isfinite(logarithms)]
    axis = padded(known if known.size else np.zeros(1))
    names = layer_names(history)
    styles = [*({"color": NEUTRAL, "dash": dash} for dash in DASHES[: len(names) - 1]), {"color": ACCENT}]
    lines = [
        go.Scatter(
            x=across(epochs),
            y=sizes[:, number],
            customdata=epochs,
            mode="lines",
            name=name,
            line={"width": 3, **style},
            hovertemplate=f"{name}<br>after epoch %{{customdata:,}}<br>gradient %{{y:.2e}}<extra></extra>",
        )
        for number, (name, style) in enumerate(zip(names, styles, strict=True))
    ]
    colours = [style["color"] for style in styles]
    marks = go.Scatter(
        x=[across(epoch).item()] * len(names),
        y=sizes[epochs == epoch][0],
        mode="markers",
        marker={"size": 10, "color": colours, "opacity": 1},
        cliponaxis=False,
        hoverinfo="skip",
    )
    ends = np.where(np.isfinite(logarithms[-1]), logarithms[-1], axis[0])[None]
    beside = apart(ends, axis, HEIGHT - MARGIN["t"] - MARGIN["b"])[0]
    labels = go.Scatter(
        x=[across(history.epochs).item()] * len(names),
        y=10**beside,
        mode="text",
        text=[f" {name}" for name in names],
        textposition="middle right",
        textfont={"size": FONT_SIZE, "weight": 600, "color": colours},
        cliponaxis=False,
        hoverinfo="skip",
    )
    return figure(
        "Size of the gradient by layer",
        "epoch",
        "",
        [*lines, marks, labels],
        margin={**MARGIN, "r": LABEL_WIDTH},
        yaxis_range=axis,
        yaxis_type="log",
        yaxis_exponentformat="power",
        yaxis_tickformat="",
        yaxis_dtick=max(1, round((axis[1] - axis[0]) / 4)),
        **epoch_axis(history.epochs),
    )


def alternative(history: History, epoch: int) -> str:
    """What the chart shows, for who cannot see it."""
    sizes = history.gradient_sizes([epoch])[0].tolist()
    found = words.listed([f"{name} {words.small(size)}" for name, size in zip(layer_names(history), sizes)])
    return f"Line chart on a logarithmic axis: at epoch {epoch:,} the sizes of the gradients are {found}."


def sentence(history: History, epoch: int) -> str:
    """Markdown: how the first layer's gradient compares with the output's at `epoch`, and why."""
    first, *_, output = history.gradient_sizes([epoch])[0].tolist()
    begin = f"At epoch {epoch:,} the first layer’s gradient is"
    if not first or not output:
        return f"{begin} {words.small(first)}, the output’s {words.small(output)}."
    times = max(first, output) / min(first, output)
    if times < 1.05:
        return f"{begin} as large as the output’s."
    size = f"{times:,.0f}" if times >= VANISHING else f"{times:.1f}"
    text = f"{begin} {size} times {'smaller' if first < output else 'larger'} than the output’s."
    name = history.activation.name
    if first < output and times >= VANISHING:
        text = text.replace(f"{size} times smaller", f"**{size} times smaller**")
        text += (
            f" On the way back each hidden layer multiplies it by weights and by slopes, {STEEPEST[name]}: "
            "the gradient vanishes, and the first layer hardly learns."
        )
    return f"{text} The size is the root of the sum of the squares."
