"""Am I happy? The page: first what stays as it is, then what depends on the run, last the charts."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import controls, palette, panels, session, tabs
from ui.answer import answer
from ui.charts.figure import toolbar
from ui.cube import cube
from ui.network import network
from ui.neurons import neurons
from ui.plates import plates
from ui.player.component import player, send
from ui.runs import figures_to_fill, finished_figures, run_of, scene_of
from ui.score import score
from ui.settings import Settings
from ui.sigmoid import sigmoid
from ui.strips import strips

st.set_page_config("Am I happy? Watch a neural network learn", "🍕", layout="wide")

CAPTIONS = {
    "network": "The neuron adds up weight × input to z; its sigmoid makes z a prediction. Blue pushes towards happy.",
    "layers": "Blue lines push towards happy, orange against. Choose a neuron for its numbers.",
    "sigmoid": "101 is coffee and chili, no pizza; the ticked plate is hollow. Each upright line is what it misses.",
    "neurons": "What each neuron answers to each plate: 101 is coffee and chili, no pizza. The ticked plate is framed.",
    "cube": "Each corner is a plate. Where a neuron’s plane cuts the cube, its answer turns.",
    "strips": "Many weights are strips: blue above 0, orange below. Choose a neuron to see its weights as lines.",
    "cost": "How wrong the network is: the mean of its squared misses. Learning is this line going down. "
    "Is it still falling?",
    "weights": "What the network has made of each ingredient: above 0 it speaks for happy, below 0 against.",
}


def page() -> tuple[Settings, Mapping[str, DeltaGenerator]]:
    """What stays as it is; returns the settings, and the containers for the rest."""
    containers = {}
    plate, says = st.columns(2, vertical_alignment="center")
    player()
    # After the player, which may bring them from a browser that has lost its server; before any widget that holds one.
    settings = session.settings()
    with plate:
        panels.title_and_boxes()
    with says:
        answer()
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        score()
        containers["tables"] = st.container(horizontal=True, width="content")
    containers["notes"] = st.container(key="notes")
    left, middle, right = st.container(key="data_to_answer").columns([5, 4, 4])
    with left:
        plates()
    containers |= {"learnable": left.container(), "network": middle.container(), "view": right.container()}
    left, right = st.columns(2)
    containers |= {"cost": left.container(), "weights": right.container()}
    containers["tabs"] = st.container()
    with st.sidebar:
        controls.generation()
        containers["training"] = st.container()
    return settings, containers


def learning(containers: Mapping[str, DeltaGenerator], generation: str) -> None:
    """What depends on the run, and the controls that change it: moving one reruns this function alone."""
    settings = session.settings()
    if settings.generation != generation:
        # The browser sent this choice together with the move of a control, and asked for a rerun of this part alone.
        st.rerun()
    # The run itself goes first: while the rest is on its way, the player already draws it.
    send(scene_of(settings))
    history = run_of(settings.experiment)
    with containers["training"]:
        controls.training(settings)
    with containers["notes"]:
        panels.notes(session.problems(), settings, history)
    with containers["tables"]:
        panels.downloads(history)
    with containers["learnable"]:
        st.html(panels.learnable(settings))
        panels.hidden_layer(settings)
    with containers["tabs"]:
        tabs.show(history, settings)


def charts(containers: Mapping[str, DeltaGenerator], settings: Settings) -> None:
    """The four charts, for the player to fill, and what to look for in each."""
    with containers["view"]:
        panels.view(settings)
    beside = {"neurons": neurons, "sigmoid": sigmoid, "cube": cube}[settings.shown_view]
    shown = [("network", "network", network), ("view", settings.shown_view, beside)]
    if settings.has_layers:
        shown.append(("weights", "strips", strips))
    for container, key, picture in shown:
        with containers[container]:
            picture()
            st.caption(CAPTIONS["layers" if key == "network" and settings.has_layers else key])
    drawn = finished_figures(settings) if session.is_still() else figures_to_fill(settings)
    with containers["cost"]:
        panels.scale()
    for key, figure in drawn.items():
        with containers[key]:
            st.plotly_chart(figure, key=key, alt=figure.layout.title.text, config=toolbar(key))
            st.caption(CAPTIONS[key])


session.begin()
UI = Path(__file__).parent / "ui"
style = "".join((UI / sheet).read_text("utf-8") for sheet in ("page.css", "print.css"))
st.html(f"<style>{palette.custom_properties()}{style}</style>")
settings, containers = page()
if session.is_still():
    # A browser that can't move charts gets finished ones: every change reruns the whole page.
    learning(containers, settings.generation)
else:
    st.fragment(learning)(containers, settings.generation)
# Last: loading Plotly keeps the browser busy for a second, and whatever is sent later has to wait for that.
charts(containers, settings)
