"""What the tabs about one training step share: the neurons to look at, and the names of rows and inputs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnlib import Activation, Dataset, Explanation, Neuron
from nnlib.activations import RELU, layer_activations
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
    def is_dead(self) -> bool:
        """Whether it is a ReLU that answers 0 to every training row, so that no row can move it."""
        return self.activation is RELU and not self.neuron.slope.any()

    @property
    def twins(self) -> list["View"]:
        """The neurons of its layer with the same weights, those that go in and those that go out: up to rounding."""
        others = [View(self.step, self.layer, number) for number in range(len(self.step.layers[self.layer]))]
        return [other for other in others if other.number != self.number and self._is_like(other)]

    def _is_like(self, other: "View") -> bool:
        pairs = [(self.neuron.old, other.neuron.old)]
        if not self.is_output:
            outgoing = self.step.network.weights[self.layer + 1]
            pairs.append((outgoing[self.number], outgoing[other.number]))
        return all(np.allclose(own, theirs, rtol=0, atol=1e-9) for own, theirs in pairs)

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


def together(neurons: Sequence[View]) -> str:
    """Some neurons of a layer in a sentence: by name where they are few."""
    if len(neurons) > 3:
        return f"all neurons of layer {neurons[0].layer + 1}"
    return words.listed([neuron.name for neuron in neurons])


def standing(view: View) -> str:
    """What keeps a neuron from learning, in a sentence with a space before it; nothing where nothing does."""
    if view.is_dead:
        return (
            " This neuron is dead: it answers 0 to every training row, and there ReLU has slope 0. So no row can pull "
            "at its weights."
        )
    if twins := view.twins:
        have, they = ("has", "both") if len(twins) == 1 else ("have", "all")
        return (
            f" {words.listed([twin.name for twin in twins]).capitalize()} {have} the same weights as this one, those "
            f"that go in and those that go out. So {they} get the same δ and take the same step: they never differ."
        )
    return ""


def views(step: Explanation) -> dict[str, View]:
    """Every neuron by its name, from the first layer to the output."""
    found = [View(step, layer, number) for layer, row in enumerate(step.layers) for number in range(len(row))]
    return {view.name: view for view in found}


def row_names(dataset: Dataset) -> list[str]:
    """Each training row by its inputs: 101, or with spaces between where they are longer."""
    between = "" if np.isin(dataset.inputs, (0, 1)).all() else " "
    return [between.join(map(words.bits, row[:, None])) for row in dataset.inputs]
