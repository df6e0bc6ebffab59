"""Every weight and bias over the epochs, for networks that have many: a strip for each, or the lines of one neuron."""

from typing import Any

from nnlib import History
from ui import words
from ui.charts.figure import epoch_axis
from ui.charts.network import shape


def strips_picture(history: History, epoch: int) -> dict[str, Any]:
    """What `ui/strips` draws of this run; in words as it is at `epoch`."""
    axis = epoch_axis(history.epochs)
    layers = [*history.weights, *(history.biases if history.bias else ())]
    count = sum(layer[0].size for layer in layers)
    largest = max(float(abs(layer[epoch]).max()) for layer in layers)
    things = words.count(count, "weight and bias", "weights and biases")
    return shape(history) | {
        "alt": f"{things} over {words.count(history.epochs, 'epoch')}, grouped by the neuron they feed: at epoch "
        f"{epoch:,} the largest is {words.number(largest, 2)} in size.",
        "ticks": list(zip(axis["xaxis.tickvals"], axis["xaxis.ticktext"], strict=True)),
    }
