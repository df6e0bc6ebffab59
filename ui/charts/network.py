"""The network itself: what goes in for the ticked boxes, each weight as an edge, the prediction."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnlib import History
from ui import words
from ui.charts.weights import parameters
from ui.player.motion import Array, Epochs


def network_picture(history: History, plate: Sequence[bool], epoch: int) -> dict[str, Any]:
    """What `ui/network` draws of this run, with the boxes of `plate` ticked; in words as it is at `epoch`."""
    names = history.dataset.names
    ticked = words.plate(names, plate)
    prediction = history.predict([plate], np.array([epoch])).item()
    values = ", ".join(
        f"{name} {words.number(each[epoch], 2, sign=True)}" for name, each in parameters(history).items()
    )
    z = words.number(history.weighted_sums([plate], np.array([epoch])).item(), 2)
    return {
        "alt": f"Network diagram: with {ticked} ticked, it predicts {words.number(prediction, 2)} at epoch {epoch:,}. "
        f"The weights are {values}; the weighted sum z is {z}, the sigmoid of which is the prediction.",
        "names": list(names),
        "layers": [len(names), *(weights.shape[2] for weights in history.weights)],
        "bias": history.bias,
        "inputs": [int(ticked) for ticked in plate],
        "plate": int(words.bits(plate), 2),
    }


def parameters_at(history: History, frames: Epochs) -> Array:
    """All parameters, (frames, parameters): layer by layer the weights, input by input, then the biases."""
    columns = []
    for layer, weights in enumerate(history.weights):
        columns.append(weights[frames].reshape(len(frames), -1))
        if history.bias:
            columns.append(history.biases[layer][frames])
    return np.concatenate(columns, axis=1)
