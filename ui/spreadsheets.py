"""Tables for a spreadsheet: the training data, and every parameter and prediction of a run, to the last digit.

Both begin with the line `sep=,`: by it Excel opens them in columns whatever language it speaks.
"""

import csv
import io
from collections.abc import Iterable, Iterator

import numpy as np

from nnlib import Dataset, History


def training_csv(data: Dataset) -> str:
    """One row for each plate, under a row of names: 1 for each ingredient on it, and for happy."""
    rows = np.hstack([data.inputs, data.labels]).astype(int).tolist()
    return _csv([*data.names, "happy"], rows)


def history_csv(history: History) -> str:
    """One row for each epoch, under a row of names: epoch, cost, weights and biases by layer, predictions by plate.

    Numbers are written so that reading them gives exactly the numbers of the history again.
    """
    parameters = [
        layer.reshape(len(layer), -1)
        for weights, biases in zip(history.weights, history.biases)
        for layer in ([weights, biases] if history.bias else [weights])
    ]
    predictions = history.predict(history.dataset.inputs)
    numbers = np.hstack([history.cost[:, None], *parameters, predictions.reshape(len(predictions), -1)])
    names = ["epoch", "cost", *_parameter_names(history), *_prediction_names(history)]
    # Row by row: as Python's numbers, the largest run would take 70 MB at once.
    return _csv(names, ([epoch, *row.tolist()] for epoch, row in enumerate(numbers)))


def _csv(names: list[str], rows: Iterable[list[float]]) -> str:
    file = io.StringIO()
    file.write("sep=,\n")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return file.getvalue()


def _parameter_names(history: History) -> Iterator[str]:
    """“weight coffee” and “bias” of a single neuron, “layer 1 weight coffee to 2” and “layer 1 bias of 2” of layers."""
    deep = len(history.weights) > 1
    sources = history.dataset.names
    for number, weights in enumerate(history.weights, 1):
        targets = [str(target) for target in range(1, weights.shape[2] + 1)]
        single = not deep and len(targets) == 1
        layer = f"layer {number} " if deep else ""
        for source in sources:
            yield from ([f"weight {source}"] if single else [f"{layer}weight {source} to {to}" for to in targets])
        if history.bias:
            yield from (["bias"] if single else [f"{layer}bias of {to}" for to in targets])
        sources = tuple(targets)


def _prediction_names(history: History) -> Iterator[str]:
    """A plate is named by its inputs, as on the sigmoid: prediction 101."""
    outputs = history.dataset.labels.shape[1]
    for row in history.dataset.inputs:
        plate = "".join(f"{value:g}" for value in row)
        yield from (
            f"prediction {plate}" + (f" of {output}" if outputs > 1 else "") for output in range(1, outputs + 1)
        )
