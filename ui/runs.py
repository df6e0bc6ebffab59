"""Runs, scenes and surveys: worked out once, for all visitors who ask for the same."""

from dataclasses import dataclass, replace
from time import perf_counter

import plotly.graph_objects as go

from nnlib import Experiment, History, datasets
from nnlib.studies.survey import Survey
from ui import link
from ui.charts import empty_figures, moving_charts, pictures
from ui.charts.network import parameters_at
from ui.player.encoder import encode
from ui.player.motion import Chart, Epochs, frame_epochs
from ui.settings import INGREDIENTS, Settings
from ui.work import cache

# What an entry takes beside its arrays.
OVERHEAD = 2_000


@dataclass(frozen=True, eq=False)
class Run:
    """A finished training, and how many seconds it took."""

    history: History
    seconds: float


def run_of(experiment: Experiment) -> Run:
    """The run of `experiment`, trained now or remembered."""

    def train() -> Run:
        began = perf_counter()
        return Run(experiment.train(), perf_counter() - began)

    return cache.get(experiment, train, lambda run: run.history.nbytes + OVERHEAD)


def survey_of(experiment: Experiment) -> Survey:
    """The survey of networks that differ from `experiment` in their seed alone: begun now, going on or complete."""
    key = "survey", replace(experiment, seed=0)
    return cache.get(key, lambda: Survey(experiment), lambda survey: 8 * survey.networks * len(survey.plates))


def scene_of(settings: Settings) -> bytes:
    """The run of `settings` as the player wants it, made now or remembered."""
    return cache.get(("scene", settings), lambda: _scene(settings), lambda message: len(message) + OVERHEAD)


def _scene(settings: Settings) -> bytes:
    history = run_of(settings.experiment).history
    frames, charts = _charts(settings, history)
    plates = datasets.combinations(len(INGREDIENTS))
    series = {
        "cost": history.cost[frames, None],
        "answers": history.predict(plates, frames)[:, :, 0],
        "z": history.weighted_sums(plates, frames)[:, :, 0],
        "parameters": parameters_at(history, frames),
    }
    about = {
        "run": settings.run_id,
        "epochs": settings.epochs,
        "epoch": settings.current_epoch,
        "autoplay": settings.epoch is None,
        "link": link.parameters(settings),
        "pictures": pictures(history, settings.plate, frames, settings.current_epoch),
    }
    return encode(charts, frames, series, about)


def figures_to_fill(settings: Settings) -> dict[str, go.Figure]:
    """The page's Plotly charts for the player to fill: key → figure, the same for every run of a generation."""
    return empty_figures(INGREDIENTS, bias=settings.network.bias)


def finished_figures(settings: Settings) -> dict[str, go.Figure]:
    """The page's Plotly charts where no player can fill them: key → figure, finished at the epoch of `settings`."""
    frames, charts = _charts(settings, run_of(settings.experiment).history)
    return {chart.key: chart.at(frames, settings.current_epoch) for chart in charts}


def _charts(settings: Settings, history: History) -> tuple[Epochs, list[Chart]]:
    """The frames at which the run is shown, and the charts that move through them."""
    frames = frame_epochs(settings.epochs, settings.current_epoch)
    return frames, moving_charts(history, settings.scale, frames, settings.current_epoch)
