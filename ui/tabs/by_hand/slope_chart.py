"""The slope as a picture: the cost against one weight, the tangent at its present value, and where the step lands."""

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from nnlib.checks import Array
from ui import words
from ui.charts.figure import figure, padded, symbol
from ui.palette import ACCENT, NEUTRAL
from ui.tabs.step import View

POINTS = 161
# So far the curve is drawn at least, to either side: enough to see it bend.
AROUND = 2.5
# A tangent that leads further below 0 than this share of the picture's height leaves the picture.
BELOW = 0.3
WIDTH = 1e-4


@dataclass(frozen=True, eq=False)
class Slope:
    """One weight moves, all others are held. value, landing: the weight before and after the step.

    gradient: the slope of the cost at `value`. cost: there; promised, landed: at `landing`, by the tangent and in fact.
    landing_slope: the slope at `landing`. values, costs: the curve.
    """

    name: str
    value: float
    landing: float
    gradient: float
    cost: float
    promised: float
    landed: float
    landing_slope: float
    values: Array
    costs: Array


def steepest(view: View) -> int:
    """The parameter with the largest gradient."""
    return int(np.argmax(np.abs(view.neuron.gradient)))


def slope_of(view: View, parameter: int) -> Slope:
    """What the picture shows of one parameter of a neuron."""
    neuron = view.neuron
    value, landing = float(neuron.old[parameter]), float(neuron.new[parameter])
    gradient = float(neuron.gradient[parameter])

    def cost(values: Array) -> Array:
        return view.step.cost_along(view.layer, view.number, parameter, values)

    reach = max(AROUND, 0.75 * abs(landing - value))
    middle = (value + landing) / 2
    values = np.union1d(np.linspace(middle - reach, middle + reach, POINTS), [value, landing])
    before, landed, below, above = cost(np.array([value, landing, landing - WIDTH, landing + WIDTH])).tolist()
    return Slope(
        name=view.parameter(parameter),
        value=value,
        landing=landing,
        gradient=gradient,
        cost=before,
        promised=before + gradient * (landing - value),
        landed=landed,
        landing_slope=(above - below) / (2 * WIDTH),
        values=values,
        costs=cost(values),
    )


def slope_chart(slope: Slope) -> go.Figure:
    """The curve, the tangent with the step along it, and from its end up or down to where the step lands."""
    top = float(slope.costs.max())
    floor = max(min(slope.promised, 0.0), -BELOW * top)
    reach = float(slope.values[-1] - slope.values[0]) / 6
    ends = np.array([slope.value - reach, slope.value + reach])
    return figure(
        f"The cost, while only {slope.name} moves",
        slope.name,
        "cost",
        [
            _line("cost", slope.values, slope.costs, color=ACCENT, width=3),
            _line("tangent", ends, slope.cost + slope.gradient * (ends - slope.value), color=NEUTRAL, width=2),
            _line("step", [slope.value, slope.landing], [slope.cost, slope.promised], color=NEUTRAL, width=5),
            _line("to the curve", [slope.landing] * 2, [slope.promised, slope.landed], color=NEUTRAL, dash="dot"),
            _point("now", slope.value, slope.cost, ACCENT, size=8, symbol="circle"),
            _point("lands", slope.landing, slope.landed, ACCENT, size=18, symbol="circle-open"),
        ],
        {
            symbol("●", ACCENT): "now",
            symbol("━", NEUTRAL): "step, along the tangent",
            symbol("◯", ACCENT): "lands",
        },
        height=310,
        margin_t=72,
        xaxis_range=[float(slope.values[0]), float(slope.values[-1])],
        yaxis_range=padded(np.array([floor, top])),
        yaxis_tickformat="",
        yaxis_exponentformat="power",
    )


def alternative(slope: Slope) -> str:
    """What the picture shows, for who cannot see it."""
    return f"Curve of the cost against {slope.name}. {sentence(slope).replace('**', '')}"


def sentence(slope: Slope) -> str:
    """Markdown: the slope, the step, what the tangent promises and where the step lands."""
    digits = words.decimals(slope.landing - slope.value, 2, least=4, most=10)
    value, landing = words.number(slope.value, digits), words.number(slope.landing, digits)
    text = (
        f"Now {slope.name} is {value}. Its gradient, {words.small(slope.gradient)}, is the slope of the tangent. "
        f"In this step it {'stays at' if value == landing else 'goes to'} {landing}. "
    )
    digits = words.decimals(slope.landed - slope.promised, 2, least=4, most=6)
    promised, landed = words.small(slope.promised, digits), words.small(slope.landed, digits)
    if promised == landed:
        return f"{text}There tangent and curve both have a cost of {landed}: so short a step is as good as straight."
    impossible = ", less than any cost can be" if slope.promised < 0 else ""
    text += f"There the tangent promises a cost of {promised}{impossible}; the curve has {landed}."
    if slope.landing_slope * slope.gradient < 0 and abs(slope.landing_slope) > 1e-9:
        text += " **The step overshoots**: where it lands, the curve slopes the other way."
    return text


def _line(name: str, x: object, y: object, **style: object) -> go.Scatter:
    hover = f"{name}<br>weight %{{x:.4f}}<br>cost %{{y:.6f}}<extra></extra>"
    return go.Scatter(x=x, y=y, mode="lines", name=name, line=style, hovertemplate=hover)


def _point(name: str, x: float, y: float, colour: str, **marker: object) -> go.Scatter:
    return go.Scatter(
        x=[x],
        y=[y],
        mode="markers",
        name=name,
        marker={"color": colour, "opacity": 1, "line": {"color": colour, "width": 2}, **marker},
        cliponaxis=False,
        hovertemplate=f"{name}<br>weight %{{x:.6f}}<br>cost %{{y:.6f}}<extra></extra>",
    )
