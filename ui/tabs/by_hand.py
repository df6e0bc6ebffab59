"""One epoch by hand: every number of one training step, and where it comes from."""

from pathlib import Path

import streamlit as st

from nnlib import Explanation, explain
from ui.runs import Run
from ui.settings import SECOND_GENERATION, Settings
from ui.tabs.ledger import (
    backward_table,
    forward_formulas,
    forward_table,
    gradient_formulas,
    update_table,
    way,
)
from ui.tabs.step import View, link, row_names, views


def show(run: Run, settings: Settings) -> None:
    """Draw the tab for `run` at the epoch that `settings` stands on."""
    step = explain(run.history, settings.standing)
    st.html(Path(__file__).with_suffix(".css"))
    st.write(opening(settings.standing, run.history.epochs))
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
    st.markdown(question(settings))


def opening(epoch: int, last: int) -> str:
    """The tab's first sentence: which step this is."""
    if epoch == last:
        return (
            f"An epoch is one step downhill: here is every number of the step that would come next, "
            f"from epoch {epoch:,} to {epoch + 1:,}."
        )
    return f"An epoch is one step downhill: here is every number of the step from epoch {epoch:,} to {epoch + 1:,}."


def letters(view: View) -> str:
    """What the formulas' letters stand for."""
    weighed = view.sources[: len(view.sources) - view.has_bias]
    inputs = ", ".join(f"{place} {name}" for place, name in enumerate(weighed, 1))
    return f"Inputs and weights: {inputs}." + " The bias *b* is a weight whose input is always 1." * view.has_bias


def follow(step: Explanation, settings: Settings) -> int:
    """Let the visitor pick a training row, and write out its way through the network; return its place."""
    names = row_names(step.dataset)
    ticked = "".join(f"{on:d}" for on in settings.plate)
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


def question(settings: Settings) -> str:
    """The tab's last words: something to find out by moving a control."""
    stuck = link(settings, generation=SECOND_GENERATION, lr=100.0, seed=2, epoch=None)
    return (
        f"**Your turn.** With learning rate 100 and random seed 2 the network [gets stuck]({stuck}): two rows are "
        "wrong by almost 1, yet they ask for almost nothing. Which of their numbers silences them?"
    )
