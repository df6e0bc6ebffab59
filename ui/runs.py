"""Training runs and what is shown of them, shared between visitors: the same settings are worked on once."""

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from time import perf_counter

import plotly.graph_objects as go
import streamlit as st

from nnlib import History, NeuralNetwork, datasets, train
from ui import charts
from ui.motion import Chart, Epochs, frame_epochs
from ui.scene import scene
from ui.settings import DEFAULTS, Settings, to_query

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


def trained_for(settings: Settings) -> Run:
    """The run that `settings` ask for."""
    return trained(bias=settings.bias, learning_rate=settings.learning_rate, epochs=settings.epochs, seed=settings.seed)


def scene_of(settings: Settings) -> bytes:
    """The run that `settings` ask for as the player wants it, made now or remembered: all but the tab counts."""
    return _scene(replace(settings, tab=DEFAULTS.tab))


@lru_cache(KEPT_RUNS)
def _scene(settings: Settings) -> bytes:
    history = trained_for(settings).history
    frames, drawn = _charts(settings, history)
    link = to_query(settings)
    about = {
        "run": settings.run_name,
        "epochs": settings.epochs,
        "epoch": settings.standing,
        "autoplay": settings.epoch is None,
        "link": {field.name: link.get(field.name) for field in fields(settings) if field.name != "tab"},
    }
    return scene(drawn, frames, {"cost": history.cost[frames]}, about)


def empty_figures(settings: Settings) -> dict[str, go.Figure]:
    """The page's charts for the player to fill: key → figure, the same for every run of a generation."""
    return charts.figures(datasets.happiness(), bias=settings.bias)


def finished_figures(settings: Settings) -> dict[str, go.Figure]:
    """The page's charts where no player can fill them: key → figure, finished at the epoch of `settings`."""
    frames, drawn = _charts(settings, trained_for(settings).history)
    return {chart.key: chart.at(frames, settings.standing) for chart in drawn}


def _charts(settings: Settings, history: History) -> tuple[Epochs, list[Chart]]:
    """The frames at which the run is shown, and the charts that move through them."""
    frames = frame_epochs(settings.epochs, settings.standing)
    return frames, charts.charts(history, settings.plate, settings.scale, frames, settings.standing)
