"""The neuron that a tab about one training step looks at: chosen here, in a picture, or in the link."""

import streamlit as st

from nnlib import Explanation
from ui import session
from ui.settings import Settings
from ui.tabs.step import View, views


def chosen(step: Explanation, settings: Settings) -> View:
    """The neuron chosen, and the choice of another; the output where none is. A single neuron needs no choice."""
    found = {view.slug: view for view in views(step).values()}
    output = list(found)[-1]
    if len(found) == 1:
        return found[output]
    st.selectbox(
        "Neuron",
        list(found),
        format_func=lambda slug: found[slug].name,
        **session.NEURON.widget(),
    )
    return found[settings.neuron or output]
