"""The words and figures around the charts, all about the epoch the page stands on."""

import re
from collections.abc import Sequence

import numpy as np
import streamlit as st

from nnlib import History
from ui.motion import written_small
from ui.runs import Run
from ui.settings import INGREDIENTS, SCALES, Settings

LOW_COST = 0.01


def problems(found: Sequence[str]) -> None:
    """One box for all that was wrong with the link, a line each."""
    if found:
        # A link's text is anybody's: none of it may become a picture or a link of this page.
        st.warning("  \n".join(re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", problem) for problem in found))


def glance(run: Run, settings: Settings) -> None:
    """The figures at a glance: cost, rows right, epochs needed, time taken."""
    history, epoch = run.history, settings.standing
    below = np.flatnonzero(history.cost < LOW_COST)
    predictions = history.network(epoch).predict(history.dataset.inputs)
    right = int(((predictions >= 0.5) == (history.dataset.labels >= 0.5)).sum())
    figures = (
        (
            "Final cost" if epoch == history.epochs else f"Cost at epoch {epoch:,}",
            written_small(history.cost[epoch]),
            "How wrong the network is: the mean squared error, which is the distance of a prediction from its answer, "
            "squared, on average over the training rows. 0 is perfect.",
        ),
        (
            "Rows right",
            f"{right} of {len(predictions)}",
            "Training rows whose prediction is nearer to the right answer than to the wrong one, however closely.",
        ),
        (
            f"Cost below {LOW_COST:g}",
            f"epoch {below[0]:,}" if below.size else "not reached",
            f"The first epoch after which the cost is lower than {LOW_COST:g}.",
        ),
        (
            "Training took",
            f"{run.seconds * 1000:.0f} ms",
            f"All {history.epochs:,} epochs, on the server.",
        ),
    )
    # One element, where a metric for each would be four and their row: a class waits mostly for messages to be sent.
    items = (
        f'<div tabindex="0"><dt>{label}</dt><dd>{value}</dd><dd>{meaning}</dd></div>'
        for label, value, meaning in figures
    )
    st.html(f'<dl class="glance">{"".join(items)}</dl>')


def scale() -> None:
    """The choice of the cost chart's vertical axis."""
    st.segmented_control(
        "Cost axis",
        SCALES,
        required=True,
        key="scale",
        label_visibility="collapsed",
    )


def verdict(history: History, settings: Settings) -> None:
    """The three boxes, and what the network says to them at this epoch, and whether it was ever told the answer."""
    probability = float(history.network(settings.standing).predict([settings.plate])[0, 0])
    seen = any((row == settings.plate).all() for row in history.dataset.inputs)
    with st.container(horizontal=True, vertical_alignment="center", key="plate"):
        for name in INGREDIENTS:
            st.checkbox(name.capitalize(), key=name)
        st.header(answer(probability), anchor=False, width="content")
    st.markdown(
        f"After epoch {settings.standing:,}: probability {probability:.4f}. "
        f"**{'Seen' if seen else 'Never seen'} in training.**"
    )


def answer(probability: float) -> str:
    """The network's answer in a word, coloured, and how sure it is of that word."""
    if f"{probability:.2f}" == "0.50":
        return "Can’t tell, 50 %"
    word, sure = (":blue[Happy]", probability) if probability > 0.5 else (":orange[Not happy]", 1 - probability)
    return f"{word}, {'over 99' if sure > 0.99 else f'{sure:.0%}'.rstrip('%')} %"
