"""One training row's way through one epoch, line by line: from the inputs to the new value of a weight."""

from dataclasses import dataclass

from ui import words
from ui.tabs.by_hand.ledger import Ledger
from ui.tabs.printed import difference, equation, mean, square, total
from ui.tabs.step import View, together


@dataclass(frozen=True)
class Line:
    """One line of the walk. term: what is worked out. numbers: how, a line each. meaning: what it is, in words."""

    term: str
    numbers: tuple[str, ...]
    meaning: str


def walk(ledger: Ledger, row: int, parameter: int) -> list[Line]:
    """The lines for a training row, and from the slope on for one of the weights."""
    ends = _output(ledger, row) if ledger.view.is_only_output else _hidden(ledger, row)
    return [*_weighed(ledger, row), *ends, *_learned(ledger, row, parameter)]


def _weighed(ledger: Ledger, row: int) -> list[Line]:
    """From the inputs to the weighted sum."""
    view = ledger.view
    data, sources = view.step.dataset, view.sources
    inputs, parts = ledger.inputs[row], ledger.parts(row)
    weighed = len(sources) - view.has_bias
    given = ", ".join(f"{name} {x.text}" for name, x in zip(sources[:weighed], inputs, strict=False))
    if view.layer:
        first = Line("Input", (given,), "What the neurons of the layer before answer.")
    else:
        plate = words.plate(data.names, data.inputs[row]) if data.inputs[row].any() else "empty"
        meaning = f"The plate is {plate}. An input is 1 where the ingredient is on it."
        if view.is_only_output:
            told = {"1": "happy", "0": "not happy"}.get(ledger.labels[row].text, ledger.labels[row].text)
            meaning += f" The label <i>y</i> is the answer that the network is told: {told}."
        label = (f"<i>y</i>: {ledger.labels[row].text}",) if view.is_only_output else ()
        first = Line("Input", (given, *label), meaning)
    speaks = "above 0 speaks for happy, below 0 against." if view.is_output else "this is what the neuron goes by."
    return [
        first,
        Line(
            "Product",
            tuple(
                f"{source}: {equation(product, part)}"
                for source, product, part in zip(sources, ledger.products(row), parts, strict=True)
            ),
            "Each weight is multiplied by its input. Where the input is 0, the weight has no say."
            + " The bias is the weight of an input that is always 1." * view.has_bias,
        ),
        Line(
            "Weighted sum <i>z</i>",
            (f"<i>z</i> = {equation(total(parts), ledger.z[row])}",),
            f"All the products added up: {speaks}",
        ),
    ]


def _output(ledger: Ledger, row: int) -> list[Line]:
    """The prediction, how it misses, and what that hands back."""
    miss, label = ledger.misses[row], ledger.labels[row]
    told = f" The label <i>y</i> is {label.text}." if ledger.view.layer else ""
    lines = [
        Line(
            "Prediction <i>p</i>",
            (f"<i>p</i> = {equation(ledger.answer(row), ledger.activations[row])}",),
            "The sigmoid, σ(<i>z</i>) = 1 / (1 + e<sup>−<i>z</i></sup>), makes of any <i>z</i> a number between 0, not "
            "happy, and 1, happy.",
        ),
        Line(
            "Miss <span><i>p</i> − <i>y</i></span>",
            (f"<i>p</i> − <i>y</i> = {equation(difference(ledger.activations[row], label), miss)}",),
            f"By how much the prediction misses the label: its error.{told}",
        ),
        Line(
            "Cost",
            (f"(<i>p</i> − <i>y</i>)² = {equation(square(miss), ledger.squares[row])}",),
            f"The row’s own cost: its miss, squared. The network’s cost is the mean over all rows, {ledger.cost.text}.",
        ),
        Line(
            "Slope of the sigmoid <span>σ′(<i>z</i>)</span>",
            (
                "σ′(<i>z</i>) = <i>p</i> · (1 − <i>p</i>) = "
                f"{equation(ledger.slope_of_answer(row), ledger.slope_of_activation[row])}",
            ),
            "How fast the prediction moves with <i>z</i>: at most 0.25, and the less, the surer the prediction.",
        ),
    ]
    if ledger.view.is_alone:
        return lines
    back = Line(
        "Slope <i>d</i> by <i>p</i>",
        (f"<i>d</i> = 2 · (<i>p</i> − <i>y</i>) = {equation(ledger.back(row), ledger.handed_back[row])}",),
        "How fast the row’s own cost moves with the prediction. From here on, the way goes back.",
    )
    return [*lines[:3], back, lines[3], _delta(ledger, row)]


def _hidden(ledger: Ledger, row: int) -> list[Line]:
    """The answer, and what the layer behind hands back to it."""
    paper = ledger.on_paper
    symbol = f"{paper.symbol}′(<i>z</i>)"
    slope = ledger.slope_of_activation[row]
    worked_out = f"{paper.rule} = {equation(ledger.slope_of_answer(row), slope)}" if paper.rule else slope.text
    return [
        Line(
            "Answer <i>h</i>", (f"<i>h</i> = {equation(ledger.answer(row), ledger.activations[row])}",), paper.meaning
        ),
        Line(
            "Handed back <i>d</i>",
            (f"<i>d</i> = {equation(ledger.back(row), ledger.handed_back[row])}",),
            f"How fast the row’s own cost moves with <i>h</i>, which goes to {together(ledger.view.feeds)}: the weight "
            "that it has there, times the δ found there" + (", added up." if len(ledger.view.feeds) > 1 else "."),
        ),
        Line(
            f"Slope of the answer <span>{symbol}</span>",
            (f"{symbol} = {worked_out}",),
            f"How fast the answer moves with <i>z</i>: {paper.slope_meaning}.",
        ),
        _delta(ledger, row),
    ]


def _delta(ledger: Ledger, row: int) -> Line:
    symbol = f"{ledger.on_paper.symbol}′(<i>z</i>)"
    before = ledger.view.is_fed_by
    passed_on = f"Handed on to {together(before)}." if before else "Here the way back ends: the inputs are given."
    return Line(
        "Its own δ",
        (f"δ = <i>d</i> · {symbol} = {equation(ledger.delta(row), ledger.own[row])}",),
        f"The chain rule: how fast the row’s own cost moves with <i>z</i>. {passed_on}",
    )


def _learned(ledger: Ledger, row: int, parameter: int) -> list[Line]:
    """From the slope by a weight to its new value."""
    view = ledger.view
    sources, weight = view.sources, view.parameter(parameter)
    slopes = [each[parameter] for each in ledger.slopes]
    is_bias = view.has_bias and parameter == len(sources) - 1
    if view.is_alone:
        formula = "2 · (<i>p</i> − <i>y</i>) · σ′(<i>z</i>) · <i>x</i>"
    elif view.is_only_output:
        formula = "δ · <i>x</i> = 2 · (<i>p</i> − <i>y</i>) · σ′(<i>z</i>) · <i>x</i>"
    else:
        formula = f"δ · <i>x</i> = <i>d</i> · {ledger.on_paper.symbol}′(<i>z</i>) · <i>x</i>"
    return [
        Line(
            f"Slope by {weight}",
            (f"{formula} = {equation(ledger.slope(row, parameter), slopes[row])}",),
            f"How fast the row’s own cost moves with {weight}. <i>x</i> is its input"
            + (", for a bias always 1." if is_bias else f", {sources[parameter]}.")
            + (
                f" It is 0 here, so this row asks nothing of {weight}."
                if ledger.inputs[row][parameter].text == "0"
                else ""
            ),
        ),
        Line(
            "Gradient",
            (equation(mean(slopes), ledger.means[parameter]),),
            f"The mean of all rows’ slopes: how fast the network’s cost moves with {weight}.",
        ),
        _new_value(ledger, parameter),
    ]


def _new_value(ledger: Ledger, parameter: int) -> Line:
    rate, step, updated = ledger.rate.text, ledger.steps[parameter], ledger.update(parameter)
    everything = "weight and the bias" if ledger.view.has_bias else "weight"
    new = equation(updated, ledger.new[parameter])
    if ledger.is_plain:
        return Line(
            "New value",
            (
                f"{rate} × gradient = {equation(ledger.step(parameter), step)}",
                f"old value − {rate} × gradient = {new}",
            ),
            f"The learning rate, {rate}, says how far to go; the minus says: against the slope. The same for every "
            f"{everything}: then the epoch is over.",
        )
    how = f"{step.text}"
    if ledger.has_momentum:
        how = f"0.9 × last step + {rate} × gradient = {equation(ledger.step(parameter), step)}"
    return Line("New value", (f"step: {how}", f"old value − step = {new}"), step_in_words(ledger.view))


def step_in_words(view: View) -> str:
    """HTML: what the optimizer makes of a gradient."""
    rate = words.rate(view.step.learning_rate)
    if view.step.diverged:
        return DIVERGED
    return {
        "gradient descent": f"The step is the learning rate, {rate}, times the gradient.",
        "momentum": "Momentum, like a heavy ball: it keeps nine tenths of its last step, and adds the learning rate, "
        f"{rate}, times the gradient. So it can go uphill for a while.",
        "adam": "Adam divides the mean of the gradients so far by their size, the root of the mean of their squares; "
        f"in both the latest epochs count most. The step is that, times the learning rate, {rate}: about as long "
        "for a small gradient as for a large one. It takes all gradients since the start, so the step is read from the "
        "run.",
    }[view.step.optimizer.name]


DIVERGED = (
    "This step would lead to numbers too large for a computer: from here on the page shows the network as it stands, "
    "and the step is 0."
)


def in_html(lines: list[Line]) -> str:
    """The lines as items of a list."""
    return "".join(
        f"<li><b>{line.term}</b>"
        f'<span class="numbers" translate="no">{"".join(f"<span>{each}</span>" for each in line.numbers)}</span>'
        f"<span>{line.meaning}</span></li>"
        for line in lines
    )
