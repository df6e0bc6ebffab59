"""How wide a hidden layer has to be: the share of random starts that succeed, by width and activation."""

import numpy as np

from nnlib import Architecture
from nnlib.studies.widths import KINDS, WIDTHS, WidthTable
from ui import words
from ui.controls import ACTIVATIONS, STARTS

UNKNOWN = "…"


def table(widths: WidthTable, present: Architecture) -> str:
    """Markdown: the per cent that get all right, one row a width; the width and activation of `present` in bold."""
    heads = [f"{ACTIVATIONS[activation.name]}, {STARTS[start.name]}" for activation, start in KINDS]
    lines = [f"| Neurons | {' | '.join(heads)} |", f"|--:|{len(KINDS) * '--:|'}"]
    for width, row in zip(WIDTHS, widths.right):
        cells = [UNKNOWN if np.isnan(right) else f"{right / widths.networks:.0%}" for right in row]
        for at, (activation, _) in enumerate(KINDS):
            if present.layers[1:-1] == (width,) and present.activation is activation:
                cells[at] = f"**{cells[at]}**"
        lines.append(f"| {width} | {' | '.join(cells)} |")
    return "\n".join(lines)


def about(widths: WidthTable) -> str:
    """What the numbers are."""
    experiment = widths.experiment
    bias = "with" if experiment.architecture.bias else "without"
    return (
        f"One hidden layer, {bias} biases; each activation has the start that is made for it. So many of "
        f"{widths.networks} random starts have all right that they are told after "
        f"{words.count(experiment.epochs, 'epoch')} at learning rate {words.rate(experiment.learning_rate)}."
    )
