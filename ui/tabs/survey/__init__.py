"""Ask 1,000 networks: what random starts agree on, and what the start decides."""

from time import perf_counter

import streamlit as st

from nnlib import History
from nnlib.studies.survey import Survey
from ui import actions, words
from ui.charts.figure import toolbar
from ui.component import component
from ui.runs import Run, survey_of
from ui.settings import Settings
from ui.tabs.survey.chart import histogram
from ui.tabs.survey.opinions import answers_to, opinion, opinions, summary, table, what_it_means, what_they_say
from ui.work import working

# Until all have answered, the tab shows this many: drawing every slice would take longer than training it.
FIRST = 25
# Seconds that a slice may take: everybody else waits for it.
SLICE = 0.05
FEW_EPOCHS, MANY_EPOCHS = 100, 5_000

_again = component("again", "tabs/survey")


@st.fragment
def show(run: Run, settings: Settings) -> None:
    """Draw the tab for the finished `run`. Until all networks have answered, it reruns alone, a slice at a time."""
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
            _answers(survey, asked, run.history, settings)
        actions.say(question(settings))
    if asked < survey.networks:
        # At another number the browser asks for the next slice, also where no network has finished in this one.
        _again(key="again", data={"slice": perf_counter()}, on_next_change=lambda: None)


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
