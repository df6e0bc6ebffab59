"""The visit: which settings it is in, where its player stands, and how both live in the link.

The only module that touches `st.session_state`. Every setting lives there under the name of its field in `Settings`,
which is also the key of its widget. A visit begins with what the link says; from then on the player and the strip of
tabs write the link.
"""

from dataclasses import asdict, fields, replace

import streamlit as st

from ui.settings import MAX_SEED, Settings, from_query

PLAYER = "player"
SCENE = "scene"
TABS = "tabs"


def arrive() -> None:
    """Of a new visit, read the link."""
    state = st.session_state
    if "arrived" not in state:
        settings, state.problems = from_query(st.query_params)
        state.update(asdict(settings))
        state.trained = None
        state.still = False
        # Last: a run that is broken off before is begun anew by the next.
        state.arrived = settings


def problems() -> list[str]:
    """One sentence for each value in the link that could not be used, until the visitor changes a setting."""
    state = st.session_state
    if state.problems and (now := chosen()) != replace(state.arrived, epoch=now.epoch):
        state.problems = []
    remembered: list[str] = state.problems
    return remembered


def chosen() -> Settings:
    """The settings as the widgets and the player have them."""
    state = st.session_state
    values = {field.name: state[field.name] for field in fields(Settings)}
    if (strip := state.get(TABS)) and strip.chosen:
        values["tab"] = strip.chosen
    return Settings(**values)


def settings() -> Settings:
    """The settings of this run of the page. A change of what is trained puts the player on the last epoch."""
    now = chosen()
    trained = now.run_name
    if st.session_state.trained not in (None, trained):
        stand(None)
        now = replace(now, epoch=None)
    st.session_state.trained = trained
    return now


def stand(epoch: int | None) -> None:
    """Put the page on `epoch`, or on the last one where it is None."""
    st.session_state.epoch = epoch


def player_reported() -> None:
    """Take over the epoch that the player stopped at, unless it speaks of a run that is no longer shown."""
    position = st.session_state[SCENE].position
    now = settings()
    if position["run"] == now.run_name:
        epoch = position["epoch"]
        stand(None if epoch is None else min(max(int(epoch), 0), now.epochs))


def player_stands_still() -> None:
    """Draw finished charts for as long as this browser cannot move them."""
    st.session_state.still = st.session_state[PLAYER].still


def is_still() -> bool:
    """Whether this visit's browser cannot move the charts."""
    still: bool = st.session_state.still
    return still


def new_seed(seed: int) -> None:
    """Another random start, by another seed."""
    st.session_state.seed = (seed * 7919 + 101) % (MAX_SEED + 1)
