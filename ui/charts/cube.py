"""The eight plates as the corners of a cube, and where the planes of neurons cut it."""

from typing import Any

from nnlib import History, datasets
from nnlib.rules import plate_name
from ui import words
from ui.charts.network import shape


def cube_picture(history: History, data: str, ticked: int, epoch: int) -> dict[str, Any]:
    """What `ui/cube` draws of this run, told the answers in `data`; in words as it is at `epoch`."""
    plates = datasets.combinations(len(history.dataset.names))
    predictions = words.says(history.network(epoch).predict(plates)[:, 0])
    happy = [words.plate(history.dataset.names, plate) for plate, says in zip(plates, predictions) if says > 0]
    return shape(history) | {
        "alt": f"Cube with the {len(plates)} plates at its corners: at epoch {epoch:,} the network answers happy to "
        f"{words.listed(happy) if happy else 'none of them'}.",
        "data": data,
        "ticked": ticked,
        "plates": [plate_name(each, history.dataset.names) for each in plates],
    }
