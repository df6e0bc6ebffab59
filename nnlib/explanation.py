"""One training step, written out: every number between a network and the network one epoch later."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnlib.backpropagation import finite_differences
from nnlib.checks import Array
from nnlib.datasets import Dataset
from nnlib.network import NeuralNetwork, sigmoid
from nnlib.training import History


@dataclass(frozen=True, eq=False)
class Neuron:
    """One neuron in one training step, sample by sample.

    Its bias, where it has one, is its last parameter: the weight of an input that is always 1.
    inputs: (samples, parameters), what each parameter is multiplied with; z: (samples,), the sum of these products;
    activation: (samples,), σ(z); sigmoid_slope: (samples,), σ′(z) = σ(z) (1 − σ(z)).
    Each sample has a cost of its own, and the cost is their mean. Its slopes: cost_by_activation and
    cost_by_z, (samples,), and cost_by_parameter, (samples, parameters), against which the sample pulls.
    gradient: (parameters,), the mean of cost_by_parameter. old, new: (parameters,), before and after the step.
    """

    inputs: Array
    z: Array
    activation: Array
    sigmoid_slope: Array
    cost_by_activation: Array
    cost_by_z: Array
    cost_by_parameter: Array
    gradient: Array
    old: Array
    new: Array


@dataclass(frozen=True, eq=False)
class Explanation:
    """One training step: layers[l][n] is neuron n of layer l. error: (samples, outputs), prediction − label."""

    dataset: Dataset
    learning_rate: float
    network: NeuralNetwork
    error: Array
    layers: tuple[tuple[Neuron, ...], ...]

    @property
    def cost(self) -> float:
        """The mean of the squared errors, before the step."""
        return float(np.mean(self.error**2))

    @cached_property
    def measured(self) -> list[Array]:
        """The gradient by finite differences, to compare: for each layer (parameters, neurons)."""
        slopes = finite_differences(self.network, self.dataset)
        return _joined(NeuralNetwork(slopes.weights, slopes.biases if self.network.bias else None))


def explain(history: History, epoch: int) -> Explanation:
    """The step from `epoch` to the next, as `history` has it; after its last epoch the step that would come next.

    For one sample's own cost, the mean of (p − y)² over the outputs, with z = Σ parameter × input:
      at the output   ∂C/∂p = 2 (p − y) / outputs;         in each neuron   ∂C/∂z = ∂C/∂a · σ′(z);
      by a parameter  ∂C/∂z · its input;                   one layer back   ∂C/∂a = Σ weight · ∂C/∂z of what it feeds.
    """
    network, dataset = history.network(epoch), history.dataset
    old = _joined(network)
    always_1 = np.ones((len(dataset.inputs), int(network.bias)))
    inputs, sums, activations = [], [], [dataset.inputs]
    for parameters in old:
        inputs.append(np.hstack([activations[-1], always_1]))
        sums.append(inputs[-1] @ parameters)
        activations.append(sigmoid(sums[-1]))

    error = activations[-1] - dataset.labels
    cost_by_activation = 2 * error / dataset.labels.shape[1]
    next_one = history.network(epoch + 1) if epoch < history.epochs else None
    layers: list[tuple[Neuron, ...]] = []
    for layer in reversed(range(len(old))):
        sigmoid_slope = activations[layer + 1] * (1 - activations[layer + 1])
        cost_by_z = cost_by_activation * sigmoid_slope
        cost_by_parameter = inputs[layer][:, :, None] * cost_by_z[:, None, :]
        gradient = cost_by_parameter.mean(axis=0)
        arrays = {
            "z": sums[layer],
            "activation": activations[layer + 1],
            "sigmoid_slope": sigmoid_slope,
            "cost_by_activation": cost_by_activation,
            "cost_by_z": cost_by_z,
            "cost_by_parameter": cost_by_parameter,
            "gradient": gradient,
            "old": old[layer],
            "new": _joined(next_one)[layer] if next_one else old[layer] - history.learning_rate * gradient,
        }
        neurons = [{name: array[..., n] for name, array in arrays.items()} for n in range(gradient.shape[1])]
        layers.insert(0, tuple(Neuron(inputs=inputs[layer], **neuron) for neuron in neurons))
        cost_by_activation = cost_by_z @ network.weights[layer].T
    return Explanation(dataset, history.learning_rate, network, error, tuple(layers))


def _joined(network: NeuralNetwork) -> list[Array]:
    """For each layer (parameters, neurons): its weights, and its bias below them where it has one."""
    layers = zip(network.weights, network.biases, strict=True)
    return [np.vstack([weights, bias]) if network.bias else weights for weights, bias in layers]
