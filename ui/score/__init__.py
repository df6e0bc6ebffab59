"""The score of the run, in one line that follows the player frame by frame."""

from ui.component import component

_score = component("score", "score", scripts=("words.js", "follow.js"))


def score() -> None:
    """Mount the score. It never changes by itself: it follows the player."""
    _score(key="score")
