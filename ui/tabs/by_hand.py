"""One epoch by hand: every number of one training step, and where it comes from."""

import streamlit as st

from ui.runs import Run
from ui.settings import Settings


def show(run: Run, settings: Settings) -> None:
    """Draw the tab for `run` at the epoch that `settings` stands on."""
    st.write(run.history.epochs, settings.standing)
