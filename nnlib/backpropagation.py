"""The cost of a network on a data set, and its gradient: which way, and how steeply, each parameter raises the cost."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnlib.checks import Array, positive_number
from nnlib.datasets import Dataset
from nnlib.network import NeuralNetwork, feed_forward


@dataclass(frozen=True, eq=False)
class Gradient:
    """∂cost/∂parameter for every parameter: the shapes are those of the network's weights and biases."""

    weights: tuple[Array, ...]
    biases: tuple[Array, ...]


def check_fit(layers: Sequence[int], dataset: Dataset) -> None:
    """Raise ValueError unless networks of these layer sizes take the data set's inputs and answer with its labels."""
    wanted = (dataset.inputs.shape[1], dataset.labels.shape[1])
    if (layers[0], layers[-1]) != wanted:
        raise ValueError(
            f"layers must begin with {wanted[0]} inputs and end with {wanted[1]} outputs to fit the data set, "
            f"got {tuple(layers)} instead"
        )


def cost(network: NeuralNetwork, dataset: Dataset) -> float:
    """Mean squared error: the mean over samples and outputs of (prediction − label)²."""
    check_fit(network.layers, dataset)
    return float(np.mean((network.predict(dataset.inputs) - dataset.labels) ** 2))


def gradient(network: NeuralNetwork, dataset: Dataset) -> Gradient:
    """The exact gradient of `cost`, by back-propagation: the chain rule from the last layer to the first.

    With z = a W + b and prediction p = σ(z), over N = samples × outputs:
      at the output   ∂C/∂z = ∂C/∂p · ∂p/∂z = 2 (p − y) / N · p (1 − p),  because σ′(z) = σ(z) (1 − σ(z));
      in each layer   ∂C/∂W = aᵀ ∂C/∂z  and  ∂C/∂b = ∂C/∂z summed over the samples;
      one layer back  ∂C/∂z of that layer = (∂C/∂z Wᵀ) · a (1 − a), with a what it passed on.
    A network without bias gets a zero gradient for it, so that it stays zero.
    """
    check_fit(network.layers, dataset)
    activations = feed_forward(network.weights, network.biases, dataset.inputs)
    weights: list[Array] = []
    biases: list[Array] = []
    cost_by_activation = 2 * (activations[-1] - dataset.labels) / dataset.labels.size
    for layer in reversed(range(len(network.weights))):
        activation = activations[layer + 1]
        cost_by_z = cost_by_activation * activation * (1 - activation)
        weights.insert(0, activations[layer].T @ cost_by_z)
        biases.insert(0, cost_by_z.sum(axis=0) * network.bias)
        cost_by_activation = cost_by_z @ network.weights[layer].T
    return Gradient(tuple(weights), tuple(biases))


def finite_differences(network: NeuralNetwork, dataset: Dataset, *, width: float = 1e-5) -> Gradient:
    """The gradient measured instead of derived: (C(parameter + width) − C(parameter − width)) / (2 width) for each.

    The error is of order width²: a check on `gradient`, and too slow for anything else.
    """
    width = positive_number("width", width)
    depth = len(network.weights)
    parameters = [array.copy() for array in (*network.weights, *network.biases)]
    slopes = [np.zeros_like(array) for array in parameters]

    def cost_with(array: Array, index: tuple[int, ...], value: float) -> float:
        before, array[index] = array[index], value
        result = cost(NeuralNetwork(parameters[:depth], parameters[depth:]), dataset)
        array[index] = before
        return result

    for array, slope in list(zip(parameters, slopes, strict=True))[: None if network.bias else depth]:
        for index in np.ndindex(array.shape):
            above = cost_with(array, index, float(array[index]) + width)
            below = cost_with(array, index, float(array[index]) - width)
            slope[index] = (above - below) / (2 * width)
    return Gradient(tuple(slopes[:depth]), tuple(slopes[depth:]))
