"""A visitor's session: their settings, checked whatever a browser sent.

The only module that touches `st.session_state`. Every setting lives there under the name of its field in `Settings`;
where it has a widget, that name is the widget's key.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from ui import link
from ui.settings import DEFAULTS, GENERATIONS, MAX_SEED, PRESETS, RULES, TABS, Settings, checked

# The components, and below what each of them sends: see `_sent`.
PLAYER, SCENE, PLATES, ACTIONS = "player", "scene", "plates", "actions"
PRESET = "preset"
OWN_ANSWERS = "Your own answers"


def begin() -> None:
    """Read the link when a session starts."""
    if "settings" not in st.session_state:
        arrived, problems = link.read(st.query_params)
        st.session_state.still = False
        st.session_state.arrived = arrived, problems
        # Last: a script run that is interrupted before is begun anew by the next.
        _put(arrived)


def checkpoint() -> None:
    """Go no further where the visitor has left or has sent something newer: Streamlit looks at every read."""
    _ = "settings" in st.session_state


def settings() -> Settings:
    """The settings, with every change of a widget. Another experiment puts the page on its last epoch."""
    before: Settings = st.session_state.settings
    now = before
    for name in RULES:
        try:
            now = replace(now, **{name: checked(name, st.session_state.get(name, getattr(before, name)))})
        except ValueError:
            st.session_state[name] = _as_widget_has_it(name, getattr(before, name))
    if now.experiment != before.experiment:
        now = replace(now, epoch=None)
    st.session_state.epoch = now.epoch
    st.session_state.settings = now
    return now


def problems() -> list[str]:
    """One sentence for each value in the link that could not be used, until the visitor changes a setting."""
    arrived, found = st.session_state.arrived
    now = replace(settings(), epoch=arrived.epoch)
    return found if now == arrived else []


def preset() -> None:
    """Have the choice of training data say what the plates say."""
    names = {letters: name for name, letters in PRESETS.items()}
    st.session_state[PRESET] = names.get(settings().data, OWN_ANSWERS)


def is_still() -> bool:
    """Whether this visitor's browser can't move the charts."""
    still: bool = st.session_state.still
    return still


# --- what the visitor does, beside moving a widget that holds a setting --------------------------------------------


def new_seed() -> None:
    """Another random start, by another seed."""
    st.session_state.seed = (settings().seed * 7919 + 101) % (MAX_SEED + 1)


def preset_chosen() -> None:
    """Answer the plates as the chosen preset does."""
    if letters := PRESETS.get(str(st.session_state.get(PRESET))):
        st.session_state.data = letters


def plates_answered() -> None:
    """Take over the answers to the plates."""
    _change(data=_sent(PLATES, "answers"))


def acted(component: str = ACTIONS) -> None:
    """Make the changes that a button inside a text stands for: a query, in which an empty value is the default."""
    changes = _sent(component, "changes")
    if isinstance(changes, str):
        _change(**{name: value or getattr(DEFAULTS, name, value) for name, value in parse_qsl(changes, True)})


def player_has_moved() -> None:
    """Put the page on the epoch where the player has stopped."""
    _follow(_sent(SCENE, "position"))


def player_has_moved_meanwhile() -> None:
    """The same after the connection was lost."""
    _follow(_sent(PLAYER, "position"))


def player_is_still() -> None:
    """Draw finished charts for as long as this browser can't move them."""
    st.session_state.still = _sent(PLAYER, "still") is True


def _follow(position: Any) -> None:
    # The report may be late, and speak of a run that is no longer the one on the page.
    if isinstance(position, Mapping) and position.get("run") == settings().run_id:
        _change(epoch=position.get("epoch"))


def _sent(component: str, event: str) -> Any:
    """What a component has sent: anything at all, as anybody can send it."""
    values = st.session_state.get(component)
    return values.get(event) if isinstance(values, Mapping) else None


def _change(**changes: Any) -> None:
    """Change these settings, or none of them where one can't be used."""
    now = settings()
    try:
        new = replace(now, **{name: checked(name, value) for name, value in changes.items()})
    except (ValueError, KeyError):
        return
    if new.experiment != now.experiment and "epoch" not in changes:
        new = replace(new, epoch=None)
    if new.epoch is None or new.epoch <= new.epochs:
        _put(new)


def _put(settings: Settings) -> None:
    """Make these the settings, for the widgets too."""
    for name in RULES:
        st.session_state[name] = _as_widget_has_it(name, getattr(settings, name))
    st.session_state.settings = settings


def _as_widget_has_it(name: str, value: Any) -> Any:
    """Where a setting is a choice by labels, its widget has the label."""
    if name == "generation":
        return GENERATIONS[value].name
    return TABS[value] if name == "tab" else value
