"""What happens inside: tabs below the charts, each computed only while it is open."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import state
from ui.runs import Run
from ui.settings import TABS, Settings
from ui.tabs import by_hand, code, things_to_try, thousand, tug_of_war, why_bias

# The first is open until another is chosen, and so has to cost next to nothing.
MODULES = (things_to_try, by_hand, tug_of_war, why_bias, thousand, code)
SHOW: dict[str, Callable[[Run, Settings], None]] = {
    name: module.show for name, module in zip(TABS, MODULES, strict=True)
}


def _file(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")


# With `st.tabs` every change on the page, of the learning rate say, takes a fifth longer to reach the charts.
_strip = st.components.v2.component(
    "tabs",
    html=f"""<div role="tablist" aria-label="What happens inside">{
        "".join(f'<button type="button" role="tab">{name}</button>' for name in TABS)
    }</div>""",
    css=_file("strip.css"),
    js=_file("../link.js") + _file("strip.js"),
)


def strip(settings: Settings) -> DeltaGenerator:
    """All tabs; returns the place of the open one's content."""
    # What is chosen is a state of the strip, read at the next run: Streamlit can drop a callback that the next message
    # meets, a step's say.
    _strip(key=state.TABS, data={"open": settings.tab}, on_chosen_change=lambda: None)
    return st.container(key="panel")


def show(run: Run, settings: Settings) -> None:
    """The content of the open tab: about `run`, at the epoch that `settings` stands on."""
    SHOW[settings.tab](run, settings)
