"""The hidden neurons of a network in another order: other weights in other places, and the same answers."""

from collections.abc import Sequence

import numpy as np

from nnlib import NeuralNetwork, datasets
from nnlib.network import feed_forward
from nnlib.rules import rule, says
from ui import words


def table(network: NeuralNetwork, names: Sequence[str]) -> str:
    """Markdown: the weights and the bias of each neuron of the first hidden layer, and what it says yes to."""
    plates = datasets.combinations(len(names))
    hidden = feed_forward(network.weights, network.biases, plates, network.activation)[1][1]
    said = [
        [{1: True, 0: None, -1: False}[value] for value in neuron]
        for neuron in says(hidden, network.activation).T.tolist()
    ]
    heads = [*map(str.capitalize, names), *(["Bias"] if network.bias else [])]
    lines = [f"| Neuron | {' | '.join(heads)} | Says yes to |", f"|--:|{len(heads) * '--:|'}:--|"]
    for number, (weights, bias, answers) in enumerate(zip(network.weights[0].T, network.biases[0], said), 1):
        numbers = [words.number(value, 2, sign=True) for value in [*weights, *([bias] if network.bias else [])]]
        lines.append(f"| {number} | {' | '.join(numbers)} | {rule(answers, names).text} |")
    return "\n".join(lines)


def comparison(network: NeuralNetwork, other: NeuralNetwork) -> str:
    """What shuffling changes in the answers to the eight plates: nothing, or the last digits."""
    plates = datasets.combinations(network.layers[0])
    before, after = network.predict(plates)[:, 0], other.predict(plates)[:, 0]
    apart = float(np.abs(before - after).max())
    said = ", ".join(words.number(answer, 2) for answer in after)
    if not apart:
        return f"Before and after, its answers to the {len(plates)} plates are the same: {said}."
    return (
        f"Before and after, its answers to the {len(plates)} plates are the same: {said}. They differ by at most "
        f"{words.small(apart)}, for numbers added up in another order are rounded differently."
    )
