"""Why one neuron can't learn some answers: plates whose demands contradict each other, in words and in inequalities."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nnlib import Dataset, NeuralNetwork
from nnlib.separability import Contradiction
from ui import words


@dataclass(frozen=True)
class Demand:
    """What a plate asks of the weights: that its weighted sum is above 0, or below. times: how often it is counted."""

    plate: tuple[float, ...]
    above: bool
    times: int

    def terms(self, names: Sequence[str], *, bias: bool) -> dict[str, int]:
        """The weighted sum, `times` over: name of the parameter → its coefficient."""
        found = {name: self.times * int(value) for name, value in zip(names, self.plate, strict=True) if value}
        return found | ({"bias": self.times} if bias else {})


def demands(data: Dataset, contradiction: Contradiction) -> list[Demand]:
    """The demands of the plates in `contradiction`, those above 0 first."""
    found = [
        Demand(tuple(data.inputs[row].tolist()), bool(data.labels[row, 0] >= 0.5), times)
        for row, times in zip(contradiction.rows, contradiction.multipliers, strict=True)
    ]
    return sorted(found, key=lambda demand: not demand.above)


def in_words(data: Dataset, contradiction: Contradiction) -> str:
    """HTML: what the plates ask for, and why they can't all have it."""
    found = demands(data, contradiction)
    above, below = ([demand for demand in found if demand.above is side] for side in (True, False))
    if len(found) == 1:
        return "With nothing on the plate the weighted sum of a neuron without a bias is 0: neither above nor below 0."
    counted = "" if all(demand.times == 1 for demand in found) else ", counted as often as it says,"
    return (
        f"{_must(data, above)} <b>above 0</b> to be happy; {_must(data, below, capital=False)} <b>below 0</b>. "
        f"But added up{counted} both sides are the same sum, and one sum can’t be above and below 0 at once."
    )


def _must(data: Dataset, side: Sequence[Demand], *, capital: bool = True) -> str:
    plates = [f"<b>{words.plate(data.names, demand.plate)}</b>" for demand in side]
    subject = "The weighted sums of" if len(plates) > 1 else "The weighted sum of"
    return f"{subject if capital else subject.lower()} {words.listed(plates)} must be"


def in_inequalities(
    data: Dataset,
    contradiction: Contradiction,
    *,
    bias: bool,
    network: NeuralNetwork | None = None,
    add_up: bool = True,
) -> str:
    """HTML table: each demand as an inequality, and what those of a side add up to where `add_up`.

    network: one whose weighted sums stand beside the inequalities, with a mark that says whether it answers as asked.
    """
    found = demands(data, contradiction)
    rows = []
    for above in (True, False):
        side = [demand for demand in found if demand.above is above]
        sign = "&gt; 0" if above else "&lt; 0"
        for demand in side:
            one = replace(demand, times=1).terms(data.names, bias=bias)
            inequality = f"{_sum(one, data.names)} {sign}"
            if add_up and demand.times > 1:
                inequality += f", counted {'twice' if demand.times == 2 else f'{demand.times} times'}"
            cells = [words.plate(data.names, demand.plate), inequality]
            rows.append([*cells, _now(network, demand)] if network else cells)
        if add_up and sum(demand.times for demand in side) > 1 and len(found) > 1:
            total = Counter[str]()
            for demand in side:
                total.update(demand.terms(data.names, bias=bias))
            together = ["<b>added up</b>", f"<b>{_sum(total, data.names)} {sign}</b>"]
            rows.append([*together, ""] if network else together)
    body = "".join(
        f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>' for name, *cells in rows
    )
    return f'<table class="inequalities"><tbody>{body}</tbody></table>'


def _now(network: NeuralNetwork, demand: Demand) -> str:
    plate = np.array([demand.plate])
    z = float((plate @ network.weights[0] + network.biases[0])[0, 0])
    found = words.verdicts(network.predict(plate), float(demand.above)).item()
    return f"{words.number(z, 4)} {words.Verdict(found).mark}"


def _sum(terms: Mapping[str, int], names: Sequence[str]) -> str:
    """The terms in the order of `names`, the bias last, so that equal sums look equal."""
    letters = {name: f"<i>w</i><sub>{name}</sub>" for name in names if name in terms}
    if "bias" in terms:
        letters["bias"] = "<i>b</i>"
    return " + ".join(f"{terms[name] if terms[name] > 1 else ''}{letter}" for name, letter in letters.items()) or "0"
