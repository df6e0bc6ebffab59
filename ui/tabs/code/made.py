"""What each part of the program makes, in this run: names, shapes and values, each as it is at that part."""

import numpy as np
from numpy.typing import ArrayLike

from nnlib import History, NeuralNetwork, explain, sigmoid
from nnlib.activations import layer_activations
from ui import words
from ui.settings import Settings

MANY = 8


def made(history: History, settings: Settings) -> list[str]:
    """Markdown for each part of the program, in order."""
    return _made_by_layers(history, settings) if settings.has_layers else _made_by_neuron(history, settings)


def _made_by_neuron(history: History, settings: Settings) -> list[str]:
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


def _made_by_layers(history: History, settings: Settings) -> list[str]:
    data, epoch = history.dataset, settings.current_epoch
    start, now = history.network(0), history.network(epoch)
    before = max(epoch - 1, 0)
    step = explain(history, before)
    kinds = dict.fromkeys(layer_activations(history.activation, len(start.weights)))
    at_0 = {kind: kind.function(np.zeros(1), None) for kind in kinds}
    output = step.layers[-1]
    delta = np.stack([neuron.cost_by_z for neuron in output], axis=1) / len(data.inputs)
    given = output[0].inputs
    return [
        _lines(_value("inputs", data.inputs), _value("labels", data.labels)),
        _lines("At epoch 0:", *_rows(start)),
        _lines(*(_value(f'activate(0, "{kind.name}")', a[0]) for kind, a in at_0.items())),
        _lines(
            *(
                _value(f'derivative({_number(a[0])}, "{kind.name}")', kind.slope(a, None)[0])
                for kind, a in at_0.items()
            ),
        ),
        _lines("At epoch 0:", _value("think(inputs)", start.predict(data.inputs))),
        _lines(
            f"In the step from epoch {before:,} to {before + 1:,}, at the output:",
            _value("given", given),
            _value("a", step.error + data.labels),
            _value("error", 2 * step.error / len(data.labels)),
            _value("delta", delta),
            _value("given.T @ delta", given.T @ delta),
            "After it:",
            *_rows(history.network(before + 1)),
        ),
        _lines(
            f"At epoch {epoch:,}:",
            _value("cost", history.cost[epoch]),
            *_rows(now),
            _value("think(inputs)", now.predict(data.inputs)),
            _value("think(plate)", now.predict([settings.plate])),
        ),
    ]


def _rows(network: NeuralNetwork) -> list[str]:
    """The weights of each layer as the third program has them: below them a row of biases, where there are any."""
    layers = [np.vstack([w, b[None]]) if network.bias else w for w, b in zip(network.weights, network.biases)]
    return [_value(f"weights[{number}]", layer) for number, layer in enumerate(layers)]


def _parameters(network: NeuralNetwork) -> list[str]:
    bias = [_value("bias", network.biases[0][0])] if network.bias else []
    return [_value("weights", network.weights[0]), *bias]


def _value(name: str, values: ArrayLike) -> str:
    """A name with its shape, and below its values, or how many they are."""
    array = np.asarray(values, dtype=float)
    numbers = list(map(_number, array.ravel().tolist()))
    text = ", ".join(numbers) if array.size <= MANY else words.count(array.size, "number")
    return f"`{name}` {array.shape if array.ndim else ''}  \n{text}"


def _number(value: float) -> str:
    return f"{value:.0f}" if float(value).is_integer() else words.small(value)


def _lines(*parts: str) -> str:
    return "\n\n".join(parts)
