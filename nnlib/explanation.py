"""One training step, written out: every number between a network and the network one epoch later."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnlib import backpropagation
from nnlib.backpropagation import backward_pass, finite_differences
from nnlib.checks import Array, instance
from nnlib.costs import SQUARED_ERROR, Cost
from nnlib.datasets import Dataset
from nnlib.descent.method import Method, joined_layers, parted_layers
from nnlib.history import History
from nnlib.network import NeuralNetwork, feed_forward
from nnlib.optimizers import GRADIENT_DESCENT, Optimizer
from nnlib.values import Value, sealed


@dataclass(frozen=True, eq=False)
class Neuron(Value):
    """One neuron in one training step, sample by sample.

    Its bias, where it has one, is its last parameter: the weight of an input that is always 1.
    inputs: (samples, parameters), what each parameter is multiplied with; z: (samples,), the sum of these products;
    activation: (samples,), what it makes of z; slope: (samples,), ∂activation/∂z.
    Each sample has a cost of its own, and the cost is their mean. Its slopes: cost_by_activation and
    cost_by_z, (samples,), and cost_by_parameter, (samples, parameters), against which the sample pulls.
    gradient: (parameters,), the mean of cost_by_parameter. old, new: (parameters,), before and after the step.
    """

    inputs: Array
    z: Array
    activation: Array
    slope: Array
    cost_by_activation: Array
    cost_by_z: Array
    cost_by_parameter: Array
    gradient: Array
    old: Array
    new: Array


@dataclass(frozen=True, eq=False)
class Explanation(Value):
    """One training step: layers[l][n] is neuron n of layer l. error: (samples, outputs), prediction − label.

    before: the network one epoch earlier; None at epoch 0. diverged: whether no step is made, for its end would be too
    large for a float.
    """

    dataset: Dataset
    learning_rate: float
    network: NeuralNetwork
    error: Array
    layers: tuple[tuple[Neuron, ...], ...]
    cost_function: Cost = SQUARED_ERROR
    optimizer: Optimizer = GRADIENT_DESCENT
    before: NeuralNetwork | None = None
    diverged: bool = False

    @cached_property
    def cost(self) -> float:
        """The cost before the step."""
        return backpropagation.cost(self.network, self.dataset, cost=self.cost_function)

    @cached_property
    def following(self) -> NeuralNetwork:
        """The network after the step."""
        rows = [np.stack([neuron.new for neuron in layer], axis=1) for layer in self.layers]
        if not self.network.bias:
            return NeuralNetwork(rows, activation=self.network.activation)
        return NeuralNetwork([row[:-1] for row in rows], [row[-1] for row in rows], self.network.activation)

    @cached_property
    def cost_after(self) -> float:
        """The cost after the step."""
        return backpropagation.cost(self.following, self.dataset, cost=self.cost_function)

    @np.errstate(all="ignore")
    def cost_along(self, layer: int, neuron: int, parameter: int, values: Array) -> Array:
        """The cost where one parameter of a neuron has each of `values`, and all others keep theirs: (values,).

        layer, neuron and parameter are counted as in `layers`: a bias is the last parameter.
        """
        weights, biases = list(self.network.weights), list(self.network.biases)
        if parameter < len(weights[layer]):
            weights[layer] = np.repeat(weights[layer][None], len(values), axis=0)
            weights[layer][:, parameter, neuron] = values
        else:
            biases[layer] = np.repeat(biases[layer][None], len(values), axis=0)
            biases[layer][:, neuron] = values
        predictions = feed_forward(weights, biases, self.dataset.inputs, self.network.activation)[1][-1]
        costs: Array = np.mean(self.cost_function.function(predictions, self.dataset.labels), axis=(-2, -1))
        return costs

    def last_step(self, layer: int, neuron: int) -> Array:
        """What each parameter of a neuron was moved by in the step before this one, (parameters,): old − new."""
        if self.before is None:
            return np.zeros_like(self.layers[layer][neuron].old)
        weights, biases = self.before.weights[layer], self.before.biases[layer]
        step: Array = _with_bias(self.before, weights, biases[None])[:, neuron] - self.layers[layer][neuron].old
        return step

    @cached_property
    def measured(self) -> list[Array]:
        """The gradient by finite differences, to compare: for each layer (parameters, neurons)."""
        slopes = finite_differences(self.network, self.dataset, cost=self.cost_function)
        layers = zip(slopes.weights, slopes.biases, strict=True)
        return [_with_bias(self.network, weights, bias[None]) for weights, bias in layers]


@np.errstate(all="ignore")
def explain(history: History, epoch: int) -> Explanation:
    """The step from `epoch` to the next, as `history` has it; after its last epoch the step that would come next.

    A view of `backpropagation.backward_pass`, neuron by neuron, with the bias as the weight of one more input.
    """
    history = instance("history", history, History)
    network, dataset = history.network(epoch), history.dataset
    following = history.network(epoch + 1) if epoch < history.epochs else _next(history)
    layers = backward_pass(network.weights, network.biases, dataset, network.activation, history.cost_function)
    ones = np.ones((len(dataset.inputs), 1))
    explained: list[tuple[Neuron, ...]] = []
    for place, layer in enumerate(layers):
        inputs = _with_bias(network, layer.inputs, ones, axis=1)
        cost_by_parameter = _with_bias(network, layer.cost_by_weight, layer.cost_by_z[:, None], axis=1)
        gradient = _with_bias(network, layer.weights_gradient, layer.bias_gradient[None])
        old = _with_bias(network, network.weights[place], network.biases[place][None])
        new = _with_bias(network, following.weights[place], following.biases[place][None])
        explained.append(
            tuple(
                Neuron._owning(
                    inputs=inputs,
                    z=layer.z[:, n],
                    activation=layer.activation[:, n],
                    slope=layer.slope[:, n],
                    cost_by_activation=layer.cost_by_activation[:, n],
                    cost_by_z=layer.cost_by_z[:, n],
                    cost_by_parameter=cost_by_parameter[:, :, n],
                    gradient=gradient[:, n],
                    old=old[:, n],
                    new=new[:, n],
                )
                for n in range(layer.z.shape[1])
            )
        )
    error = sealed(layers[-1].activation - dataset.labels)
    return Explanation(
        dataset,
        history.learning_rate,
        network,
        error,
        tuple(explained),
        history.cost_function,
        history.optimizer,
        before=history.network(epoch - 1) if epoch else None,
        diverged=history.diverged is not None and epoch >= history.diverged - 1,
    )


def _next(history: History) -> NeuralNetwork:
    """The network that one more update would make of the last one."""
    # Where nobody knows what the optimizer remembers, it is found out by doing the whole run again.
    known = history.memory is not None or not history.optimizer.remembers
    begin = history.epochs if known else 0
    network, rates = history.network(begin), np.array([history.learning_rate])
    method = Method(network.bias, network.activation, history.cost_function, history.optimizer)
    layers = joined_layers(network.weights, network.biases, network.bias)
    more = history.epochs + 1 - begin
    ended = method.descend(layers, history.dataset, rates, more, keep=False, memory=history.memory)
    weights, biases = parted_layers([layer[0].swapaxes(0, 1) for layer in ended.layers], network.bias)
    return NeuralNetwork([w[0] for w in weights], [b[0] for b in biases] if network.bias else None, network.activation)


def _with_bias(network: NeuralNetwork, by_weight: Array, by_bias: Array, axis: int = 0) -> Array:
    """What belongs to the weights and, along `axis` behind it, what belongs to the bias where there is one."""
    return np.concatenate([by_weight, by_bias], axis=axis) if network.bias else by_weight
