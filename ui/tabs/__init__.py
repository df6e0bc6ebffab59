"""What happens inside: tabs below the charts, each computed only while it is open."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.runs import Run
from ui.settings import TABS, Settings
from ui.tabs import by_hand, code, things_to_try, thousand, tug_of_war, why_bias

# The first is open until another is chosen, and so has to cost next to nothing.
MODULES = (things_to_try, by_hand, tug_of_war, why_bias, thousand, code)
SHOW: dict[str, Callable[[Run, Settings], None]] = {
    name: module.show for name, module in zip(TABS, MODULES, strict=True)
}


def open_tab() -> DeltaGenerator:
    """All tabs; returns the open one."""
    tabs = st.tabs(TABS, key="tab", bind="query-params")
    return next(tab for tab in tabs if tab.open)


def show(run: Run, settings: Settings) -> None:
    """The content of the open tab: about `run`, at the epoch that `settings` stands on."""
    SHOW[settings.tab](run, settings)
