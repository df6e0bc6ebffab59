"""Ask 1,000 networks: what random starts agree on, and what the start decides."""

from time import perf_counter

import numpy as np
import streamlit as st

from nnlib import History, NeuralNetwork
from nnlib.studies.starts import Starts
from nnlib.studies.survey import Survey
from nnlib.studies.widths import WidthTable
from nnlib.symmetries import shuffled
from ui import actions, session, words
from ui.charts.figure import toolbar
from ui.component import component
from ui.runs import starts_of, survey_of, widths_of
from ui.settings import INGREDIENTS, Settings
from ui.tabs.survey import shuffle, success, widths
from ui.tabs.survey.chart import histogram, succeeded
from ui.tabs.survey.opinions import answers_to, opinion, opinions, summary, table, what_it_means, what_they_say
from ui.work import working

# Until all have answered, the tab shows this many: drawing every slice would take longer than training it.
FIRST = 25
# Seconds that a slice may take: everybody else waits for it. Slices go on for so many seconds before the tab is drawn.
SLICE, SLICES = 0.05, 0.4
FEW_EPOCHS, MANY_EPOCHS = 100, 5_000

_again = component("again", "tabs/survey")


@st.fragment
def show(history: History, settings: Settings) -> None:
    """Draw the tab for a finished run. Until all networks have answered, it reruns alone, some slices at a time."""
    if session.settings() != settings:
        # A button in here has changed a setting, and the browser asked for a rerun of this part alone.
        st.rerun()
    complete = _with_layers(history, settings) if settings.in_force.layers else _one_neuron(history, settings)
    if not complete:
        # At another number the browser asks for the next slice, also where no network has finished in this one.
        _again(key="again", data={"slice": perf_counter()}, on_next_change=lambda: None)


def _one_neuron(history: History, settings: Settings) -> bool:
    """The tab for a network of one neuron; whether all networks have answered."""
    # Only this tab takes the lock. The others need some milliseconds, and to wait for it once more, after the run, took
    # longer. Beside eight clients that ask for new surveys, p95 of another visitor's answer went from 1.3 s to 0.6 s.
    with working():
        survey = survey_of(settings.experiment)
        survey.ask_more(seconds=SLICE)
        # Read once: another session may add to the same survey.
        asked = survey.asked
        st.markdown(
            f"{survey.networks:,} networks like this one, each from its own random start, all trained for "
            f"{words.count(settings.epochs, 'epoch')} on the same answers: do they agree?"
        )
        if asked < survey.networks:
            st.progress(asked / survey.networks, f"{asked:,} of {survey.networks:,} networks have answered …")
        if asked:
            _answers(survey, asked, history, settings)
        actions.say(question(settings))
    return asked == survey.networks


def _with_layers(history: History, settings: Settings) -> bool:
    """The tab for a network with hidden layers; whether all that is asked for is done."""
    starts = starts_of(settings.experiment)
    _go_on(starts)
    with working():
        st.markdown(
            f"{starts.networks:,} networks like this one, each from its own random start, all trained for "
            f"{words.count(settings.epochs, 'epoch')} on the same answers: **how often does it succeed?**"
        )
        if not starts.complete:
            st.progress(starts.done, f"{starts.done:.0%} of the training is done …")
            return False
        _success(starts)
        _shuffled(history.network(settings.epochs), settings)
    complete = _widths(settings)
    with working():
        st.markdown("##### What do they say?")
        _answers(starts, starts.networks, history, settings)
        actions.say(question(settings))
    return complete


def _go_on(study: Starts | WidthTable) -> None:
    """Some slices of work, with everybody else served between them; the first alone, to show soon that it goes on."""
    until = perf_counter() + (SLICES if study.done else SLICE)
    while not study.complete and perf_counter() < until:
        with working():
            study.ask_more(seconds=SLICE)


def _success(starts: Starts) -> None:
    """How many succeed, when, in how many ways, and what keeps the others from it."""
    names = starts.experiment.data.names
    found, solutions = starts.solutions(success.MOST)
    often = [solution for solution in solutions if solution.networks > 1]
    numbers, curve = st.columns([3, 2])
    with numbers:
        st.markdown(f"**{success.how_many(starts)}** {success.since_when(starts)}")
        for text in (success.equal(starts), success.dead(starts), success.how_different(starts, found)):
            if text:
                st.markdown(text)
    if found:
        with curve:
            st.plotly_chart(
                succeeded(starts),
                key="succeeded",
                alt=f"Line: how many networks have all right, by epoch. {success.how_many(starts)}",
                config=toolbar("how often it succeeds"),
            )
    if often:
        st.markdown(success.table(often, names))
        if text := success.about(starts, often):
            st.caption(text)
        actions.say(success.look_at(often), key="solutions")


def _shuffled(network: NeuralNetwork, settings: Settings) -> None:
    """The hidden neurons of the network on the page, and if asked for, the same in another order."""
    if max(network.layers[1:-1]) == 1 or not st.toggle("Shuffle the hidden neurons", key="shuffle_neurons"):
        return
    other = shuffled(network, np.random.default_rng(settings.seed))
    before, after = st.columns(2)
    for column, title, shown in ((before, "As they are", network), (after, "Shuffled", other)):
        with column:
            st.markdown(f"**{title}**\n\n{shuffle.table(shown, INGREDIENTS)}")
    st.markdown(shuffle.comparison(network, other))
    st.caption(shuffle.about(network))


def _widths(settings: Settings) -> bool:
    """The table of widths and activations, if asked for; whether nothing is left to do for it."""
    if not st.toggle("Compare 1 to 8 hidden neurons of each kind", key="compare_widths"):
        return True
    table = widths_of(settings.experiment)
    _go_on(table)
    if not table.complete:
        st.progress(table.done, f"{table.done:.0%} of the training is done …")
    st.markdown(widths.table(table, settings.experiment.architecture))
    st.caption(widths.about(table))
    return table.complete


def _answers(survey: Survey, asked: int, history: History, settings: Settings) -> None:
    """What the first networks say, and once all have been `asked`, what follows from it."""
    complete, names = asked == survey.networks, history.dataset.names
    count = asked if complete else min(FIRST, asked)
    found = opinions(survey, count)
    said = opinion(survey, settings.plate, count)
    if complete:
        st.markdown(f"**{what_they_say(said)}** {what_it_means(said, survey)}")
    prediction = float(history.network(settings.epochs).predict([settings.plate])[0, 0])
    name = words.plate(names, settings.plate)
    st.plotly_chart(
        histogram(answers_to(survey, settings.plate, count), prediction, f"Answers to {name}"),
        key="answers",
        alt=f"Histogram of the answers to {name}: {what_they_say(said)} This network answers {prediction:.2f}.",
        config=toolbar("1000 networks"),
    )
    if complete:
        st.markdown(summary(found))
    st.markdown(table(found, names, settings.plate))
    st.caption(
        f"The {survey.networks:,} networks are those with the random seeds 0 to {survey.networks - 1:,}; this one has "
        f"seed {settings.seed:,}. All are asked after the last epoch, wherever the player stands. Spread is the "
        "highest prediction less the lowest; a prediction of 0.50 is undecided."
    )


def question(settings: Settings) -> str:
    """A question that moving a control answers."""
    epochs = FEW_EPOCHS if settings.epochs != FEW_EPOCHS else MANY_EPOCHS
    button = actions.button(f"Train them for {epochs:,} epochs", epochs=epochs, epoch=None)
    again = "still agree" if epochs < settings.epochs else "agree then"
    return f"<p><b>Your turn.</b> {button} and tick other boxes: where do they {again}?</p>"
