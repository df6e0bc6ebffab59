"""Tug of war: which training row pulls which weight which way in one epoch."""

import streamlit as st

from nnlib import explain
from ui.charts import toolbar
from ui.runs import Run
from ui.settings import FIRST_ATTEMPT, SECOND_GENERATION, Settings
from ui.tabs.step import View, decimals, link, shown, views
from ui.tabs.tug_of_war_chart import alternative, hardest, pulls, tug_of_war_chart


def show(run: Run, settings: Settings) -> None:
    """Draw the tab for `run` at the epoch that `settings` stands on."""
    named = views(explain(run.history, settings.standing))
    st.write("Every training row pulls on the weights of its ingredients, and a weight follows the sum of all pulls.")
    view = list(named.values())[-1]
    if len(named) > 1:
        view = named[st.selectbox("Neuron", list(named), len(named) - 1, key="tug_of_war_neuron")]
    st.plotly_chart(
        tug_of_war_chart(view),
        key="pulls",
        alt=alternative(view, settings.standing),
        config=toolbar("tug of war"),
    )
    st.markdown(f"{sentence(view, settings.standing)} {meaning(view)}")
    st.markdown(question(settings))


def sentence(view: View, epoch: int) -> str:
    """The hardest tug of war of this epoch, in words."""
    pulling = pulls(view.neuron)
    digits = decimals(pulling, least=4)
    name, up, down = hardest(view)
    if not pulling.any():
        return f"At epoch {epoch:,} no row pulls any more."
    if not up or not down:
        return f"At epoch {epoch:,} no two rows pull against each other."
    return (
        f"At epoch {epoch:,} the hardest tug is over **{name}**: {shown(up, digits)} up against "
        f"{shown(-down, digits)} down leaves {shown(up + down, digits, sign=True)}."
    )


def meaning(view: View) -> str:
    """What the sum of the pulls does."""
    return (
        f"The sum ◇ times the learning rate, {view.step.learning_rate:g}, is the weight’s next step. "
        "A row whose input is 0 does not pull."
    )


def question(settings: Settings) -> str:
    """The tab's last words: something to find out by moving a control."""
    if settings.generation == FIRST_ATTEMPT:
        other = link(settings, generation=SECOND_GENERATION, epoch=None)
        return (
            f"**Your turn.** [Give this network a bias]({other}) and go to its last epoch: why does nobody pull hard "
            "there, while here three rows still do?"
        )
    other = link(settings, generation=FIRST_ATTEMPT, epochs=5_000, epoch=None)
    return (
        f"**Your turn.** [Take the bias away]({other}): at the last epoch three rows still pull hard, yet nothing "
        "moves. Who is tied with whom?"
    )
