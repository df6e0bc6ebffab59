"""One epoch by hand: every number of one training step, and where it comes from."""

from pathlib import Path

import streamlit as st

from nnlib import Explanation, explain
from ui import actions, words
from ui.runs import Run
from ui.settings import DEFAULTS, Settings
from ui.tabs.by_hand.ledger import (
    backward_table,
    forward_formulas,
    forward_table,
    gradient_formulas,
    update_table,
    way,
)
from ui.tabs.step import View, row_names, views


def show(run: Run, settings: Settings) -> None:
    """Draw the tab for `run` at the current epoch of `settings`."""
    step = explain(run.history, settings.current_epoch)
    st.html(Path(__file__).with_name("by_hand.css"))
    st.write(opening(settings.current_epoch, run.history.epochs))
    named = views(step)
    view = list(named.values())[-1]
    if len(named) > 1:
        view = named[st.selectbox("Neuron", list(named), len(named) - 1, key="by_hand_neuron")]

    with st.container(key="by_hand_formulas"):
        left, right = st.columns(2)
        left.markdown(f"**In letters, then with this epoch’s numbers.** {letters(view)}")
        left.markdown(f"$$\n{forward_formulas(view)}\n$$")
        right.markdown(f"**The gradient** is the mean of the rows’ slopes, here for the weight of {view.sources[0]}.")
        right.markdown(f"$$\n{gradient_formulas(view)}\n$$")

    row = follow(step, settings)
    left, right = st.columns(2)
    left.html(forward_table(view, row))
    right.html(backward_table(view, row))
    st.html(update_table(view))
    st.caption(
        "A positive slope asks for a smaller weight, a negative one for a greater. “Measured” is the slope found by "
        "trying: the cost a hair above minus the cost a hair below, divided by the distance. All numbers are computed "
        "with 16 digits and shown rounded; ≈ stands where that moves the last digit."
    )
    actions.say(question())


def opening(epoch: int, last: int) -> str:
    """The tab's first sentence: which step this is."""
    if epoch == last:
        return (
            f"An epoch is one step against the gradient: here is every number of the step that would come next, "
            f"from epoch {epoch:,} to {epoch + 1:,}."
        )
    return (
        "An epoch is one step against the gradient: "
        f"here is every number of the step from epoch {epoch:,} to {epoch + 1:,}."
    )


def letters(view: View) -> str:
    """What the formulas' letters stand for."""
    weighed = view.sources[: len(view.sources) - view.has_bias]
    inputs = ", ".join(f"{number} {name}" for number, name in enumerate(weighed, 1))
    return f"Inputs and weights: {inputs}." + " The bias *b* is a weight whose input is always 1." * view.has_bias


def follow(step: Explanation, settings: Settings) -> int:
    """Let the visitor pick a training row, and write out its way through the network; return its number."""
    names = row_names(step.dataset)
    ticked = words.bits(settings.plate)
    row = st.segmented_control(
        "Follow one row (coffee, pizza, chili; 1 is yes)",
        range(len(names)),
        default=names.index(ticked) if ticked in names else 0,
        format_func=names.__getitem__,
        required=True,
        key="by_hand_row",
    )
    st.code("\n".join(way(step, row)), language=None, wrap_lines=True)
    return row


def question() -> str:
    """The tab's last words: something to find out by moving a control."""
    stuck = actions.button(
        "gets stuck", generation="second", data=DEFAULTS.data, lr=100.0, seed=2, epochs=5_000, epoch=None
    )
    return (
        f"<p><b>Your turn.</b> On the tutorial’s table, with learning rate 100 and random seed 2, the network {stuck}: "
        "two rows are wrong by almost 1, yet they ask for almost nothing. Which of their numbers silences them?</p>"
    )
