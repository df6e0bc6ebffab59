"""What the tabs about one training step share: the neurons to look at, and the names of rows and inputs."""

from dataclasses import dataclass

import numpy as np

from nnlib import Dataset, Explanation, Neuron
from ui import words


@dataclass(frozen=True, eq=False)
class View:
    """One neuron in one training step: `number` of layer `layer`, both counted from 0."""

    step: Explanation
    layer: int
    number: int

    @property
    def neuron(self) -> Neuron:
        """Its numbers."""
        return self.step.layers[self.layer][self.number]

    @property
    def is_output(self) -> bool:
        """Whether its activation is a prediction."""
        return self.layer == len(self.step.layers) - 1

    @property
    def is_only_output(self) -> bool:
        """Whether its activation is the whole answer of the network."""
        return self.is_output and len(self.step.layers[-1]) == 1

    @property
    def has_bias(self) -> bool:
        """Whether its last parameter is a bias."""
        return self.step.network.bias

    @property
    def name(self) -> str:
        """What to call it: hidden 2, or layer 1, neuron 2, or output."""
        before = len(self.step.layers) - 1
        if self.is_output:
            return "output" if len(self.step.layers[-1]) == 1 else f"output {self.number + 1}"
        return f"hidden {self.number + 1}" if before == 1 else f"layer {self.layer + 1}, neuron {self.number + 1}"

    @property
    def sources(self) -> list[str]:
        """What each of its parameters weighs: an ingredient or a neuron of the layer before; and the bias."""
        if self.layer:
            names = [View(self.step, self.layer - 1, n).name for n in range(len(self.step.layers[self.layer - 1]))]
        else:
            columns = range(self.step.dataset.inputs.shape[1])
            names = list(self.step.dataset.names) or [f"input {column + 1}" for column in columns]
        return [*names, "bias"] if self.has_bias else names

    def parameter(self, number: int) -> str:
        """What to call one of its parameters in a sentence: the weight of coffee, or the bias."""
        is_bias = self.has_bias and number == len(self.neuron.old) - 1
        return "the bias" if is_bias else f"the weight of {self.sources[number]}"


def views(step: Explanation) -> dict[str, View]:
    """Every neuron by its name, from the first layer to the output."""
    found = [View(step, layer, number) for layer, row in enumerate(step.layers) for number in range(len(row))]
    return {view.name: view for view in found}


def row_names(dataset: Dataset) -> list[str]:
    """Each training row by its inputs: 101, or with spaces between where they are longer."""
    between = "" if np.isin(dataset.inputs, (0, 1)).all() else " "
    return [between.join(map(words.bits, row[:, None])) for row in dataset.inputs]
