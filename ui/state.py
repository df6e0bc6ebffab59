"""The visit: which settings it is in, where its player stands, and how both live in the link.

The only module that touches `st.session_state`. Widgets bound to the link keep their values there under the names
of the fields of `Settings`; Streamlit carries them to the link and back.
"""

from dataclasses import fields

import streamlit as st

from ui.settings import DEFAULTS, MAX_SEED, Settings, from_query, to_query

PLAYER = "player"


def arrive() -> list[str]:
    """Read the link of a new visit; return one sentence for each value in it that could not be used.

    Bound widgets drop what they cannot use without a word, so the link is brought into order before they see it.
    """
    state = st.session_state
    if "problems" not in state:
        settings, problems = from_query(st.query_params)
        state.problems = problems
        state.arrived = settings
        state.epoch = settings.epoch
        state.trained = None
        state.still = False
        others = {name: text for name, text in st.query_params.items() if not hasattr(DEFAULTS, name)}
        ordered = others | to_query(settings)
        if ordered != st.query_params.to_dict():
            st.query_params.from_dict(ordered)
            st.rerun()
    remembered: list[str] = state.problems
    return remembered


def settings() -> Settings:
    """The settings as the widgets have them now. A change of what is trained puts the player on the last epoch."""
    state = st.session_state
    # On the first run the widgets further down have no value yet: they will take the link's.
    chosen = {field.name: state.get(field.name, getattr(state.arrived, field.name)) for field in fields(Settings)}
    now = Settings(**chosen)
    trained = (now.generation, now.learning_rate, now.epochs, now.seed)
    if state.trained not in (None, trained):
        stand(None)
        now = Settings(**chosen | {"epoch": None})
    state.trained = trained
    return now


def stand(epoch: int | None) -> None:
    """Put the page on `epoch`, in the link too; on the last one where it is None."""
    st.session_state.epoch = epoch
    if epoch is None:
        st.query_params.pop("epoch", None)
    else:
        st.query_params["epoch"] = str(epoch)


def run_name(settings: Settings) -> str:
    """What tells one run from another: the player starts by itself only when this changes."""
    return f"{settings.generation}, {settings.learning_rate:g}, {settings.epochs}, {settings.seed}"


def player_reported() -> None:
    """Take over the epoch that the player stopped at, unless it speaks of a run that is no longer shown."""
    position = st.session_state[PLAYER].position
    now = settings()
    if position and position["run"] == run_name(now):
        stand(None if position["ended"] else min(max(int(position["epoch"]), 0), now.epochs))


def player_gave_up() -> None:
    """From now on draw finished charts: this browser cannot move them."""
    st.session_state.still = True


def is_still() -> bool:
    """Whether this visit's browser cannot move the charts."""
    still: bool = st.session_state.still
    return still


def new_seed(seed: int) -> None:
    """Another random start, by another seed."""
    st.session_state.seed = (seed * 7919 + 101) % (MAX_SEED + 1)
