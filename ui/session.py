"""A visitor's session: their settings, checked whatever a browser sent.

The only module that touches `st.session_state`. The settings are there as one value, and each that has a widget also
under its name in `Settings`, which is the widget's key.
"""

from collections.abc import Mapping
from dataclasses import replace
from time import time_ns
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from ui import link
from ui.settings import (
    DEFAULTS,
    GENERATIONS,
    MAX_HIDDEN_LAYERS,
    MAX_SEED,
    NETWORK_PRESETS,
    PRESETS,
    RULES,
    TABS,
    Settings,
    checked,
    text,
)

WIDGETS = [name for name in RULES if name not in ("data", "epoch", "layers", "view", "neuron")]
PLAYER, SCENE, ACTIONS = "player", "scene", "actions"
# Widgets that say in another way what a setting says.
PRESET, NETWORK_PRESET, EPOCHS_TYPED, VIEW = "preset", "network_preset", "epochs_typed", "view"
# There may be no such epoch, or no such neuron.
LOST = ("epoch", "neuron")
DEPTH, WIDTH = "hidden_layers", "neurons"
OWN_ANSWERS, OWN_NETWORK = "Your own answers", "Your own network"


def begin() -> None:
    """Read the link when a session starts."""
    if "settings" not in st.session_state:
        arrived, problems = link.read(st.query_params)
        st.session_state.still, st.session_state.stamp = False, b""
        st.session_state.arrived = arrived, problems
        # Last: if this script run is interrupted before, the next one starts over.
        _put(arrived)


def checkpoint() -> None:
    """Stop here if the visitor has left or has sent something newer: Streamlit checks that at every read."""
    _ = "settings" in st.session_state


def settings() -> Settings:
    """The settings, with every change of a widget."""
    now: Settings = st.session_state.settings
    for name in WIDGETS:
        now = _with(now, {name: st.session_state.get(name, getattr(now, name))})
        if st.session_state.get(name) != (label := _as_widget_has_it(name, getattr(now, name))):
            st.session_state[name] = label
    st.session_state.settings = now
    return now


def problems() -> list[str]:
    """One sentence for each value in the link that could not be used, until the visitor changes a setting."""
    arrived, found = st.session_state.arrived
    now = replace(settings(), epoch=arrived.epoch)
    return found if now == arrived else []


# A widget that says in another way what a setting says has another key for each value. So what a browser reports that
# has not yet heard of a change belongs to a widget that is gone, and does not undo the change.


def epochs_key() -> str:
    """The key of the field for the number of epochs, which says what the slider says."""
    return _twin(EPOCHS_TYPED, settings().epochs, settings().epochs)


def preset_key() -> str:
    """The key of the choice of training data, which says what the plates say."""
    names = {letters: name for name, letters in PRESETS.items()}
    return _twin(PRESET, settings().data, names.get(settings().data, OWN_ANSWERS))


def network_preset_key() -> str:
    """The key of the choice of a network, which says what the controls below it say."""
    now = settings()
    chosen = "-".join((text(now.layers), now.activation, now.start))
    return _twin(NETWORK_PRESET, chosen, now.network_preset or OWN_NETWORK)


def depth_key() -> str:
    """The key of the field for the number of hidden layers."""
    layers = settings().layers
    return _twin(DEPTH, text(layers), len(layers))


def width_key(layer: int) -> str:
    """The key of the field for the number of neurons in one hidden layer, counted from 0."""
    layers = settings().layers
    return _twin(f"{WIDTH}_{layer}", text(layers), layers[layer])


def view_key() -> str:
    """The key of the choice of what stands beside the network."""
    now = settings()
    return _twin(VIEW, f"{now.generation}_{now.shown_view}", now.shown_view)


def _twin(name: str, setting: Any, value: Any) -> str:
    key = f"{name}={setting}".replace("-", ".")
    st.session_state[key] = value
    return key


def stamp() -> bytes:
    """Other bytes whenever the connection is there again: a scene with them is a new one to the browser."""
    found: bytes = st.session_state.stamp
    return found


def is_still() -> bool:
    """Whether this visitor's browser can't move the charts."""
    still: bool = st.session_state.still
    return still


# --- what a browser sends beside the state of a widget: anything at all, as anybody can send it --------------------


def new_seed() -> None:
    """Another random start, by another seed."""
    _change({"seed": (settings().seed * 7919 + 101) % (MAX_SEED + 1)})


def epochs_typed(key: str) -> None:
    """Take over the number of epochs that was typed."""
    _change({"epochs": st.session_state.get(key)})


def preset_chosen(key: str) -> None:
    """Answer the plates as the chosen preset does."""
    _change({"data": PRESETS.get(str(st.session_state.get(key)))})


def network_chosen(key: str) -> None:
    """Build the network as the chosen preset has it."""
    _change(NETWORK_PRESETS.get(str(st.session_state.get(key)), {}))


def depth_changed(key: str) -> None:
    """Add hidden layers, each like the last one, or take some away."""
    layers, depth = settings().layers, st.session_state.get(key)
    if isinstance(depth, int) and 0 <= depth <= MAX_HIDDEN_LAYERS:
        _change({"layers": (layers + (layers or DEFAULTS.layers)[-1:] * MAX_HIDDEN_LAYERS)[:depth]})


def width_changed(key: str, layer: int) -> None:
    """Give one hidden layer another number of neurons."""
    layers = list(map(str, settings().layers))
    layers[layer : layer + 1] = [str(st.session_state.get(key))]
    _change({"layers": "-".join(layers)})


def view_chosen(key: str) -> None:
    """Show something else beside the network."""
    _change({"view": st.session_state.get(key)})


def neuron_chosen() -> None:
    """Look at the neuron that was chosen in a picture, or at none."""
    _change({"neuron": _sent(SCENE, "neuron")})


def plates_answered() -> None:
    """Take over the answers to the plates."""
    _change({"data": _sent(SCENE, "answers")})


def acted(component: str = ACTIONS) -> None:
    """Make the changes that a button inside a text stands for: a query, in which an empty value is the default."""
    query = parse_qsl(str(_sent(component, "changes")), keep_blank_values=True)
    _change({name: value or getattr(DEFAULTS, name, None) for name, value in query})


def player_has_moved() -> None:
    """Put the page on the epoch where the player has stopped."""
    _follow(_sent(SCENE, "position"))


def player_is_back() -> None:
    """Take over what the visitor has done meanwhile, if the connection was lost and is there again."""
    told = _sent(PLAYER, "back")
    if isinstance(told, Mapping):
        st.session_state.still = told.get("still") is True
        st.session_state.stamp = time_ns().to_bytes(8)
        _change({"data": told.get("answers")})
        _follow(told)
        # The browser may have missed what this session, if it has begun since, gave the widgets to show.
        _put(settings())


def player_is_still() -> None:
    """Draw finished charts for as long as this browser can't move them."""
    st.session_state.still = _sent(PLAYER, "still") is True


def _follow(position: Any) -> None:
    # The report may be late, and speak of a run that is no longer the one on the page.
    if isinstance(position, Mapping) and "epoch" in position and position.get("run") == settings().run_id:
        _change({"epoch": position["epoch"]})


def _sent(component: str, event: str) -> Any:
    values = st.session_state.get(component)
    return values.get(event) if isinstance(values, Mapping) else None


def _change(changes: Mapping[str, Any]) -> None:
    """Make these changes, for the widgets too."""
    now = settings()
    if (new := _with(now, changes)) != now:
        _put(new)


def _with(now: Settings, changes: Mapping[str, Any]) -> Settings:
    """`now` with changes that a browser asks for: all of them, or none where one can't be used.

    Whatever a browser sends comes by here. The epoch and the neuron that the visitor has chosen stay where they exist.
    """
    try:
        new = replace(now, **{name: checked(name, value) for name, value in changes.items()})
    except ValueError:
        return now
    if new.current_epoch > new.epochs:
        new = replace(new, epoch=None)
    if new.neuron is not None and new.chosen_neuron is None:
        new = replace(new, neuron=None)
    # What was asked for by itself is refused; what was chosen before is left behind.
    return now if any(getattr(new, name) is None and changes.get(name) is not None for name in LOST) else new


def _put(settings: Settings) -> None:
    """Make these the settings, for the widgets too."""
    for name in WIDGETS:
        st.session_state[name] = _as_widget_has_it(name, getattr(settings, name))
    st.session_state.settings = settings


def _as_widget_has_it(name: str, value: Any) -> Any:
    """The value of the widget: a label where the widget offers labels."""
    if name == "generation":
        return GENERATIONS[value].name
    return TABS[value] if name == "tab" else value
