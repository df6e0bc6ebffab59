"""One epoch by hand: every number of one training step, and where it comes from."""

from pathlib import Path

import numpy as np
import streamlit as st

from nnlib import History, explain
from ui import actions, words
from ui.charts.figure import toolbar
from ui.component import component
from ui.settings import Settings
from ui.tabs.by_hand.ledger import Ledger
from ui.tabs.by_hand.sentences import cost_sentence, neighbours, opening, question
from ui.tabs.by_hand.slope_chart import alternative, sentence, slope_chart, slope_of, steepest
from ui.tabs.by_hand.tables import backward_table, forward_table, measured, update_table, whole_way
from ui.tabs.by_hand.walk import in_html, step_in_words, walk
from ui.tabs.neuron import chosen
from ui.tabs.step import View, row_names

_walk = component("walk", "tabs/by_hand")


def show(history: History, settings: Settings) -> None:
    """Draw the tab for `history` at the current epoch of `settings`: one row, all rows, the step, the slope."""
    step = explain(history, settings.current_epoch)
    st.html(Path(__file__).with_name("by_hand.css"))
    actions.say(opening(settings.current_epoch, history.epochs, step.optimizer), key="by_hand_opening")
    view = chosen(step, settings)
    ledger = Ledger(view)

    left, right = st.container(key="by_hand_controls").columns(2)
    with left:
        row = _row(view, settings)
    with right:
        parameter = _parameter("Weight to follow", view, _told_most(view, row))
    if not view.is_alone:
        actions.say(neighbours(view), key="by_hand_neighbours")
    _walk(key="walk", data={"html": in_html(walk(ledger, row, parameter))})
    if not view.is_alone:
        st.html(whole_way(view, row))

    left, right = st.container(key="by_hand_tables").columns(2)
    left.html(forward_table(ledger, row))
    right.html(backward_table(ledger, row))
    how = "" if ledger.is_plain else f"<p>{step_in_words(view)}</p>"
    st.html(
        f"{update_table(ledger)}{how}"
        f"<p><b>{cost_sentence(step, comes_next=settings.current_epoch == history.epochs)}</b></p>"
        f'<p class="note">{measured(ledger)} {ROUNDING}{"" if view.is_alone else HIDDEN}</p>'
    )

    slope = slope_of(view, _parameter("Weight in the picture", view, steepest(view)))
    st.plotly_chart(slope_chart(slope), key="slope", alt=alternative(slope), config=toolbar("slope"))
    st.markdown(f"{sentence(slope)} {together(view)}")
    actions.say(question(view))


ROUNDING = (
    "The page computes with 16 digits and prints fewer. After “=”, and in a table under its formula, stands what a "
    "calculator makes of the printed digits, rounded; ≈ stands where it makes another last digit."
)
HIDDEN = (
    " <i>d</i> is how fast the row’s cost moves with a neuron’s answer, and δ how fast it moves with its <i>z</i>. A "
    "hidden neuron has no label to miss: its <i>d</i> is handed back by the neurons that its answer goes to, each "
    "weight there times the δ there, added up."
)


def together(view: View) -> str:
    """What the picture leaves out: in training all parameters move at once."""
    after = view.step.cost_after
    return f"In training all weights move at once; together they take the cost to {words.small(after)}."


def _row(view: View, settings: Settings) -> int:
    """Let the visitor pick a training row: at first the one that is ticked, where it is told."""
    names = row_names(view.step.dataset)
    ticked = words.bits(settings.plate)
    row: int = st.segmented_control(
        "Row (coffee, pizza, chili; 1 is yes)",
        range(len(names)),
        default=names.index(ticked) if ticked in names else 0,
        format_func=names.__getitem__,
        required=True,
        # Another ticked plate, or other rows: the choice begins anew.
        key=f"by_hand_row_{ticked}_{settings.data}",
    )
    return row


def _told_most(view: View, row: int) -> int:
    """The parameter with the largest gradient among those that the row asks something of, where there are any."""
    return int(np.argmax(np.abs(view.neuron.gradient) * (view.neuron.inputs[row] != 0)))


def _parameter(label: str, view: View, default: int) -> int:
    """Let the visitor pick a weight."""
    sources = view.sources
    parameter: int = st.segmented_control(
        label,
        range(len(sources)),
        default=default,
        format_func=sources.__getitem__,
        required=True,
        # Another neuron, or other weights: the choice begins anew.
        key=f"by_hand_{label}_{view.name}_{len(sources)}",
    )
    return parameter
