"""The score of the run, in one line that follows the player frame by frame."""

from pathlib import Path

import streamlit as st


def _file(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")


_score = st.components.v2.component(
    "score",
    html='<section aria-label="Score"><p class="line" translate="no"></p></section>',
    css=_file("score.css"),
    js=_file("../words.js") + _file("../follow.js") + _file("score.js"),
)


def score() -> None:
    """Mount the score. It never changes by itself: it follows the player."""
    _score(key="score")
