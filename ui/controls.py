"""The sidebar: which network to train, how, and on what."""

import streamlit as st

from ui import session, words
from ui.settings import GENERATIONS, LEARNING_RATES, MAX_EPOCHS, MAX_SEED, PRESETS, Settings


def generation() -> None:
    """Which network to train."""
    st.radio(
        "Network",
        [generation.name for generation in GENERATIONS.values()],
        captions=[generation.caption for generation in GENERATIONS.values()],
        key="generation",
    )


def training(settings: Settings) -> None:
    """How to train it, and on which answers."""
    fixed_rate = settings.network.learning_rate
    st.select_slider(
        "Learning rate",
        LEARNING_RATES,
        format_func=words.rate,
        key="lr",
        disabled=fixed_rate is not None,
        help="How big a step each epoch takes against the slope of the cost.",
    )
    if fixed_rate is not None:
        st.caption(
            "This generation knows no learning rate: every step is the whole slope, "
            f"a rate of {words.rate(fixed_rate)}."
        )
    st.slider(
        "Epochs",
        1,
        MAX_EPOCHS,
        # Streamlit's other formats follow the browser's language: 5.000 beside the page's 5,000.
        format="%d",
        key="epochs",
        help="How many times the network goes through all the training data.",
    )
    epochs_key = session.epochs_key()
    st.number_input(
        "Number of epochs",
        1,
        MAX_EPOCHS,
        key=epochs_key,
        on_change=session.epochs_typed,
        args=(epochs_key,),
        label_visibility="collapsed",
    )
    st.number_input(
        "Random seed",
        0,
        MAX_SEED,
        key="seed",
        help="Picks the random weights that training starts from. The same seed gives the same run.",
    )
    st.button("New random start", icon=":material/casino:", on_click=session.new_seed, width="stretch")
    preset_key = session.preset_key()
    names = list(PRESETS)
    st.selectbox(
        "Training data",
        names if settings.data in PRESETS.values() else [*names, session.OWN_ANSWERS],
        key=preset_key,
        on_change=session.preset_chosen,
        args=(preset_key,),
        help="What the network is told of the plates. You can change every answer in the table of plates.",
    )
