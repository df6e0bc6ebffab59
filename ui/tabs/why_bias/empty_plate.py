"""What an empty plate is answered, with a bias and without: where every input is 0, no weight has a say."""

from nnlib import Activation, Dataset, History
from nnlib.activations import SIGMOID
from ui import words


def empty_plate(history: History, epoch: int) -> str:
    """Markdown: what one neuron answers, with the bias of `history` at `epoch` and without any."""
    bias = float(history.biases[0][epoch, 0])
    return (
        "**With no box ticked** every input is 0 and only the bias is left. Without one the answer is "
        rf"$\sigma(0) = 0.5$, before training and after any. With one it is $\sigma(b)$, and that can be learned: "
        rf"at epoch {epoch:,}, $\sigma({words.number(bias, 2)}) \approx {_answer(history, epoch):.4f}$."
    )


def empty_plate_of_layers(able: History, unable: History, epoch: int) -> str:
    """Markdown: what a network with hidden layers answers at `epoch`, `able` with its biases and `unable` without."""
    text = (
        "**With no box ticked** every input is 0, and of what a first-layer neuron adds up only its bias is left. "
        "Without one its *z* is 0, whatever its weights: in the cube, its plane always goes through the empty plate. "
    )
    with_biases, without = _answer(able, epoch), _answer(unable, epoch)
    if unable.activation is SIGMOID:
        return (
            f"{text}Its answer is $\\sigma(0) = 0.5$, which the next layer’s weights can still use. At epoch {epoch:,} "
            f"the answer to an empty plate is {with_biases:.4f} with biases and {without:.4f} without."
        )
    name = {"tanh": r"\tanh(0)", "relu": r"\max(0, 0)"}[unable.activation.name]
    hopeless = is_out_of_reach(unable.dataset, unable.activation)
    told = " It is told what to say here, and can’t say it." if hopeless else ""
    return (
        f"{text}So it answers ${name} = 0$, and that is all the next layer is given. Without any bias the network says "
        rf"$\sigma(0) = 0.5$, before training and after any.{told} With biases it can learn what to say: "
        f"at epoch {epoch:,} it says {with_biases:.4f}."
    )


def is_out_of_reach(data: Dataset, activation: Activation) -> bool:
    """Whether hidden layers without a bias can't learn the data, for it has an empty plate, and they pass on only 0."""
    return activation is not SIGMOID and not data.inputs.any(axis=1).all()


def _answer(history: History, epoch: int) -> float:
    network = history.network(epoch)
    return float(network.predict([[0.0] * network.layers[0]])[0, 0])
