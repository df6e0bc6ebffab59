"""The player: replays the finished run on the page's charts, in the browser, and reports the epoch it stands on.

Two components: the player, which never changes and so is sent once, and the scene, which brings it each new run.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from time import sleep

import streamlit as st

from ui import state
from ui.motion import Array, Chart, Epochs
from ui.scene import scene
from ui.settings import Settings

# The browser draws together what reaches it within 10 ms: with this head start, in seconds, it draws the run first.
HEAD_START = 0.015


def _file(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")


_player = st.components.v2.component(
    "player",
    html=_file("player.html"),
    css=_file("player.css"),
    js=_file("export.js") + _file("drawing.js") + _file("player.js"),
)
_scene = st.components.v2.component("scene", js=_file("scene.js"))


def player(settings: Settings, charts: Sequence[Chart], frames: Epochs, readout: Mapping[str, Array]) -> None:
    """Mount the player for the run of `settings`: moves `charts` at `frames`, writes `readout` beside the epoch."""
    about = {
        "run": state.run_name(settings),
        "epochs": settings.epochs,
        "epoch": settings.standing,
        "autoplay": settings.epoch is None,
    }
    _scene(key="scene", data=scene(charts, frames, readout, about))
    sleep(HEAD_START)
    _player(key=state.PLAYER, on_position_change=state.player_reported, on_still_change=state.player_stands_still)
