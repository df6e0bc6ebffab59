"""Training runs, shared between visitors: the same settings are trained once."""

from dataclasses import dataclass
from time import perf_counter

import streamlit as st

from nnlib import History, NeuralNetwork, datasets, train

KEPT_RUNS = 64


@dataclass(frozen=True, eq=False)
class Run:
    """A finished training, and how many seconds it took."""

    history: History
    seconds: float


# A history is read-only, so visitors can share it as it is: no copy, as cache_data would make.
@st.cache_resource(max_entries=KEPT_RUNS, show_spinner=False)
def trained(*, bias: bool, learning_rate: float, epochs: int, seed: int) -> Run:
    """The run with these settings, trained now or remembered."""
    dataset = datasets.happiness()
    network = NeuralNetwork.random((dataset.inputs.shape[1], 1), seed=seed, bias=bias)
    began = perf_counter()
    history = train(network, dataset, learning_rate=learning_rate, epochs=epochs)
    return Run(history, perf_counter() - began)
