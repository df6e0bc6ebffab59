"""What the tab says in words: which step this is, what it does to the cost, and something to try."""

from collections.abc import Sequence

from nnlib import Explanation, Optimizer
from nnlib.optimizers import GRADIENT_DESCENT
from ui import actions, words
from ui.examples import DEEP, VANISHING, button
from ui.settings import DEFAULTS
from ui.tabs.step import View, standing

# A change smaller than this share of the cost is the rounding of floats.
NOTHING = 1e-13

AGAINST = {
    "gradient descent": "against the slope of the cost",
    "momentum": "against the slopes of the cost, this one’s and the last ones’",
    "adam": "against the slopes of the cost, this one’s and those before, measured by their size",
}


def opening(epoch: int, last: int, optimizer: Optimizer = GRADIENT_DESCENT) -> str:
    """HTML: which step this is, with a button to the first."""
    against = AGAINST[optimizer.name]
    next_one = " that would come next," if epoch == last else ""
    text = (
        "<p>In an epoch the network looks at every training row once, and then moves every weight once, "
        f"{against}. Here is the step{next_one} from epoch {epoch:,} to {epoch + 1:,}, number by number. "
    )
    if epoch:
        text += f"Or begin {actions.button('from the first epoch', epoch=0)}."
    else:
        text += "It is the first: the weights are still random."
    return f"{text}</p><p><b>One row, step by step.</b> Choose a row, and a weight that learns from it.</p>"


def cost_sentence(step: Explanation, *, comes_next: bool) -> str:
    """HTML: the cost before and after the step, also where it went up."""
    before, after = step.cost, step.cost_after
    if abs(after - before) <= NOTHING * before:
        would = "would leave" if comes_next else "left"
        return f"This step {would} the cost where it is, at {words.small(before)}: it is too short to move it."
    digits = words.decimals(after - before, 2, least=4, most=16)
    way = f"from {words.small(before, digits)} to {words.small(after, digits)}"
    if after < before:
        return f"This step {'would lower' if comes_next else 'lowered'} the cost, {way}."
    if step.optimizer.remembers:
        raises = "would raise" if comes_next else "raised"
        return f"This step {raises} the cost, {way}: it goes by earlier gradients, too, and not by this one alone."
    if comes_next:
        return f"This step would raise the cost, {way}: it is longer than the slope is straight."
    return f"This step raised the cost, {way}: it was longer than the slope is straight."


def neighbours(view: View) -> str:
    """HTML: where a neuron's d comes from and where its δ goes, each a button that looks at that neuron."""

    def buttons(neurons: Sequence[View]) -> str:
        return words.listed([actions.button(each.name, neuron=each.slug) for each in neurons])

    sentences = [f"<b>{view.name.capitalize()}.</b>"]
    if view.feeds:
        sentences.append(f"What it answers goes to {buttons(view.feeds)}, and from there its <i>d</i> comes back.")
    if view.is_fed_by:
        sentences.append(f"It hands its δ back to {buttons(view.is_fed_by)}.")
    return f"<p>{' '.join(sentences)}{standing(view)}</p>"


def question(view: View) -> str:
    """HTML: the tab's last words, something to find out by moving a control."""
    if not view.is_alone:
        look = button("Three layers of sigmoid", DEEP, **{**VANISHING, "epoch": 0, "neuron": "1-1"})
        return (
            f"<p><b>Your turn.</b> {look} before the first epoch: follow δ from the output back to a neuron of the "
            "first layer. Which factors make it so small?</p>"
        )
    stuck = actions.button(
        "gets stuck", generation="second", data=DEFAULTS.data, lr=100.0, seed=2, epochs=5_000, epoch=None
    )
    return (
        f"<p><b>Your turn.</b> On the tutorial’s table, with learning rate 100 and random seed 2, the network {stuck}: "
        "two rows are wrong by almost 1, yet they ask for almost nothing. Which of their numbers silences them?</p>"
    )
