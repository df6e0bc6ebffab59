"""The tug of war of one training step as a chart: every training row's pull on every parameter of a neuron."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from nnlib import Neuron
from nnlib.checks import Array
from ui import words
from ui.charts.figure import FONT_SIZE, figure, symbol
from ui.palette import COLOURS, HAPPY, NEUTRAL, UNHAPPY, ink_on, shades
from ui.tabs.step import View, row_names

BAR = 0.5
# So many parameters have room for their names and sums under the bars.
FEW = 4


def pulls(neuron: Neuron) -> Array:
    """What each row adds to minus the gradient, (rows, parameters): where it pulls each parameter, and how hard."""
    # Adding 0 turns a −0 into a 0.
    return -neuron.cost_by_parameter / len(neuron.z) + 0.0


def signed(pull: float, digits: int) -> str:
    """A pull with its sign: +0.0012, and not 0 where it is only too small for the decimals: −4.6 × 10⁻³⁴."""
    return f"{'+' if pull > 0 else ''}{words.small(pull, digits)}"


def row_colours(labels: Array) -> list[str]:
    """One for each training row: a shade of happy, or of not happy, as its label says; light next to dark."""
    happy = labels[:, 0] >= 0.5
    of_happy, of_unhappy = iter(shades(HAPPY, int(happy.sum()))), iter(shades(UNHAPPY, int((~happy).sum())))
    return [next(of_happy if is_happy else of_unhappy) for is_happy in happy]


def tug_of_war_chart(view: View) -> go.Figure:
    """Each row's pulls as stacked bars, up or down, and beside each stack the sum: minus the gradient."""
    pulling = pulls(view.neuron)
    sums, columns = pulling.sum(axis=0), np.arange(pulling.shape[1])
    digits = words.decimals(pulling, least=4)
    return figure(
        "Pulls of the training rows",
        "neuron" if len(columns) > FEW else "",
        "pull: down or up",
        [_bars(view, pulling, digits), _diamonds(view, sums, digits)],
        barmode="overlay",
        uniformtext={"minsize": FONT_SIZE, "mode": "hide"},
        height=380,
        title_subtitle={"text": _legend(view), "font": {"size": FONT_SIZE}},
        margin={"t": 64, "b": 48, "l": 66},
        xaxis={
            "range": [-0.5, len(columns) - 0.4],
            "tickvals": columns,
            "ticktext": _ticks(view.sources, sums, digits),
            "tickangle": 0,
            "tickfont": {"size": FONT_SIZE},
            "fixedrange": True,
            "showgrid": False,
        },
        yaxis={
            "range": _range(pulling),
            "fixedrange": True,
            "zeroline": True,
            "zerolinecolor": NEUTRAL,
            "zerolinewidth": 2,
            "tickformat": "",
            "exponentformat": "power",
        },
    )


def _bars(view: View, pulling: Array, digits: int) -> go.Bar:
    """All bars, row by row and parameter by parameter, in one trace: built five times as fast as a trace for each row.

    A bar begins where those before it on the same side of zero end.
    """
    up, down = np.maximum(pulling, 0), np.minimum(pulling, 0)
    begins = np.where(pulling > 0, up.cumsum(axis=0) - up, down.cumsum(axis=0) - down)
    rows, count = row_names(view.step.dataset), pulling.shape[1]
    colours = [colour for colour in row_colours(view.step.dataset.labels) for _ in range(count)]
    return go.Bar(
        x=np.tile(np.arange(count), len(rows)),
        y=pulling.ravel(),
        base=begins.ravel(),
        width=BAR,
        name="pulls",
        marker={
            "color": colours,
            "line": {"color": NEUTRAL, "width": 1},
        },
        text=[row for row in rows for _ in range(count)],
        textposition="inside",
        insidetextfont={"size": FONT_SIZE, "color": [ink_on(colour) for colour in colours]},
        textangle=0,
        insidetextanchor="middle",
        hovertext=[
            _hover(row, source, pull, digits)
            for row, row_pulls in zip(rows, pulling, strict=True)
            for source, pull in zip(view.sources, row_pulls, strict=True)
        ],
        hoverinfo="text",
    )


def _diamonds(view: View, sums: Array, digits: int) -> go.Scatter:
    """The sums, each a diamond at the end of a line from zero, right of its bars."""
    beside = np.arange(len(sums)) + 0.7 * BAR
    gap = np.full(len(sums), np.nan)
    return go.Scatter(
        x=np.stack([beside, beside, gap], axis=1).ravel(),
        y=np.stack([np.zeros(len(sums)), sums, gap], axis=1).ravel(),
        mode="lines+markers",
        name="sum",
        line={"color": NEUTRAL, "width": 2},
        marker={
            "symbol": "diamond",
            "size": [0, 12, 0] * len(sums),
            "opacity": 1,
            "color": "white",
            "line": {"color": NEUTRAL, "width": 2},
        },
        hovertext=[
            f"all rows together pull {source} by {signed(value, digits)}<br>= − gradient"
            for source, value in zip(view.sources, sums, strict=True)
            for _ in range(3)
        ],
        hoverinfo="text",
    )


def alternative(view: View, epoch: int) -> str:
    """What the chart shows, for people who cannot see it."""
    pulling = pulls(view.neuron)
    digits = words.decimals(pulling, least=4)
    stacks = "; ".join(
        f"{source} {words.small(up, digits)} up, {words.small(-down, digits)} down, sum {signed(up + down, digits)}"
        for source, up, down in zip(view.sources, *_both(pulling), strict=True)
    )
    return f"Bar chart: the pulls of {words.count(len(pulling), 'training row')} at epoch {epoch:,}: {stacks}."


def hardest(view: View) -> tuple[str, float, float]:
    """The parameter that is pulled both ways the hardest: its name, the pull up and the pull down (below 0)."""
    up, down = _both(pulls(view.neuron))
    column = int(np.argmax(np.minimum(up, -down)))
    return view.sources[column], float(up[column]), float(down[column])


def _both(pulling: Array) -> tuple[Array, Array]:
    """All that pulls up and all that pulls down on each parameter."""
    return np.maximum(pulling, 0).sum(axis=0), np.minimum(pulling, 0).sum(axis=0)


def _range(pulling: Array) -> list[float]:
    up, down = _both(pulling)
    reach = float(max(up.max(), -down.min())) or 1.0
    return [min(float(down.min()), -0.1 * reach) - 0.08 * reach, max(float(up.max()), 0.1 * reach) + 0.08 * reach]


def _hover(row: str, source: str, pull: float, digits: int) -> str:
    if pull == 0:
        return f"row {row} does not pull {source}"
    return f"row {row} pulls {source} {'up' if pull > 0 else 'down'}<br>by {words.small(abs(pull), digits)}"


def _ticks(sources: Sequence[str], sums: Array, digits: int) -> list[str]:
    """Each parameter's name with the sum of its pulls; of many only the number, which has room on a phone."""
    if len(sources) > FEW:
        return [f"<b>{source.removeprefix('neuron ')}</b>" for source in sources]
    points = [f"{symbol('●', COLOURS[source])} " if source in COLOURS else "" for source in sources]
    return [
        f"{point}<b>{source}</b><br>{signed(total, digits)}"
        for point, source, total in zip(points, sources, sums.tolist(), strict=True)
    ]


def _legend(view: View) -> str:
    """The rows' colours, and the symbol of the sum."""
    data = view.step.dataset
    squares = [f"{symbol('■', colour)} {name}" for name, colour in zip(row_names(data), row_colours(data.labels))]
    return "  ".join([*squares, "◇ sum"])
