"""Each activation as it is worked out on paper: its sign, its value and its slope, as numbers and in words."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from ui.tabs.printed import Printed, relu, relu_slope, sigmoid, sigmoid_slope, tanh, tanh_slope


@dataclass(frozen=True)
class OnPaper:
    """symbol: what stands before (z). rule: how the slope is worked out from the answer h, in HTML, where it is.

    function: of a printed z. slope: of the printed answer. meaning, slope_meaning: what they do, in words.
    """

    symbol: str
    rule: str
    function: Callable[[Printed], Printed]
    slope: Callable[[Printed], Printed]
    meaning: str
    slope_meaning: str


ON_PAPER = MappingProxyType(
    {
        "sigmoid": OnPaper(
            "σ",
            "<i>h</i> · (1 − <i>h</i>)",
            sigmoid,
            sigmoid_slope,
            "The sigmoid, σ(<i>z</i>) = 1 / (1 + e<sup>−<i>z</i></sup>), makes of any <i>z</i> a number between 0 and "
            "1.",
            "at most 0.25, and the less, the nearer <i>h</i> is to 0 or 1",
        ),
        "tanh": OnPaper(
            "tanh",
            "1 − <i>h</i>²",
            tanh,
            tanh_slope,
            "tanh(<i>z</i>) = (e<sup><i>z</i></sup> − e<sup>−<i>z</i></sup>) / (e<sup><i>z</i></sup> + "
            "e<sup>−<i>z</i></sup>) makes of any <i>z</i> a number between −1 and 1.",
            "at most 1, and the less, the nearer <i>h</i> is to −1 or 1",
        ),
        "relu": OnPaper(
            "ReLU",
            "",
            relu,
            relu_slope,
            "ReLU passes <i>z</i> on where it is above 0, and else answers 0.",
            "1 where <i>z</i> is above 0, and else 0: then this row can’t move the neuron",
        ),
    }
)
