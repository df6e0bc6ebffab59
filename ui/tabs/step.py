"""What the tabs about one training step share: the neurons to look at, the names of rows and inputs, and links."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import numpy as np

from nnlib import Dataset, Explanation, Neuron
from ui.motion import written
from ui.settings import Settings, to_query


@dataclass(frozen=True, eq=False)
class View:
    """One neuron in one training step: number `place` of layer `layer`."""

    step: Explanation
    layer: int
    place: int

    @property
    def neuron(self) -> Neuron:
        """Its numbers."""
        return self.step.layers[self.layer][self.place]

    @property
    def is_output(self) -> bool:
        """Whether its activation is a prediction."""
        return self.layer == len(self.step.layers) - 1

    @property
    def has_bias(self) -> bool:
        """Whether its last parameter is a bias."""
        return self.step.network.bias

    @property
    def name(self) -> str:
        """What to call it: hidden 2, or layer 1, neuron 2, or output."""
        before = len(self.step.layers) - 1
        if self.is_output:
            return "output" if len(self.step.layers[-1]) == 1 else f"output {self.place + 1}"
        return f"hidden {self.place + 1}" if before == 1 else f"layer {self.layer + 1}, neuron {self.place + 1}"

    @property
    def sources(self) -> list[str]:
        """What each of its parameters weighs: an ingredient or a neuron of the layer before; and the bias."""
        if self.layer:
            names = [View(self.step, self.layer - 1, n).name for n in range(len(self.step.layers[self.layer - 1]))]
        else:
            columns = range(self.step.dataset.inputs.shape[1])
            names = list(self.step.dataset.names) or [f"input {column + 1}" for column in columns]
        return [*names, "bias"] if self.has_bias else names


def views(step: Explanation) -> dict[str, View]:
    """Every neuron by its name, from the first layer to the output."""
    found = [View(step, layer, place) for layer, row in enumerate(step.layers) for place in range(len(row))]
    return {view.name: view for view in found}


def row_names(dataset: Dataset) -> list[str]:
    """Each training row by its inputs: 101, or with spaces between where they are longer."""
    between = "" if np.isin(dataset.inputs, (0, 1)).all() else " "
    return [between.join(f"{value:g}" for value in row) for row in dataset.inputs]


def decimals(values: Any, significant: int = 3, *, least: int = 4, most: int = 10) -> int:
    """How many decimals show the largest of `values` with so many significant digits: from `least` to `most`."""
    largest = float(np.max(np.abs(values)))
    wanted = significant - 1 - int(np.floor(np.log10(largest))) if largest > 0 else least
    return min(max(wanted, least), most)


def shown(value: float, digits: int, *, sign: bool = False) -> str:
    """A number as the page writes it; what is rounded to 0 has no sign."""
    rounded = round(float(value), digits)
    return written(rounded + 0.0, digits, sign=sign and rounded != 0)


def link(settings: Settings, **changes: Any) -> str:
    """A link to the page as the visitor has it, with these changes."""
    return f"?{urlencode(to_query(replace(settings, **changes)))}"
