"""What each neuron answers to each plate: the hidden ones and the output."""

from typing import Any

from nnlib import History, datasets
from ui import words
from ui.charts.network import shape


def neurons_picture(history: History, data: str, ticked: int, epoch: int) -> dict[str, Any]:
    """What `ui/neurons` draws of this run, told `data`, with plate number `ticked` marked; in words as at `epoch`."""
    plates = datasets.combinations(len(history.dataset.names))
    count = sum(weights.shape[2] for weights in history.weights[:-1])
    return shape(history) | {
        "alt": f"Table: what {words.count(count, 'hidden neuron')} and the output answer to each of the {len(plates)} "
        f"plates at epoch {epoch:,}.",
        "data": data,
        "ticked": ticked,
        "bits": [words.bits(each) for each in plates],
        "plates": [words.plate(history.dataset.names, each) for each in plates],
    }
