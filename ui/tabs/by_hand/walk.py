"""One training row's way through one epoch, line by line: from the inputs to the new value of a weight."""

from dataclasses import dataclass

from ui import words
from ui.tabs.by_hand.ledger import Ledger
from ui.tabs.printed import difference, equation, mean, sigmoid, sigmoid_slope, square, total


@dataclass(frozen=True)
class Line:
    """One line of the walk. term: what is worked out. numbers: how, a line each. meaning: what it is, in words."""

    term: str
    numbers: tuple[str, ...]
    meaning: str


def walk(ledger: Ledger, row: int, parameter: int) -> list[Line]:
    """The lines for a training row, and from the slope on for one of the weights."""
    view = ledger.view
    data, sources = view.step.dataset, view.sources
    rate, weight = ledger.rate.text, view.parameter(parameter)
    inputs, summed = ledger.inputs[row], ledger.products(row)
    # A plate's inputs are 0 and 1, so that a product is a number on the page already: 0, or the weight.
    parts = [w if x.value else x for w, x in zip(ledger.weights, inputs, strict=True)]
    weighed = len(sources) - view.has_bias
    miss, by_z, label = ledger.misses[row], ledger.slope_of_sigmoid[row], ledger.labels[row]
    slopes = [each[parameter] for each in ledger.slopes]
    told = {"1": "happy", "0": "not happy"}.get(label.text, label.text)
    plate = words.plate(data.names, data.inputs[row]) if data.inputs[row].any() else "empty"
    is_bias = view.has_bias and parameter == weighed
    return [
        Line(
            "Input",
            (
                ", ".join(f"{name} {x.text}" for name, x in zip(sources[:weighed], inputs, strict=False)),
                f"<i>y</i>: {label.text}",
            ),
            f"The plate is {plate}. An input is 1 where the ingredient is on it. The label <i>y</i> is the answer that "
            f"the network is told: {told}.",
        ),
        Line(
            "Product",
            tuple(
                f"{source}: {equation(product, part)}"
                for source, product, part in zip(sources, summed, parts, strict=True)
            ),
            "Each weight is multiplied by its input. Where the input is 0, the weight has no say."
            + " The bias is the weight of an input that is always 1." * view.has_bias,
        ),
        Line(
            "Weighted sum <i>z</i>",
            (f"<i>z</i> = {equation(total(parts), ledger.z[row])}",),
            "All the products added up: above 0 speaks for happy, below 0 against.",
        ),
        Line(
            "Prediction <i>p</i>",
            (f"<i>p</i> = {equation(sigmoid(ledger.z[row]), ledger.activations[row])}",),
            "The sigmoid, σ(<i>z</i>) = 1 / (1 + e<sup>−<i>z</i></sup>), makes of any <i>z</i> a number between 0, not "
            "happy, and 1, happy.",
        ),
        Line(
            "Miss <span><i>p</i> − <i>y</i></span>",
            (f"<i>p</i> − <i>y</i> = {equation(difference(ledger.activations[row], label), miss)}",),
            "By how much the prediction misses the label: its error.",
        ),
        Line(
            "Cost",
            (f"(<i>p</i> − <i>y</i>)² = {equation(square(miss), ledger.squares[row])}",),
            f"The row’s own cost: its miss, squared. The network’s cost is the mean over all rows, {ledger.cost.text}.",
        ),
        Line(
            "Slope of the sigmoid <span>σ′(<i>z</i>)</span>",
            (f"σ′(<i>z</i>) = <i>p</i> · (1 − <i>p</i>) = {equation(sigmoid_slope(ledger.activations[row]), by_z)}",),
            "How fast the prediction moves with <i>z</i>: at most 0.25, and the less, the surer the prediction.",
        ),
        Line(
            f"Slope by {weight}",
            (
                f"2 · (<i>p</i> − <i>y</i>) · σ′(<i>z</i>) · <i>x</i> = "
                f"{equation(ledger.slope(row, parameter), slopes[row])}",
            ),
            f"How fast the row’s own cost moves with {weight}. <i>x</i> is its input"
            + (", for a bias always 1." if is_bias else f", {sources[parameter]}.")
            + (f" It is 0 here, so this row asks nothing of {weight}." if inputs[parameter].text == "0" else ""),
        ),
        Line(
            "Gradient",
            (equation(mean(slopes), ledger.means[parameter]),),
            f"The mean of all rows’ slopes: how fast the network’s cost moves with {weight}.",
        ),
        Line(
            "New value",
            (
                f"{rate} × gradient = {equation(ledger.step(parameter), ledger.steps[parameter])}",
                f"old value − {rate} × gradient = {equation(ledger.update(parameter), ledger.new[parameter])}",
            ),
            f"The learning rate, {rate}, says how far to go; the minus says: against the slope. The same for every "
            + ("weight and the bias" if view.has_bias else "weight")
            + ": then the epoch is over.",
        ),
    ]


def in_html(lines: list[Line]) -> str:
    """The lines as items of a list."""
    return "".join(
        f"<li><b>{line.term}</b>"
        f'<span class="numbers" translate="no">{"".join(f"<span>{each}</span>" for each in line.numbers)}</span>'
        f"<span>{line.meaning}</span></li>"
        for line in lines
    )
