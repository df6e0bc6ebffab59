"""Networks with hidden layers that the page's texts speak of: each is a button that sets all that decides its run."""

from collections.abc import Mapping
from typing import Any

from ui import actions
from ui.settings import NETWORK_PRESETS, PRESETS

PARITY, IFF = PRESETS["Odd number (parity)"], PRESETS["Coffee if and only if chili"]
FOUR, TWO, NONE = "Four tanh neurons", "Two tanh neurons", "No hidden layer"
EQUAL, RELU, DEEP = "Four that start equal", "Four ReLU neurons", "Three layers of sigmoid"
# From here three layers of sigmoid learn nothing, and three of tanh everything.
VANISHING: Mapping[str, Any] = {"start": "glorot", "lr": 1.0, "seed": 1}
# A network that learns whatever answers no single neuron can learn: tests try all such tables.
HIDDEN_LAYER: Mapping[str, Any] = {
    **NETWORK_PRESETS[FOUR],
    "generation": "third",
    "optimizer": "descent",
    "bias": True,
    "lr": 3.0,
    "epochs": 5_000,
    "seed": 0,
    "epoch": None,
    "neuron": None,
}


def button(words: str, preset: str = FOUR, data: str = PARITY, **changes: Any) -> str:
    """HTML of a button that sets a network of this preset, trained on `data`; `changes` are further settings."""
    return actions.button(words, **{**HIDDEN_LAYER, **NETWORK_PRESETS[preset], "data": data, **changes})
