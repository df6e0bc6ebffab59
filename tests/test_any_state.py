"""Any state of the page: no exception, no warning, one verdict, finite numbers."""

import re
import warnings
from dataclasses import replace

from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as some

from nnlib import separability
from tests.test_page import html, scene, visit, words
from tests.test_settings import settings
from ui import link
from ui.settings import Settings


@given(settings, some.integers(1, 300))
@how(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_any_state_of_the_page_is_shown_without_a_fault_and_with_one_verdict(chosen: Settings, epochs: int) -> None:
    # Short runs: how long one is changes no sentence.
    epoch = None if chosen.epoch is None else min(chosen.epoch, epochs)
    # The survey trains a thousand networks: its words have tests of their own.
    if chosen.tab == "survey":
        chosen = replace(chosen, tab="try")
    query = link.query(chosen) | {"epochs": str(epochs)} | ({} if epoch is None else {"epoch": str(epoch)})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page = visit(**query)
    text = html(page)
    learnable = re.findall("One neuron(?: without a bias)? <b>(can|can’t)</b> learn these answers", text)
    verdict = separability.one_neuron(chosen.experiment.data, bias=chosen.network.bias)
    assert learnable == ["can" if verdict.possible else "can’t"]
    assert not re.search(r"\b(nan|inf)\b", words(page))
    milestones = [number for each in scene(page)["milestones"].values() for number in each.values()]
    assert all(number is None or 0 <= number <= epochs for number in milestones)
