"""What the tab says in words: which step this is, what it does to the cost, and something to try."""

from nnlib import Explanation
from ui import actions, words
from ui.settings import DEFAULTS

# A change smaller than this share of the cost is the rounding of floats.
NOTHING = 1e-13


def opening(epoch: int, last: int) -> str:
    """HTML: which step this is, with a button to the first."""
    next_one = " that would come next," if epoch == last else ""
    text = (
        f"<p>In an epoch the network looks at every training row once, and then moves every weight once, against the "
        f"slope of the cost. Here is the step{next_one} from epoch {epoch:,} to {epoch + 1:,}, number by number. "
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
    if comes_next:
        return f"This step would raise the cost, {way}: it is longer than the slope is straight."
    return f"This step raised the cost, {way}: it was longer than the slope is straight."


def question() -> str:
    """HTML: the tab's last words, something to find out by moving a control."""
    stuck = actions.button(
        "gets stuck", generation="second", data=DEFAULTS.data, lr=100.0, seed=2, epochs=5_000, epoch=None
    )
    return (
        f"<p><b>Your turn.</b> On the tutorial’s table, with learning rate 100 and random seed 2, the network {stuck}: "
        "two rows are wrong by almost 1, yet they ask for almost nothing. Which of their numbers silences them?</p>"
    )
