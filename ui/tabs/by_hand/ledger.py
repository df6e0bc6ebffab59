"""The arithmetic of one training step, as pure functions of the step: each number printed once, and its tables."""

from collections.abc import Mapping, Sequence
from math import ceil, log10

import numpy as np

from ui import words
from ui.tabs.printed import (
    Printed,
    cells,
    decimals,
    difference,
    equation,
    mean,
    number,
    numbers,
    product,
    sigmoid,
    sigmoid_slope,
    square,
    total,
    whole,
)
from ui.tabs.step import View, row_names, views

# A result has a decimal less than what it is worked out from, where that keeps "=" true: weights 6, their sum 5.
WEIGHT, SUM = 6, 5
# Beyond so many decimals a slope by finite differences measures the rounding of the cost.
MEASURABLE = 9


class Ledger:
    """Every number of one neuron in one step, as it is printed wherever the tab has it.

    A list has a number for each training row or for each parameter; `slopes` is a list of rows.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        neuron, step = view.neuron, view.step
        self.rate = whole(step.learning_rate)
        self.inputs = [[number(x, SUM) if view.layer else whole(x) for x in row] for row in neuron.inputs.tolist()]
        self.weights = numbers(neuron.old, WEIGHT)
        self.z = numbers(neuron.z, SUM)
        self.slope_of_sigmoid = numbers(neuron.slope, decimals(neuron.slope, 4, SUM))
        if view.is_only_output:
            errors = step.error[:, 0]
            digits = decimals(errors, 4, SUM)
            self.labels = [whole(label) for label in step.dataset.labels[:, 0].tolist()]
            self.misses = numbers(errors, digits)
            self.squares = numbers(errors**2, decimals(errors**2, 3, 4))
            self.cost = number(float(np.mean(errors**2)), decimals(errors**2, 3, 4))
        else:
            digits = SUM
            self.passed_back = numbers(neuron.cost_by_activation, decimals(neuron.cost_by_activation, 4, SUM))
        self.activations = numbers(neuron.activation, digits)
        digits = decimals(neuron.cost_by_parameter, 3, 4)
        # A row with an input of 0 asks nothing at all, and not just little.
        self.slopes = [
            [number(slope, digits) if slope else whole(0) for slope in row] for row in neuron.cost_by_parameter.tolist()
        ]
        self.means = numbers(neuron.gradient, digits)
        # The step, with more decimals: a gradient that is multiplied by 30 needs two more than their product.
        digits = min(decimals(step.learning_rate * neuron.gradient, 3, 5), 7)
        self.finer = digits + 1 + max(0, ceil(log10(step.learning_rate)))
        self.old, self.new = numbers(neuron.old, digits + 1), numbers(neuron.new, digits)
        self.gradient = numbers(neuron.gradient, self.finer)
        self.steps = numbers(step.learning_rate * neuron.gradient, digits + 1)

    def slope(self, row: int, parameter: int) -> Printed:
        """How the slope of a row's own cost by a parameter is worked out: 2 · (p − y) · σ′(z) · x."""
        x, by_z = self.inputs[row][parameter], self.slope_of_sigmoid[row]
        if self.view.is_only_output:
            return product(whole(2), self.misses[row], by_z, x)
        return product(self.passed_back[row], by_z, x)

    def products(self, row: int) -> list[Printed]:
        """What each parameter adds to a row's weighted sum: weight · input."""
        return [product(weight, x) for weight, x in zip(self.weights, self.inputs[row], strict=True)]

    def step(self, parameter: int) -> Printed:
        """How the step of a parameter is worked out: learning rate · gradient."""
        return product(self.rate, self.gradient[parameter])

    def update(self, parameter: int) -> Printed:
        """How its new value is worked out: old value − step."""
        return difference(self.old[parameter], self.steps[parameter])


def way(view: View, row: int) -> str:
    """A row's way through one neuron: z = 0.42 · 1 − 0.13 · 0 − 0.31 = 0.11, σ(0.11) = 0.53."""
    ledger = Ledger(view)
    summed = total(ledger.products(row))
    return f"z = {equation(summed, ledger.z[row])}, {equation(sigmoid(ledger.z[row]), ledger.activations[row])}"


def ways(view: View, row: int) -> list[str]:
    """A row's whole way through the network, a line for each neuron."""
    return [f"{name}: {way(neuron, row)}" for name, neuron in views(view.step).items()]


def forward_table(ledger: Ledger, chosen: int) -> str:
    """What the neuron answers to each training row and, where that is the prediction, how wrong it is."""
    view = ledger.view
    letter = "p" if view.is_output else "h"
    answers = cells(map(sigmoid, ledger.z), ledger.activations)
    columns = {"<i>z</i>": _texts(ledger.z), f"<i>{letter}</i> = σ(<i>z</i>)": answers}
    names = row_names(view.step.dataset)
    if not view.is_only_output:
        columns["<i>d</i>"] = _texts(ledger.passed_back)
        return _table("Forward: what the neuron answers", columns, names, chosen=chosen)
    misses = map(difference, ledger.activations, ledger.labels)
    columns = {
        "<i>y</i>": _texts(ledger.labels),
        **columns,
        "<i>p</i> − <i>y</i>": cells(misses, ledger.misses),
        "(<i>p</i> − <i>y</i>)²": cells(map(square, ledger.misses), ledger.squares),
    }
    foot = ["mean", "", "", "", "", *cells([mean(ledger.squares)], [ledger.cost])]
    return _table("Forward: what the network answers, and its cost", columns, names, foot, chosen)


def backward_table(ledger: Ledger, chosen: int) -> str:
    """What each training row asks of each parameter, and the mean, which is the gradient."""
    view = ledger.view
    rows, sources = range(len(ledger.z)), view.sources
    columns = {"σ′(<i>z</i>)": cells(map(sigmoid_slope, ledger.activations), ledger.slope_of_sigmoid)}
    by_parameter = [[slopes[place] for slopes in ledger.slopes] for place in range(len(sources))]
    for place, (source, slopes) in enumerate(zip(sources, by_parameter, strict=True)):
        columns[source] = cells([ledger.slope(row, place) for row in rows], slopes)
    foot = ["mean", "", *cells(map(mean, by_parameter), ledger.means)]
    title = "Backward: the slopes of each row’s own cost, and their mean, the gradient"
    return _table(title, columns, row_names(view.step.dataset), foot, chosen)


def update_table(ledger: Ledger) -> str:
    """Every parameter's step: the old value, the gradient, the learning rate × it, and the new value."""
    view = ledger.view
    places = range(len(ledger.old))
    columns = {
        "old value": _texts(ledger.old),
        "gradient": _texts(ledger.gradient),
        f"{ledger.rate.text} × gradient": cells(map(ledger.step, places), ledger.steps),
        "new value": cells(map(ledger.update, places), ledger.new),
    }
    return _table("Update: new value = old value − learning rate × gradient", columns, view.sources, of="weight")


def measured(ledger: Ledger) -> str:
    """The gradient found by trying, in a sentence."""
    view = ledger.view
    slopes = numbers(view.step.measured[view.layer][:, view.number], min(ledger.finer, MEASURABLE))
    found = words.listed([f"{source} {slope.text}" for source, slope in zip(view.sources, slopes, strict=True)])
    return (
        "Found by trying instead (the cost a hair above minus the cost a hair below, divided by the distance), the "
        f"gradient is: {found}."
    )


def _texts(printed: Sequence[Printed]) -> list[str]:
    return [each.text for each in printed]


def _table(
    caption: str,
    columns: Mapping[str, Sequence[str]],
    names: Sequence[str],
    foot: Sequence[str] | None = None,
    chosen: int | None = None,
    of: str = "row",
) -> str:
    """An HTML table; `names` label its rows, `of` heads them. A table that is too wide scrolls in its own box."""
    head = "".join(f'<th scope="col">{name}</th>' for name in (of, *columns))
    body = ""
    for place, (name, *row) in enumerate(zip(names, *columns.values(), strict=True)):
        mark = ' aria-current="true"' if place == chosen else ""
        body += f"<tr{mark}>{_row(name, row)}</tr>"
    end = f"<tfoot><tr>{_row(foot[0], foot[1:])}</tr></tfoot>" if foot else ""
    return (
        f'<div class="ledger" role="region" aria-label="{caption}" tabindex="0" translate="no"><table>'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>{end}</table></div>"
    )


def _row(name: str, row: Sequence[str]) -> str:
    return f'<th scope="row">{name}</th>' + "".join(f"<td>{cell}</td>" for cell in row)
