"""Everything a visitor can choose, as one value: its fields, its defaults, and the rule that each has to keep."""

import reprlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from nnlib import Architecture, Experiment, datasets
from ui import words

INGREDIENTS = ("coffee", "pizza", "chili")
LEARNING_RATES = (
    *(float(f"{step}e{decade}") for decade in range(-3, 2) for step in (1, 1.5, 2, 3, 5, 7)),
    100.0,
)
MAX_EPOCHS = 10_000
MAX_SEED = 999_999
SCALES = ("linear", "logarithmic")
PRESETS = {name[0].upper() + name[1:]: letters for name, letters in datasets.PRESETS.items()}
TABS = {
    "try": "Things to try",
    "by-hand": "One epoch by hand",
    "tug-of-war": "Tug of war",
    "why-bias": "Why a bias?",
    "survey": "Ask 1,000 networks",
    "code": "The code",
}


@dataclass(frozen=True)
class Generation:
    """A network of the tutorial. learning_rate: the one it always has, None where the learner chooses."""

    name: str
    caption: str
    bias: bool
    learning_rate: float | None


GENERATIONS = {
    "first": Generation("First attempt", "a bare neuron: no bias, no learning rate", bias=False, learning_rate=1.0),
    "second": Generation(
        "Second generation", "the same neuron with a bias and a learning rate", bias=True, learning_rate=None
    ),
}


class _ChoiceError(ValueError):
    """A text that is not allowed."""


def _number(text: str) -> float:
    # float() reads more than people write: 1_0, or digits of any script.
    if "_" in text or not text.isascii():
        raise _ChoiceError
    return float(text)


def _rate(text: str) -> float:
    if (value := _number(text)) not in LEARNING_RATES:
        raise _ChoiceError
    return value


def _whole(minimum: int, maximum: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = _number(text)
        if not minimum <= value <= maximum or not value.is_integer():
            raise _ChoiceError
        return int(value)

    return read


def _flag(text: str) -> bool:
    return {"true": True, "false": False}[text.lower()]


def _one_of(slugs: Mapping[str, str]) -> Callable[[str], str]:
    """Read a choice by its slug or, as links of earlier versions have it, by its label."""
    by_label = {label: slug for slug, label in slugs.items()}

    def read(text: str) -> str:
        return text if text in slugs else by_label[text]

    return read


def _answers(text: str) -> str:
    if len(text) != 2 ** len(INGREDIENTS) or set(text) - set("yn-") or set(text) == {"-"}:
        raise _ChoiceError
    return text


@dataclass(frozen=True)
class Rule:
    """What one setting is called on the page, how it is read from text, and what is allowed, in words."""

    label: str
    read: Callable[[str], Any]
    allowed: str


def _setting(default: Any, label: str, read: Callable[[str], Any], allowed: str) -> Any:
    return field(default=default, metadata={"rule": Rule(label, read, allowed)})


def _box(name: str, default: bool) -> Any:
    return _setting(default, name.capitalize(), _flag, "true or false")


@dataclass(frozen=True)
class Settings:
    """One state of the page: an experiment, and how it is looked at. The fields are the link's query parameters.

    data: the answer to each of the plates 000 … 111, y(es), n(o) or - where the network is not told.
    epoch: where the player stands; None is the last epoch, whichever number that has.
    """

    generation: str = _setting(
        "second",
        "Network generation",
        _one_of({slug: generation.name for slug, generation in GENERATIONS.items()}),
        " or ".join(GENERATIONS),
    )
    lr: float = _setting(
        1.0, "Learning rate", _rate, f"a stop of the slider: {', '.join(map(words.rate, LEARNING_RATES[:4]))} … 70, 100"
    )
    epochs: int = _setting(5_000, "Epochs", _whole(1, MAX_EPOCHS), f"a whole number from 1 to {MAX_EPOCHS:,}")
    seed: int = _setting(0, "Random seed", _whole(0, MAX_SEED), f"a whole number from 0 to {MAX_SEED:,}")
    data: str = _setting(
        datasets.TUTORIAL,
        "Training data",
        _answers,
        "eight letters for the plates 000 to 111, each y (happy), n (not happy) or - (not told), and not all -",
    )
    coffee: bool = _box("coffee", True)
    pizza: bool = _box("pizza", False)
    chili: bool = _box("chili", True)
    scale: str = _setting(
        SCALES[0], "Cost axis", _one_of({scale: scale for scale in SCALES}), words.listed(SCALES, "or")
    )
    tab: str = _setting("try", "Tab", _one_of(TABS), words.listed(list(TABS), "or"))
    epoch: int | None = _setting(None, "Epoch", _whole(0, MAX_EPOCHS), "a whole number from 0 to the last epoch")

    @property
    def network(self) -> Generation:
        """The generation, with all that it stands for."""
        return GENERATIONS[self.generation]

    @cached_property
    def experiment(self) -> Experiment:
        """All that determines the run."""
        return Experiment(
            data=datasets.plates(self.data),
            architecture=Architecture((len(INGREDIENTS), 1), bias=self.network.bias),
            learning_rate=self.network.learning_rate or self.lr,
            epochs=self.epochs,
            seed=self.seed,
        )

    @property
    def run_id(self) -> str:
        """What the player calls the run: the same for equal experiments, and no other."""
        experiment = self.experiment
        layers = "-".join(map(str, experiment.architecture.layers))
        bias = "with" if experiment.architecture.bias else "without"
        rate, epochs, seed = words.rate(experiment.learning_rate), experiment.epochs, experiment.seed
        return f"{self.data}, {layers} {bias} bias, rate {rate}, {epochs} epochs, seed {seed}"

    @property
    def plate(self) -> tuple[bool, ...]:
        """The ticked boxes, in the order of the data set's inputs."""
        return (self.coffee, self.pizza, self.chili)

    @property
    def current_epoch(self) -> int:
        """The epoch the page is about."""
        return self.epochs if self.epoch is None else self.epoch


DEFAULTS = Settings()
RULES: Mapping[str, Rule] = {setting.name: setting.metadata["rule"] for setting in fields(Settings)}


def text(value: Any) -> str:
    """A setting's value as text: what its rule reads."""
    if isinstance(value, bool):
        return str(value).lower()
    return words.rate(value) if isinstance(value, float) else str(value)


def checked(name: str, value: Any) -> Any:
    """`value`, of any type and from anywhere, as setting `name` has it; raises ValueError where its rule is broken."""
    if name not in RULES:
        raise ValueError(f"a setting must be one of {words.listed([*RULES], 'or')}, got {reprlib.repr(name)} instead")
    if value is None and getattr(DEFAULTS, name) is None:
        return None
    try:
        return RULES[name].read(_plain(value))
    except (ValueError, KeyError) as error:
        raise ValueError(f"{name} must be {RULES[name].allowed}, got {reprlib.repr(value)} instead") from error


def _plain(value: Any) -> str:
    # Not as `text` has it, which rounds.
    if not isinstance(value, str | int | float):
        raise _ChoiceError
    return str(value)
