"""What happens inside: tabs below the charts, each computed only while it is open."""

from collections.abc import Callable

import streamlit as st

from nnlib import History
from ui.settings import TABS, Settings
from ui.tabs import by_hand, code, survey, things_to_try, tug_of_war, why_bias

# These are about an epoch, and so are dimmed while the player is at another.
ABOUT_AN_EPOCH = {"by-hand", "tug-of-war", "why-bias", "code"}
# The first is open until another is chosen, and so has to cost next to nothing.
SHOW: dict[str, Callable[[History, Settings], None]] = {
    "try": things_to_try.show,
    "by-hand": by_hand.show,
    "tug-of-war": tug_of_war.show,
    "why-bias": why_bias.show,
    "survey": survey.show,
    "code": code.show,
}


def show(history: History, settings: Settings) -> None:
    """All tabs, and the content of the open one: about the run of `history`, at the current epoch of `settings`."""
    containers = dict(zip(TABS, st.tabs(list(TABS.values()), key="tab", on_change="rerun"), strict=True))
    key = "about_epoch" if settings.tab in ABOUT_AN_EPOCH else "about_run"
    with containers[settings.tab], st.container(key=key):
        if settings.tab in ABOUT_AN_EPOCH:
            st.html(f'<p class="epoch-shown">About epoch {settings.current_epoch:,}</p>')
        SHOW[settings.tab](history, settings)
