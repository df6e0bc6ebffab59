"""The player's two halves on the page.

The player never changes, so it is sent once. The scene is part of the fragment that depends on the run. It brings the
player each new run and takes its reports, so that a report reruns that fragment alone.
"""

from pathlib import Path
from time import sleep

import streamlit as st

from ui import session

# In seconds. The browser draws together what arrives within 10 ms; with this head start it draws the run first.
HEAD_START = 0.012
PARTS = ("../words", "decoder", "link", "connection", "keys", "clock", "export", "drawing", "player")


def _file(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")


_player = st.components.v2.component(
    "player",
    html=_file("player.html"),
    css=_file("player.css"),
    js="".join(_file(f"{part}.js") for part in PARTS),
)
_scene = st.components.v2.component("scene", js=_file("scene.js"))


def player() -> None:
    """Mount the player, before any widget that holds a setting. It shows what was sent last."""
    _player(
        key=session.PLAYER,
        on_still_change=session.player_is_still,
        on_back_change=lambda: None,
    )
    # Not as a callback: a session that has just begun would not call it.
    session.player_is_back()


def send(message: bytes) -> None:
    """Bring the player a run, see `ui.player.encoder`."""
    _scene(key=session.SCENE, data=message, on_position_change=session.player_has_moved)
    sleep(HEAD_START)
