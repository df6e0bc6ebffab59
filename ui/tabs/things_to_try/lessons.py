"""Things to try with hidden layers: one neuron can't, two can, four nearly always do."""

from collections.abc import Mapping
from typing import Any

from ui import actions
from ui.settings import NETWORK_PRESETS, PRESETS

PARITY, IFF = PRESETS["Odd number (parity)"], PRESETS["Coffee if and only if chili"]
# A network that learns whatever answers no single neuron can learn: tests try all such tables.
HIDDEN_LAYER: Mapping[str, Any] = {
    **NETWORK_PRESETS["Four tanh neurons"],
    "generation": "third",
    "optimizer": "descent",
    "bias": True,
    "lr": 3.0,
    "epochs": 5_000,
    "seed": 0,
    "epoch": None,
    "neuron": None,
}


def button(words: str, preset: str = "Four tanh neurons", data: str = PARITY, **changes: Any) -> str:
    """HTML of a button that sets a network of this preset, trained on `data`, and all that decides how it ends."""
    return actions.button(words, **{**HIDDEN_LAYER, **NETWORK_PRESETS[preset], "data": data, **changes})


def text() -> str:
    """HTML: the lessons."""
    two, deep = "Two tanh neurons", "Three layers of sigmoid"
    vanishing: dict[str, Any] = {"start": "glorot", "lr": 1.0, "seed": 1}
    lessons = (
        f"{button('One neuron', 'No hidden layer')}: how many plates does it get right? Its plane cuts the cube once.",
        f"{button('Two hidden neurons', two)} can. What has each found? From {button('another start', two, seed=3)} "
        "the same two get stuck: about two starts in three succeed.",
        f"{button('Three', layers=(3,))} do it from nearly every start, and {button('four')} from as good as every "
        "one. What does the fourth find?",
        f"{button('Four that start equal', 'Four that start equal')}: why do they never differ, however long they "
        "train?",
        f"{button('Four ReLU neurons', 'Four ReLU neurons', seed=3)}: about one start in five succeeds. Here some are "
        "dead: they answer 0 to every plate. Why can nothing wake them?",
        f"{button(deep, deep, tab='tug-of-war', **vanishing | {'epoch': 0})}: how small is the first layer’s "
        f"gradient? After {button('all epochs', deep, tab='tug-of-war', **vanishing)} it has not learned a thing, but "
        f"{button('tanh', deep, **vanishing | {'activation': 'tanh'})} gets every plate right.",
        f"One more that {button('one neuron', 'No hidden layer', data=IFF)} can’t do and "
        f"{button('two can', two, data=IFF)}: coffee if and only if chili. Pizza has no say: how does the network see "
        "to that?",
    )
    return (
        "<p><b>One neuron can’t, two can, four nearly always do.</b> Happy with an odd number of ingredients, so that "
        "each one more turns the answer. Before you press, guess what you will see:</p>"
        f"<ul>{''.join(f'<li>{lesson}</li>' for lesson in lessons)}</ul>"
    )
