"""A neural network as a value: its weights and biases, and the answer it gives to an input."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib.activations import SIGMOID, Activation, activation_named, layer_activations
from nnlib.checks import Array, flag, frozen, generator, layer_sizes, listed, shown, table
from nnlib.starts import Start, start_named
from nnlib.values import Value


@dataclass(frozen=True)
class Architecture:
    """What a network is before it has weights.

    layers: sizes from the inputs to the outputs, such as (3, 4, 1). activation: that of the hidden layers; the outputs
    always are sigmoids.
    """

    layers: tuple[int, ...]
    bias: bool
    activation: Activation

    def __init__(self, layers: Sequence[int], *, bias: bool = True, activation: str | Activation = "sigmoid") -> None:
        """Raises ValueError where an argument breaks its rule."""
        object.__setattr__(self, "layers", layer_sizes(layers))
        object.__setattr__(self, "bias", flag("bias", bias))
        object.__setattr__(self, "activation", activation_named(activation))

    @property
    def parameters(self) -> int:
        """How many weights and biases there are."""
        return sum((inputs + self.bias) * outputs for inputs, outputs in pairwise(self.layers))


@np.errstate(all="ignore")
def feed_forward(
    weights: Sequence[Array], biases: Sequence[Array], inputs: Array, activation: Activation
) -> tuple[list[Array], list[Array]]:
    """The weighted sums z of every layer, and the activations a, one more: inputs first, predictions last.

    a⁰ = x, zˡ = aˡ Wˡ + bˡ, aˡ⁺¹ = f(zˡ), where f is the hidden layers' `activation`, and the sigmoid in the last.
    weights[l]: (..., inputs of layer l, its outputs); biases[l]: (..., its outputs); inputs: (samples, inputs).
    Leading axes are a stack of networks, answered all at once: sums and activations are (..., samples, outputs).
    """
    sums: list[Array] = []
    activations = [inputs]
    kinds = layer_activations(activation, len(weights))
    for layer_weights, bias, kind in zip(weights, biases, kinds, strict=True):
        sums.append(activations[-1] @ layer_weights + bias[..., None, :])
        activations.append(kind.function(sums[-1], None))
    return sums, activations


@np.errstate(all="ignore")
def dead(activations: Sequence[Array], activation: Activation) -> tuple[NDArray[np.bool_], ...]:
    """Which hidden neurons have slope 0 for every sample, so that no error reaches their weights: dead ReLUs, mostly.

    activations: as `feed_forward` gives them. Of each hidden layer (..., its neurons), True where the neuron is dead.
    """
    return tuple((activation.slope(layer, None) == 0).all(axis=-2) for layer in activations[1:-1])


def fitting(array: Array) -> Array:
    """`array`, what a network answers: only numbers near the largest float can make it NaN, as ∞ − ∞."""
    if np.isnan(array).any():
        raise ValueError("inputs must be small enough for the weighted sums to be finite, got an overflow instead")
    return array


def random_weights(sizes: Sequence[int], random: np.random.Generator, start: Start) -> list[Array]:
    """The random weights of every layer, in order, each (its inputs, its outputs)."""
    return [start.function(inputs, outputs, random) for inputs, outputs in pairwise(sizes)]


@dataclass(frozen=True, eq=False)
class NeuralNetwork(Value):
    """Layers of neurons. A value: its arrays are read-only, and training makes a new network.

    weights[l]: (inputs of layer l, its outputs). biases[l]: (its outputs,), all zero and left so without bias.
    activation: that of the hidden layers; the outputs always are sigmoids.
    Build one with `NeuralNetwork.random`, or from arrays of your own.
    """

    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    bias: bool
    activation: Activation = SIGMOID

    def __init__(
        self,
        weights: Sequence[ArrayLike],
        biases: Sequence[ArrayLike] | None = None,
        activation: str | Activation = "sigmoid",
    ) -> None:
        """Without `biases` the network has none. Raises ValueError where shapes do not fit each other."""
        clean_weights: list[Array] = []
        for layer, values in enumerate(listed("weights", weights)):
            clean_weights.append(table(f"weights[{layer}]", values))
            if layer and len(clean_weights[layer]) != clean_weights[layer - 1].shape[1]:
                raise ValueError(
                    f"weights[{layer}] must have a row for each of the {clean_weights[layer - 1].shape[1]} outputs "
                    f"of the layer before, got {len(clean_weights[layer])} rows instead"
                )
        if not clean_weights:
            raise ValueError(f"weights must hold at least one layer, got {shown(weights)} instead")
        shapes = [(layer.shape[1],) for layer in clean_weights]
        given = map(np.zeros, shapes) if biases is None else listed("biases", biases)
        clean_biases = [frozen(f"biases[{layer}]", values) for layer, values in enumerate(given)]
        if [values.shape for values in clean_biases] != shapes or not all(
            np.isfinite(values).all() for values in clean_biases
        ):
            raise ValueError(f"biases must be finite and have shapes {shapes}, got {shown(biases)} instead")
        object.__setattr__(self, "weights", tuple(clean_weights))
        object.__setattr__(self, "biases", tuple(clean_biases))
        object.__setattr__(self, "bias", biases is not None)
        object.__setattr__(self, "activation", activation_named(activation))

    @classmethod
    def random(
        cls,
        layers: Sequence[int],
        *,
        seed: int | np.random.Generator,
        bias: bool = True,
        activation: str | Activation = "sigmoid",
        start: str | Start = "normal",
    ) -> "NeuralNetwork":
        """A random start: weights as `start` draws them, by default from the standard normal distribution, biases zero.

        layers: sizes from the inputs to the outputs, such as (3, 1) or (3, 4, 1).
        The same seed gives the same weights with and without bias.
        """
        shape = Architecture(layers, bias=bias, activation=activation)
        weights = random_weights(shape.layers, generator(seed), start_named(start))
        biases = [np.zeros(size) for size in shape.layers[1:]] if shape.bias else None
        return cls(weights, biases, shape.activation)

    @property
    def layers(self) -> tuple[int, ...]:
        """The layer sizes, inputs first."""
        return (len(self.weights[0]), *(layer.shape[1] for layer in self.weights))

    @property
    def architecture(self) -> Architecture:
        """What it is, without its weights."""
        return Architecture(self.layers, bias=self.bias, activation=self.activation)

    def predict(self, inputs: ArrayLike) -> Array:
        """The network's answers, shape (samples, outputs), to inputs of shape (samples, inputs)."""
        return fitting(self._answers(inputs)[-1])

    def dead(self, inputs: ArrayLike) -> tuple[NDArray[np.bool_], ...]:
        """Which hidden neurons have slope 0 for each of `inputs`, so that training can't move them: dead ReLUs, mostly.

        inputs: (samples, inputs). Of each hidden layer (its neurons,), True where the neuron is dead.
        """
        return dead(self._answers(inputs), self.activation)

    def _answers(self, inputs: ArrayLike) -> list[Array]:
        rows = table("inputs", inputs, self.layers[0])
        return feed_forward(self.weights, self.biases, rows, self.activation)[1]
