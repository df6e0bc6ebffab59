"""The script: a training run as a short NumPy lesson that prints the run's own numbers.

It is read by people who have never seen a neural network in code. It is also exact: one neuron is trained in the order
of operations of `nnlib.descent`, so that on one machine its weights are those of the page to the last bit, even at
learning rates that make a different run of every rounding. Hidden layers follow a textbook's order, and agree to
12 digits (values next to 0 to fewer) below a learning rate of 5; from there on the difference can grow from step to
step, the sooner the more layers there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill

import numpy as np
from numpy.typing import ArrayLike

from nnlib import History

# What fits beside the values on the page.
WIDTH = 56


@dataclass(frozen=True)
class Step:
    """One step of the lesson: its title, the reason for it in lines for a comment, and its code."""

    title: str
    why: str
    code: str


def script(lesson: Sequence[Step]) -> str:
    """The whole script, ready to run: each step under a comment with its number, title and reason."""
    parts = ["# Am I happy? A neural network learns it, with NumPy alone.\nimport numpy as np\n"]
    for number, step in enumerate(lesson, 1):
        comment = f"# {number}. {step.title}: {step.why}".replace("\n", "\n#    ")
        parts.append(f"{comment}\n{step.code}\n")
    return "\n".join(parts)


def lesson(history: History, seed: int, standing: int, plate: Sequence[bool]) -> list[Step]:
    """The steps that train `history` from its random start, in the order of the tutorial.

    They print the cost at the epoch `standing` too, where that is not the last, and answer the ticked boxes `plate`.
    """
    deep = len(history.weights) > 1
    rate = has_rate(history)
    start, forward, gradient, update, results = (_hidden_layers if deep else _one_neuron)(history, seed)
    # A single neuron's bias is the weight of one more input.
    always = [1.0] if history.bias and not deep else []
    data = history.dataset
    return [
        Step(
            "Inputs",
            f"a row for each plate: {', '.join(data.names)}; 1 = yes, 0 = no."
            + ("\nThe last 1 is on every plate: the bias is multiplied with it." if always else ""),
            fill(
                f"inputs = np.array({_rows([[*row, *always] for row in data.inputs])})",
                WIDTH,
                subsequent_indent=" " * 19,
            )
            + f"\nlabels = np.array({_rows(data.labels)})  # 1 = happy",
        ),
        Step(
            "Weights and bias" if history.bias else "Weights",
            "how much each ingredient counts. Nobody knows yet: a random start.",
            start,
        ),
        Step(
            "Sigmoid",
            "turns any number into one between 0 and 1, a probability.",
            "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))",
        ),
        Step(
            "Feed-forward",
            "every input times its weight, added up, then the sigmoid.",
            forward,
        ),
        Step(
            "Cost",
            "how wrong the network is. Squared, so that big misses count most.",
            "def cost():\n    return np.mean((feed_forward(inputs) - labels) ** 2)",
        ),
        Step(
            "Gradient",
            "how fast the cost rises with each weight, by the chain rule:\n"
            "cost by prediction × prediction by z × z by weight."
            + ("" if deep else "\nCounted from the odds of the wrong answer: that keeps most digits."),
            gradient,
        ),
        Step(
            "Update",
            "against the gradient is downhill"
            + ("; the learning rate says how far." if rate else ", so go there again and again."),
            (f"learning_rate = {history.learning_rate!r}\n" if rate else "")
            + f"for epoch in range({history.epochs}):\n{_look(standing, history.epochs)}{update}",
        ),
        Step(
            "Prediction",
            "what the network has learnt.",
            f'print("final cost", cost())\n{results}\n'
            'print("predictions", *feed_forward(inputs).ravel())\n'
            f'print("{ticked(data.names, plate)}", *feed_forward({_rows([[*plate, *always]])})[0])',
        ),
    ]


def has_rate(history: History) -> bool:
    """Whether the script speaks of a learning rate: the first attempt, no bias and whole steps, knows none."""
    return history.bias or history.learning_rate != 1


def ticked(names: Sequence[str], plate: Sequence[bool]) -> str:
    """The ticked boxes in words."""
    return ", ".join(name for name, on in zip(names, plate) if on) or "nothing"


def _one_neuron(history: History, seed: int) -> tuple[str, str, str, str, str]:
    """Start, feed-forward, gradient, update and results of one neuron.

    In the order of `nnlib.descent`, with signs moved about, which changes no rounding. The copy is part of it:
    a matrix product adds up in the order of memory.
    """
    start = f"weights = np.random.default_rng({seed}).standard_normal({history.weights[0].shape[1:]})"
    results = 'print("weights", *weights[:, 0])'
    name, rate, times = ("step", "learning_rate", " * learning_rate") if has_rate(history) else ("gradient", "", "")
    if history.bias:
        start += "\nweights = np.vstack([weights, [[0]]])  # and the bias"
        results = 'print("weights", *weights[:-1, 0])\nprint("bias", weights[-1, 0])'
    gradient = (
        "wrong = 1 - 2 * labels  # the wrong way for z: 1 up, -1 down\n"
        "turned = (wrong * inputs).T.copy()  # a row for each weight\n"
        f"def {name}({rate}):\n"
        "    odds = np.exp(wrong * (inputs @ weights))\n"
        "    errors = odds / (1 + odds)  # |prediction - label|\n"
        "    slopes = errors / (1 + odds)  # errors * (1 - errors)\n"
        f"    scale = 2{times} / len(labels)\n"
        "    return scale * turned @ (errors * slopes)"
    )
    forward = "def feed_forward(inputs):\n    return sigmoid(inputs @ weights)"
    return start, forward, gradient, f"    weights -= {name}({rate})", results


def _hidden_layers(history: History, seed: int) -> tuple[str, str, str, str, str]:
    """The same for any number of layers: lists, and the gradient handed back from each layer to the one before."""
    shapes = [layer.shape[1:] for layer in history.weights]
    start = (
        f"random = np.random.default_rng({seed})\n"
        f"weights = [random.standard_normal(shape) for shape in {shapes}]\n"
        f"biases = [np.zeros(size) for size in {[outputs for _, outputs in shapes]}]"
    )
    forward = (
        "def answers_of_layers(inputs):\n"
        "    answers = [inputs]  # what one layer answers is the next one's input\n"
        "    for layer in range(len(weights)):\n"
        "        answers.append(sigmoid(answers[layer] @ weights[layer] + biases[layer]))\n"
        "    return answers\n"
        "def feed_forward(inputs):\n"
        "    return answers_of_layers(inputs)[-1]"
    )
    gradient = (
        "def gradients():\n"
        "    answers, found = answers_of_layers(inputs), []\n"
        "    by_answer = 2 / labels.size * (answers[-1] - labels)\n"
        "    for layer in reversed(range(len(weights))):  # from the last one back\n"
        "        by_z = by_answer * answers[layer + 1] * (1 - answers[layer + 1])\n"
        "        found.append((layer, answers[layer].T @ by_z, by_z.sum(axis=0)))\n"
        "        by_answer = by_z @ weights[layer].T\n"
        "    return found"
    )
    rate = "learning_rate * " if has_rate(history) else ""
    update = f"    for layer, by_weights, by_biases in gradients():\n        weights[layer] -= {rate}by_weights"
    results = 'print("weights", *[weight for layer in weights for weight in layer.ravel()])'
    if history.bias:
        update += f"\n        biases[layer] -= {rate}by_biases"
        results += '\nprint("biases", *[bias for layer in biases for bias in layer])'
    return start, forward, gradient, update, results


def _look(standing: int, epochs: int) -> str:
    """The lines that print the cost on the way, if there is a way left."""
    if standing == epochs:
        return ""
    return f'    if epoch == {standing}:\n        print("cost at epoch {standing}", cost())\n'


def _rows(values: ArrayLike) -> str:
    """A table of numbers as Python writes it, whole numbers without a point."""
    rows = np.asarray(values, dtype=float).tolist()
    return f"[{', '.join('[' + ','.join(repr(value).removesuffix('.0') for value in row) + ']' for row in rows)}]"
