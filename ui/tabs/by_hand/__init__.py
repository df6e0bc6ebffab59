"""One epoch by hand: every number of one training step, and where it comes from."""

from pathlib import Path

import numpy as np
import streamlit as st

from nnlib import explain
from ui import actions, words
from ui.charts.figure import toolbar
from ui.component import component
from ui.runs import Run
from ui.settings import Settings
from ui.tabs.by_hand.ledger import Ledger, backward_table, forward_table, measured, update_table, ways
from ui.tabs.by_hand.sentences import cost_sentence, opening, question
from ui.tabs.by_hand.slope_chart import alternative, sentence, slope_chart, slope_of, steepest
from ui.tabs.by_hand.walk import in_html, walk
from ui.tabs.step import View, row_names, views

_walk = component("walk", "tabs/by_hand")


def show(run: Run, settings: Settings) -> None:
    """Draw the tab for `run` at the current epoch of `settings`: one row, all rows, the step, the slope."""
    step = explain(run.history, settings.current_epoch)
    st.html(Path(__file__).with_name("by_hand.css"))
    actions.say(opening(settings.current_epoch, run.history.epochs), key="by_hand_opening")
    named = views(step)
    view = list(named.values())[-1]
    if len(named) > 1:
        view = named[st.selectbox("Neuron", list(named), len(named) - 1, key="by_hand_neuron")]
    ledger = Ledger(view)

    left, right = st.container(key="by_hand_controls").columns(2)
    with left:
        row = _row(view, settings)
    with right:
        parameter = _parameter("Weight to follow", view, _told_most(view, row))
    if len(named) == 1:
        _walk(key="walk", data={"html": in_html(walk(ledger, row, parameter))})
    else:
        st.code("\n".join(ways(view, row)), language=None, wrap_lines=True)

    left, right = st.container(key="by_hand_tables").columns(2)
    left.html(forward_table(ledger, row))
    right.html(backward_table(ledger, row))
    st.html(
        f"{update_table(ledger)}"
        f"<p><b>{cost_sentence(step, comes_next=settings.current_epoch == run.history.epochs)}</b></p>"
        f'<p class="note">{measured(ledger)} {ROUNDING}{"" if len(named) == 1 else HIDDEN}</p>'
    )

    slope = slope_of(view, _parameter("Weight in the picture", view, steepest(view)))
    st.plotly_chart(slope_chart(slope), key="slope", alt=alternative(slope), config=toolbar("slope"))
    st.markdown(f"{sentence(slope)} {together(view)}")
    actions.say(question())


ROUNDING = (
    "The page computes with 16 digits and prints fewer. After “=”, and in a table under its formula, stands what a "
    "calculator makes of the printed digits, rounded; ≈ stands where it makes another last digit."
)
HIDDEN = (
    " A hidden neuron has no label to miss. <i>d</i> is how fast the row’s cost moves with its answer <i>h</i>: it is "
    "passed back from the neurons that the answer goes to."
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
