"""Why a bias? The same start and learning rate, with and without one; and whether the answers need one at all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from nnlib import Dataset, History, separability
from ui import actions, words
from ui.charts.figure import toolbar
from ui.contradiction import in_inequalities, in_words
from ui.runs import run_of
from ui.settings import DEFAULTS, MAX_EPOCHS, MAX_SEED, Settings
from ui.tabs.why_bias.chart import cost_curves
from ui.tabs.why_bias.empty_plate import empty_plate, empty_plate_of_layers, is_out_of_reach
from ui.words import Verdict

WITH, WITHOUT = "with bias", "without bias"


def show(history: History, settings: Settings) -> None:
    """Draw the tab for the run of `history` and its twin, at the current epoch of `settings`."""
    histories = {WITH: _twin(history, settings, bias=True), WITHOUT: _twin(history, settings, bias=False)}
    epoch = settings.current_epoch
    st.markdown(
        "A bias is a number that a neuron adds whatever is on the plate. "
        "Here is the same training twice, from the same random start: with a bias and without."
    )
    curves, answers = st.columns(2)
    with curves:
        st.plotly_chart(
            cost_curves(histories, epoch, settings.scale),
            key="why_bias",
            alt=f"Two cost curves over {words.count(settings.epochs, 'epoch')}. At epoch {epoch:,} the cost is "
            + " and ".join(f"{words.small(history.cost[epoch])} {name}" for name, history in histories.items()),
            config=toolbar("why a bias"),
        )
    with answers:
        st.markdown(f"**Their answers at epoch {epoch:,}**\n\n{predictions(histories, epoch)}")
        st.caption("✓ right, ✗ wrong, – undecided: 0.50 says neither.")
    st.markdown(verdict(histories, epoch))
    if len(history.weights) > 1:
        st.markdown(empty_plate_of_layers(histories[WITH], histories[WITHOUT], epoch))
    else:
        st.html(proof(histories, epoch))
        st.markdown(empty_plate(histories[WITH], epoch))
    actions.say(question(settings))


def _twin(history: History, settings: Settings, *, bias: bool) -> History:
    if history.bias == bias:
        return history
    experiment = settings.experiment
    return run_of(replace(experiment, architecture=replace(experiment.architecture, bias=bias)))


def predictions(histories: Mapping[str, History], epoch: int) -> str:
    """Markdown: what each network answers to each plate of the training data at `epoch`, and whether that is right."""
    data = next(iter(histories.values())).dataset
    labels = data.labels[:, 0]
    lines = [f"| Plate | Happy? | {' | '.join(map(str.capitalize, histories))} |", "|:--|:--|:--|:--|"]
    answers = [history.network(epoch).predict(data.inputs)[:, 0] for history in histories.values()]
    cells = [
        [
            f"{p:.2f}\N{NO-BREAK SPACE}{Verdict(found).mark}"
            for p, found in zip(row, words.verdicts(row, labels).tolist())
        ]
        for row in answers
    ]
    for plate, label, *marked in zip(data.inputs, labels, *cells):
        name = f"`{words.bits(plate)}` {words.plate(data.names, plate)}"
        lines.append(f"| {name} | {'yes' if label >= 0.5 else 'no'} | {' | '.join(marked)} |")
    return "\n".join(lines)


@dataclass(frozen=True)
class Score:
    """How many plates a network has right, and how many it is undecided about."""

    right: int
    undecided: int
    plates: int

    @classmethod
    def of(cls, history: History, epoch: int) -> "Score":
        """The score at `epoch`."""
        data = history.dataset
        found = words.verdicts(history.network(epoch).predict(data.inputs)[:, 0], data.labels[:, 0])
        return cls(int((found == Verdict.RIGHT).sum()), int((found == Verdict.UNDECIDED).sum()), len(found))

    def __str__(self) -> str:
        """In words, with the undecided where there are any."""
        undecided = f" ({self.undecided} undecided)" if self.undecided else ""
        return f"{self.right} of {words.count(self.plates, 'plate')} right{undecided}"


def verdict(histories: Mapping[str, History], epoch: int) -> str:
    """What the two networks have learned by `epoch`, and whether the one with a bias gets all plates right at all."""
    able = histories[WITH]
    data = able.dataset
    score, other = Score.of(able, epoch), Score.of(histories[WITHOUT], epoch)
    text = f"At epoch {epoch:,}, the network with a bias has **{score}**, without one **{other}**."
    if score.right == score.plates:
        return text
    everywhere = words.verdicts(able.predict(data.inputs)[:, :, 0], data.labels[:, 0])
    complete = np.flatnonzero((everywhere == Verdict.RIGHT).all(axis=1))
    if complete.size:
        return f"{text} With a bias, every plate is right for the first time at epoch {complete[0]:,}."
    if len(able.weights) > 1:
        return f"{text} With a bias, this run has them all right at no epoch."
    if separability.one_neuron(data, bias=True).possible:
        return (
            f"{text} With a bias every plate can be right, but not in this run: more epochs or another rate may do it."
        )
    return f"{text} No single neuron gets every plate right, with a bias or without."


def proof(histories: Mapping[str, History], epoch: int) -> str:
    """HTML: why these answers need a bias, or that they don't, or that a bias is not enough."""
    data = histories[WITH].dataset
    alone, helped = (separability.one_neuron(data, bias=bias) for bias in (False, True))
    if alone.contradiction is None:
        return (
            "<h3>Here it can do without</h3><p>These answers don’t need a bias: "
            f"{_weights(data, alone.weights)} get every plate right.</p>"
        )
    if helped.contradiction is not None:
        return (
            f"<h3>Here a bias is not enough</h3><p>{in_words(data, helped.contradiction)}</p>"
            f"{in_inequalities(data, helped.contradiction, bias=True, network=histories[WITH].network(epoch))}"
            f"<p class='note'>{NOW.format(epoch)}</p>"
        )
    without = in_inequalities(data, alone.contradiction, bias=False, network=histories[WITHOUT].network(epoch))
    with_bias = in_inequalities(
        data, alone.contradiction, bias=True, network=histories[WITH].network(epoch), add_up=False
    )
    note = f"<p>{ROW_111}</p>" if data == DEFAULTS.experiment.data else ""
    return (
        f"<h3>Why it can’t work without one</h3><p>{in_words(data, alone.contradiction)} So no start, no learning rate "
        f"and no number of epochs will do it.</p>{without}"
        f"<p>With a bias <i>b</i>, every plate has it in its sum, and all can hold at once: "
        f"{_weights(data, helped.weights)} get every plate right.</p>{with_bias}"
        f"<p class='note'>{NOW.format(epoch)}</p>{note}"
    )


NOW = "At the right: the sums at epoch {:,}, and whether they say what is asked."
ROW_111 = (
    "Coffee + pizza + chili is not the reason, though some texts say so: a large weight for pizza is all that it and "
    "coffee + pizza need, and the other three plates have no pizza."
)


def _weights(data: Dataset, weights: tuple[int, ...] | None) -> str:
    """Whole-number weights in a sentence: weights of 2, 2 and 2 for coffee, pizza and chili and a bias of −3."""
    assert weights is not None, "asked for where one neuron is enough"  # noqa: S101
    numbers = [words.number(weight, 0) for weight in weights]
    count = len(data.names)
    text = f"weights of {words.listed(numbers[:count])} for {words.listed(data.names)}"
    return f"{text} and a bias of {numbers[-1]}" if len(numbers) > count else text


def question(settings: Settings) -> str:
    """A question that moving a control answers."""
    another = (settings.seed + 1) % (MAX_SEED + 1)
    longer = actions.button(
        f"Train both for {MAX_EPOCHS:,} epochs from another start", epochs=MAX_EPOCHS, seed=another, epoch=None
    )
    experiment = settings.experiment
    if len(experiment.architecture.layers) > 2:
        needed = is_out_of_reach(experiment.data, experiment.architecture.activation)
    else:
        needed = not separability.one_neuron(experiment.data, bias=False).possible
    asked = "does that save the network without a bias?" if needed else "which of the two is faster now?"
    return f"<p><b>Your turn.</b> {longer}: {asked}</p>"
