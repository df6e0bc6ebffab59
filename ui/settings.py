"""Everything a visitor can choose, as one value: its defaults, its rules, and its way into a link and back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

INGREDIENTS = ("coffee", "pizza", "chili")
FIRST_ATTEMPT, SECOND_GENERATION = "First attempt", "Second generation"
GENERATIONS = (FIRST_ATTEMPT, SECOND_GENERATION)
SCALES = ("linear", "logarithmic")
TABS = ("Things to try", "One epoch by hand", "Tug of war", "Why a bias?", "Ask 1,000 networks", "The code")
LEARNING_RATES = (
    *(float(f"{step}e{decade}") for decade in range(-3, 2) for step in (1, 1.5, 2, 3, 5, 7)),
    100.0,
)
FIRST_ATTEMPT_RATE = 1.0
MAX_EPOCHS = 10_000
MAX_SEED = 999_999


def rate_text(rate: float) -> str:
    """A learning rate as people write it: 0.001, 1, 30."""
    return f"{rate:g}"


@dataclass(frozen=True)
class Settings:
    """One state of the page. The field names are the link's query parameters."""

    generation: str = SECOND_GENERATION
    lr: float = 1.0
    epochs: int = 5_000
    seed: int = 0
    coffee: bool = True
    pizza: bool = False
    chili: bool = True
    scale: str = SCALES[0]
    tab: str = TABS[0]
    epoch: int | None = None

    @property
    def bias(self) -> bool:
        """Whether this generation's neuron has a bias."""
        return self.generation != FIRST_ATTEMPT

    @property
    def learning_rate(self) -> float:
        """The rate trained with: the first attempt knows none, its step is the whole gradient."""
        return self.lr if self.bias else FIRST_ATTEMPT_RATE

    @property
    def plate(self) -> tuple[bool, ...]:
        """The ticked boxes, in the order of the data set's inputs."""
        return (self.coffee, self.pizza, self.chili)

    @property
    def standing(self) -> int:
        """The epoch the page is about: the one chosen, or the last."""
        return self.epochs if self.epoch is None else self.epoch

    @property
    def run_name(self) -> str:
        """What tells one run from another: the player starts by itself only when this changes."""
        return f"{self.generation}, {self.learning_rate:g}, {self.epochs}, {self.seed}"


DEFAULTS = Settings()


def _number(text: str) -> float:
    # Python's own reading is broader than people's: 1_0, or digits of any script.
    if "_" in text or not text.isascii():
        raise ValueError
    return float(text)


def _rate(text: str) -> float:
    value = _number(text)
    if value not in LEARNING_RATES:
        raise ValueError
    return value


def _whole(maximum: int, minimum: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        value = _number(text)
        if not minimum <= value <= maximum or not value.is_integer():
            raise ValueError
        return int(value)

    return parse


def _flag(text: str) -> bool:
    return {"true": True, "false": False}[text.lower()]


def _one_of(*allowed: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in allowed:
            raise ValueError
        return text

    return parse


@dataclass(frozen=True)
class _Rule:
    """How one setting is called on the page, read from a link, and described to who got it wrong."""

    label: str
    parse: Callable[[str], Any]
    allowed: str


_BOX = "true or false"
_RULES: dict[str, _Rule] = {
    "generation": _Rule("Network generation", _one_of(*GENERATIONS), " or ".join(GENERATIONS)),
    "lr": _Rule(
        "Learning rate", _rate, f"a stop of the slider: {', '.join(map(rate_text, LEARNING_RATES[:4]))} … 70, 100"
    ),
    "epochs": _Rule("Epochs", _whole(MAX_EPOCHS, 1), f"a whole number from 1 to {MAX_EPOCHS:,}"),
    "seed": _Rule("Random seed", _whole(MAX_SEED, 0), f"a whole number from 0 to {MAX_SEED:,}"),
    "coffee": _Rule("Coffee", _flag, _BOX),
    "pizza": _Rule("Pizza", _flag, _BOX),
    "chili": _Rule("Chili", _flag, _BOX),
    "scale": _Rule("Cost axis", _one_of(*SCALES), " or ".join(SCALES)),
    "tab": _Rule("Tab", _one_of(*TABS), " or ".join(TABS)),
    "epoch": _Rule("Epoch", _whole(MAX_EPOCHS, 0), "a whole number from 0 to the number of epochs"),
}


def from_query(query: Mapping[str, str]) -> tuple[Settings, list[str]]:
    """The settings a link asks for, and one sentence for each value that could not be used (its default stands in)."""
    values: dict[str, Any] = {}
    problems = []
    for name, rule in _RULES.items():
        if name in query:
            try:
                values[name] = rule.parse(query[name])
            except (ValueError, KeyError, OverflowError):
                problems.append(_problem(name, query[name]))
    settings = replace(DEFAULTS, **values)
    if settings.epoch is not None and settings.epoch > settings.epochs:
        problems.append(
            _problem("epoch", query["epoch"], f"a whole number from 0 to {settings.epochs:,}, the last epoch")
        )
        settings = replace(settings, epoch=None)
    return settings, problems


def _problem(name: str, text: str, allowed: str | None = None) -> str:
    rule = _RULES[name]
    shown = text if len(text) <= 40 else f"{text[:39]}…"
    default = getattr(DEFAULTS, name)
    instead = "the last epoch" if default is None else to_text(default)
    return (
        f"{rule.label} “{shown}” ({name} in the link) can’t be used: it must be {allowed or rule.allowed}. "
        f"The page uses {instead} instead."
    )


def to_query(settings: Settings) -> dict[str, str]:
    """The query parameters of a link to these settings: only what differs from the default."""
    return {
        field.name: to_text(value)
        for field in fields(settings)
        if (value := getattr(settings, field.name)) != field.default
    }


def to_text(value: Any) -> str:
    """One setting's value as it stands in a link."""
    if isinstance(value, bool):
        return str(value).lower()
    return rate_text(value) if isinstance(value, float) else str(value)
