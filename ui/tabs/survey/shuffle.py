"""The hidden neurons of a network in another order: other weights in other places, and the same answers."""

from collections.abc import Sequence

import numpy as np

from nnlib import NeuralNetwork, datasets
from ui import words


def table(network: NeuralNetwork, names: Sequence[str]) -> str:
    """Markdown: the numbers of each neuron of the first hidden layer, and where it is the last, the output's weight."""
    last = len(network.weights) == 2
    heads = [*map(str.capitalize, names), *(["Bias"] if network.bias else []), *(["Output"] if last else [])]
    lines = [f"| Neuron | {' | '.join(heads)} |", f"|--:|{len(heads) * '--:|'}"]
    for neuron in range(network.layers[1]):
        numbers = [*network.weights[0][:, neuron]]
        if network.bias:
            numbers.append(network.biases[0][neuron])
        if last:
            numbers.append(network.weights[1][neuron, 0])
        lines.append(f"| {neuron + 1} | {' | '.join(words.number(each, 2, sign=True) for each in numbers)} |")
    return "\n".join(lines)


def comparison(network: NeuralNetwork, other: NeuralNetwork) -> str:
    """What shuffling changes in the answers to the eight plates: nothing, or the last digits."""
    plates = datasets.combinations(network.layers[0])
    before, after = network.predict(plates)[:, 0], other.predict(plates)[:, 0]
    apart = float(np.abs(before - after).max())
    said = ", ".join(words.number(answer, 2) for answer in after)
    if not apart:
        return f"Before and after, it answers the {len(plates)} plates with {said}: not a digit changes."
    return (
        f"Before and after, it answers the {len(plates)} plates with {said}. No answer differs by more than "
        f"{words.small(apart)}, which is rounding: the same numbers are added up in another order."
    )


def about(network: NeuralNetwork) -> str:
    """What the tables show."""
    if len(network.weights) == 2:
        return "Each row is a hidden neuron: its weights, and at the right the weight with which the output takes it."
    return "Each row is a neuron of the first hidden layer, with its weights. The layers behind it are shuffled, too."
