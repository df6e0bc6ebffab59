"""The player's two halves on the page.

The player never changes, so it is sent once. The scene is part of the fragment that depends on the run. It brings the
player each new run and takes its reports, so that a report reruns that fragment alone.
"""

from time import sleep

from ui import session
from ui.component import component

# In seconds. The browser draws together what arrives within 10 ms; with this head start it draws the run first.
HEAD_START = 0.012
PARTS = (
    "words.js",
    *(f"player/{part}.js" for part in ("decoder", "link", "connection", "keys", "clock", "export", "drawing")),
)


_player = component("player", "player", scripts=PARTS)
_scene = component("scene", "player")


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
    _scene(
        key=session.SCENE,
        data=message + session.stamp(),
        on_position_change=session.player_has_moved,
        on_answers_change=session.plates_answered,
        on_neuron_change=session.neuron_chosen,
    )
    sleep(HEAD_START)
