"""The four charts, as pure functions of a training history: cost, weights and bias, network, sigmoid.

Each is a still figure, built once for all runs, and what this run moves in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import cycle

import numpy as np
import plotly.graph_objects as go

from nnlib import Dataset, History, sigmoid
from ui.motion import Array, Chart, Epochs, Fills, Grows, Moves, path, written, written_small
from ui.palette import ACCENT, COLOURS, HAPPY, NEGATIVE, NEUTRAL, POSITIVE, UNHAPPY, UNLIT, faint
from ui.settings import SCALES

HEIGHT = 230
TALL = HEIGHT + 76
# Text to be filled in: for text that is empty Plotly makes no place.
BLANK = " "
# A finger on a chart scrolls the page: nothing in it is to be dragged.
STILL_AXIS = {"zeroline": False, "autorange": False, "fixedrange": True, "automargin": False, "tickformat": ","}


def charts(history: History, plate: Sequence[bool], scale: str, frames: Epochs, epoch: int) -> list[Chart]:
    """All four, in the order of the page, moving through `frames`; described as they are at `epoch`."""
    return [
        cost_chart(history, scale, frames, epoch),
        weights_chart(history, frames, epoch),
        network_chart(history, plate, frames, epoch),
        sigmoid_chart(history, frames, epoch),
    ]


def figures(dataset: Dataset, *, bias: bool) -> dict[str, go.Figure]:
    """The still figure of each chart, the same for every run: key → figure, in the order of the page."""
    names = parameter_names(dataset, bias=bias)
    return {
        "cost": _cost_figure(),
        "weights": _weights_figure(names),
        "network": _network_figure(names),
        "sigmoid": _sigmoid_figure(_rows(dataset)),
    }


def still(
    title: str, x: str, y: str, traces: Sequence[go.Scatter], keys: Mapping[str, str] | None = None, **layout: object
) -> go.Figure:
    """A figure with the page's margins and no template: colours and fonts come from the page's theme.

    keys: words under the title that say what each sign stands for, as sign → word.
    """
    below = {"text": "\u2003".join(f"{sign}\u00a0{word}" for sign, word in (keys or {}).items()), "font": {"size": 13}}
    return go.Figure(
        traces,
        go.Layout(
            template="none",
            meta=", ".join([title, *(trace.name or trace.mode for trace in traces)]),
            title={
                "text": title,
                "subtitle": below,
                "x": 0,
                "xref": "container",
                "y": 0.98,
                "yanchor": "top",
                "pad": {"l": 0},
                "font": {"size": 16},
            },
            height=HEIGHT,
            margin={"l": 58, "r": 16, "t": 58 if keys else 36, "b": 46},
            xaxis={"title": {"text": x}, **STILL_AXIS},
            yaxis={"title": {"text": y}, **STILL_AXIS},
            showlegend=False,
            hovermode="closest",
            dragmode=False,
        ).update(layout),
    )


def toolbar(key: str) -> dict[str, object]:
    """Plotly's settings for a chart: with nothing to zoom, what is left of its toolbar saves the picture."""
    return {"displaylogo": False, "doubleClick": False, "toImageButtonOptions": {"filename": key, "scale": 2}}


def line(name: str, colour: str, hover: str, width: float = 2.5) -> go.Scatter:
    """An empty line for the player to fill."""
    return go.Scatter(
        x=[],
        y=[],
        mode="lines",
        name=name,
        line={"color": colour, "width": width},
        hovertemplate=hover + "<extra></extra>",
    )


def sign(character: str, colour: str) -> str:
    """A character in a colour, for `still`."""
    return f'<span style="color:{colour}">{character}</span>'


def backdrop(colour: str) -> dict[str, object]:
    """The shape behind a line, for the whole run."""
    return {"type": "path", "path": "M0,0", "layer": "below", "line": {"color": faint(colour), "width": 2.5}}


def epoch_axis(epochs: int) -> dict[str, object]:
    """The horizontal axis of a run: a little room at both ends, and no ticks between two epochs."""
    return {"xaxis.range": padded(np.array([0.0, epochs])), "xaxis.dtick": 1 if epochs < 6 else None}


def padded(values: Array, share: float = 0.06) -> list[float]:
    """An axis range that leaves a little room around the values."""
    low, high = float(values.min()), float(values.max())
    room = share * (high - low) or 0.5
    return [low - room, high + room]


@cache
def _cost_figure() -> go.Figure:
    hover = "after epoch %{x:,}<br>cost %{y:.6f}"
    return still(
        "Cost",
        "epoch",
        "mean squared error",
        [
            line("so far", ACCENT, hover, 3),
            go.Scatter(
                x=[],
                y=[],
                mode="markers",
                marker={"color": ACCENT, "size": 10},
                hovertemplate=hover + "<extra></extra>",
            ),
        ],
        shapes=[backdrop(ACCENT)],
        yaxis_exponentformat="power",
    )


def cost_chart(history: History, scale: str, frames: Epochs, epoch: int) -> Chart:
    """The cost against the epoch: how wrong the network is on its training data."""
    cost = history.cost
    if scale == SCALES[1]:
        # A cost of exactly 0 has no place on a logarithmic axis: it stands at the smallest cost there is.
        cost = np.maximum(cost, np.min(cost[cost > 0], initial=1.0))
        y_range = padded(np.log10(cost))
    else:
        y_range = [-0.04 * float(cost.max()), 1.08 * float(cost.max())]
    now = cost[frames, None]
    return Chart(
        "cost",
        _cost_figure(),
        f"Line chart: the cost goes from {written_small(history.cost[0])} at epoch 0 "
        f"to {written_small(history.cost[-1])} at epoch {history.epochs:,}; "
        f"at epoch {epoch:,} it is {written_small(history.cost[epoch])}.",
        layout={
            **epoch_axis(history.epochs),
            "yaxis.type": "log" if scale == SCALES[1] else "linear",
            "yaxis.dtick": 1 if scale == SCALES[1] else None,
            "yaxis.tickformat": "" if scale == SCALES[1] else ",",
            "yaxis.range": y_range,
        },
        grows=[Grows(0, 0, cost, now)],
        moves=[Moves(1, "x"), Moves(1, "y", now)],
    )


def parameter_names(dataset: Dataset, *, bias: bool) -> tuple[str, ...]:
    """What the parameters of a neuron are called: as the inputs they weigh, then the bias where there is one."""
    return (*dataset.names, "bias") if bias else dataset.names


def parameters(history: History) -> dict[str, Array]:
    """Each weight of the first layer, and the bias where there is one, at every epoch: name → (epochs + 1,)."""
    columns = [*history.weights[0][:, :, 0].T, history.biases[0][:, 0]]
    return dict(zip(parameter_names(history.dataset, bias=history.bias), columns))


@cache
def _weights_figure(names: tuple[str, ...]) -> go.Figure:
    def hover(name: str) -> str:
        return f"{name} after epoch %{{x:,}}<br>%{{y:+.4f}}"

    lines = [line(name, COLOURS[name], hover(name), 3) for name in names]
    heads = go.Scatter(
        x=[],
        y=[],
        mode="markers",
        marker={"color": [COLOURS[name] for name in names], "size": 10},
        hoverinfo="skip",
    )
    return still(
        "Weights and bias" if "bias" in names else "Weights",
        "epoch",
        "value",
        [*lines, heads],
        {sign("━", COLOURS[name]): name for name in names},
        shapes=[backdrop(COLOURS[name]) for name in names],
    )


def weights_chart(history: History, frames: Epochs, epoch: int) -> Chart:
    """Every weight and the bias against the epoch: what the network has learnt of each ingredient."""
    named = parameters(history)
    count = len(named)
    now = np.stack([values[frames] for values in named.values()], axis=1)
    values_now = ", ".join(f"{name} {written(values[epoch], 2, sign=True)}" for name, values in named.items())
    return Chart(
        "weights",
        _weights_figure(tuple(named)),
        f"Line chart: at epoch {epoch:,} the values are {values_now}.",
        layout={
            **epoch_axis(history.epochs),
            "yaxis.range": padded(
                np.concatenate([np.array([values.min(), values.max()]) for values in named.values()])
            ),
        },
        grows=[Grows(place, place, values, now, place) for place, values in enumerate(named.values())],
        moves=[Moves(count, "x", points=count), Moves(count, "y", now)],
    )


@cache
def _network_figure(names: tuple[str, ...]) -> go.Figure:
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
    words = {"showarrow": False, "font": {"size": 14}}
    annotations = [
        {"x": -0.09, "y": y, "text": name, "xanchor": "right", **words} for y, name in zip(heights.tolist(), names)
    ]
    annotations.append({"x": 1, "y": 0.5, "yshift": -42, "text": "happy?", **words})
    hidden = {"visible": False, "fixedrange": True}
    figure = still("Network", "", "", [*edges, inputs, output, labels])
    return figure.update_layout(
        annotations=annotations,
        xaxis=hidden | {"range": [-0.42, 1.2]},
        yaxis=hidden | {"range": [-0.22, 1.22]},
        margin={"l": 8, "r": 8, "b": 8},
    )


def network_chart(history: History, plate: Sequence[bool], frames: Epochs, epoch: int) -> Chart:
    """The network itself: what goes in for the ticked boxes, each weight as an edge, the prediction."""
    named = parameters(history)
    count = len(named)
    lit = [*plate, True][:count]
    now = np.stack([values[frames] for values in named.values()], axis=1)
    prediction = history.predict([plate], frames)[:, 0]
    ticked = " and ".join(name for name, on in zip(history.dataset.names, plate) if on) or "nothing"
    colours = [COLOURS[name] if on else UNLIT for name, on in zip(named, lit)]
    edges = range(count)
    return Chart(
        "network",
        _network_figure(tuple(named)),
        f"Network diagram: with {ticked} ticked, it predicts "
        f"{written(history.predict([plate], np.array([epoch])).item(), 2)} at epoch {epoch:,}.",
        moves=[
            *(Moves(edge, "line.width", now, edge, scale=3.0, limits=(0.6, 14.0)) for edge in edges),
            *(Moves(edge, "line.color", now, edge, choices=(NEGATIVE, POSITIVE)) for edge in edges),
            Moves(count + 1, "text", prediction, digits=2),
            Moves(count + 1, "marker.color", prediction, 0, choices=(UNHAPPY, HAPPY), threshold=0.5),
            Moves(count + 2, "text", now, digits=2, sign=True),
        ],
        fills=[
            *(Fills(edge, "opacity", 1.0 if lit[edge] else 0.3) for edge in edges),
            Fills(count, "marker.color", colours),
            Fills(count, "text", [str(int(on)) for on in lit]),
        ],
    )


def code(plate: Iterable[float]) -> str:
    """A plate as the training data has it: 101."""
    return "".join(f"{value:g}" for value in plate)


def plate_name(names: Sequence[str], plate: Iterable[float]) -> str:
    """A plate as people say it: coffee + chili."""
    return " + ".join(name for name, value in zip(names, plate) if value) or "nothing"


def _rows(data: Dataset) -> tuple[tuple[str, str, bool], ...]:
    """Each training row: its code, its plate in words, and whether it should make happy."""
    happy = (data.labels[:, 0] >= 0.5).tolist()
    return tuple((code(row), plate_name(data.names, row), label) for row, label in zip(data.inputs, happy))


@cache
def _sigmoid_figure(rows: tuple[tuple[str, str, bool], ...]) -> go.Figure:
    # Close together where the curve bends, and far enough out for any learning rate on the slider.
    z = np.sinh(np.linspace(-9, 9, 121).round(3))
    curve = {"type": "path", "path": path(z, sigmoid(z)), "layer": "below", "line": {"color": NEUTRAL, "width": 2}}

    def samples(happy: bool, name: str, colour: str, symbol: str) -> go.Scatter:
        # Rows that end close together get their names on different sides.
        corners = cycle(["top left", "top right", "top center"] if happy else ["bottom right", "bottom left"])
        chosen = [(code, plate) for code, plate, label in rows if label == happy]
        return go.Scatter(
            x=[],
            y=[],
            mode="markers+text",
            name=name,
            marker={"size": 13, "color": colour, "symbol": symbol, "line": {"width": 1.5, "color": "white"}},
            text=[code for code, _ in chosen],
            textposition=[corner for corner, _ in zip(corners, chosen)],
            cliponaxis=False,
            textfont={"size": 12},
            customdata=[plate for _, plate in chosen],
            hovertemplate="%{customdata}: " + name + "<br>z = %{x:.3f}<br>prediction %{y:.4f}<extra></extra>",
        )

    return still(
        "Sigmoid",
        "z, the weighted sum",
        "prediction",
        [
            samples(True, "should be happy", HAPPY, "circle"),
            samples(False, "should not be", UNHAPPY, "diamond"),
        ],
        {sign("●", HAPPY): "should be happy", sign("◆", UNHAPPY): "should not be"},
        shapes=[curve],
        height=TALL,
        yaxis_range=[-0.17, 1.17],
    )


def sigmoid_chart(history: History, frames: Epochs, epoch: int) -> Chart:
    """The sigmoid with the training samples on it: how each row's weighted sum becomes a prediction."""
    data = history.dataset
    happy = data.labels[:, 0] >= 0.5
    z = history.weighted_sums(data.inputs, frames)[:, :, 0]
    predictions = history.predict(data.inputs, frames)[:, :, 0]
    reach = max(6.0, 1.15 * float(np.abs(z).max()))
    right = ((history.predict(data.inputs, np.array([epoch]))[0, :, 0] >= 0.5) == happy).sum()
    return Chart(
        "sigmoid",
        _sigmoid_figure(_rows(data)),
        f"S-shaped curve with the {len(happy)} training rows on it: at epoch {epoch:,}, "
        f"{right} of them are on the right side of one half.",
        layout={"xaxis.range": [-reach, reach]},
        moves=[
            Moves(trace, name, values[:, rows])
            for trace, rows in ((0, happy), (1, ~happy))
            for name, values in (("x", z), ("y", predictions))
        ],
    )
