"""Symmetries: networks with other weights that give the same answers, to every input and to the last digit."""

import numpy as np
from numpy.typing import NDArray

from nnlib.activations import RELU, SIGMOID, Activation
from nnlib.checks import whole_number
from nnlib.network import NeuralNetwork


def shuffled(network: NeuralNetwork, random: np.random.Generator) -> NeuralNetwork:
    """The same network with the neurons of each hidden layer in another order: what the next layer adds up is the same.

    Each order other than the present one is equally likely.
    """
    weights, biases = list(network.weights), list(network.biases)
    for layer, size in enumerate(network.layers[1:-1]):
        order = _another_order(size, random)
        weights[layer], biases[layer] = weights[layer][:, order], biases[layer][order]
        weights[layer + 1] = weights[layer + 1][order]
    return NeuralNetwork(weights, biases if network.bias else None, network.activation)


def turns(activation: Activation, *, bias: bool) -> bool:
    """Whether the sign of a hidden neuron can be turned: tanh(−z) = −tanh(z), and with a bias σ(−z) = 1 − σ(z)."""
    return activation is not RELU and (activation is not SIGMOID or bias)


def turned(network: NeuralNetwork, layer: int, neuron: int) -> NeuralNetwork:
    """The same network with the signs of one hidden neuron turned: of its weights and bias, and of what weighs it.

    With sigmoids the next layer is now given 1 − a for a. What it lacks, the weight, is added to its bias.
    layer: 0 for the first hidden layer. Raises ValueError where there is no such neuron, or it can't be turned.
    """
    hidden = network.layers[1:-1]
    layer = whole_number("layer", layer, 0, len(hidden) - 1)
    neuron = whole_number("neuron", neuron, 0, hidden[layer] - 1)
    if not turns(network.activation, bias=network.bias):
        without = "" if network.bias else " without a bias"
        raise ValueError(
            f"network must have neurons that can be turned, got {network.activation.name}{without} instead"
        )
    weights, biases = [[array.copy() for array in arrays] for arrays in (network.weights, network.biases)]
    if network.activation is SIGMOID:
        biases[layer + 1] += weights[layer + 1][neuron]
    for array in (weights[layer][:, neuron], biases[layer][neuron : neuron + 1], weights[layer + 1][neuron]):
        np.negative(array, array)
    return NeuralNetwork(weights, biases if network.bias else None, network.activation)


def _another_order(size: int, random: np.random.Generator) -> NDArray[np.int_]:
    order = random.permutation(size)
    while size > 1 and (order == np.arange(size)).all():
        order = random.permutation(size)
    return order
