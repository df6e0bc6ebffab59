"""A visitor's session: their settings, checked whatever a browser sent.

The only module that touches `st.session_state`. The settings are there as one value, and each that has a widget also
under its name in `Settings`, which is the widget's key.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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
# There may be no such epoch, or no such neuron.
LOST = ("epoch", "neuron")
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


@dataclass(frozen=True)
class Twin:
    """A widget that says in another way what settings say.

    It has another key whenever they change. So what a browser reports that has not yet heard of a change is about a
    widget that is gone, and does not undo the change.
    of: what it is about, as text. value: what it shows of the settings. changes: what a new value changes of them.
    """

    name: str
    of: Callable[[Settings], str]
    value: Callable[[Settings], Any]
    changes: Callable[[Settings, Any], Mapping[str, Any]]

    def widget(self) -> dict[str, Any]:
        """The arguments by which Streamlit makes it a widget."""
        now = settings()
        key = self._key(now)
        st.session_state[key] = self.value(now)
        return {"key": key, "on_change": self._changed, "args": (key,)}

    def _key(self, now: Settings) -> str:
        return f"{self.name}={self.of(now)}".replace("-", ".")

    def _changed(self, key: str) -> None:
        now = settings()
        if key == self._key(now):
            _change(self.changes(now, st.session_state.get(key)))


def _of_layers(now: Settings) -> str:
    return text(now.layers)


def _deeper(now: Settings, depth: Any) -> Mapping[str, Any]:
    """Hidden layers are added, each like the last one, or taken away."""
    if not isinstance(depth, int) or not 0 <= depth <= MAX_HIDDEN_LAYERS:
        return {}
    return {"layers": (now.layers + (now.layers or DEFAULTS.layers)[-1:] * MAX_HIDDEN_LAYERS)[:depth]}


def _width(layer: int) -> Twin:
    """The number of neurons in one hidden layer, counted from 0."""

    def changes(now: Settings, neurons: Any) -> Mapping[str, Any]:
        sizes = [str(neurons) if number == layer else str(size) for number, size in enumerate(now.layers)]
        return {"layers": "-".join(sizes)}

    return Twin(f"neurons_{layer}", _of_layers, lambda now: now.layers[layer], changes)


def _neuron_named(now: Settings) -> str:
    """The neuron that the tabs are about: the one chosen, else the output."""
    return now.neuron or f"{len(now.in_force.layers) + 1}-1"


DATA_NAMES = {letters: name for name, letters in PRESETS.items()}
EPOCHS = Twin("epochs_typed", lambda now: str(now.epochs), lambda now: now.epochs, lambda _, epochs: {"epochs": epochs})
DATA = Twin(
    "preset",
    lambda now: now.data,
    lambda now: DATA_NAMES.get(now.data, OWN_ANSWERS),
    lambda _, name: {"data": PRESETS.get(str(name))},
)
NETWORK = Twin(
    "network_preset",
    lambda now: f"{text(now.layers)}-{now.activation}-{now.start}",
    lambda now: now.network_preset or OWN_NETWORK,
    lambda _, name: NETWORK_PRESETS.get(str(name), {}),
)
DEPTH = Twin("hidden_layers", _of_layers, lambda now: len(now.layers), _deeper)
WIDTHS = tuple(map(_width, range(MAX_HIDDEN_LAYERS)))
VIEW = Twin(
    "view",
    lambda now: f"{now.generation}_{now.shown_view}",
    lambda now: now.shown_view,
    lambda _, view: {"view": view},
)
NEURON = Twin(
    "neuron_named",
    lambda now: f"{text(now.in_force.layers)}_{_neuron_named(now)}",
    _neuron_named,
    lambda _, neuron: {"neuron": neuron},
)


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
