"""Things to try: questions that moving one control answers, each with a link that sets it."""

import streamlit as st

from ui.runs import Run
from ui.settings import FIRST_ATTEMPT, SECOND_GENERATION, Settings
from ui.tabs.step import link


def show(_run: Run, settings: Settings) -> None:
    """Draw the tab: the links keep whatever else the visitor has set."""

    def page(**changes: object) -> str:
        return link(settings, generation=SECOND_GENERATION, epoch=None, **changes)

    st.markdown(
        "The tabs beside this one show what happens inside. Before you look, guess what you will see:\n"
        f"- A learning rate of [0.01]({page(lr=0.01)}), and one of [30]({page(lr=30.0)}): which learns, and how fast?\n"
        f"- Is more always better? A rate of [100 from another start]({page(lr=100.0, seed=2)}).\n"
        f"- [Take the bias away]({link(settings, generation=FIRST_ATTEMPT, epoch=None)}): "
        "which rows does the network never get right?\n"
        f"- [No box ticked]({page(coffee=False, pizza=False, chili=False)}), a plate it has never seen: "
        "what does it say, and where does it get that from?"
    )
