"""The sigmoid with the plates of the training data on it: how each one's weighted sum becomes a prediction."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import cycle

import numpy as np
import plotly.graph_objects as go

from nnlib import History, datasets, sigmoid
from ui import words
from ui.charts.figure import BLANK, TALL, figure, symbol
from ui.palette import HAPPY, NEUTRAL, UNHAPPY
from ui.player.motion import Chart, Epochs, Fills, Moves, path


@lru_cache(8)
def sigmoid_figure(names: Sequence[str]) -> go.Figure:
    """The curve, and a point for every plate of the ingredients `names`, for the player to fill."""
    # Close together where the curve bends, and far enough out for any learning rate on the slider.
    z = np.sinh(np.linspace(-9, 9, 121).round(3))
    curve = {"type": "path", "path": path(z, sigmoid(z)), "layer": "below", "line": {"color": NEUTRAL, "width": 2}}
    plates = datasets.combinations(len(names))
    points = go.Scatter(
        x=[],
        y=[],
        mode="markers+text",
        name="plates",
        marker={"size": 13, "line": {"width": 1.5, "color": "white"}},
        text=[BLANK] * len(plates),
        cliponaxis=False,
        textfont={"size": 12},
        hovertemplate="%{customdata}<br>z = %{x:.3f}<br>prediction %{y:.4f}<extra></extra>",
    )
    return figure(
        "Sigmoid",
        "z, the weighted sum",
        "prediction",
        [points],
        {symbol("●", HAPPY): "should be happy", symbol("◆", UNHAPPY): "should not be"},
        shapes=[curve],
        height=TALL,
        yaxis_range=[-0.17, 1.17],
    )


def sigmoid_chart(history: History, frames: Epochs, epoch: int) -> Chart:
    """What this run puts into `sigmoid_figure`: plates that the network was not told are there, but invisible."""
    data = history.dataset
    plates = datasets.combinations(len(data.names))
    z = history.weighted_sums(plates, frames)[:, :, 0]
    predictions = history.predict(plates, frames)[:, :, 0]
    answers = {tuple(row): label >= 0.5 for row, label in zip(data.inputs.tolist(), data.labels[:, 0])}
    labels = [answers.get(tuple(plate)) for plate in plates.tolist()]
    told = [label is not None for label in labels]
    reach = max(6.0, 1.15 * float(np.abs(z[:, told]).max()))
    found = words.verdicts(history.predict(data.inputs, np.array([epoch]))[0, :, 0], data.labels[:, 0])
    # Points that end close together get their names on different sides.
    above, below = cycle(["top left", "top right", "top center"]), cycle(["bottom right", "bottom left"])
    return Chart(
        "sigmoid",
        sigmoid_figure(data.names),
        f"S-shaped curve with {words.count(len(data.labels), 'plate')} of the training data on it: at epoch {epoch:,}, "
        f"{int((found == words.Verdict.RIGHT).sum())} of them {'is' if len(data.labels) == 1 else 'are'} right.",
        layout={"xaxis.range": [-reach, reach]},
        moves=[Moves(0, "x", z), Moves(0, "y", predictions)],
        fills=[
            Fills(0, "marker.color", [HAPPY if label else UNHAPPY for label in labels]),
            Fills(0, "marker.symbol", ["circle" if label else "diamond" for label in labels]),
            Fills(0, "marker.opacity", [float(is_told) for is_told in told]),
            Fills(0, "text", [words.bits(plate) if is_told else BLANK for plate, is_told in zip(plates, told)]),
            Fills(0, "textposition", [next(above) if label else next(below) for label in labels]),
            Fills(
                0,
                "customdata",
                [
                    f"{words.plate(data.names, plate)}: should {'' if label else 'not '}be happy"
                    for plate, label in zip(plates, labels)
                ],
            ),
        ],
    )
