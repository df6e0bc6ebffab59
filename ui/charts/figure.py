"""What all figures of the page share: margins, axes, lines and the signs that explain them."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from ui.palette import faint
from ui.player.motion import Array

HEIGHT = 230
TALL = HEIGHT + 76
# A text that the player fills in: for an empty one Plotly draws no element.
BLANK = " "
# Nothing in a chart can be dragged, so that a finger on it scrolls the page.
FIXED_AXIS = {"zeroline": False, "autorange": False, "fixedrange": True, "automargin": False, "tickformat": ","}


def figure(
    title: str, x: str, y: str, traces: Sequence[go.Scatter], legend: Mapping[str, str] | None = None, **layout: object
) -> go.Figure:
    """A figure with the page's margins and no template: colours and fonts come from the page's theme.

    legend: words under the title that say what each symbol stands for, as symbol → word.
    """
    below = {
        "text": "\u2003".join(f"{mark}\u00a0{word}" for mark, word in (legend or {}).items()),
        "font": {"size": 13},
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
            margin={"l": 58, "r": 16, "t": 58 if legend else 36, "b": 46},
            xaxis={"title": {"text": x}, **FIXED_AXIS},
            yaxis={"title": {"text": y}, **FIXED_AXIS},
            showlegend=False,
            hovermode="closest",
            dragmode=False,
        ).update(layout),
    )


def toolbar(key: str) -> dict[str, object]:
    """Plotly's settings for a chart: there is nothing to zoom, so the toolbar only saves the picture."""
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


def symbol(character: str, colour: str) -> str:
    """A character in a colour, for the legend of `figure`."""
    return f'<span style="color:{colour}">{character}</span>'


def backdrop(colour: str) -> dict[str, object]:
    """The faint shape behind a line that shows the whole run."""
    return {"type": "path", "path": "M0,0", "layer": "below", "line": {"color": faint(colour), "width": 2.5}}


def epoch_axis(epochs: int) -> dict[str, object]:
    """The horizontal axis of a run: a little room at both ends, and no ticks between two epochs."""
    return {"xaxis.range": padded(np.array([0.0, epochs])), "xaxis.dtick": 1 if epochs < 6 else None}


def padded(values: Array, share: float = 0.06) -> list[float]:
    """An axis range that leaves a little room around the values."""
    low, high = float(values.min()), float(values.max())
    room = share * (high - low) or 0.5
    return [low - room, high + room]
