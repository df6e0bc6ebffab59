"""The words and figures around the charts, all about the epoch the page stands on."""

import numpy as np
import streamlit as st

from nnlib import History
from ui.motion import written_small
from ui.runs import Run
from ui.settings import INGREDIENTS, SCALES, Settings

LOW_COST = 0.01


def glance(run: Run, settings: Settings) -> None:
    """The figures at a glance: cost, rows right, epochs needed, time taken."""
    history, epoch = run.history, settings.standing
    below = np.flatnonzero(history.cost < LOW_COST)
    predictions = history.network(epoch).predict(history.dataset.inputs)
    right = int(((predictions >= 0.5) == (history.dataset.labels >= 0.5)).sum())
    at = "Final cost" if epoch == history.epochs else f"Cost at epoch {epoch:,}"
    with st.container(horizontal=True, key="glance"):
        st.metric(at, written_small(history.cost[epoch]), help="How wrong the network is: the mean squared error.")
        st.metric("Rows right", f"{right} of {len(predictions)}", help="Training rows on the right side of one half.")
        st.metric(f"Cost below {LOW_COST:g}", f"epoch {below[0]:,}" if below.size else "not reached")
        st.metric(
            "Training took", f"{run.seconds * 1000:.0f} ms", help=f"All {history.epochs:,} epochs, on the server."
        )


def scale() -> None:
    """The choice of the cost chart's vertical axis."""
    st.segmented_control(
        "Cost axis",
        SCALES,
        default=SCALES[0],
        required=True,
        key="scale",
        bind="query-params",
        label_visibility="collapsed",
    )


def plate() -> None:
    """The three boxes: what is on the plate."""
    with st.container(horizontal=True, key="plate"):
        for name in INGREDIENTS:
            st.checkbox(name.capitalize(), getattr(Settings(), name), key=name, bind="query-params")


def verdict(history: History, settings: Settings) -> None:
    """What the network says to the ticked boxes at this epoch, and whether it was ever told the answer."""
    prediction = float(history.network(settings.standing).predict([settings.plate])[0, 0])
    seen = any((row == settings.plate).all() for row in history.dataset.inputs)
    word, colour = ("Happy", "blue") if prediction >= 0.5 else ("Not happy", "orange")
    st.subheader(f":{colour}[{word}], {prediction:.0%}", anchor=False)
    st.markdown(
        f"After epoch {settings.standing:,} the network gives “happy” a probability of {prediction:.4f}. "
        f"**{'Seen' if seen else 'Never seen'} in training.**"
    )
