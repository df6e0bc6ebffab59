"""The answer to the ticked plate, frame by frame: the largest thing on the page, and what it rests on."""

from ui.component import component

_answer = component("answer", "answer", scripts=("words.js", "follow.js"))


def answer() -> None:
    """Mount the answer. It never changes by itself: it follows the player."""
    _answer(key="answer")
