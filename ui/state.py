"""The visit: which settings it is in, where its player stands, and how both live in the link.

The only module that touches `st.session_state`. Widgets bound to the link keep their values there under the names
of the fields of `Settings`; Streamlit carries them to the link and back.
"""

from dataclasses import fields, replace

import streamlit as st

from ui.settings import DEFAULTS, MAX_SEED, Settings, from_query, to_query

PLAYER = "player"
TABS = "tabs"
LEARNING = "learning"


def arrive() -> None:
    """Begin a run of the whole page; of a new visit, read the link.

    Bound widgets drop what they cannot use without a word, so the link is brought into order before they see it.
    """
    state = st.session_state
    state.layout = None
    if "problems" not in state:
        link = st.query_params
        settings, problems = from_query(link)
        state.problems = problems
        state.arrived = settings
        state.epoch = settings.epoch
        state.trained = None
        state.still = False
        others = {name: link.get_all(name) for name in link if not hasattr(DEFAULTS, name)}
        ordered = others | {name: [text] for name, text in to_query(settings).items()}
        if ordered != {name: link.get_all(name) for name in link}:
            link.from_dict(ordered)
            st.rerun()


def laid_out() -> None:
    """Note which page has been laid out to its end: from now on a part of it can run alone."""
    st.session_state.layout = _layout(chosen())


def _layout(settings: Settings) -> tuple[str, str]:
    return settings.generation, settings.tab


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
    # On the first run the widgets further down have no value yet: they will take the link's.
    return Settings(
        **{field.name: state.get(field.name, getattr(state.arrived, field.name)) for field in fields(Settings)}
    )


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
    """Put the page on `epoch`, or on the last one where it is None. The player writes it into the link."""
    st.session_state.epoch = epoch


def player_reported() -> None:
    """Take over the epoch that the player stopped at, unless it speaks of a run that is no longer shown."""
    position = st.session_state[PLAYER].position
    now = settings()
    if position["run"] == now.run_name:
        epoch = position["epoch"]
        stand(None if epoch is None else min(max(int(epoch), 0), now.epochs))
    # To run a part alone replaces the run of the whole page, which may be about to lay out another tab or generation.
    if st.session_state.layout == _layout(now):
        st.rerun(LEARNING)


def player_stands_still() -> None:
    """Draw finished charts for as long as this browser cannot move them."""
    st.session_state.still = st.session_state[PLAYER].still


def tab_chosen() -> None:
    """Open another tab. The strip of tabs writes it into the link."""
    st.session_state.tab = st.session_state[TABS].chosen


def is_still() -> bool:
    """Whether this visit's browser cannot move the charts."""
    still: bool = st.session_state.still
    return still


def new_seed(seed: int) -> None:
    """Another random start, by another seed."""
    st.session_state.seed = (seed * 7919 + 101) % (MAX_SEED + 1)
    # A value set from here Streamlit writes into the link beside all it knows of it: not an epoch of the run before.
    st.query_params.pop("epoch", None)
