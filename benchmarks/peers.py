"""The same training as other people and other libraries do it. Each returns the cost at every epoch it can tell."""

import math
import warnings
from collections.abc import Callable
from functools import partial
from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from nnlib import Dataset, NeuralNetwork
from nnlib.checks import Array
from nnlib.tutorial import second_generation, third_generation

Peer = Callable[[NeuralNetwork, Dataset, float, int], ArrayLike]
Loop = Callable[[Array, Array, Array, Array, int], Array]


def tutorial(network: NeuralNetwork, dataset: Dataset, learning_rate: float, epochs: int) -> ArrayLike:
    """One neuron, trained by the tutorial's own program, which keeps no history: returns the last cost alone."""
    program = _program(network)
    program.train(dataset.inputs, dataset.labels, learning_rate, epochs)
    return [((program.think(dataset.inputs) - dataset.labels) ** 2).mean()]


def textbook(network: NeuralNetwork, dataset: Dataset, learning_rate: float, epochs: int) -> ArrayLike:
    """One neuron, trained by the tutorial's own program, its history in lists."""
    program = _program(network)
    weights, biases = [program.weights], [program.bias]
    for _ in range(epochs):
        program.train(dataset.inputs, dataset.labels, learning_rate, 1)
        weights.append(program.weights)
        biases.append(program.bias)
    predictions = program.sigmoid(dataset.inputs @ np.array(weights) + np.array(biases)[:, None, None])
    costs: Array = ((predictions - dataset.labels) ** 2).mean(axis=(1, 2))
    return costs


def _program(network: NeuralNetwork) -> second_generation.NeuralNetwork:
    """The tutorial's network, to start where `network` is."""
    program = second_generation.NeuralNetwork(seed=0)
    program.weights, program.bias = network.weights[0], network.biases[0].item()
    return program


def third_program(network: NeuralNetwork, dataset: Dataset, learning_rate: float, epochs: int) -> ArrayLike:
    """3-4-1 of tanh, trained by the tutorial's third program, which keeps no history: returns the last cost alone."""
    program = third_generation.NeuralNetwork(seed=0)
    program.weights = [np.vstack([w, b]) for w, b in zip(network.weights, network.biases, strict=True)]
    program.train(dataset.inputs, dataset.labels, learning_rate, epochs)
    return [((program.think(dataset.inputs) - dataset.labels) ** 2).mean()]


def plain_python(network: NeuralNetwork, dataset: Dataset, learning_rate: float, epochs: int) -> ArrayLike:
    """One neuron without any library: floats in lists."""
    samples = list(zip(dataset.inputs.tolist(), dataset.labels[:, 0].tolist(), strict=True))
    w, b = network.weights[0][:, 0].tolist(), network.biases[0].item()
    costs, weights, biases = [], [], []
    for _ in range(epochs + 1):
        cost, b_gradient, w_gradient = 0.0, 0.0, [0.0] * len(w)
        for x, y in samples:
            z = b
            for w_i, x_i in zip(w, x):
                z += w_i * x_i
            p = 1 / (1 + math.exp(-z))
            cost += (p - y) ** 2 / len(samples)
            delta = 2 * (p - y) * p * (1 - p) / len(samples)
            b_gradient += delta
            for i, x_i in enumerate(x):
                w_gradient[i] += delta * x_i
        costs.append(cost)
        weights.append(w)
        biases.append(b)
        w = [w_i - learning_rate * gradient for w_i, gradient in zip(w, w_gradient)]
        b -= learning_rate * b_gradient
    return costs


def pytorch(
    network: NeuralNetwork, dataset: Dataset, learning_rate: float, epochs: int, optimizer: str = "gradient descent"
) -> ArrayLike:
    """Any network in PyTorch: `Linear`, `Sigmoid` and `MSELoss` in double precision, the history in lists."""
    import torch

    hidden = {"sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}[network.activation.name]
    modules: list[torch.nn.Module] = []
    for weights, biases in zip(network.weights, network.biases, strict=True):
        linear = torch.nn.Linear(len(weights), len(biases), bias=network.bias, dtype=torch.float64)
        start = {"weight": torch.tensor(weights.T), "bias": torch.tensor(biases)}
        linear.load_state_dict({name: start[name] for name in linear.state_dict()})
        modules += [linear, hidden()]
    model, mean_squared_error = torch.nn.Sequential(*modules[:-1], torch.nn.Sigmoid()), torch.nn.MSELoss()
    step: torch.optim.Optimizer = {
        "gradient descent": torch.optim.SGD,
        "momentum": partial(torch.optim.SGD, momentum=0.9),
        "adam": torch.optim.Adam,
    }[optimizer](model.parameters(), lr=learning_rate)
    inputs, labels = torch.tensor(dataset.inputs), torch.tensor(dataset.labels)
    costs, history = [], []
    for _ in range(epochs + 1):
        cost = mean_squared_error(model(inputs), labels)
        costs.append(cost.item())
        history.append([parameter.detach().clone() for parameter in model.parameters()])
        step.zero_grad()
        cost.backward()
        step.step()
    return costs


def scikit_learn(_: NeuralNetwork, dataset: Dataset, learning_rate: float, epochs: int) -> ArrayLike:
    """One neuron as `MLPClassifier` of scikit-learn: with the logistic loss, from a start of its own."""
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier(
        hidden_layer_sizes=(),
        solver="sgd",
        learning_rate_init=learning_rate,
        momentum=0,
        alpha=0,
        batch_size=len(dataset.inputs),
        shuffle=False,
        max_iter=epochs,
        tol=0,
        n_iter_no_change=epochs,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it stopped after as many epochs as it was told to
        model.fit(dataset.inputs, dataset.labels[:, 0])
    return cast(ArrayLike, model.loss_curve_)


def compiled_loops() -> dict[str, Loop]:
    """One neuron after another in scalar loops compiled by Numba, in four variants.

    Each takes inputs (samples, 3), labels (samples,), weights (runs, 3), learning rates (runs,) and the epochs, starts
    with biases at 0, and returns the cost at every epoch, (runs, epochs + 1).
    """
    from numba import njit, prange

    def loop(inputs: Array, labels: Array, weights: Array, learning_rates: Array, epochs: int) -> Array:
        runs, samples = len(learning_rates), len(inputs)
        costs = np.empty((runs, epochs + 1))
        for run in prange(runs):
            w0, w1, w2, b = weights[run, 0], weights[run, 1], weights[run, 2], 0.0
            rate = learning_rates[run] * 2 / samples
            for epoch in range(epochs + 1):
                cost = g0 = g1 = g2 = g = 0.0
                for i in range(samples):
                    x0, x1, x2 = inputs[i, 0], inputs[i, 1], inputs[i, 2]
                    p = 1 / (1 + math.exp(-(x0 * w0 + x1 * w1 + x2 * w2 + b)))
                    error = p - labels[i]
                    cost += error * error
                    delta = error * p * (1 - p)
                    g0 += delta * x0
                    g1 += delta * x1
                    g2 += delta * x2
                    g += delta
                costs[run, epoch] = cost / samples
                w0 -= rate * g0
                w1 -= rate * g1
                w2 -= rate * g2
                b -= rate * g
        return costs

    return {
        "@njit": njit()(loop),
        "@njit(fastmath=True)": njit(fastmath=True)(loop),
        "@njit(parallel=True)": njit(parallel=True)(loop),
        "@njit(fastmath=True, parallel=True)": njit(fastmath=True, parallel=True)(loop),
    }
