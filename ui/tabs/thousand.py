"""Ask 1,000 networks: what random starts agree on, and what they only guess at."""

import streamlit as st

from ui.runs import Run
from ui.settings import Settings


def show(run: Run, settings: Settings) -> None:
    """Draw the tab for `run` at the epoch that `settings` stands on."""
    st.write(run.history.epochs, settings.standing)
