"""Am I happy? The page, from top to bottom: training, player, charts, panels; controls in the sidebar."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ui import controls, panels, state
from ui.charts import charts, toolbar
from ui.motion import Chart, Epochs, frame_epochs
from ui.player import player
from ui.runs import Run, trained
from ui.settings import Settings
from ui.tabs import tabs

st.set_page_config("Am I happy? Watch a neural network learn", "🍕", layout="wide")

CAPTIONS = {
    "cost": "How wrong the network is on its training data. Learning is this line going down: is it still falling?",
    "weights": "What the network thinks each ingredient does for your mood. Up makes happy, down makes not happy.",
    "network": "Each line is a weight: thick is strong, blue pushes towards happy, orange towards not happy.",
    "sigmoid": "The training rows, named by coffee, pizza, chili (1 is yes), slide along this curve as the network "
    "learns: blue should go up, orange down.",
}


@st.fragment
def learning() -> None:
    """The whole main part: a tick, a step or a pause reruns this alone."""
    opening = state.is_opening()
    settings = state.settings()
    # What is made before the training is on its way when the run is ready: nothing then stands before the run.
    glance, playing = st.container(), st.container()
    run = trained(bias=settings.bias, learning_rate=settings.learning_rate, epochs=settings.epochs, seed=settings.seed)
    frames = frame_epochs(settings.epochs, settings.standing)
    drawn = charts(run.history, settings.plate, settings.scale, frames, settings.standing)
    # A browser takes longest to load Plotly, so the first page sends the charts ahead. Later ones send the run ahead:
    # while the rest of the page is on its way, the player already draws it.
    if opening:
        show(drawn, frames, run, settings)
    with playing:
        player(settings, drawn, frames, {"cost": run.history.cost[frames]})
    with glance:
        panels.glance(run, settings)
    if not opening:
        show(drawn, frames, run, settings)
    tabs(run, settings)


def show(drawn: Sequence[Chart], frames: Epochs, run: Run, settings: Settings) -> None:
    """The four charts, with what belongs to each."""
    for pair in (drawn[:2], drawn[2:]):
        for column, chart in zip(st.columns(2), pair):
            with column:
                if chart.key == "network":
                    panels.verdict(run.history, settings)
                st.plotly_chart(
                    chart.at(frames, settings.standing) if state.is_still() else chart.figure,
                    key=chart.key,
                    alt=chart.figure.layout.title.text,
                    config=toolbar(chart.key),
                )
                st.caption(CAPTIONS[chart.key])
                if chart.key == "cost":
                    panels.scale()


st.html(Path(__file__).parent / "ui" / "page.css")
panels.problems(state.arrive())
st.title("Am I happy?", anchor=False)
st.write(
    "A network of one neuron learns from five plates what makes you happy. Watch it, then change the learning rate."
)
learning()
with st.sidebar:
    controls.sidebar()
