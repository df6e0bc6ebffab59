"""The cost curves of PyTorch that tests compare with: `python -m tests.torch_curves` records them anew.

It needs PyTorch (requirements-bench.txt), the tests don't. Each curve is a line of tests/torch_curves.json.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import peers
from nnlib import Dataset, NeuralNetwork, datasets
from nnlib.checks import Array

FILE = Path(__file__).with_suffix(".json")
EPOCHS = 200

# Layers, what else makes the network, answers to the plates, and a rate for each optimizer.
NETWORKS: list[tuple[tuple[int, ...], dict[str, Any], str, dict[str, float]]] = [
    (
        (3, 4, 1),
        {"activation": "tanh", "start": "glorot", "seed": 1},
        "nyynynny",
        {"gradient descent": 1.0, "momentum": 0.5, "adam": 0.05},
    ),
    (
        (3, 3, 2, 1),
        {"activation": "relu", "start": "he", "seed": 7},
        "ynynnyny",
        {"gradient descent": 0.5, "momentum": 0.1, "adam": 0.02},
    ),
    (
        (3, 2, 2, 2, 1),
        {"activation": "sigmoid", "start": "normal", "seed": 3, "bias": False},
        "-n--nyyy",
        {"gradient descent": 10.0, "momentum": 2.0, "adam": 0.1},
    ),
    (
        (3, 1),
        {"start": "normal", "seed": 4},
        "-n--nyyy",
        {"gradient descent": 1.0, "momentum": 1.0, "adam": 0.1},
    ),
]

Run = tuple[NeuralNetwork, Dataset, float, str]


def runs() -> dict[str, Run]:
    """The runs by name: each a start, a data set, a learning rate and an optimizer."""
    found: dict[str, Run] = {}
    for layers, how, answers, rates in NETWORKS:
        network, data = NeuralNetwork.random(layers, **how), datasets.plates(answers)
        for optimizer, rate in rates.items():
            name = f"{'-'.join(map(str, layers))} {network.activation.name}, {optimizer}"
            found[name] = (network, data, rate, optimizer)
    return found


def pytorch(run: Run) -> Array:
    """PyTorch's cost at every epoch of this run, (EPOCHS + 1,)."""
    network, data, rate, optimizer = run
    return np.asarray(peers.pytorch(network, data, rate, EPOCHS, optimizer))


def recorded() -> dict[str, list[float]]:
    """The curves as they were recorded, to 11 decimals."""
    curves: dict[str, list[float]] = json.loads(FILE.read_text("utf-8"))
    return curves


if __name__ == "__main__":
    lines = [f"{json.dumps(name)}: {json.dumps(pytorch(run).round(11).tolist())}" for name, run in runs().items()]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
