"""Any state of the page: no exception, no warning, one verdict, finite numbers."""

import re
import warnings
from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as some

from nnlib import separability
from tests.test_page import html, scene, visit, words
from tests.test_settings import settings
from ui import link
from ui.panels import learnable
from ui.runs import run_of, scene_of
from ui.settings import Settings


def shortened(chosen: Settings, epochs: int) -> Settings:
    """The same with a short run: how long one is changes no sentence. The survey's words have tests of their own."""
    epoch = None if chosen.epoch is None else min(chosen.epoch, epochs)
    return replace(chosen, epochs=epochs, epoch=epoch, tab="try" if chosen.tab == "survey" else chosen.tab)


def verdict(settings: Settings) -> str:
    able = separability.one_neuron(settings.experiment.data, bias=settings.experiment.architecture.bias).possible
    return "can" if able else "can’t"


VERDICT = "(?:One neuron|Without a bias it) <b>(can|can’t)</b> learn these answers"


@given(settings, some.integers(1, 300))
@how(max_examples=200)
def test_any_run_is_worked_out_without_a_warning_with_one_verdict_and_a_finite_cost(
    chosen: Settings, epochs: int
) -> None:
    chosen = shortened(chosen, epochs)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        message = scene_of(chosen)
        history = run_of(chosen.experiment)
    assert np.isfinite(history.cost).all()
    assert np.isfinite(history.weights[0]).all()
    assert not re.search(rb"\b(NaN|Infinity)\b", message)
    assert re.findall(VERDICT, learnable(chosen)) == [verdict(chosen)]


@given(settings, some.integers(1, 300))
@how(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_any_state_of_the_page_is_shown_without_a_fault(chosen: Settings, epochs: int) -> None:
    chosen = shortened(chosen, epochs)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page = visit(**link.query(chosen))
    assert re.findall(VERDICT, html(page)) == [verdict(chosen)]
    assert not re.search(r"\b(nan|inf)\b", words(page))
    milestones = [number for each in scene(page)["milestones"].values() for number in each.values()]
    assert all(number is None or 0 <= number <= epochs for number in milestones)


@given(settings, some.integers(1, 60), some.sampled_from(["by-hand", "tug-of-war", "why-bias", "code"]), some.data())
@how(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_any_neuron_of_any_network_is_looked_at_without_a_fault(
    chosen: Settings, epochs: int, tab: str, draw: some.DataObject
) -> None:
    layers = (*chosen.layers, 1)
    layer = draw.draw(some.integers(1, len(layers)))
    neuron = f"{layer}-{draw.draw(some.integers(1, layers[layer - 1]))}"
    chosen = replace(shortened(chosen, epochs), generation="third", tab=tab, neuron=neuron)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page = visit(**link.query(chosen))
    assert not re.search(r"\b(nan|inf)\b", words(page))
    assert scene(page)["neuron"] == neuron
