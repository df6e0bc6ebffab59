"""The sidebar: what to train, and on what."""

from collections.abc import Sequence

import streamlit as st

from nnlib import datasets
from ui import state
from ui.settings import (
    FIRST_ATTEMPT,
    GENERATIONS,
    INGREDIENTS,
    LEARNING_RATES,
    MAX_EPOCHS,
    MAX_SEED,
    Settings,
    rate_text,
)


def generation() -> None:
    """Which network to train."""
    st.radio(
        "Network",
        GENERATIONS,
        captions=["a bare neuron: no bias, no learning rate", "the same neuron with a bias and a learning rate"],
        key="generation",
    )


def training(settings: Settings) -> None:
    """How to train it."""
    first = settings.generation == FIRST_ATTEMPT
    st.select_slider(
        "Learning rate",
        LEARNING_RATES,
        format_func=rate_text,
        key="lr",
        disabled=first,
        help="How big a step each epoch takes against the slope of the cost.",
    )
    if first:
        st.caption("The first attempt knows no learning rate: every step is the whole slope, a rate of 1.")
    st.slider(
        "Epochs",
        1,
        MAX_EPOCHS,
        format="localized",
        key="epochs",
        help="How many times the network goes through all the training data.",
    )
    seed = st.number_input(
        "Random seed",
        0,
        MAX_SEED,
        key="seed",
        help="Picks the random weights that training starts from. The same seed gives the same run.",
    )
    st.button("New random start", icon=":material/casino:", on_click=state.new_seed, args=(seed,), width="stretch")


def training_data() -> None:
    """The eight plates: the five answered ones the network learns from, and the three it never sees."""
    data = datasets.happiness()
    answers = {tuple(row): "yes" if label else "no" for row, label in zip(data.inputs, data.labels[:, 0])}
    unseen = [row for row in map(tuple, datasets.combinations(len(INGREDIENTS))) if row not in answers]
    names = [*(name.capitalize() for name in INGREDIENTS), "Happy?"]
    rows = [[*("✓" if value else "·" for value in row), answers.get(row, "?")] for row in [*answers, *unseen]]
    st.html(
        "<h2>Training data</h2><p>It learns from the five plates with an answer. The three with “?” it never sees: "
        f"there it can only guess.</p><table>{_row('th', names)}{''.join(_row('td', row) for row in rows)}</table>"
    )


def _row(tag: str, cells: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"
