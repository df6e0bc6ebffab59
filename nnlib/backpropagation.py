"""The cost of a network on a data set, and its gradient: which way, and how steeply, each parameter raises the cost."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnlib.activations import Activation, layer_activations
from nnlib.checks import Array, instance, positive_number
from nnlib.costs import Cost, cost_named
from nnlib.datasets import Dataset
from nnlib.network import NeuralNetwork, feed_forward
from nnlib.values import Value, sealed


@dataclass(frozen=True, eq=False)
class Gradient(Value):
    """∂cost/∂parameter for every parameter: the shapes are those of the network's weights and biases."""

    weights: tuple[Array, ...]
    biases: tuple[Array, ...]


@dataclass(frozen=True, eq=False)
class LayerPass(Value):
    """One layer in one backward pass, sample by sample, each sample with a cost of its own.

    inputs: (samples, inputs), what the layer is given. All others (samples, neurons):
    z: weighted sums. activation: what is made of them. slope: ∂activation/∂z.
    cost_by_activation, cost_by_z: by how much the sample's own cost rises with the activation, and with z.
    A stack of networks has leading axes, (..., samples, neurons).
    """

    inputs: Array
    z: Array
    activation: Array
    slope: Array
    cost_by_activation: Array
    cost_by_z: Array

    @property
    def cost_by_weight(self) -> Array:
        """By how much each sample's own cost rises with each weight: ∂C/∂z times its input, (..., samples, i, n)."""
        return self.inputs[..., :, None] * self.cost_by_z[..., None, :]

    @property
    def weights_gradient(self) -> Array:
        """The mean of `cost_by_weight` over the samples, as one matrix product: (..., inputs, neurons)."""
        gradient: Array = np.swapaxes(self.inputs, -1, -2) @ self.cost_by_z / self.z.shape[-2]
        return gradient

    @property
    def bias_gradient(self) -> Array:
        """The mean over the samples of `cost_by_z`, for a bias is the weight of an input that is always 1."""
        gradient: Array = self.cost_by_z.mean(axis=-2)
        return gradient


def check_fit(layers: Sequence[int], dataset: Dataset) -> None:
    """Raise ValueError unless networks of these layer sizes take the data set's inputs and answer with its labels."""
    wanted = (dataset.inputs.shape[1], dataset.labels.shape[1])
    if (layers[0], layers[-1]) != wanted:
        raise ValueError(
            f"layers must begin with {wanted[0]} inputs and end with {wanted[1]} outputs to fit the data set, "
            f"got {tuple(layers)} instead"
        )


def check_both(network: NeuralNetwork, dataset: Dataset) -> None:
    """Raise ValueError unless this is a network and a data set that fit each other."""
    check_fit(instance("network", network, NeuralNetwork).layers, instance("dataset", dataset, Dataset))


@np.errstate(all="ignore")
def cost(network: NeuralNetwork, dataset: Dataset, *, cost: str | Cost = "squared error") -> float:
    """The cost: by default the mean over samples and outputs of (prediction − label)²."""
    check_both(network, dataset)
    return float(np.mean(cost_named(cost).function(network.predict(dataset.inputs), dataset.labels)))


def backward_pass(
    weights: Sequence[Array], biases: Sequence[Array], dataset: Dataset, activation: Activation, cost: Cost
) -> list[LayerPass]:
    """Back-propagation: the chain rule from the last layer to the first, for each sample by itself.

    With z = a W + b, the next activation f(z), and C one sample's own cost, the mean over its outputs:
      at the output   ∂C/∂p = cost′(p, y) / outputs,  for squared errors 2 (p − y) / outputs;
      in each neuron  ∂C/∂z = ∂C/∂a · f′(z);
      by a weight     ∂C/∂w = ∂C/∂z · its input,  because z is the sum of weight × input;
      by a bias       ∂C/∂b = ∂C/∂z,  because a bias is the weight of an input that is always 1;
      one layer back  ∂C/∂a = Σ weight · ∂C/∂z  over all the neurons that a is an input of.
    The cost of a data set is the mean of its samples' costs, so its gradient is the mean of theirs.
    f is the hidden layers' `activation`, and the sigmoid at the output.
    Weights and biases may be those of a stack of networks, as in `feed_forward`.
    """
    sums, activations = feed_forward(weights, biases, dataset.inputs, activation)
    cost_by_activation = cost.slope(activations[-1], dataset.labels, None) / dataset.labels.shape[1]
    kinds = layer_activations(activation, len(weights))
    layers: list[LayerPass] = []
    for layer in reversed(range(len(weights))):
        slope = kinds[layer].slope(activations[layer + 1], None)
        cost_by_z = cost_by_activation * slope
        layers.insert(
            0,
            LayerPass(activations[layer], sums[layer], activations[layer + 1], slope, cost_by_activation, cost_by_z),
        )
        cost_by_activation = cost_by_z @ np.swapaxes(weights[layer], -1, -2)
    return layers


@np.errstate(all="ignore")
def gradient(network: NeuralNetwork, dataset: Dataset, *, cost: str | Cost = "squared error") -> Gradient:
    """The exact gradient of `cost`: the mean over the samples of what `backward_pass` finds.

    A network without bias gets a zero gradient for it, so that it stays zero.
    """
    check_both(network, dataset)
    layers = backward_pass(network.weights, network.biases, dataset, network.activation, cost_named(cost))
    return Gradient(
        sealed(tuple(layer.weights_gradient for layer in layers)),
        sealed(tuple(layer.bias_gradient * network.bias for layer in layers)),
    )


@np.errstate(all="ignore")
def finite_differences(
    network: NeuralNetwork, dataset: Dataset, *, cost: str | Cost = "squared error", width: float = 1e-5
) -> Gradient:
    """The gradient measured instead of derived: (C(parameter + width) − C(parameter − width)) / (2 width) for each.

    The error is of order width²: a check on `gradient`, and too slow for anything else. Where a ReLU's weighted sum is
    within reach of 0, its corner, the cost has no slope to be measured: expect a difference there.
    """
    check_both(network, dataset)
    width, kind = positive_number("width", width), cost_named(cost)
    depth = len(network.weights)
    parameters = [array.copy() for array in (*network.weights, *network.biases)]
    slopes = [np.zeros_like(array) for array in parameters]

    def cost_with(array: Array, index: tuple[int, ...], value: float) -> float:
        before, array[index] = array[index], value
        predictions = feed_forward(parameters[:depth], parameters[depth:], dataset.inputs, network.activation)[1][-1]
        array[index] = before
        return float(np.mean(kind.function(predictions, dataset.labels)))

    for array, slope in list(zip(parameters, slopes, strict=True))[: None if network.bias else depth]:
        for index in np.ndindex(array.shape):
            above = cost_with(array, index, float(array[index]) + width)
            below = cost_with(array, index, float(array[index]) - width)
            slope[index] = (above - below) / (2 * width)
    return Gradient(sealed(tuple(slopes[:depth])), sealed(tuple(slopes[depth:])))
