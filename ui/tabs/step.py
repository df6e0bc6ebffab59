"""What the tabs about one training step share: the neurons to look at, and the names of rows and inputs."""

from dataclasses import dataclass

import numpy as np

from nnlib import Activation, Dataset, Explanation, Neuron
from nnlib.activations import layer_activations
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
    def is_alone(self) -> bool:
        """Whether it is the whole network."""
        return len(self.step.layers) == 1 and self.is_only_output

    @property
    def activation(self) -> Activation:
        """What it makes of its weighted sum."""
        return layer_activations(self.step.network.activation, len(self.step.layers))[self.layer]

    @property
    def feeds(self) -> list["View"]:
        """The neurons that its answer goes to."""
        following = self.step.layers[self.layer + 1 : self.layer + 2]
        return [View(self.step, self.layer + 1, number) for layer in following for number in range(len(layer))]

    @property
    def is_fed_by(self) -> list["View"]:
        """The neurons whose answers are its inputs."""
        before = self.step.layers[self.layer - 1] if self.layer else ()
        return [View(self.step, self.layer - 1, number) for number in range(len(before))]

    @property
    def has_bias(self) -> bool:
        """Whether its last parameter is a bias."""
        return self.step.network.bias

    @property
    def name(self) -> str:
        """What to call it, as the pictures do: neuron 2, with several hidden layers neuron 1.2; or output."""
        if self.is_output:
            return "output" if len(self.step.layers[-1]) == 1 else f"output {self.number + 1}"
        return (
            f"neuron {self.number + 1}" if len(self.step.layers) == 2 else f"neuron {self.layer + 1}.{self.number + 1}"
        )

    @property
    def slug(self) -> str:
        """Its name in the link."""
        return f"{self.layer + 1}-{self.number + 1}"

    @property
    def sources(self) -> list[str]:
        """What each of its parameters weighs: an ingredient or a neuron of the layer before; and the bias."""
        if self.layer:
            names = [neuron.name for neuron in self.is_fed_by]
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
