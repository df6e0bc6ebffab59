"""The fast special case: networks without hidden layers, of sigmoid neurons, by plain descent on the squared error.

`general` says the same to be read. Here the equations take the form that costs fewest passes over memory:
- With the odds o = eᶻ, a sigmoid is p = o / (1 + o), and 1 − p = 1 / (1 + o), so its slope p (1 − p) is p / (1 + o).
- To answer z with 1 is to answer −z with 0. So a neuron whose labels are 0 and 1 is trained on samples turned round
  until every label is 0: the error p − y is then p itself.
- Learning rate and mean are multiplied into the inputs once, where all runs have the same.
- The errors (and steps) of a block of epochs are kept, and turned into costs (and history) in one go.
"""

from collections.abc import Sequence

import numpy as np

from nnlib.checks import Array
from nnlib.costs import SQUARED_ERROR, Cost
from nnlib.optimizers import GRADIENT_DESCENT, Optimizer

# A block is so many epochs, or so many numbers (512 KB, which stay in the cache).
EPOCHS, NUMBERS = 256, 2**16


def can(layers: int, cost: Cost, optimizer: Optimizer) -> bool:
    """Whether networks with this many layers of weights can be trained here."""
    return layers == 1 and (cost, optimizer) == (SQUARED_ERROR, GRADIENT_DESCENT)


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
) -> tuple[Array, list[Array]]:
    """Train `runs` networks of one layer side by side, as `general.descend` does, with the same arguments."""
    (start,) = layers
    samples, runs = len(inputs), len(learning_rates)
    turned = labels.shape[1] == 1 and bool(np.isin(labels, (0, 1)).all())
    scales = -2 * learning_rates / labels.size
    same_rate = bool((scales == scales[0]).all())

    # The bias is the weight of one more input, which is always 1. The inputs are the same for every run, so the
    # weights of all runs are one matrix, and z is one matrix product.
    rows = np.hstack([inputs, np.ones((samples, int(bias)))]) * (1 - 2 * labels if turned else 1)
    forward = rows.dot
    to_step = np.ascontiguousarray(rows.T * (scales[0] if same_rate else 1.0)).dot
    weights = start.reshape(len(start), -1).copy()
    rates = np.tile(np.repeat(scales, start.shape[2]), (len(weights), 1))

    def to_step_at_own_rate(delta: Array, step: Array) -> None:
        to_step(delta, step)
        np.multiply(step, rates, step)

    backward = to_step if same_rate else to_step_at_own_rate

    answers = np.tile(labels, runs)
    ones = np.ones_like(answers)  # added a little faster than the number 1, where runs are few
    o, one_and_o, delta = (np.empty_like(answers) for _ in range(3))

    def limit_odds(*_: object) -> None:
        """Where eᶻ is too large for a float, another large number does as well: p is 1 to the last digit."""
        np.minimum(o, 1e300, out=o)

    # What the epochs of a block fill is laid out once: to make two views would take a thirtieth of a small epoch.
    largest = max(answers.size, weights.size if keep else 0)
    block = min(epochs + 1, EPOCHS, max(1, NUMBERS // largest))
    errors = np.empty((block, *answers.shape))
    steps = np.zeros((block if keep else 1, *weights.shape))
    to_fill = [(errors[e], steps[e % len(steps)]) for e in range(block)]

    costs = np.empty((epochs + 1, runs))
    # The start, then every step, the one after the last epoch included: their running sum is the history.
    history = np.empty((epochs + 2 if keep else 1, *weights.shape))
    history[0] = weights

    _, step = to_fill[-1]
    # Looked up by the thousand, names of the loop's own are a little faster.
    add, subtract, multiply, divide, exp = np.add, np.subtract, np.multiply, np.divide, np.exp
    with np.errstate(over="call", call=limit_odds):
        for begin in range(0, epochs + 1, block):
            end = min(begin + block, epochs + 1)
            for error, following_step in to_fill[: end - begin]:
                add(weights, step, weights)
                step = following_step
                forward(weights, o)
                exp(o, o)
                add(o, ones, one_and_o)
                if turned:
                    divide(o, one_and_o, error)
                    divide(error, one_and_o, delta)
                else:
                    divide(o, one_and_o, delta)
                    subtract(delta, answers, error)
                    divide(delta, one_and_o, delta)
                multiply(error, delta, delta)
                backward(delta, step)
            each = errors[: end - begin].reshape(end - begin, samples, runs, -1)
            np.einsum("esro,esro->er", each, each, out=costs[begin:end])
            costs[begin:end] /= labels.size
            if keep:
                history[begin + 1 : end + 1] = steps[: end - begin]
    record = np.cumsum(history[:-1], axis=0) if keep else weights[None]
    return costs, [record.reshape(-1, *start.shape)]
