"""The player: replays the finished run on the page's charts, in the browser, and reports the epoch it stands on.

Two components: the player, which never changes and so is sent once, and the scene, which brings it each new run and
takes its reports back: to those, then, only what depends on the run answers.
"""

from pathlib import Path
from time import sleep

import streamlit as st

from ui import state

# The browser draws together what reaches it within 10 ms: with this head start, in seconds, it draws the run first.
HEAD_START = 0.012


def _file(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")


_player = st.components.v2.component(
    "player",
    html=_file("player.html"),
    css=_file("player.css"),
    js=_file("../link.js") + _file("export.js") + _file("drawing.js") + _file("player.js"),
)
_scene = st.components.v2.component("scene", js=_file("scene.js"))


def player() -> None:
    """Mount the player. It shows what was sent last."""
    _player(key=state.PLAYER, on_still_change=state.player_stands_still)


def send(scene: bytes) -> None:
    """Bring the player a run, see `ui.scene`."""
    _scene(key=state.SCENE, data=scene, on_position_change=state.player_reported)
    sleep(HEAD_START)
