"""What sessions share: a run and its scene are made once, for all that ask for the same."""

from dataclasses import replace
from typing import Any

import pytest

from ui.runs import description, run_of, scene_of, survey_of
from ui.settings import SCALES, Settings

HERE = Settings(epochs=60, epoch=40)


@pytest.mark.parametrize("change", [{"tab": "code"}, {"coffee": False}, {"scale": SCALES[1]}, {"epoch": 3}])
def test_how_a_run_is_looked_at_trains_nothing_anew(change: dict[str, Any]) -> None:
    assert run_of(replace(HERE, **change).experiment) is run_of(HERE.experiment)


def test_the_same_settings_share_a_scene() -> None:
    assert scene_of(replace(HERE)) is scene_of(HERE)


@pytest.mark.parametrize(
    "change",
    [
        {"generation": "first"},
        {"lr": 2.0},
        {"epochs": 61},
        {"seed": 1},
        {"data": "nyynynny"},
        {"coffee": False},
        {"pizza": True},
        {"chili": False},
        {"scale": SCALES[1]},
        {"tab": "code"},
        {"epoch": 41},
        {"epoch": None},
    ],
)
def test_whatever_is_set_is_another_scene(change: dict[str, Any]) -> None:
    assert scene_of(replace(HERE, **change)) != scene_of(HERE)


def test_networks_that_differ_in_their_seed_alone_share_a_survey() -> None:
    assert survey_of(HERE.experiment) is survey_of(replace(HERE, seed=7).experiment)
    assert survey_of(HERE.experiment) is not survey_of(replace(HERE, data="nyynynny").experiment)


def test_a_run_is_trained_as_its_settings_say() -> None:
    history = run_of(replace(HERE, generation="first", lr=50.0).experiment)
    assert (history.epochs, history.learning_rate, history.bias) == (60, 1.0, False)


def test_on_paper_a_run_is_named_with_all_that_makes_it() -> None:
    assert description(HERE).startswith("Second generation, learning rate ")
    deep = Settings(generation="third", layers=(3, 2), activation="relu", start="he", optimizer="adam", bias=False)
    assert description(deep).startswith(
        "Third generation (3-3-2-1, relu, he start, adam, without bias), learning rate 1,"
    )
