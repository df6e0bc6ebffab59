"""The words and figures around the charts, all about the epoch the page stands on."""

from collections.abc import Sequence
from html import escape

import numpy as np
import streamlit as st

from nnlib import Experiment, datasets, separability
from ui import words
from ui.contradiction import in_inequalities, in_words
from ui.runs import Run
from ui.settings import DEFAULTS, INGREDIENTS, SCALES, Settings

LOW_COST = 0.01


def problems(found: Sequence[str]) -> None:
    """One box, with a line for each problem of the link. Anybody may write a link: it is shown as plain text."""
    if found:
        lines = "".join(f"<p>{escape(problem)}</p>" for problem in found)
        st.html(f'<div class="problems" role="alert" translate="no">{lines}</div>')


def glance(run: Run, settings: Settings) -> None:
    """The figures at a glance: cost, rows right, epochs needed, time taken."""
    history, epoch = run.history, settings.current_epoch
    below = np.flatnonzero(history.cost < LOW_COST)
    predictions = history.network(epoch).predict(history.dataset.inputs)
    found = words.verdicts(predictions, history.dataset.labels)
    undecided = int((found == words.Verdict.UNDECIDED).sum())
    figures = (
        (
            "Final cost" if epoch == history.epochs else f"Cost at epoch {epoch:,}",
            words.small(history.cost[epoch]),
            "How wrong the network is: the mean squared error, which is the distance of a prediction from its answer, "
            "squared, on average over the training data. 0 is perfect.",
        ),
        (
            "Plates right",
            f"{int((found == words.Verdict.RIGHT).sum())} of {found.size}"
            + (f", {undecided} undecided" if undecided else ""),
            "Plates of the training data whose prediction is nearer to the right answer than to the wrong one. "
            f"Within {words.UNDECIDED_WITHIN} of one half it is undecided.",
        ),
        (
            f"Cost below {LOW_COST:g}",
            f"epoch {below[0]:,}" if below.size else "not reached",
            f"The first epoch after which the cost is lower than {LOW_COST:g}.",
        ),
        (
            "Training took",
            f"{run.seconds * 1000:.0f} ms",
            f"{words.count(history.epochs, 'epoch')}, on the server.",
        ),
    )
    # One element instead of four metrics and their row: in a class, most of the wait is for messages to be sent.
    items = (
        f'<div tabindex="0"><dt>{label}</dt><dd>{value}</dd><dd>{meaning}</dd></div>'
        for label, value, meaning in figures
    )
    note = f'<p class="rounding">{ROUNDING}</p>' if rounding_decides(settings.experiment) else ""
    st.html(f'<dl class="glance">{"".join(items)}</dl>{note}')


ROUNDING = (
    "At this learning rate training amplifies the last digit of every number: "
    "rounding, which differs between programs and processors, can decide the digits shown."
)


def rounding_decides(experiment: Experiment) -> bool:
    """Whether rounding can change the digits on the page, as training amplifies the last bit from step to step.

    Measured: with the tutorial's table from a learning rate of 50 on; with some others, which no neuron can learn,
    from 15 on.
    """
    is_tutorials = experiment.data == datasets.plates(DEFAULTS.data)
    return experiment.learning_rate >= (50 if is_tutorials else 15)


def scale() -> None:
    """The choice of the cost chart's vertical axis."""
    st.segmented_control("Cost axis", SCALES, required=True, key="scale", label_visibility="collapsed")


def boxes() -> None:
    """The three boxes that make up a plate."""
    with st.container(horizontal=True, key="boxes"):
        for name in INGREDIENTS:
            st.checkbox(name.capitalize(), key=name)


def verdict(run: Run, settings: Settings) -> None:
    """What the network says to the ticked boxes, and whether it was ever told the answer."""
    prediction = float(run.history.network(settings.current_epoch).predict([settings.plate])[0, 0])
    told = {"y": "It was told this plate: happy.", "n": "It was told this plate: not happy."}
    about = told.get(
        settings.data[int(words.bits(settings.plate), 2)],
        "It was never told this plate, so nobody can say whether that is right.",
    )
    st.html(
        f'<div class="answer"><p class="{said(prediction)}">{answer(prediction)}</p>'
        f"<p>After epoch {settings.current_epoch:,}: prediction {prediction:.4f}. {about}</p></div>"
    )


def said(prediction: float) -> str:
    """What a prediction says, as a class of the style sheet."""
    return words.Says(int(words.says(prediction))).name.lower()


def answer(prediction: float) -> str:
    """The network's answer in a word, and how sure it is of that word."""
    says = words.Says(int(words.says(prediction)))
    if says == words.Says.UNDECIDED:
        return "Undecided, 50 %"
    return f"{str(says).capitalize()}, {words.confidence(prediction)}"


def learnable(settings: Settings) -> None:
    """Whether one neuron can learn the answers at all, and where it can't, why."""
    experiment = settings.experiment
    verdict = separability.one_neuron(experiment.data, bias=experiment.architecture.bias)
    neuron = "One neuron" if experiment.architecture.bias else "One neuron without a bias"
    if verdict.contradiction is None:
        st.html(f'<div class="learnable"><p>{neuron} <b>can</b> learn these answers.</p></div>')
        return
    st.html(
        f'<div class="learnable"><p>{neuron} <b>can’t</b> learn these answers.</p>'
        f"<details><summary>Why not?</summary><p>{in_words(experiment.data, verdict.contradiction)}</p>"
        f"{in_inequalities(experiment.data, verdict.contradiction, bias=experiment.architecture.bias)}</details></div>"
    )
