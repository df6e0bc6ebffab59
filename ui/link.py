"""The link: settings into the query of an address, and back."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from ui.settings import DEFAULTS, RULES, Settings, checked, text

LONGEST_QUOTE = 40
# What stands for a setting that is None.
NONE = {"epoch": "the last epoch", "neuron": "no neuron"}


def read(query: Mapping[str, str]) -> tuple[Settings, list[str]]:
    """The settings a link asks for, and one sentence for each value that can't be used: the default is."""
    values: dict[str, Any] = {}
    problems = []
    for name in RULES:
        if name in query:
            try:
                values[name] = checked(name, query[name])
            except ValueError:
                problems.append(_problem(name, query[name], RULES[name].allowed))
    settings = Settings(**values)
    if settings.epoch is not None and settings.epoch > settings.epochs:
        problems.append(_problem("epoch", query["epoch"], f"a whole number from 0 to {settings.epochs:,}, the last"))
        settings = replace(settings, epoch=None)
    if settings.neuron is not None and settings.chosen_neuron is None:
        problems.append(_problem("neuron", query["neuron"], "a neuron of the network chosen, such as 1-1"))
        settings = replace(settings, neuron=None)
    return settings, problems


def _problem(name: str, given: str, allowed: str) -> str:
    quoted = given if len(given) <= LONGEST_QUOTE else f"{given[: LONGEST_QUOTE - 1]}…"
    default = getattr(DEFAULTS, name)
    instead = NONE[name] if default is None else text(default)
    return (
        f"{RULES[name].label} “{quoted}” ({name} in the link) can’t be used: it must be {allowed}. "
        f"The page uses {instead} instead."
    )


def parameters(settings: Settings) -> dict[str, str | None]:
    """Every query parameter of the link to these settings: None where the setting has its default."""
    return {
        setting.name: None if (value := getattr(settings, setting.name)) == setting.default else text(value)
        for setting in fields(settings)
    }


def query(settings: Settings) -> dict[str, str]:
    """The query of the link to these settings: only what differs from the default."""
    return {name: value for name, value in parameters(settings).items() if value is not None}


def href(settings: Settings, **changes: Any) -> str:
    """The link to these settings with some of them changed, relative to the page."""
    return f"?{urlencode(query(replace(settings, **changes)))}"


def parse(href: str) -> tuple[Settings, list[str]]:
    """What `read` finds in a link that is given as text."""
    return read(dict(parse_qsl(href.partition("?")[2], keep_blank_values=True)))
