"""Gradient descent for networks of any depth, activation, cost and optimizer, for one run or thousands side by side."""

from collections.abc import Callable, Sequence
from functools import partial
from math import prod

import numpy as np

from nnlib.activations import Activation, layer_activations
from nnlib.checks import Array
from nnlib.costs import Cost
from nnlib.optimizers import Memory, Optimizer

# Predictions are kept for so many epochs, or until there are so many numbers, and turned into costs in one go.
EPOCHS, NUMBERS = 256, 2**16


class _Layer:
    """One layer of all networks: its arrays, laid out once and filled anew in every epoch.

    Elementwise functions see the arrays as (samples, runs, columns). Matrix products see one matrix for each run, as
    (runs, rows, columns), or a single one for all: where there is one run, and in the first layer, for the inputs are
    the same in all runs. Both are views of the same numbers.
    """

    def __init__(
        self,
        inputs: Array,
        parameters: Array,
        gradient: Array,
        kind: Activation,
        *,
        bias: bool,
        before: "_Layer | None",
    ) -> None:
        samples, (rows, runs, columns) = len(inputs), parameters.shape

        def matrices(array: Array) -> Array:
            single = before is None or runs == 1
            return array.reshape(len(array), -1) if single else array.swapaxes(0, 1)

        self.function, self.function_slope = kind.function, kind.slope
        self.activation, self.slope, self.cost_by_z = (np.empty((samples, runs, columns)) for _ in range(3))
        # What the next layer is given: the activations, and a 1 for its bias to be multiplied with.
        self.output = np.ones((samples, runs, columns + bias))
        self.passed_on = self.output[..., :columns]

        a, delta = matrices(inputs), matrices(self.cost_by_z)
        self.w, self.z, self.by_w = matrices(parameters), matrices(self.activation), matrices(gradient)
        self.a_times, self.a_transposed_times, self.delta_times = _times(a), _times(a.swapaxes(-1, -2)), _times(delta)
        # What has been fed forward from a bias to its 1 goes no further back.
        self.w_transposed = matrices(parameters[: rows - bias]).swapaxes(-1, -2)
        self.by_a = matrices(before.cost_by_z) if before else None
        self.delta = delta

    def forward(self) -> None:
        """Z = a W + b, and the activation of z, which takes its place."""
        self.a_times(self.w, self.z)
        self.function(self.activation, self.activation)
        np.copyto(self.passed_on, self.activation)

    def backward(self) -> None:
        """∂C/∂z = ∂C/∂a · f′(z); ∂C/∂W = aᵀ ∂C/∂z; and ∂C/∂a of the layer before = ∂C/∂z Wᵀ.

        The array for ∂C/∂z holds ∂C/∂a when this begins.
        """
        self.function_slope(self.activation, self.slope)
        np.multiply(self.cost_by_z, self.slope, self.cost_by_z)
        self.a_transposed_times(self.delta, self.by_w)
        if self.by_a is not None:
            self.delta_times(self.w_transposed, self.by_a)


def _times(matrices: Array) -> Callable[[Array, Array], object]:
    """The product of these matrices with others, into a third. For a single matrix `dot` takes a third of the time."""
    return matrices.dot if matrices.ndim == 2 else partial(np.matmul, matrices)


@np.errstate(all="ignore")
def descend(
    layers: Sequence[Array],
    inputs: Array,
    labels: Array,
    learning_rates: Array,
    epochs: int,
    *,
    bias: bool,
    keep: bool,
    activation: Activation,
    cost: Cost,
    optimizer: Optimizer,
    memory: Memory | None = None,
) -> tuple[Array, list[Array], Memory]:
    """Train `runs` networks of the same shape side by side, for `epochs` full-batch updates.

    layers[l]: (rows, runs, columns): the weights each run starts with, with bias one row more, which is the bias.
    inputs: (samples, inputs). labels: (samples, outputs). learning_rates: (runs,). Changes none of them.
    activation: that of the hidden layers; the outputs always are sigmoids. memory: what the optimizer remembers from
    updates before these, if there were any.
    The equations are derived in `backpropagation.backward_pass`. Each epoch: feed forward, keep the cost, pass back,
    update. The operations are those of `tutorial.third_generation`, in its order: a single run and the program agree
    to the last bit, also where rounding decides which way a run goes.
    Returns the costs, (epochs + 1, runs), from before the first update to after the last, and the layers, each
    (epochs + 1, rows, runs, columns), at every epoch if `keep`, else (1, rows, runs, columns), after the last; and what
    the optimizer remembers then.
    """
    runs, shapes = len(learning_rates), [layer.shape for layer in layers]
    # All parameters are one row of numbers, and the layers are views of it: so an update is one subtraction.
    parameters = np.concatenate([layer.ravel() for layer in layers])
    gradient = np.empty_like(parameters)
    rates = np.concatenate([np.broadcast_to(learning_rates[:, None], shape).ravel() for shape in shapes])
    updates = memory.updates if memory else 0
    remembered = [np.zeros_like(parameters) for _ in range(optimizer.remembers)]
    for array, before in zip(remembered, memory.layers if memory else ()):
        np.concatenate([layer.ravel() for layer in before], out=array)

    network: list[_Layer] = []
    a = np.hstack([inputs, np.ones((len(inputs), int(bias)))])
    kinds = layer_activations(activation, len(layers))
    for w, by_w, kind in zip(_parted(parameters, shapes), _parted(gradient, shapes), kinds, strict=True):
        network.append(_Layer(a, w, by_w, kind, bias=bias, before=network[-1] if network else None))
        a = network[-1].output
    backwards, last = network[::-1], network[-1]

    answers = np.repeat(labels[:, None], runs, axis=1)
    size = np.array(float(labels.size))
    block = min(epochs + 1, EPOCHS, max(1, NUMBERS // answers.size))
    predictions = np.empty((block, *answers.shape))
    costs = np.empty((epochs + 1, runs))
    history = np.empty((epochs + 1 if keep else 1, parameters.size))

    for epoch in range(epochs + 1):
        history[epoch if keep else 0] = parameters
        # Forward, from the inputs to the predictions.
        for layer in network:
            layer.forward()
        predictions[epoch % block] = last.activation
        if (epoch + 1) % block == 0 or epoch == epochs:
            some = predictions[: epoch % block + 1]
            costs[epoch + 1 - len(some) : epoch + 1] = cost.function(some, answers).mean(axis=(1, 3))
        if epoch == epochs:
            break
        # Backward, from ∂C/∂p, where the cost is a mean, to the first layer's gradient.
        cost.slope(last.activation, answers, last.cost_by_z)
        np.divide(last.cost_by_z, size, last.cost_by_z)
        for layer in backwards:
            layer.backward()
        # Update, against the gradient.
        np.subtract(parameters, optimizer.function(gradient, rates, remembered, updates + epoch), parameters)
    own = tuple(tuple(_parted(array, shapes)) for array in remembered)
    after = Memory._owning(layers=own, updates=updates + epochs)
    return costs, _parted(history, shapes), after


def _parted(flat: Array, shapes: Sequence[tuple[int, ...]]) -> list[Array]:
    """The layers of these shapes, as views of `flat`, whose last axis has them one after the other."""
    ends = np.cumsum([prod(shape) for shape in shapes])[:-1]
    return [
        part.reshape(*flat.shape[:-1], *shape)
        for part, shape in zip(np.split(flat, ends, axis=-1), shapes, strict=True)
    ]
