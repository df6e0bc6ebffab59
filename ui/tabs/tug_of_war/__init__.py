"""Tug of war: which training row pulls which weight which way in one epoch."""

import streamlit as st

from nnlib import History, explain
from nnlib.optimizers import GRADIENT_DESCENT
from ui import actions, words
from ui.charts.figure import toolbar
from ui.examples import EQUAL, button
from ui.settings import DEFAULTS, Settings
from ui.tabs.neuron import chosen
from ui.tabs.printed import difference, number, sign
from ui.tabs.step import View, standing
from ui.tabs.tug_of_war import gradients
from ui.tabs.tug_of_war.chart import alternative, hardest, pulls, signed, tug_of_war_chart
from ui.tabs.tug_of_war.largest import largest_weight


def show(history: History, settings: Settings) -> None:
    """Draw the tab for `history` at the current epoch of `settings`."""
    step = explain(history, settings.current_epoch)
    st.write(
        "Every training row pulls at the weights, each the way that lowers the row’s own cost. In an epoch, a weight "
        f"follows the sum of its pulls{'' if step.optimizer == GRADIENT_DESCENT else ', and those of earlier epochs'}."
    )
    view = chosen(step, settings)
    st.plotly_chart(
        tug_of_war_chart(view),
        key="pulls",
        alt=alternative(view, settings.current_epoch),
        config=toolbar("tug of war"),
    )
    st.markdown(f"{sentence(view, settings.current_epoch)} {meaning(view)}{standing(view)}")
    if view.is_alone:
        st.markdown(largest_weight(history, settings.current_epoch))
    else:
        _gradients(history, settings.current_epoch)
    actions.say(question(view))


def _gradients(history: History, epoch: int) -> None:
    """The size of the gradient of each layer, and the sentence that follows."""
    st.plotly_chart(
        gradients.gradients_chart(history, epoch),
        key="gradients",
        alt=gradients.alternative(history, epoch),
        config=toolbar("gradients"),
    )
    st.markdown(gradients.sentence(history, epoch))


def sentence(view: View, epoch: int) -> str:
    """The hardest tug of war of this epoch, in words."""
    pulling = pulls(view.neuron)
    name, up, down = hardest(view)
    if not pulling.any():
        return f"At epoch {epoch:,} every pull comes out as 0."
    if not up or not down:
        return f"At epoch {epoch:,} no two rows pull against each other."
    digits = words.decimals(pulling, least=4)
    above, below, left = (number(value, digits) for value in (up, -down, up + down))
    leaves = "leaves" if sign(difference(above, below), left) == "=" else "leaves about"
    return (
        f"At epoch {epoch:,} the hardest tug is over **{name}**: {above.text} up against {below.text} down {leaves} "
        f"{signed(up + down, digits)}."
    )


def meaning(view: View) -> str:
    """What the sum of the pulls does."""
    rate = words.rate(view.step.learning_rate)
    makes = {
        "gradient descent": f"Times the learning rate, {rate}, it is the weight’s next step.",
        "momentum": f"Times the learning rate, {rate}, it is added to nine tenths of the last step: the next one.",
        "adam": "Adam makes the weight’s next step of it and of all the sums before.",
    }[view.step.optimizer.name]
    return f"The sum ◇ is minus the gradient. {makes} A row does not pull where its input is 0."


def question(view: View) -> str:
    """The tab's last words: something to find out by moving a control."""
    if not view.is_alone:
        equal = button("Four that start equal", EQUAL, neuron="1-1", epoch=200)
        return (
            f"<p><b>Your turn.</b> {equal}: look at one hidden neuron after another. Do the rows ever pull one of them "
            "otherwise than the rest?</p>"
        )
    table = {"data": DEFAULTS.data, "epochs": 5_000, "epoch": None}
    with_bias = actions.button("With a bias", generation="second", lr=1.0, **table)
    without = actions.button("without one", generation="first", **table)
    return (
        f"<p><b>Your turn.</b> {with_bias}, nobody pulls hard after 5,000 epochs of the tutorial’s table; {without}, "
        "three rows still do, yet next to nothing moves. Who is tied with whom?</p>"
    )
