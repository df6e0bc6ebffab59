"""The code: the tutorial's program, with the visitor's settings in it, to read and to take away."""

from collections.abc import Sequence

import streamlit as st

from nnlib import History
from ui import actions, link
from ui.settings import GENERATIONS, Settings
from ui.tabs.code.made import made
from ui.tabs.code.program import Part, parts, program


def show(history: History, settings: Settings) -> None:
    """Draw the tab for `history` at the current epoch of `settings`."""
    text = program(settings)
    st.write(
        "The tutorial’s program, with your settings filled in. It needs only NumPy, trains the same network from the "
        "same start, and prints this page’s numbers."
    )
    _take_away(text, settings)
    st.caption("Part by part, with what each one makes: its shape (rows, columns) and its values.")
    with st.container(key="program"):
        _side_by_side(parts(text), made(history, settings))
    actions.say(question(settings))


def _take_away(text: str, settings: Settings) -> None:
    """The program, and the settings as a link."""
    icon = ":material/download:"
    st.download_button("Program", text, "am_i_happy.py", "text/x-python", on_click="ignore", icon=icon)
    with st.expander("Copy the whole program, or a link to this run"):
        st.code(text)
        st.code(f"{st.context.url or ''}{link.href(settings)}", language=None, wrap_lines=True)


def _side_by_side(parts: Sequence[Part], values: Sequence[str]) -> None:
    for part, text in zip(parts, values, strict=True):
        left, right = st.columns([3, 1])
        left.markdown(f"**{part.number} {part.title}:** {part.why}")
        left.code(part.code, wrap_lines=True)
        right.markdown(text)


def question(settings: Settings) -> str:
    """What the other generation's program does without, or needs in addition."""
    other = "first" if settings.generation == "second" else "second"
    asked = "Which lines are new" if settings.generation == "first" else "Which lines go"
    button = actions.button("See its program", generation=other, epoch=None)
    return f"<p><b>{asked} in the {GENERATIONS[other].name.lower()}, and why?</b> {button}</p>"
