"""The network itself: what goes in for the ticked boxes, each weight as an edge, the prediction."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnlib import History
from nnlib.network import feed_forward
from ui import words
from ui.charts.weights import parameters
from ui.player.motion import Array, Epochs


def network_picture(history: History, plate: Sequence[bool], epoch: int) -> dict[str, Any]:
    """What `ui/network` draws of this run, with the boxes of `plate` ticked; in words as it is at `epoch`."""
    names = history.dataset.names
    ticked = words.plate(names, plate)
    prediction = history.predict([plate], np.array([epoch])).item()
    inside = _one_neuron if len(history.weights) == 1 else _layers
    return shape(history) | {
        "alt": f"Network diagram: with {ticked} ticked, it predicts {words.number(prediction, 2)} at epoch {epoch:,}. "
        f"{inside(history, plate, epoch)}",
        "inputs": [int(ticked) for ticked in plate],
        "plate": int(words.bits(plate), 2),
    }


def shape(history: History) -> dict[str, Any]:
    """What every picture of a network has to know of it, as `ui/picture/neurons.js` has it."""
    return {
        "names": list(history.dataset.names),
        "layers": [len(history.dataset.names), *(weights.shape[2] for weights in history.weights)],
        "bias": history.bias,
        "activation": history.activation.name,
    }


def _one_neuron(history: History, plate: Sequence[bool], epoch: int) -> str:
    values = ", ".join(
        f"{name} {words.number(each[epoch], 2, sign=True)}" for name, each in parameters(history).items()
    )
    z = words.number(history.weighted_sums([plate], np.array([epoch])).item(), 2)
    return f"The weights are {values}; the weighted sum z is {z}, the sigmoid of which is the prediction."


def _layers(history: History, plate: Sequence[bool], epoch: int) -> str:
    network = history.network(epoch)
    _, answers = feed_forward(network.weights, network.biases, np.array([plate], dtype=float), network.activation)
    hidden = "; ".join(
        f"layer {number}: {', '.join(words.number(value, 2) for value in layer[0])}"
        for number, layer in enumerate(answers[1:-1], 1)
    )
    return f"The hidden neurons answer, {hidden}."


def parameters_at(history: History, frames: Epochs) -> Array:
    """All parameters, (frames, parameters): layer by layer the weights, input by input, then the biases."""
    columns = []
    for layer, weights in enumerate(history.weights):
        columns.append(weights[frames].reshape(len(frames), -1))
        if history.bias:
            columns.append(history.biases[layer][frames])
    return np.concatenate(columns, axis=1)
