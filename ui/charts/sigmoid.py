"""The sigmoid with the plates on it: how each one's weighted sum becomes a prediction, and by how much it misses."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnlib import History, datasets
from ui import words
from ui.player.motion import Epochs


def sigmoid_picture(history: History, plate: Sequence[bool], frames: Epochs, epoch: int) -> dict[str, Any]:
    """What `ui/sigmoid` draws of this run: the plates it was told, and the ticked one; in words as it is at `epoch`."""
    data = history.dataset
    told = {tuple(row): bool(label >= 0.5) for row, label in zip(data.inputs.tolist(), data.labels[:, 0])}
    plates = datasets.combinations(len(data.names))
    labels = [told.get(tuple(each)) for each in plates.tolist()]
    ticked = int(words.bits(plate), 2)
    seen = [label is not None or number == ticked for number, label in enumerate(labels)]
    z = history.weighted_sums(plates[seen], frames)
    predictions = history.predict(data.inputs, np.array([epoch]))[0, :, 0]
    right = int((words.verdicts(predictions, data.labels[:, 0]) == words.Verdict.RIGHT).sum())
    count = len(data.labels)
    answers = ", ".join(
        f"{words.bits(row)} {words.number(prediction, 2)} (should {'' if told[tuple(row)] else 'not '}be happy)"
        for row, prediction in zip(data.inputs.tolist(), predictions)
    )
    return {
        "alt": f"S-shaped curve with {words.count(count, 'plate')} of the training data on it: at epoch {epoch:,}, "
        f"{right} of them {'is' if count == 1 else 'are'} right. Predictions: {answers}.",
        # Far enough out for every epoch of the run.
        "reach": max(6.0, 1.08 * float(np.abs(z).max())),
        "ticked": ticked,
        "labels": labels,
        "bits": [words.bits(each) for each in plates],
        "names": [words.plate(data.names, each) for each in plates],
    }
