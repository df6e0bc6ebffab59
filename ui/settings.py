"""Everything a visitor can choose, as one value: its fields, its defaults, and the rule that each has to keep."""

import reprlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

from nnlib import Architecture, Experiment, datasets
from nnlib.activations import ACTIVATIONS
from nnlib.starts import STARTS
from ui import words

INGREDIENTS = ("coffee", "pizza", "chili")
LEARNING_RATES = (
    *(float(f"{step}e{decade}") for decade in range(-3, 2) for step in (1, 1.5, 2, 3, 5, 7)),
    100.0,
)
MAX_EPOCHS = 10_000
MAX_SEED = 999_999
MAX_HIDDEN_LAYERS, MAX_NEURONS = 3, 8
SCALES = ("linear", "logarithmic")
VIEWS = ("neurons", "sigmoid", "cube")
# Links have short names for nnlib's.
OPTIMIZERS = {"descent": "gradient descent", "momentum": "momentum", "adam": "adam"}
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
    """A network of the tutorial. Fixed settings are those that it always has, whatever the learner has chosen."""

    name: str
    caption: str
    fixed: Mapping[str, Any]


ONE_NEURON: Mapping[str, Any] = {"layers": (), "activation": "sigmoid", "start": "normal", "optimizer": "descent"}
# Networks that show what hidden layers do: what they are called, and the settings that make them.
NETWORK_PRESETS: Mapping[str, Mapping[str, Any]] = {
    "Four tanh neurons": {"layers": (4,), "activation": "tanh", "start": "glorot"},
    "Two tanh neurons": {"layers": (2,), "activation": "tanh", "start": "glorot"},
    "Four ReLU neurons": {"layers": (4,), "activation": "relu", "start": "he"},
    "Four that start equal": {"layers": (4,), "activation": "tanh", "start": "equal"},
    "Three layers of sigmoid": {"layers": (8, 8, 8), "activation": "sigmoid", "start": "normal"},
    "No hidden layer": {"layers": (), "activation": "tanh", "start": "glorot"},
}
GENERATIONS = {
    "first": Generation("First attempt", "no bias, no learning rate", {**ONE_NEURON, "bias": False, "lr": 1.0}),
    "second": Generation("Second generation", "a bias and a learning rate", {**ONE_NEURON, "bias": True}),
    "third": Generation("Third generation", "hidden layers of neurons", {}),
}


class _ChoiceError(ValueError):
    """A text that is not allowed."""


NO_LAYERS = "0"


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


def _layers(text: str) -> tuple[int, ...]:
    if text == NO_LAYERS:
        return ()
    layers = tuple(map(_whole(1, MAX_NEURONS), text.split("-")))
    if len(layers) > MAX_HIDDEN_LAYERS:
        raise _ChoiceError
    return layers


def _neuron(text: str) -> str:
    layer, _, number = text.partition("-")
    return f"{_whole(1, MAX_HIDDEN_LAYERS + 1)(layer)}-{_whole(1, MAX_NEURONS)(number)}"


@dataclass(frozen=True)
class Rule:
    """What one setting is called on the page, how it is read from text, and what is allowed, in words."""

    label: str
    read: Callable[[str], Any]
    allowed: str


def _setting(default: Any, label: str, read: Callable[[str], Any], allowed: str) -> Any:
    return field(default=default, metadata={"rule": Rule(label, read, allowed)})


def _choice(default: str, label: str, values: Sequence[str]) -> Any:
    return _setting(default, label, _one_of({value: value for value in values}), words.listed(values, "or"))


def _box(name: str, default: bool) -> Any:
    return _setting(default, name.capitalize(), _flag, "true or false")


@dataclass(frozen=True)
class Settings:
    """One state of the page: an experiment, and how it is looked at. The fields are the link's query parameters.

    layers: how many neurons each hidden layer has. neuron: the one chosen to be looked at, such as 1-2 for the second
    one of the first layer, the output being the layer behind the hidden ones; None is none.
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
    layers: tuple[int, ...] = _setting(
        (4,),
        "Hidden layers",
        _layers,
        f"the neurons of up to {MAX_HIDDEN_LAYERS} layers, each from 1 to {MAX_NEURONS}, such as 4 or 8-8-8, "
        f"or {NO_LAYERS}",
    )
    activation: str = _choice("tanh", "Activation", list(ACTIVATIONS))
    start: str = _choice("glorot", "Start", list(STARTS))
    optimizer: str = _choice("descent", "Optimizer", list(OPTIMIZERS))
    bias: bool = _setting(True, "Bias", _flag, "true or false")
    data: str = _setting(
        datasets.TUTORIAL,
        "Training data",
        _answers,
        "eight letters for the plates 000 to 111, each y (happy), n (not happy) or - (not told), and not all -",
    )
    coffee: bool = _box("coffee", True)
    pizza: bool = _box("pizza", False)
    chili: bool = _box("chili", True)
    scale: str = _choice(SCALES[0], "Cost axis", SCALES)
    view: str = _choice(VIEWS[0], "What is answered", VIEWS)
    neuron: str | None = _setting(None, "Neuron", _neuron, "a layer and a number in it, such as 1-2")
    tab: str = _setting("try", "Tab", _one_of(TABS), words.listed(list(TABS), "or"))
    epoch: int | None = _setting(None, "Epoch", _whole(0, MAX_EPOCHS), "a whole number from 0 to the last epoch")

    @property
    def network(self) -> Generation:
        """The generation, with all that it stands for."""
        return GENERATIONS[self.generation]

    @cached_property
    def in_force(self) -> "Settings":
        """These settings with those that the generation fixes."""
        return replace(self, **self.network.fixed)

    @cached_property
    def experiment(self) -> Experiment:
        """All that determines the run."""
        chosen = self.in_force
        # Where nothing is hidden, there is nothing that its activation could decide.
        activation = chosen.activation if chosen.layers else ONE_NEURON["activation"]
        return Experiment(
            data=datasets.plates(self.data),
            architecture=Architecture((len(INGREDIENTS), *chosen.layers, 1), bias=chosen.bias, activation=activation),
            learning_rate=chosen.lr,
            epochs=self.epochs,
            seed=self.seed,
            start=chosen.start,
            optimizer=OPTIMIZERS[chosen.optimizer],
        )

    @property
    def run_id(self) -> str:
        """What the player calls the run: the same for equal experiments, and no other."""
        experiment = self.experiment
        shape = experiment.architecture
        layers = "-".join(map(str, shape.layers))
        bias = "with" if shape.bias else "without"
        return (
            f"{self.data}, {layers} {shape.activation.name} {bias} bias, {experiment.start.name} start, "
            f"{experiment.optimizer.name}, rate {words.rate(experiment.learning_rate)}, {experiment.epochs} epochs, "
            f"seed {experiment.seed}"
        )

    @property
    def chosen_neuron(self) -> tuple[int, int] | None:
        """The layer and the number of the neuron chosen, both counted from 0; None where there is none."""
        layers = (*self.in_force.layers, 1)
        if self.neuron is None:
            return None
        layer, number = (int(part) - 1 for part in self.neuron.split("-"))
        return (layer, number) if layer < len(layers) and number < layers[layer] else None

    @property
    def network_preset(self) -> str | None:
        """The name of the preset that has these hidden layers, or None."""
        for name, preset in NETWORK_PRESETS.items():
            if all(getattr(self, setting) == value for setting, value in preset.items()):
                return name
        return None

    @property
    def shown_view(self) -> str:
        """What stands beside the network: where no neurons are hidden, the sigmoid says what the neuron answers."""
        return "sigmoid" if self.view == "neurons" and not self.in_force.layers else self.view

    @property
    def plate(self) -> tuple[bool, ...]:
        """The ticked boxes, in the order of the data set's inputs."""
        return (self.coffee, self.pizza, self.chili)

    @property
    def plate_number(self) -> int:
        """The number of the ticked plate in counting order: 5 for 101."""
        return int(words.bits(self.plate), 2)

    @property
    def has_layers(self) -> bool:
        """Whether this generation leaves its layers open: what shows a single neuron may not be enough."""
        return "layers" not in self.network.fixed

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
    if isinstance(value, tuple):
        return "-".join(map(str, value)) or NO_LAYERS
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
    if isinstance(value, tuple):
        return text(value)
    if not isinstance(value, str | int | float):
        raise _ChoiceError
    return str(value)
