"""Am I happy? The page: first what stays as it is, then what depends on the run, last the charts."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import controls, panels, state
from ui.charts import toolbar
from ui.player import player, send
from ui.runs import empty_figures, finished_figures, scene_of, trained_for
from ui.settings import Settings
from ui.tabs import show, strip
from ui.turns import rest, turn

st.set_page_config("Am I happy? Watch a neural network learn", "🍕", layout="wide")

CAPTIONS = {
    "cost": "How wrong the network is on its training data. Learning is this line going down: is it still falling?",
    "weights": "What the network thinks each ingredient does for your mood. Up makes happy, down makes not happy.",
    "network": "Each line is a weight: thick is strong, blue pushes towards happy, orange towards not happy.",
    "sigmoid": "The training rows, named by coffee, pizza, chili (1 is yes), slide along this curve as the network "
    "learns: blue should go up, orange down.",
}


def page(settings: Settings) -> Mapping[str, DeltaGenerator]:
    """What only another generation or tab changes; returns the places for the rest."""
    places = {}
    st.html(
        "<h1>Am I happy?</h1><p>A network of one neuron learns from five plates what makes you happy. "
        "Watch it, then change the learning rate.</p>"
    )
    places["glance"] = st.container()
    player()
    left, right = st.columns(2)
    places |= {"cost": left.container(), "plate": left.container(), "network": left, "weights": right, "sigmoid": right}
    places["tab"] = strip(settings)
    with st.sidebar:
        controls.generation()
        places["training"] = st.container()
        controls.training_data()
    return places


def learning(places: Mapping[str, DeltaGenerator], laid_out: Settings) -> None:
    """What depends on the run, and the controls that change it: a move of one reruns this alone."""
    settings = state.settings()
    if (settings.generation, settings.tab) != (laid_out.generation, laid_out.tab):
        # Chosen so shortly after the move of a control that the browser sent both as one, for this part alone.
        st.rerun()
    with turn:
        run, scene = trained_for(settings), scene_of(settings)
    # The run itself goes first, with a head start, for which nobody else should wait: while the rest is on its way, the
    # player already draws it.
    send(scene)
    with turn:
        with places["training"]:
            controls.training(settings)
        with places["glance"]:
            panels.problems(state.problems())
            panels.glance(run, settings)
        with places["plate"]:
            panels.verdict(run.history, settings)
        with places["tab"]:
            show(run, settings)
        rest()


def charts(places: Mapping[str, DeltaGenerator], settings: Settings) -> None:
    """The four charts, for the player to fill, and what to look for in each."""
    with turn:
        drawn = finished_figures(settings) if state.is_still() else empty_figures(settings)
    with places["cost"]:
        panels.scale()
    for key, figure in drawn.items():
        with places[key]:
            st.plotly_chart(figure, key=key, alt=figure.layout.title.text, config=toolbar(key))
            st.caption(CAPTIONS[key])


st.html(Path(__file__).parent / "ui" / "page.css")
state.arrive()
settings = state.settings()
places = page(settings)
if state.is_still():
    # A browser that cannot move charts gets finished ones, and so the whole page, with every change.
    learning(places, settings)
else:
    st.fragment(learning)(places, settings)
# Last: to load Plotly keeps the browser busy for a second, and what comes later has to wait for that.
charts(places, settings)
