"""The words and figures around the charts, all about the epoch the page stands on."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

import streamlit as st

from nnlib import History, separability
from ui import actions, session
from ui.contradiction import in_inequalities, in_words
from ui.examples import HIDDEN_LAYER
from ui.settings import DEFAULTS, INGREDIENTS, SCALES, VIEWS, Settings
from ui.spreadsheets import history_csv, training_csv


def notes(problems: Sequence[str], settings: Settings, history: History) -> None:
    """What is wrong with the link or with the run, and whether rounding decides the digits: one element, or an empty.

    A part of the page that reruns alone may write only to containers to which it has written before.
    """
    if html := _problems(problems) + _divergence(history) + _rounding(settings):
        st.html(html)
    else:
        st.empty()


def _divergence(history: History) -> str:
    """Says where a run has left the numbers that there are."""
    if history.diverged is None:
        return ""
    return (
        f'<p class="diverged">At epoch {history.diverged:,} this run left the numbers that a computer can hold: its '
        "steps were too long. The page shows the last network before that. A smaller learning rate makes shorter "
        "steps.</p>"
    )


def _problems(found: Sequence[str]) -> str:
    """One box, with a line for each problem of the link. Anybody may write a link: it is shown as plain text."""
    lines = "".join(f"<p>{escape(problem)}</p>" for problem in found)
    return f'<div class="problems" role="alert" translate="no">{lines}</div>' if found else ""


ROUNDING = (
    "At this learning rate training amplifies the last digit of every number: "
    "rounding, which differs between programs and processors, can decide the digits shown."
)


def _rounding(settings: Settings) -> str:
    """Says where two exact programs may differ in the digits shown, as the last bit grows from step to step.

    Measured: with the tutorial's table from a learning rate of 50 on; with some others, which no neuron can learn,
    from 15 on.
    """
    experiment = settings.experiment
    decides = experiment.learning_rate >= (50 if experiment.data == DEFAULTS.experiment.data else 15)
    return f'<p class="rounding">{ROUNDING}</p>' if decides else ""


def downloads(history: History) -> None:
    """The training data and the whole run, for a spreadsheet."""
    tables: dict[str, tuple[str, Callable[[], str]]] = {
        "Training data (CSV)": ("am_i_happy_training_data.csv", partial(training_csv, history.dataset)),
        "History (CSV)": ("am_i_happy.csv", partial(history_csv, history)),
    }
    for label, (file, table) in tables.items():
        # A callable: the table is written only when somebody clicks.
        st.download_button(
            label, table, file, "text/csv", on_click="ignore", icon=":material/download:", type="tertiary"
        )


def scale() -> None:
    """The choice of the cost chart's vertical axis."""
    st.segmented_control("Cost axis", SCALES, required=True, key="scale", label_visibility="collapsed")


def view(settings: Settings) -> None:
    """The choice of what stands beside the network."""
    st.segmented_control(
        "Beside the network",
        [view for view in VIEWS if view != "neurons" or settings.has_layers],
        required=True,
        **session.VIEW.widget(),
        label_visibility="collapsed",
    )


def title_and_boxes() -> None:
    """The question, and the three boxes that make up the plate it is asked about."""
    with st.container(horizontal=True, vertical_alignment="center", key="boxes"):
        st.html("<h1>Am I happy?</h1>", width="content")
        for name in INGREDIENTS:
            st.checkbox(name.capitalize(), key=name)
    st.html("<p>A small neural network learns from the answers you give it.</p>")


def hidden_layer(settings: Settings) -> None:
    """Where no single neuron can learn the answers, a network that does; nothing where there are hidden layers."""
    experiment = settings.experiment
    is_alone = len(experiment.architecture.layers) == 2
    if is_alone and not separability.one_neuron(experiment.data, bias=True).possible:
        button = actions.button("Give it a hidden layer", **HIDDEN_LAYER)
        actions.say(f"<p>{button}, and it learns them.</p>", key="hidden_layer")
    else:
        st.empty()


def learnable(settings: Settings) -> str:
    """HTML: whether one neuron can learn the answers at all, and where it can't, why."""
    experiment = settings.experiment
    bias = experiment.architecture.bias
    verdict = separability.one_neuron(experiment.data, bias=bias)
    neuron = "One neuron" if bias else "Without a bias it"
    able = "can" if verdict.possible else "can’t"
    found = f"{neuron} <b>{able}</b> learn these answers."
    if verdict.contradiction is None:
        lines = [f"<p>{found}</p>"]
    else:
        lines = [
            f"<details><summary>{found} Why not?</summary><p>{in_words(experiment.data, verdict.contradiction)}</p>"
            f"{in_inequalities(experiment.data, verdict.contradiction, bias=bias)}</details>"
        ]
    if "-" in settings.data:
        lines.append("<p>For plates with –, nobody can say what is right.</p>")
    return f'<div class="learnable">{"".join(lines)}</div>'
