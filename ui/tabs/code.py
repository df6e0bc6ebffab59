"""The code: a NumPy script that prints the page's own numbers, and the run's history to take away."""

import streamlit as st

from ui.runs import Run
from ui.settings import Settings


def show(run: Run, settings: Settings) -> None:
    """Draw the tab for `run` at the epoch that `settings` stands on."""
    st.write(run.history.epochs, settings.standing)
