"""Why a bias? The same start and learning rate, with and without one."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlib import Dataset, History
from nnlib.checks import Array
from ui.charts import code, plate_name, toolbar
from ui.motion import written_small
from ui.runs import Run, trained
from ui.settings import MAX_EPOCHS, MAX_SEED, Settings
from ui.tabs.answers import says
from ui.tabs.step import link, shown
from ui.tabs.why_bias_chart import cost_curves

WITH, WITHOUT = "with bias", "without bias"
RIGHT, UNDECIDED, WRONG = 1, 0, -1
MARKS = {RIGHT: "✓", UNDECIDED: "–", WRONG: "✗"}


def show(run: Run, settings: Settings) -> None:
    """Draw the tab for `run` and its twin, at the epoch that `settings` stands on."""
    histories = {WITH: _twin(run, settings, bias=True), WITHOUT: _twin(run, settings, bias=False)}
    epoch = settings.standing
    st.markdown(
        "A bias is a number that a neuron adds whatever is on the plate. "
        "Here is the same training twice, from the same random start: with a bias and without."
    )
    curves, answers = st.columns(2)
    with curves:
        st.plotly_chart(
            cost_curves(histories, epoch, settings.scale),
            key="why_bias",
            alt=f"Two cost curves over {settings.epochs:,} epochs. At epoch {epoch:,} the cost is "
            + " and ".join(f"{written_small(history.cost[epoch])} {name}" for name, history in histories.items()),
            config=toolbar("why a bias"),
        )
    with answers:
        st.markdown(f"**Their answers at epoch {epoch:,}**\n\n{predictions(histories, epoch)}")
        st.caption("✓ right, ✗ wrong, – undecided: 0.50 says neither.")
    st.markdown(verdict(histories, epoch))
    if len(run.history.weights) > 1:
        st.markdown(
            "What follows holds for one neuron alone. In a network with hidden layers these still answer something "
            "to an empty plate, and the neurons behind them can use that in place of a bias."
        )
        return
    st.markdown("**Why it cannot work without one**")
    for column, (name, history) in zip(st.columns(2), reversed(histories.items())):
        with column:
            st.markdown(f"{DEMANDS[name]}\n\n$$\n{demands(history, epoch)}\n$$\n\n{CONSEQUENCE[name]}")
    st.markdown(f"{ROW_111}\n\n{empty_plate(histories[WITH], epoch)}")
    st.markdown(question(settings))


DEMANDS = {
    WITHOUT: "Without a bias, three of the plates ask this of the weights (at the right, what they are now):",
    WITH: "With a bias $b$, every plate has it in its sum:",
}
CONSEQUENCE = {
    WITHOUT: "Two numbers below 0 never add up to more than 0. No weights can do it, "
    "so no start, no learning rate and no number of epochs will find them.",
    WITH: "All three can hold at once: weights of 2 and a bias of −3 make it −1, −1 and +1.",
}
ROW_111 = (
    "Plate `111` is not the reason, though some texts say so: a large weight for pizza is all that it and `110` need, "
    "and the other three plates have no pizza."
)


def _twin(run: Run, settings: Settings, *, bias: bool) -> History:
    if run.history.bias == bias:
        return run.history
    return trained(
        bias=bias, learning_rate=run.history.learning_rate, epochs=run.history.epochs, seed=settings.seed
    ).history


def verdicts(predictions: Array, data: Dataset) -> NDArray[np.int_]:
    """Of each row's prediction (…, samples): RIGHT, UNDECIDED or WRONG."""
    return says(predictions) * np.where(data.labels[:, 0] >= 0.5, 1, -1)


def predictions(histories: Mapping[str, History], epoch: int) -> str:
    """Markdown: what each network answers to each training row at `epoch`, and whether that is right."""
    data = next(iter(histories.values())).dataset
    lines = [f"| Plate | Happy? | {' | '.join(map(str.capitalize, histories))} |", "|:--|:--|:--|:--|"]
    answers = [history.network(epoch).predict(data.inputs)[:, 0] for history in histories.values()]
    marks = [
        [f"{p:.2f}\N{NO-BREAK SPACE}{MARKS[int(right)]}" for p, right in zip(row, verdicts(row, data))]
        for row in answers
    ]
    for plate, label, *cells in zip(data.inputs, data.labels[:, 0], *marks):
        name = f"`{code(plate)}` {plate_name(data.names, plate)}"
        lines.append(f"| {name} | {'yes' if label >= 0.5 else 'no'} | {' | '.join(cells)} |")
    return "\n".join(lines)


@dataclass(frozen=True)
class Score:
    """How many rows a network has right, and how many it is undecided about."""

    right: int
    undecided: int
    rows: int

    @classmethod
    def of(cls, history: History, epoch: int) -> "Score":
        """The score at `epoch`."""
        found = verdicts(history.network(epoch).predict(history.dataset.inputs)[:, 0], history.dataset)
        return cls(int((found == RIGHT).sum()), int((found == UNDECIDED).sum()), len(found))

    def __str__(self) -> str:
        """In words, with the undecided where there are any."""
        undecided = f" ({self.undecided} undecided)" if self.undecided else ""
        return f"{self.right} of {self.rows} plates right{undecided}"


def verdict(histories: Mapping[str, History], epoch: int) -> str:
    """What the two networks have learned by `epoch`, and whether the one with a bias gets all rows right at all."""
    able = histories[WITH]
    score, other = Score.of(able, epoch), Score.of(histories[WITHOUT], epoch)
    text = f"At epoch {epoch:,}, the network with a bias has **{score}**, without one **{other}**."
    if score.right == score.rows:
        return text
    everywhere = verdicts(able.predict(able.dataset.inputs)[:, :, 0], able.dataset)
    complete = np.flatnonzero((everywhere == RIGHT).all(axis=1))
    if complete.size:
        return f"{text} With a bias, all {score.rows} are right for the first time at epoch {complete[0]:,}."
    return (
        f"{text} With a bias all {score.rows} can be right, but not in this run: more epochs or another rate may do it."
    )


def demands(history: History, epoch: int) -> str:
    """LaTeX: what the rows 100, 001 and 101 ask of a single neuron, and the sums as they are at `epoch`."""
    coffee, chili = r"w_{\text{coffee}}", r"w_{\text{chili}}"
    plates, answers, signs = ("100", "001", "101"), (0, 0, 1), ("<", "<", ">")
    sums = history.network(epoch)
    lines = []
    for plate, answer, sign, sides in zip(plates, answers, signs, ([coffee], [chili], [coffee, chili])):
        inputs = np.array([[float(digit) for digit in plate]])
        now = float((inputs @ sums.weights[0] + sums.biases[0])[0, 0])
        left = " + ".join(sides + ["b"] * history.bias)
        holds = r"\checkmark" if (now < 0 if sign == "<" else now > 0) else r"\times"
        lines.append(rf"\texttt{{{plate}}} \to {answer}:&\ {left} {sign} 0 & {shown(now, 4)}&\ {holds}")
    return r"\small\begin{aligned}" + r"\\ ".join(lines) + r"\end{aligned}"


def empty_plate(history: History, epoch: int) -> str:
    """What an empty plate is answered, with the bias of `history` at `epoch` and without any."""
    network = history.network(epoch)
    bias = float(network.biases[0][0])
    answer = float(network.predict([[0.0] * network.layers[0]])[0, 0])
    return (
        "**With no box ticked** every input is 0 and only the bias is left. Without one the answer is "
        rf"$\sigma(0) = 0.5$, before training and after any. With one it is $\sigma(b)$, and that can be learned: "
        rf"at epoch {epoch:,}, $\sigma({bias:.2f}) \approx {answer:.4f}$."
    )


def question(settings: Settings) -> str:
    """A question that moving a control answers."""
    another = (settings.seed + 1) % (MAX_SEED + 1)
    other = link(settings, epochs=MAX_EPOCHS, seed=another, epoch=None)
    return (
        f"**Your turn.** [Train both for {MAX_EPOCHS:,} epochs from another start]({other}): "
        "does that save the network without a bias?"
    )
