"""Runs, scenes and surveys: computed once, for all sessions that ask for the same."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go

from nnlib import Architecture, Experiment, History, datasets
from nnlib.starts import NORMAL
from nnlib.studies.starts import Starts
from nnlib.studies.survey import Survey
from nnlib.studies.widths import WidthTable
from ui import link, words
from ui.charts import empty_figures, moving_charts, pictures
from ui.charts.network import parameters_at
from ui.milestones import Milestone, all_right, low_cost
from ui.player.encoder import encode
from ui.player.motion import NEIGHBOURS, Chart, Epochs, frame_epochs
from ui.settings import INGREDIENTS, PRESETS, Settings
from ui.work import cache

# Bytes that an entry of the cache takes besides its arrays.
OVERHEAD = 2_000


def run_of(experiment: Experiment) -> History:
    """The run of `experiment`, trained now or remembered."""
    return cache.get(experiment, experiment.train, lambda history: history.nbytes + OVERHEAD)


def survey_of(experiment: Experiment) -> Survey:
    """The survey of networks that differ from `experiment` in their seed alone: begun now, going on or complete."""
    key = "survey", replace(experiment, seed=0)
    return cache.get(key, lambda: Survey(experiment), lambda survey: survey.nbytes + OVERHEAD)


def starts_of(experiment: Experiment) -> Starts:
    """The same for networks with hidden layers, of which is also kept how they came to their answers."""
    key = "starts", replace(experiment, seed=0)
    return cache.get(key, lambda: Starts(experiment), lambda starts: starts.nbytes + OVERHEAD)


def widths_of(experiment: Experiment) -> WidthTable:
    """The table of widths for the data and the training of `experiment`, whatever its own layers: begun or complete."""
    shape = experiment.architecture
    neuron = Architecture((shape.layers[0], shape.layers[-1]), bias=shape.bias)
    same = replace(experiment, seed=0, architecture=neuron, start=NORMAL)
    return cache.get(("widths", same), lambda: WidthTable(same), lambda table: table.nbytes + OVERHEAD)


def scene_of(settings: Settings) -> bytes:
    """The run of `settings`, encoded for the player, made now or remembered."""
    return cache.get(("scene", settings), lambda: _scene(settings), lambda message: len(message) + OVERHEAD)


def _scene(settings: Settings) -> bytes:
    history = run_of(settings.experiment)
    frames, charts = _charts(settings, history)
    plates = datasets.combinations(len(INGREDIENTS))
    series = {
        "cost": history.cost[frames, None],
        # The browser makes the answers of these: their sigmoids.
        "z": history.weighted_sums(plates, frames)[:, :, 0],
        "parameters": parameters_at(history, frames),
    }
    about = {
        "run": settings.run_id,
        "epochs": settings.epochs,
        "epoch": settings.current_epoch,
        "description": description(settings),
        "data": settings.data,
        "ticked": settings.plate_number,
        "milestones": {"allRight": _sent(all_right(history)), "lowCost": _sent(low_cost(history))},
        "autoplay": settings.epoch is None,
        "link": link.parameters(settings),
        "neuron": settings.neuron,
        "pictures": pictures(history, settings, frames),
    }
    near = np.abs(frames - settings.current_epoch) <= NEIGHBOURS
    return encode(charts, frames, series, about, near)


def description(settings: Settings) -> str:
    """The run in a line, for who has only paper: what was trained, how, and on what."""
    experiment = settings.experiment
    presets = {letters: name for name, letters in PRESETS.items()}
    rate = words.rate(experiment.learning_rate)
    network = settings.network.name
    if settings.has_layers:
        shape = experiment.architecture
        parts = ("-".join(map(str, shape.layers)), shape.activation.name, f"{experiment.start.name} start")
        bias = "with" if shape.bias else "without"
        network = f"{network} ({', '.join(parts)}, {experiment.optimizer.name}, {bias} bias)"
    return (
        f"{network}, learning rate {rate}, {words.count(settings.epochs, 'epoch')}, random seed "
        f"{settings.seed:,}, training data: {presets.get(settings.data, settings.data)}"
    )


def _sent(milestone: Milestone) -> dict[str, int | None]:
    """A milestone as `score.js` has it."""
    return {"first": milestone.first, "forGood": milestone.for_good}


def figures_to_fill(settings: Settings) -> dict[str, go.Figure]:
    """The page's Plotly charts for the player to fill: key → figure, the same for every run of a generation."""
    return empty_figures(INGREDIENTS, settings)


def finished_figures(settings: Settings) -> dict[str, go.Figure]:
    """The page's Plotly charts where no player can fill them: key → figure, finished at the epoch of `settings`."""
    frames, charts = _charts(settings, run_of(settings.experiment))
    return {chart.key: chart.at(frames, settings.current_epoch) for chart in charts}


def _charts(settings: Settings, history: History) -> tuple[Epochs, list[Chart]]:
    """The epochs of the frames, and the charts that move through them."""
    frames = frame_epochs(settings.epochs, settings.current_epoch)
    return frames, moving_charts(history, settings, frames)
