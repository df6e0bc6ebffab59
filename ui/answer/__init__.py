"""The answer to the ticked plate, frame by frame: the largest thing on the page, and what it rests on."""

from pathlib import Path

import streamlit as st


def _file(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")


_answer = st.components.v2.component(
    "answer",
    html=_file("answer.html"),
    css=_file("answer.css"),
    js=_file("../words.js") + _file("../follow.js") + _file("answer.js"),
)


def answer() -> None:
    """Mount the answer. It never changes by itself: it follows the player."""
    _answer(key="answer")
