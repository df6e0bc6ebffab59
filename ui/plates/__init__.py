"""The table of the eight plates: what the network is told of each, to be changed here, and what it says."""

from nnlib import datasets
from ui import words
from ui.component import UI, component, read
from ui.settings import INGREDIENTS

CHOICES = {"y": ("yes", "happy"), "n": ("no", "not happy"), "-": ("–", "not told")}


def _row(number: int) -> str:
    name = words.plate(INGREDIENTS, datasets.combinations(len(INGREDIENTS))[number])
    options = "".join(
        f'<label title="{meaning}"><input type="radio" name="{number}" value="{letter}" aria-label="{word}, {meaning}">'
        f'<span aria-hidden="true">{word}</span></label>'
        for letter, (word, meaning) in CHOICES.items()
    )
    return (
        f'<tr data-plate="{number}"><th scope="row">{name}</th>'
        f'<td><div class="choice" role="radiogroup" aria-label="{name}: happy?">{options}</div></td>'
        '<td class="answer"><span class="value" translate="no"></span> <span class="mark"></span></td></tr>'
    )


_plates = component(
    "plates",
    "plates",
    html=read(UI / "plates" / "plates.html").replace("ROWS", "".join(map(_row, datasets.PLATE_ORDER))),
    scripts=("words.js", "follow.js"),
)


def plates() -> None:
    """Mount the table. It never changes by itself: it follows the player, and answers through the scene."""
    _plates(key="plates")
