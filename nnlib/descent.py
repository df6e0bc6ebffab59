"""The fast loop: full-batch gradient descent for any number of networks at once, in place."""

from collections.abc import Sequence

import numpy as np

from nnlib.checks import Array

# Errors (and steps) are kept for so many epochs, or until there are so many numbers (512 KB, which stay in the cache),
# then turned into costs (and history) in one go.
EPOCHS, NUMBERS = 256, 2**16


# What does not fit a float is found by the caller, in the result.
@np.errstate(over="ignore", invalid="ignore")
def descend(
    layers: Sequence[Array],
    inputs: Array,
    labels: Array,
    learning_rates: Array,
    cost: Array,
    *,
    bias: bool,
    steps: Sequence[Array] | None = None,
) -> None:
    """Train `runs` networks of the same shape side by side, in place, and fill in their costs.

    layers[l]: (rows, runs, columns), trained in place: each run's weights, with bias one row more, which is the bias.
    inputs: (samples, inputs). labels: (samples, outputs). learning_rates: (runs,).
    cost: (epochs + 1, runs), receives the cost before the first update … after the last.
    steps[l], where given: (epochs + 1, rows, runs, columns), receives every update, the next one not made included.

    The equations are those of `backpropagation.gradient`, in the form that costs fewest passes over memory. With the
    odds o = eᶻ, a sigmoid is p = o / (1 + o), and 1 − p = 1 / (1 + o), so its slope p (1 − p) is p / (1 + o).
    To answer z with 1 is to answer −z with 0. So a single neuron whose labels are 0 and 1 is trained on samples turned
    round until every label is 0: the error p − y is then p itself.
    """
    samples, runs, last = len(inputs), len(learning_rates), len(layers) - 1
    deep = last > 0
    turned = not deep and labels.shape[1] == 1 and bool(np.isin(labels, (0, 1)).all())
    scales = -2 * learning_rates / labels.size
    same_rate = bool((scales == scales[0]).all())

    # The bias is the weight of one more input, which is always 1. The inputs are the same for every run, so the first
    # layers of all runs are one flat matrix product.
    rows = np.hstack([inputs, np.ones((samples, int(bias)))]) * (1 - 2 * labels if turned else 1)
    forward = rows.dot
    to_step = np.ascontiguousarray(rows.T * (scales[0] if same_rate else 1.0)).dot
    first = layers[0].reshape(len(layers[0]), -1)
    first_scales = np.tile(np.repeat(scales, layers[0].shape[2]), (len(first), 1))

    def to_step_at_own_rate(delta: Array, step: Array) -> None:
        to_step(delta, step)
        np.multiply(step, first_scales, step)

    backward = to_step if same_rate else to_step_at_own_rate

    # Behind it every run has activations of its own. Matrix products want the run axis in front: views do that.
    odds, sums, deltas = ([np.empty((samples, runs, layer.shape[2])) for layer in layers] for _ in range(3))
    activations = [np.ones((samples, runs, layer.shape[2] + bias)) for layer in layers[:-1]]

    def by_run(array: Array) -> Array:
        return array.swapaxes(0, 1)

    def through_hidden_layers() -> None:
        for layer, activation in enumerate(activations):
            np.exp(odds[layer], odds[layer])
            np.add(odds[layer], 1, sums[layer])
            np.divide(odds[layer], sums[layer], activation[..., : odds[layer].shape[2]])
            np.matmul(by_run(activation), by_run(layers[layer + 1]), out=by_run(odds[layer + 1]))

    def back_through_hidden_layers(steps: Sequence[Array]) -> None:
        for layer in range(last, 0, -1):
            activation, delta, before = activations[layer - 1], by_run(deltas[layer]), deltas[layer - 1]
            columns = before.shape[2]
            np.matmul(by_run(activation).swapaxes(1, 2), delta, out=by_run(steps[layer - 1]))
            np.multiply(steps[layer - 1], scales[:, None], out=steps[layer - 1])
            np.matmul(delta, by_run(layers[layer][:columns]).swapaxes(1, 2), out=by_run(before))
            np.multiply(before, activation[..., :columns], out=before)
            np.divide(before, sums[layer - 1], out=before)

    def limit_odds(*_: object) -> None:
        """Where eᶻ is too large for a float, another large number does as well: p is 1 to the last digit."""
        for array in odds:
            np.minimum(array, 1e300, out=array)

    answers = np.tile(labels, runs)
    ones = np.ones_like(answers)  # added a little faster than the number 1, where runs are few
    first_z, first_delta = (arrays[0].reshape(samples, -1) for arrays in (odds, deltas))
    o, one_and_o, delta = (arrays[last].reshape(samples, -1) for arrays in (odds, sums, deltas))

    # What the epochs of a block fill is laid out once: to make two views would take a thirtieth of a small epoch.
    largest = max(array.size for array in (answers, *(layers if steps else ())))
    block = min(len(cost), EPOCHS, max(1, NUMBERS // largest))
    errors = np.empty((block, *answers.shape))
    kept = block if steps else 1
    records = [np.zeros((kept, *layer.shape)) for layer in layers]
    first_record = records[0].reshape(kept, *first.shape)
    to_fill = [(errors[e], first_record[e % kept], [record[e % kept] for record in records[1:]]) for e in range(block)]

    _, first_step, next_steps = to_fill[-1]
    # Looked up by the thousand, names of the loop's own are a little faster.
    add, subtract, multiply, divide, exp = np.add, np.subtract, np.multiply, np.divide, np.exp
    with np.errstate(over="call", call=limit_odds):
        for begin in range(0, len(cost), block):
            end = min(begin + block, len(cost))
            for error, following_first, following in to_fill[: end - begin]:
                add(first, first_step, first)
                first_step = following_first
                forward(first, first_z)
                if deep:
                    for layer, step in zip(layers[1:], next_steps, strict=True):
                        add(layer, step, layer)
                    next_steps = following
                    through_hidden_layers()
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
                if deep:
                    back_through_hidden_layers(next_steps)
                backward(first_delta, first_step)
            each = errors[: end - begin].reshape(end - begin, samples, runs, -1)
            np.einsum("esro,esro->er", each, each, out=cost[begin:end])
            cost[begin:end] /= labels.size
            for every_step, record in zip(steps or (), records):
                every_step[begin:end] = record[: end - begin]
