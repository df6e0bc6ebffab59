"""The fast loop: full-batch gradient descent for any number of networks at once, in place."""

from collections.abc import Sequence

import numpy as np

from nnlib.checks import Array

# Errors (and steps) are kept for so many epochs, or until there are so many numbers (512 KB, which stay in the cache),
# then turned into costs (and history) in one go.
EPOCHS, NUMBERS = 256, 2**16


def descend(
    layers: Sequence[Array],
    inputs: Array,
    labels: Array,
    learning_rates: Array,
    epochs: int,
    *,
    bias: bool,
    steps: Sequence[Array] | None = None,
) -> Array:
    """Train `runs` networks of the same shape side by side; return the cost before the first update … after the last.

    layers[l]: (rows, runs, columns), trained in place: each run's weights, with bias one row more, which is the bias.
    inputs: (samples, inputs). labels: (samples, outputs). learning_rates: (runs,). Returns (epochs + 1, runs).
    steps[l], where given: (epochs + 1, rows, runs, columns), receives every update, the next one not made included.

    The equations are those of `backpropagation.gradient`, in the form that costs fewest passes over memory.
    With t = tanh(z / 2), which never overflows, σ(z) = (1 + t) / 2. With the signs s = 2y − 1, the error p − y is
    (t − s) / 2 and σ′(z) = p (1 − p) = (1 − t²) / 4, so over N = samples × outputs
        ∂C/∂z = 2 / N · (p − y) · σ′(z) = (t − s) (1 − t²) / 4N.
    Each layer reads halved activations, a / 2, which gives z / 2 at once. The bias is the weight of one more
    activation that is always 1. All constants end up in `scales`, the factor from a layer's (a / 2)ᵀ (t − s) (1 − t²)
    to its step: −learning rate · 2 / 4N.
    """
    samples, runs, last = len(inputs), len(learning_rates), len(layers) - 1
    scales = -learning_rates / (2 * labels.size)
    same_rate = bool((scales == scales[0]).all())
    tanh, add, subtract, multiply, square, matmul = np.tanh, np.add, np.subtract, np.multiply, np.square, np.matmul

    # The inputs are the same for every run, so the first layers of all runs are one flat matrix product.
    half_inputs = np.hstack([inputs, np.ones((samples, int(bias)))]) / 2
    forward = half_inputs.dot
    backward = np.ascontiguousarray(half_inputs.T * (scales[0] if same_rate else 1.0)).dot
    first = layers[0].reshape(len(layers[0]), -1)
    first_scales = np.tile(np.repeat(scales, layers[0].shape[2]), (len(first), 1))

    # Behind it every run has activations of its own. Matrix products want the run axis in front: views do that.
    hidden = [np.empty((samples, runs, layer.shape[2])) for layer in layers[:-1]]
    halves = [np.full((samples, runs, layer.shape[2] + bias), 0.5) for layer in layers[:-1]]
    deltas = [np.empty((samples, runs, layer.shape[2])) for layer in layers]

    def by_run(array: Array) -> Array:
        return array.swapaxes(0, 1)

    def through_hidden_layers(output: Array) -> None:
        forward(first, hidden[0].reshape(samples, -1))
        for layer, (t, half) in enumerate(zip(hidden, halves, strict=True)):
            tanh(t, t)
            half[..., : t.shape[2]] = 0.25 + 0.25 * t
            following = hidden[layer + 1] if layer + 1 < last else output.reshape(deltas[last].shape)
            matmul(by_run(half), by_run(layers[layer + 1]), out=by_run(following))

    def back_through_hidden_layers(steps: Sequence[Array]) -> None:
        for layer in range(last, 0, -1):
            t, delta = hidden[layer - 1], by_run(deltas[layer])
            matmul(by_run(halves[layer - 1]).swapaxes(1, 2), delta, out=by_run(steps[layer - 1]))
            multiply(steps[layer - 1], scales[:, None], out=steps[layer - 1])
            matmul(delta, by_run(layers[layer][: t.shape[2]]).swapaxes(1, 2), out=by_run(deltas[layer - 1]))
            multiply(deltas[layer - 1], 0.25 - 0.25 * t * t, out=deltas[layer - 1])

    signs = np.tile(2 * labels - 1, runs)
    t, ones = np.empty_like(signs), np.ones_like(signs)
    first_delta, last_delta = deltas[0].reshape(samples, -1), deltas[last].reshape(samples, -1)

    # What the epochs of a block fill is laid out once: to make two views would take a thirtieth of a small epoch.
    largest = max(array.size for array in (signs, *(layers if steps else ())))
    block = min(epochs + 1, EPOCHS, max(1, NUMBERS // largest))
    errors = np.empty((block, *signs.shape))
    kept = block if steps else 1
    records = [np.zeros((kept, *layer.shape)) for layer in layers]
    first_record = records[0].reshape(kept, *first.shape)
    to_fill = [(errors[e], first_record[e % kept], [record[e % kept] for record in records[1:]]) for e in range(block)]

    cost = np.empty((epochs + 1, runs))
    _, first_step, next_steps = to_fill[-1]
    for begin in range(0, epochs + 1, block):
        end = min(begin + block, epochs + 1)
        for error, following_first, following in to_fill[: end - begin]:
            add(first, first_step, first)
            first_step = following_first
            if last:
                for layer, step in zip(layers[1:], next_steps, strict=True):
                    add(layer, step, layer)
                next_steps = following
                through_hidden_layers(t)
            else:
                forward(first, t)
            tanh(t, t)
            subtract(t, signs, error)
            square(t, last_delta)
            subtract(ones, last_delta, last_delta)
            multiply(last_delta, error, last_delta)
            if last:
                back_through_hidden_layers(next_steps)
            backward(first_delta, first_step)
            if not same_rate:
                multiply(first_step, first_scales, first_step)
        each = errors[: end - begin].reshape(end - begin, samples, runs, -1)
        np.einsum("esro,esro->er", each, each, out=cost[begin:end])
        for every_step, record in zip(steps or (), records):
            every_step[begin:end] = record[: end - begin]
    cost /= 4 * labels.size
    return cost
