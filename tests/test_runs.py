"""What visitors share: a run and its scene are made once for all who ask for the same."""

from dataclasses import replace

import pytest

from ui.runs import scene_of, trained_for
from ui.settings import FIRST_ATTEMPT, SCALES, TABS, Settings

HERE = Settings(epochs=60, epoch=40)


def test_the_same_settings_share_run_and_scene_whichever_tab_is_open() -> None:
    there = replace(HERE, tab=TABS[-1])
    assert trained_for(there) is trained_for(HERE)
    assert scene_of(there) is scene_of(HERE)


@pytest.mark.parametrize(
    "change",
    [
        {"generation": FIRST_ATTEMPT},
        {"lr": 2.0},
        {"epochs": 61},
        {"seed": 1},
        {"coffee": False},
        {"pizza": True},
        {"chili": False},
        {"scale": SCALES[1]},
        {"epoch": 41},
        {"epoch": None},
    ],
)
def test_whatever_else_is_set_is_another_scene(change: dict[str, object]) -> None:
    assert scene_of(replace(HERE, **change)) != scene_of(HERE)  # type: ignore[arg-type]


def test_a_run_is_trained_as_its_settings_say() -> None:
    history = trained_for(replace(HERE, generation=FIRST_ATTEMPT, lr=50.0)).history
    assert (history.epochs, history.learning_rate, history.bias) == (60, 1.0, False)
