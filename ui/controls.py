"""The sidebar: which network to train, how, and on what."""

from collections.abc import Mapping

import streamlit as st

from ui import session, words
from ui.settings import (
    GENERATIONS,
    LEARNING_RATES,
    MAX_EPOCHS,
    MAX_HIDDEN_LAYERS,
    MAX_NEURONS,
    MAX_SEED,
    NETWORK_PRESETS,
    PRESETS,
    Settings,
)

ACTIVATIONS = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"}
STARTS = {"normal": "normal", "glorot": "Glorot", "he": "He", "equal": "all equal"}
OPTIMIZER_NAMES = {"descent": "plain descent", "momentum": "momentum", "adam": "Adam"}


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
    if settings.has_layers:
        _layers(settings)
    fixed_rate = settings.network.fixed.get("lr")
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
    st.number_input(
        "Number of epochs",
        1,
        MAX_EPOCHS,
        **session.EPOCHS.widget(),
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
    names = list(PRESETS)
    st.selectbox(
        "Training data",
        names if settings.data in PRESETS.values() else [*names, session.OWN_ANSWERS],
        **session.DATA.widget(),
        help="What the network is told of the plates. You can change every answer in the table of plates.",
    )


def _layers(settings: Settings) -> None:
    """What the network is made of, in the generation that leaves it open."""
    presets = list(NETWORK_PRESETS)
    st.selectbox(
        "Preset",
        presets if settings.network_preset else [*presets, session.OWN_NETWORK],
        **session.NETWORK.widget(),
        help="Networks to begin with. What they are made of can be changed below.",
    )
    with st.container(key="layers"):
        st.number_input("Layers", 0, MAX_HIDDEN_LAYERS, **session.DEPTH.widget())
        for layer in range(len(settings.layers)):
            name = f"Neurons in layer {layer + 1}" if len(settings.layers) > 1 else "Neurons"
            st.number_input(name, 1, MAX_NEURONS, **session.WIDTHS[layer].widget())
        _named("Activation", ACTIVATIONS, "activation")
        _named("Random start", STARTS, "start")
        _named("Optimizer", OPTIMIZER_NAMES, "optimizer")
    st.checkbox("A bias for every neuron", key="bias")


def _named(label: str, names: Mapping[str, str], key: str) -> None:
    st.selectbox(label, list(names), format_func=names.__getitem__, key=key)
