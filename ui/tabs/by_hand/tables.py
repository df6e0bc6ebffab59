"""The ledger as tables: the way of one row through the network, all rows forward and backward, and the update."""

from collections.abc import Mapping, Sequence

from nnlib.activations import RELU
from ui import words
from ui.tabs.by_hand.ledger import Ledger
from ui.tabs.printed import Printed, cells, difference, mean, numbers, square
from ui.tabs.step import View, row_names, views

# So many neurons are shown at once.
FEW = 9
# Beyond so many decimals a slope by finite differences measures the rounding of the cost.
MEASURABLE = 9
# A ReLU with a weighted sum so near to its corner may have another slope on the other side.
NEAR = 1e-3


def whole_way(view: View, row: int) -> str:
    """`way_table`, folded up where it is long."""
    table, name = way_table(view, row), row_names(view.step.dataset)[row]
    if len(views(view.step)) <= FEW:
        return table
    return f"<details><summary>The whole way of row {name}, neuron by neuron</summary>{table}</details>"


def way_table(view: View, row: int) -> str:
    """A row's way through the network: forward from the first layer down, and back from the output up."""
    found = views(view.step)
    ledgers = [Ledger(each) for each in found.values()]
    columns = {
        "<i>z</i>": [ledger.z[row].text for ledger in ledgers],
        "answer": [ledger.activations[row].text for ledger in ledgers],
        "<i>d</i>, handed back": [ledger.handed_back[row].text for ledger in ledgers],
        "slope": [ledger.slope_of_activation[row].text for ledger in ledgers],
        "δ = <i>d</i> · slope": cells(
            [ledger.delta(row) for ledger in ledgers], [ledger.own[row] for ledger in ledgers]
        ),
    }
    chosen = list(found).index(view.name)
    title = f"Row {row_names(view.step.dataset)[row]} through the network: forward, layer by layer, and back"
    return _table(title, columns, list(found), chosen=chosen, of="neuron")


def forward_table(ledger: Ledger, chosen: int) -> str:
    """What the neuron answers to each training row and, where that is the prediction, how wrong it is."""
    view = ledger.view
    letter = "p" if view.is_output else "h"
    answers = cells(map(ledger.answer, range(len(ledger.z))), ledger.activations)
    columns = {"<i>z</i>": _texts(ledger.z), f"<i>{letter}</i> = {ledger.on_paper.symbol}(<i>z</i>)": answers}
    names = row_names(view.step.dataset)
    if not view.is_only_output:
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
    symbol = f"{ledger.on_paper.symbol}′(<i>z</i>)"
    columns = {symbol: cells(map(ledger.slope_of_answer, rows), ledger.slope_of_activation)}
    if not view.is_alone:
        columns = {"<i>d</i>": _texts(ledger.handed_back), **columns}
        columns[f"δ = <i>d</i> · {symbol}"] = cells(map(ledger.delta, rows), ledger.own)
    by_parameter = [[slopes[place] for slopes in ledger.slopes] for place in range(len(sources))]
    foot = ["mean", *[""] * len(columns), *cells(map(mean, by_parameter), ledger.means)]
    for place, (source, slopes) in enumerate(zip(sources, by_parameter, strict=True)):
        columns[source] = cells([ledger.slope(row, place) for row in rows], slopes)
    title = "Backward: the slopes of each row’s own cost, and their mean, the gradient"
    return _table(title, columns, row_names(view.step.dataset), foot, chosen)


def update_table(ledger: Ledger) -> str:
    """Every parameter's step: the old value, the gradient, the step that is made of it, and the new value."""
    view = ledger.view
    places = range(len(ledger.old))
    by_gradient = f"{ledger.rate.text} × gradient"
    columns = {"old value": _texts(ledger.old), "gradient": _texts(ledger.gradient)}
    title, step = "Update: new value = old value − step", "step"
    if ledger.is_plain:
        title, step = "Update: new value = old value − learning rate × gradient", by_gradient
    elif ledger.has_momentum:
        columns["last step"] = _texts(ledger.last_steps)
        step = f"step = 0.9 × last step + {by_gradient}"
    columns[step] = cells(map(ledger.step, places), ledger.steps)
    columns["new value"] = cells(map(ledger.update, places), ledger.new)
    return _table(title, columns, view.sources, of="weight")


def measured(ledger: Ledger) -> str:
    """The gradient found by trying, in a sentence."""
    view = ledger.view
    slopes = numbers(view.step.measured[view.layer][:, view.number], min(ledger.finer, MEASURABLE))
    found = words.listed([f"{source} {slope.text}" for source, slope in zip(view.sources, slopes, strict=True)])
    text = (
        "Found by trying instead (the cost a hair above minus the cost a hair below, divided by the distance), the "
        f"gradient is: {found}."
    )
    hidden = [neuron for layer in view.step.layers[:-1] for neuron in layer]
    if view.step.network.activation is RELU and any((abs(neuron.z) < NEAR).any() for neuron in hidden):
        text += (
            " Where a ReLU’s <i>z</i> is 0, it has a corner and no one slope: there, trying can find another number."
        )
    return text


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
