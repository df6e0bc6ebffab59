"""What all Plotly figures of the page share: margins, axes, lines and the signs that explain them."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.palette import faint
from ui.player.motion import Array, across

HEIGHT = 208
# Nothing is written smaller, in pixels.
FONT_SIZE = 13
# Text to be filled in: for text that is empty Plotly draws nothing that could be filled.
BLANK = " "
# A finger on a chart scrolls the page: nothing in it is to be dragged.
FIXED_AXIS = {
    "zeroline": False,
    "autorange": False,
    "fixedrange": True,
    "automargin": False,
    "tickformat": ",",
    "tickfont": {"size": FONT_SIZE},
}
MARGIN = {"l": 58, "r": 16, "t": 34, "b": 44}
# Where an epoch axis is labelled, as shares of its epochs: their labels have room on a phone, too.
TICKS = (0.02, 0.2, 0.5)
# Between two lines of text, in pixels.
LINE_HEIGHT = 18


def figure(
    title: str, x: str, y: str, traces: Sequence[go.Scatter], legend: Mapping[str, str] | None = None, **layout: object
) -> go.Figure:
    """A figure with the page's margins and no template: colours and fonts come from the page's theme.

    legend: words under the title that say what each symbol stands for, as symbol → word.
    """
    below = {
        "text": "\u2003".join(f"{mark}\u00a0{word}" for mark, word in (legend or {}).items()),
        "font": {"size": FONT_SIZE},
    }
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
            margin={**MARGIN, "t": 58} if legend else MARGIN,
            # Without a standoff Plotly measures where the title has room, and remembers that from a hidden frame.
            xaxis={"title": {"text": x, "font": {"size": FONT_SIZE}, "standoff": 12}, **FIXED_AXIS},
            yaxis={"title": {"text": y, "font": {"size": FONT_SIZE}}, **FIXED_AXIS},
            showlegend=False,
            hovermode="closest",
            dragmode=False,
        ).update(layout),
    )


def toolbar(key: str) -> dict[str, object]:
    """Plotly's settings for a chart: there is nothing to zoom, so the toolbar only saves the picture."""
    return {"displaylogo": False, "doubleClick": False, "toImageButtonOptions": {"filename": key, "scale": 2}}


def line(name: str, colour: str, hover: str, width: float = 2.5) -> go.Scatter:
    """An empty line for the player to fill; its `customdata` are the epochs."""
    return go.Scatter(
        x=[],
        y=[],
        mode="lines",
        name=name,
        line={"color": colour, "width": width},
        hovertemplate=hover + "<extra></extra>",
    )


def labels(count: int, position: str, colours: Sequence[str] | None = None) -> go.Scatter:
    """So many texts for the player to fill and move; in the page's colour, or each in its own."""
    return go.Scatter(
        x=[],
        y=[],
        # Nobody sees the points: they keep the words off the line's end.
        mode="markers+text",
        marker={"size": 10, "opacity": 0},
        text=[BLANK] * count,
        textposition=position,
        textfont={"size": FONT_SIZE, "weight": 600} | ({"color": list(colours)} if colours else {}),
        cliponaxis=False,
        hoverinfo="skip",
    )


def symbol(character: str, colour: str) -> str:
    """A character in a colour, for `figure`."""
    return f'<span style="color:{colour}">{character}</span>'


def backdrop(colour: str) -> dict[str, object]:
    """The shape behind a line, for the whole run: above the grid, which "below" would be below."""
    return {"type": "path", "path": "M0,0", "layer": "between", "line": {"color": faint(colour), "width": 2.5}}


def epoch_axis(epochs: int) -> dict[str, Any]:
    """The horizontal axis of a run, in `across`: early epochs, where learning happens, have more room."""
    places = [0, *(float(f"{share * epochs:.2g}") for share in TICKS)]
    ticks = [0]
    for tick in map(int, places):
        if sqrt(tick) - sqrt(ticks[-1]) >= 0.09 * sqrt(epochs) and sqrt(epochs) - sqrt(tick) > 0.15 * sqrt(epochs):
            ticks.append(tick)
    ticks.append(epochs)
    return {
        "xaxis.range": padded(across([0, epochs]), 0.02),
        "xaxis.tickvals": across(ticks).tolist(),
        "xaxis.tickangle": 0,
        "xaxis.ticktext": [f"{tick:,}" for tick in ticks],
    }


def padded(values: Array, share: float = 0.06) -> list[float]:
    """An axis range that leaves a little room around the values."""
    low, high = float(values.min()), float(values.max())
    room = share * (high - low) or 0.5
    return [low - room, high + room]


def apart(values: Array, axis: Sequence[float], height: float, gap: float = LINE_HEIGHT) -> Array:
    """Where texts stand that belong to `values`, (frames, texts): as near as can be, and `gap` pixels from each other.

    axis: the range of the axis, which is `height` pixels high. All stay within it.
    """
    step = gap * (axis[1] - axis[0]) / height
    count = values.shape[1]
    order = np.argsort(values, axis=1, kind="stable")
    steps = step * np.arange(count)
    # Without the steps, the places have only to be in order: the nearest such are means of neighbours
    # (isotonic regression, by its min-max formula).
    wanted = np.take_along_axis(values, order, axis=1) - steps
    placed = np.empty_like(wanted)
    for number in range(count):
        placed[:, number] = np.max(
            [
                np.min([wanted[:, first : last + 1].mean(axis=1) for last in range(number, count)], axis=0)
                for first in range(number + 1)
            ],
            axis=0,
        )
    room = step / 2
    placed = np.clip(placed, axis[0] + room, max(axis[1] - room - steps[-1], axis[0] + room)) + steps
    found: Array = np.empty_like(placed)
    np.put_along_axis(found, order, placed, axis=1)
    return found
