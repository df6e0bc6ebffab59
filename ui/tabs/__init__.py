"""What happens inside: tabs below the charts, each computed only while it is open."""

from collections.abc import Callable

import streamlit as st

from ui.runs import Run
from ui.settings import TABS, Settings
from ui.tabs import by_hand, code, things_to_try, thousand, tug_of_war, why_bias

# The first is open until another is chosen, and so has to cost next to nothing.
MODULES = (things_to_try, by_hand, tug_of_war, why_bias, thousand, code)
SHOW: dict[str, Callable[[Run, Settings], None]] = {
    name: module.show for name, module in zip(TABS, MODULES, strict=True)
}


def tabs(run: Run, settings: Settings) -> None:
    """All tabs, the open one with its content: about `run`, at the epoch that `settings` stands on."""
    for tab, show in zip(st.tabs(TABS, key="tab", bind="query-params"), SHOW.values(), strict=True):
        if tab.open:
            with tab:
                show(run, settings)
