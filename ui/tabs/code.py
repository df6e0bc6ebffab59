"""The code: a NumPy script that prints the page's own numbers, and the run's history to take away."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike

from nnlib import History, gradient, sigmoid
from nnlib.checks import Array
from ui.motion import written_small
from ui.runs import Run
from ui.settings import FIRST_ATTEMPT, SECOND_GENERATION, Settings, rate_text
from ui.tabs.script import lesson, script
from ui.tabs.step import link
from ui.tabs.table import history_csv

# From these learning rates on the order of a sum decides the digits, measured: for one neuron only between processors
# that add up differently; with hidden layers between script and page on one machine, too.
ROUNDING_DECIDES, ROUNDING_DECIDES_IN_LAYERS = 50.0, 5.0
SHOWN_VALUES = 6


class Made(NamedTuple):
    """What a step of the script makes: what it is called, its values, and the name of each value if they have names."""

    name: str
    values: ArrayLike
    names: Sequence[str] = ()

    def __str__(self) -> str:
        """Name and shape, and below the values, or how many they are."""
        array = np.asarray(self.values, dtype=float)
        if array.size > SHOWN_VALUES:
            text = f"{array.size} numbers"
        else:
            numbers = [_number(value) for value in array.ravel().tolist()]
            text = ", ".join([f"{name} {number}" for name, number in zip(self.names, numbers)] or numbers)
        return f"{self.name} {array.shape if array.ndim else 'one number'}  \n{text}"


def show(run: Run, settings: Settings) -> None:
    """Draw the tab for `run` at the epoch that `settings` stands on."""
    history, epoch = run.history, settings.standing
    steps = lesson(history, settings.seed, epoch, settings.plate)
    st.write(
        "This script needs only NumPy. It trains the same network from the same start and prints this page’s numbers."
    )
    _take_away(history, script(steps), settings)
    st.caption(f"Step by step, with what each one makes: its shape (rows, columns) and its values at epoch {epoch:,}.")
    for number, (step, made) in enumerate(zip(steps, _made(history, epoch, settings.plate), strict=True), 1):
        code, values = st.columns([2, 1], vertical_alignment="bottom")
        code.markdown(f"**{number} {step.title}:** {step.why}")
        code.code(step.code, wrap_lines=True)
        values.markdown("\n\n".join(map(str, made)))
    _question(settings)


def _take_away(history: History, text: str, settings: Settings) -> None:
    """The script, the history as a table and the settings as a link."""
    icon = ":material/download:"
    with st.container(horizontal=True):
        st.download_button("Script", text, "am_i_happy.py", "text/x-python", on_click="ignore", icon=icon)
        # A callable: the table is written only when somebody clicks.
        table = partial(history_csv, history)
        st.download_button("History (CSV)", table, "am_i_happy.csv", "text/csv", on_click="ignore", icon=icon)
    with st.expander("Copy the whole script, or a link to this run"):
        st.code(text)
        st.code(f"{st.context.url or ''}{link(settings)}", language=None, wrap_lines=True)
    deep = len(history.weights) > 1
    if history.learning_rate >= (ROUNDING_DECIDES_IN_LAYERS if deep else ROUNDING_DECIDES):
        other = "the script, which" if deep else "a processor that"
        st.caption(
            f"At a learning rate of {rate_text(history.learning_rate)} the smallest rounding grows from step to step: "
            f"{other} adds up in another order than this page{', ' if deep else '’s '}can end with other digits."
        )


def _made(history: History, epoch: int, plate: Sequence[bool]) -> list[list[Made]]:
    """What each step of the script makes at `epoch`."""
    data, network = history.dataset, history.network(epoch)
    slope = gradient(network, data)
    parameters = _parameters(network.weights, network.biases, history)
    steps = [
        made._replace(values=history.learning_rate * np.asarray(made.values))
        for made in _parameters(slope.weights, slope.biases, history)
    ]
    inputs = np.hstack([data.inputs, np.ones((len(data.inputs), int(_joined(history))))])
    return [
        [Made("`inputs`", inputs), Made("`labels`", data.labels)],
        parameters,
        [Made("`sigmoid(0)`", sigmoid(0.0))],
        [
            Made("`z`", history.weighted_sums(data.inputs, slice(epoch, epoch + 1))[0]),
            Made("`feed_forward(inputs)`", network.predict(data.inputs)),
        ],
        [Made("`cost()`", history.cost[epoch])],
        [made._replace(name=f"step for {made.name}") for made in steps],
        [
            made._replace(name=f"{made.name} after the step", values=np.subtract(made.values, step.values))
            for made, step in zip(parameters, steps)
        ],
        [Made("`feed_forward([…])`", network.predict([plate]))],
    ]


def _joined(history: History) -> bool:
    """Whether the script keeps the bias as one more weight."""
    return history.bias and len(history.weights) == 1


def _parameters(weights: Sequence[Array], biases: Sequence[Array], history: History) -> list[Made]:
    """Parameters, or what belongs to each, as the script has them."""
    names = history.dataset.names
    if _joined(history):
        return [Made("`weights`", np.vstack([weights[0], biases[0]]), (*names, "bias"))]
    if len(weights) == 1:
        return [Made("`weights`", weights[0], names)]
    parts: Iterable[tuple[str, Sequence[Array]]] = [("weights", weights), ("biases", biases)][: 1 + history.bias]
    return [Made(f"`{name}[{layer}]`", values) for name, layers in parts for layer, values in enumerate(layers)]


def _number(value: float) -> str:
    """A value as the page writes it; inputs and labels as whole numbers."""
    return ("−" if value < 0 else "") + (f"{abs(value):.0f}" if value.is_integer() else written_small(abs(value)))


def _question(settings: Settings) -> None:
    """What the other generation's script does without, or needs in addition."""
    other = FIRST_ATTEMPT if settings.bias else SECOND_GENERATION
    asked = "Which lines go" if settings.bias else "Which lines are new"
    st.markdown(
        f"**{asked} in the {other.lower()}, and why?** [See its script]({link(settings, generation=other, epoch=None)})"
    )
