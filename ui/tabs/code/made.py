"""What each part of the program makes, in this run: names, shapes and values, each as it is at that part."""

import numpy as np
from numpy.typing import ArrayLike

from nnlib import History, NeuralNetwork, explain, sigmoid
from ui import words
from ui.settings import Settings

MANY = 8


def made(history: History, settings: Settings) -> list[str]:
    """Markdown for each part of the program, in order."""
    data, epoch = history.dataset, settings.current_epoch
    start, now = history.network(0), history.network(epoch)
    # The last step that leads to this epoch, or the first one where none has been made.
    before = max(epoch - 1, 0)
    step = explain(history, before)
    ((neuron,),) = step.layers
    delta = neuron.cost_by_z / len(data.inputs)
    inputs = data.inputs.shape[1]
    return [
        _lines(_value("inputs", data.inputs), _value("labels", data.labels)),
        _lines("At epoch 0:", *_parameters(start)),
        _lines(_value("sigmoid(0)", sigmoid(0.0))),
        _lines(_value("sigmoid_derivative(0)", sigmoid(0.0) * (1 - sigmoid(0.0)))),
        _lines("At epoch 0:", _value("think(inputs)", start.predict(data.inputs))),
        _lines(
            f"In the step from epoch {before:,} to {before + 1:,}:",
            _value("z", neuron.z[:, None]),
            _value("prediction", neuron.activation[:, None]),
            _value("error", step.error),
            _value("delta", delta[:, None]),
            _value("inputs.T @ delta", neuron.gradient[:inputs, None]),
            *([_value("delta.sum()", neuron.gradient[-1])] if now.bias else []),
            "After it:",
            *_parameters(history.network(before + 1)),
        ),
        _lines(
            f"At epoch {epoch:,}:",
            _value("cost", history.cost[epoch]),
            *_parameters(now),
            _value("think(inputs)", now.predict(data.inputs)),
            _value("think(plate)", now.predict([settings.plate])),
        ),
    ]


def _parameters(network: NeuralNetwork) -> list[str]:
    bias = [_value("bias", network.biases[0][0])] if network.bias else []
    return [_value("weights", network.weights[0]), *bias]


def _value(name: str, values: ArrayLike) -> str:
    """A name with its shape, and below its values, or how many they are."""
    array = np.asarray(values, dtype=float)
    numbers = [f"{value:.0f}" if value.is_integer() else words.small(value) for value in array.ravel().tolist()]
    text = ", ".join(numbers) if array.size <= MANY else words.count(array.size, "number")
    return f"`{name}` {array.shape if array.ndim else ''}  \n{text}"


def _lines(*parts: str) -> str:
    return "\n\n".join(parts)
