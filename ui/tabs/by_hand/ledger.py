"""The arithmetic of one training step, written out: formulas, tables and lines, as pure functions of the step."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from math import ceil, log10

from nnlib import Explanation
from nnlib.checks import Array
from ui import words
from ui.tabs.step import View, row_names, views

# The decimals of weights, sums and answers. Numbers that shrink while the network learns have more, see `_digits`.
DIGITS = 4
# Beyond so many decimals a slope by finite differences measures the rounding of the cost.
MEASURABLE = 9


def way(step: Explanation, row: int) -> list[str]:
    """A row's whole way through the network, one line a neuron: σ(0.42·1 − 0.13·0 − 0.31) = σ(0.11) = 0.53."""
    lines = []
    for view in views(step).values():
        neuron = view.neuron
        factors = [f"·{_input(value, view.layer)}" for value in neuron.inputs[row]]
        terms = " ".join(_terms(neuron.old, [*factors[:-1], ""] if step.network.bias else factors))
        line = f"σ({terms}) = σ({_value(neuron.z[row])}) = {_value(neuron.activation[row])}"
        lines.append(line if len(step.layers) == 1 else f"{view.name} = {line}")
    return lines


def forward_formulas(view: View) -> str:
    """The neuron's answer and the cost of the network: in letters, then with this epoch's numbers."""
    inputs = [f"{_source_letter(view)}_{{{number}}}" for number in range(1, 1 + len(view.neuron.old) - view.has_bias)]
    letters = [f"w_{{{number + 1}}}{name}" for number, name in enumerate(inputs)] + ["b"] * view.has_bias
    numbers = _terms(view.neuron.old, [f"\\,{name}" for name in inputs] + [""] * view.has_bias)
    error = view.step.error
    mean = f"\\tfrac{{1}}{{{error.size}}}"
    first, *others = [f"{_factor(value)}^2" for value in _column(error.ravel())]
    squares = [rf"{mean} \bigl({first}", *(f"+ {square}" for square in others)]
    squares[-1] += r"\bigr)"
    return _aligned(
        [
            f"z &= {' + '.join(letters)}",
            *_lines(numbers),
            rf"{_letter(view)} &= \sigma(z) = \frac{{1}}{{1 + e^{{-z}}}}",
            rf"C &= {mean} \sum (p - y)^2",
            *_lines(squares),
            f"&= {words.number(view.step.cost, words.decimals(view.step.cost, least=6))}",
        ]
    )


def gradient_formulas(view: View) -> str:
    """The slope of the cost by a weight: in letters, then for the neuron's first weight with every row's numbers."""
    neuron, answer = view.neuron, _letter(view)
    mean = f"\\tfrac{{1}}{{{len(neuron.z)}}}"
    by_answer = "2\\,(p - y)" if _is_only_output(view) else "d"
    by_z = _column(neuron.sigmoid_slope)
    if _is_only_output(view):
        by_answers = [f"2 \\cdot {_factor(value)}" for value in _column(view.step.error[:, view.number])]
    else:
        by_answers = [_factor(value) for value in _column(neuron.cost_by_activation)]
    factors = zip(by_answers, by_z, (_input(value, view.layer) for value in neuron.inputs[:, 0]), strict=True)
    terms = [" \\cdot ".join(product) for product in factors]
    terms = [rf"{mean} \bigl({terms[0]}", *(f"+ {term}" for term in terms[1:])]
    slope = words.number(neuron.gradient[0], words.decimals(neuron.gradient, least=6))
    return _aligned(
        [
            rf"\sigma'(z) &= {answer}\,(1 - {answer})",
            rf"\partial C / \partial w_i &= {mean} \sum {by_answer}\,\sigma'(z)\,{_source_letter(view)}_i",
            rf"\partial C / \partial w_1 &= {terms[0]}",
            *(rf"&\quad {term}" for term in terms[1:-1]),
            rf"&\quad {terms[-1]} \bigr)",
            f"&= {slope}",
        ]
    )


def forward_table(view: View, chosen: int) -> str:
    """What the neuron answers to each training row and, where that is the prediction, how wrong it is."""
    neuron, step, answer = view.neuron, view.step, f"<i>{_letter(view)}</i>"
    columns = {"<i>z</i>": _column(neuron.z), f"{answer} = σ(<i>z</i>)": _column(neuron.activation)}
    if not view.is_output:
        columns["passed back <i>d</i>"] = _column(neuron.cost_by_activation)
        return _table("Forward: what the neuron answers", columns, row_names(step.dataset), chosen=chosen)
    error = step.error[:, view.number]
    columns = {
        "label <i>y</i>": [f"{label:g}" for label in step.dataset.labels[:, view.number]],
        **columns,
        "<i>p</i> − <i>y</i>": _column(error),
        "(<i>p</i> − <i>y</i>)²": _column(error**2),
    }
    foot = ["mean", "", "", "", "", words.number((error**2).mean(), _digits(error**2))]
    return _table("Forward: what the network answers", columns, row_names(step.dataset), foot, chosen)


def backward_table(view: View, chosen: int) -> str:
    """What each training row asks of each parameter, and the mean, which is the gradient."""
    neuron = view.neuron
    digits = _digits(neuron.cost_by_parameter)
    # A row with an input of 0 asks nothing at all, and not just little.
    slopes = [
        [words.number(slope, digits) if slope else "0" for slope in column] for column in neuron.cost_by_parameter.T
    ]
    columns = {"σ′(<i>z</i>)": _column(neuron.sigmoid_slope), **dict(zip(view.sources, slopes, strict=True))}
    foot = ["mean", "", *_column(neuron.gradient, digits)]
    return _table(
        "Backward: the slopes of each row’s own cost; their mean is the gradient",
        columns,
        row_names(view.step.dataset),
        foot,
        chosen,
    )


def update_table(view: View) -> str:
    """Every parameter's step: old value − learning rate × gradient = new value, the measured slope beside."""
    neuron, rate = view.neuron, view.step.learning_rate
    digits = words.decimals(rate * neuron.gradient, least=6, most=10)
    # A gradient that is multiplied by 30 needs two decimals more than the product.
    finer = digits + max(0, ceil(log10(rate)))
    old, gradient, new = _column(neuron.old, digits), _column(neuron.gradient, finer), _column(neuron.new, digits)
    measured = _column(view.step.measured[view.layer][:, view.number], min(finer, MEASURABLE))
    signs = ["=" if adds_up(*numbers, rate) else "≈" for numbers in zip(old, gradient, new, strict=True)]
    columns = {
        "old value": old,
        f"− {words.rate(rate)} × gradient": gradient,
        "(measured)": [f"({value})" for value in measured],
        "= new value": [f"{sign} {value}" for sign, value in zip(signs, new, strict=True)],
    }
    return _table("Update: one step against the slope", columns, view.sources, of="weight")


def adds_up(old: str, gradient: str, new: str, rate: float) -> bool:
    """Whether old − rate × gradient is new to the last digit shown, for a reader with a calculator."""
    before, slope, after = (Decimal(number.replace("−", "-")) for number in (old, gradient, new))
    unit = Decimal(1).scaleb(int(after.as_tuple().exponent))
    return 2 * abs(before - Decimal(words.rate(rate)) * slope - after) <= unit


def _value(value: float) -> str:
    return words.number(value, DIGITS)


def _digits(values: Array) -> int:
    return words.decimals(values, least=DIGITS, most=8)


def _column(values: Array, digits: int | None = None) -> list[str]:
    """Values as they stand under each other: all with the same decimals."""
    return [words.number(value, _digits(values) if digits is None else digits) for value in values]


def _factor(text: str) -> str:
    """A number to be multiplied: a negative one in brackets."""
    return f"({text})" if text.startswith("−") else text


def _input(value: float, layer: int) -> str:
    """An input as a factor: as the data set has it, or as a neuron before answered it."""
    return _factor(_value(value) if layer else f"{value:g}".replace("-", "−"))


def _terms(values: Iterable[float], factors: Sequence[str]) -> list[str]:
    """The terms of a sum, each but the first behind its sign."""
    terms = [f"{_value(value)}{factor}" for value, factor in zip(values, factors, strict=True)]
    return [terms[0], *(f"− {term[1:]}" if term.startswith("−") else f"+ {term}" for term in terms[1:])]


def _letter(view: View) -> str:
    return "p" if view.is_output else "h"


def _source_letter(view: View) -> str:
    return "h" if view.layer else "x"


def _is_only_output(view: View) -> bool:
    return view.is_output and view.step.dataset.labels.shape[1] == 1


def _lines(terms: Sequence[str]) -> list[str]:
    """A sum in lines of two terms, short enough for a phone."""
    pairs = [" ".join(terms[begin : begin + 2]) for begin in range(0, len(terms), 2)]
    return [f"&= {pairs[0]}", *(rf"&\quad {pair}" for pair in pairs[1:])]


def _aligned(lines: Iterable[str]) -> str:
    return "\\begin{aligned}" + r" \\[2pt] ".join(lines) + "\\end{aligned}"


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
    for number, (name, *cells) in enumerate(zip(names, *columns.values(), strict=True)):
        mark = ' aria-current="true"' if number == chosen else ""
        body += f"<tr{mark}>{_row(name, cells)}</tr>"
    end = f"<tfoot><tr>{_row(foot[0], foot[1:])}</tr></tfoot>" if foot else ""
    return (
        f'<div class="ledger" role="region" aria-label="{caption}" tabindex="0"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>{end}</table></div>"
    )


def _row(name: str, cells: Sequence[str]) -> str:
    return f'<th scope="row">{name}</th>' + "".join(f"<td>{cell}</td>" for cell in cells)
