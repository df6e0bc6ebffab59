"""Things to try: questions that moving one control answers, each with a button that sets it."""

from nnlib import History
from ui import actions, examples
from ui.settings import DEFAULTS, Settings
from ui.tabs.things_to_try import lessons

EMPTY_PLATE_HAPPY = f"y{DEFAULTS.data[1:]}"


def show(_history: History, settings: Settings) -> None:
    """Draw the tab: the buttons keep whatever else the visitor has set."""
    actions.say(text(settings))


def text(settings: Settings) -> str:
    """HTML: the questions, for the answers that `settings` give; with hidden layers to choose, what those do."""
    if settings.has_layers:
        return lessons.text()

    def button(words: str, **changes: object) -> str:
        return actions.button(words, generation="second", epoch=None, **changes)

    never_told = ", a plate it is never told" if settings.data[0] == "-" else ""
    questions = (
        f"A learning rate of {button('0.01', lr=0.01)}, and one of {button('30', lr=30.0)}: which learns, how fast?",
        f"Is more always better? A rate of {button('100 from another start', lr=100.0, seed=2)}.",
        f"{actions.button('Take the bias away', generation='first', epoch=None)}: does it still get every plate right?",
        f"{button('No box ticked', coffee=False, pizza=False, chili=False)}{never_told}: what does it say, and where "
        "does it get that from?",
        f"Tell the tutorial’s network that {button('an empty plate makes you happy', data=EMPTY_PLATE_HAPPY)}, or ask "
        f"for an {button('odd number of ingredients', data=examples.PARITY)}: can one neuron do it? Then give the odd "
        f"number {examples.button('a hidden layer')}.",
    )
    return (
        "<p>Change any answer in the table of plates and see what the network makes of it. The tabs beside this one "
        "show what happens inside. Before you press, guess what you will see:</p>"
        f"<ul>{''.join(f'<li>{question}</li>' for question in questions)}</ul>"
    )
