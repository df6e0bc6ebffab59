"""A neural network as a value: its weights and biases, and the answer it gives to an input."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from nnlib.checks import Array, frozen, generator, layer_sizes, table


def sigmoid(z: ArrayLike) -> Array:
    """σ(z) = 1 / (1 + e^−z), elementwise: any finite z gives a value in [0, 1], without overflow.

    With e = e^−|z|, which lies in (0, 1], σ(z) is 1 / (1 + e) for z ≥ 0 and e / (1 + e) below.
    """
    z = np.asarray(z, dtype=np.float64)
    e = np.exp(-np.abs(z))
    activation: Array = np.where(z >= 0, 1.0, e) / (1.0 + e)
    return activation


def feed_forward(weights: Sequence[Array], biases: Sequence[Array], inputs: Array) -> list[Array]:
    """The activations of every layer, inputs first, predictions last: a⁰ = x, aˡ⁺¹ = σ(aˡ Wˡ + bˡ).

    weights[l]: (..., inputs of layer l, its outputs); biases[l]: (..., its outputs); inputs: (samples, inputs).
    Leading axes are a stack of networks, answered all at once: activations are (..., samples, outputs).
    """
    activations = [inputs]
    for layer_weights, bias in zip(weights, biases, strict=True):
        activations.append(sigmoid(activations[-1] @ layer_weights + bias[..., None, :]))
    return activations


def weighted_sums(weights: Sequence[Array], biases: Sequence[Array], inputs: Array) -> Array:
    """The last layer's z = a W + b, of which its sigmoid makes the prediction: (..., samples, outputs)."""
    last_hidden = feed_forward(weights[:-1], biases[:-1], inputs)[-1]
    z: Array = last_hidden @ weights[-1] + biases[-1][..., None, :]
    return z


def random_weights(sizes: Sequence[int], random: np.random.Generator) -> list[Array]:
    """Weights from the standard normal distribution for every layer, in order, each (its inputs, its outputs)."""
    return [random.standard_normal(shape) for shape in pairwise(sizes)]


@dataclass(frozen=True, eq=False)
class NeuralNetwork:
    """Layers of sigmoid neurons. A value: its arrays are read-only, and training makes a new network.

    weights[l]: (inputs of layer l, its outputs). biases[l]: (its outputs,), all zero and left so without bias.
    Build one with `NeuralNetwork.random`, or from arrays of your own.
    """

    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    bias: bool

    def __init__(self, weights: Sequence[ArrayLike], biases: Sequence[ArrayLike] | None = None) -> None:
        """Without `biases` the network has none. Raises ValueError where shapes do not fit each other."""
        clean_weights: list[Array] = []
        for layer, values in enumerate(weights):
            clean_weights.append(table(f"weights[{layer}]", values))
            if layer and len(clean_weights[layer]) != clean_weights[layer - 1].shape[1]:
                raise ValueError(
                    f"weights[{layer}] must have a row for each of the {clean_weights[layer - 1].shape[1]} outputs "
                    f"of the layer before, got {len(clean_weights[layer])} rows instead"
                )
        if not clean_weights:
            raise ValueError(f"weights must hold at least one layer, got {weights!r} instead")
        shapes = [(layer.shape[1],) for layer in clean_weights]
        clean_biases = [frozen(values) for values in (biases if biases is not None else map(np.zeros, shapes))]
        if [values.shape for values in clean_biases] != shapes or not all(
            np.isfinite(values).all() for values in clean_biases
        ):
            raise ValueError(f"biases must be finite and have shapes {shapes}, got {biases!r} instead")
        object.__setattr__(self, "weights", tuple(clean_weights))
        object.__setattr__(self, "biases", tuple(clean_biases))
        object.__setattr__(self, "bias", biases is not None)

    @classmethod
    def random(cls, layers: Sequence[int], *, seed: int | np.random.Generator, bias: bool = True) -> "NeuralNetwork":
        """A random start: weights from the standard normal distribution, biases at zero.

        layers: sizes from the inputs to the outputs, such as (3, 1) or (3, 4, 1).
        The same seed gives the same weights with and without bias.
        """
        sizes = layer_sizes(layers)
        weights = random_weights(sizes, generator(seed))
        return cls(weights, [np.zeros(size) for size in sizes[1:]] if bias else None)

    @property
    def layers(self) -> tuple[int, ...]:
        """The layer sizes, inputs first."""
        return (len(self.weights[0]), *(layer.shape[1] for layer in self.weights))

    def predict(self, inputs: ArrayLike) -> Array:
        """The network's answers in [0, 1], shape (samples, outputs), to inputs of shape (samples, inputs)."""
        return feed_forward(self.weights, self.biases, table("inputs", inputs, self.layers[0]))[-1]
