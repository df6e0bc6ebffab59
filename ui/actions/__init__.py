"""Sentences with buttons in them that set the page: what a text speaks of is one press away."""

from functools import partial
from html import escape
from typing import Any
from urllib.parse import urlencode

from ui import session
from ui.component import component
from ui.settings import DEFAULTS, text

_actions = component("actions", "actions", html='<div class="text"></div>')


def button(words: str, **changes: Any) -> str:
    """HTML of a button that makes these changes of settings, for `say`."""
    query = {name: "" if value == getattr(DEFAULTS, name) else text(value) for name, value in changes.items()}
    return f'<button type="button" data-changes="{escape(urlencode(query))}">{words}</button>'


def say(html: str, key: str = session.ACTIONS) -> None:
    """Show `html`, which must be our own, once on a page for each `key`. Its buttons change settings."""
    # For a bare string Streamlit would load pandas, to see whether it is a table.
    _actions(key=key, data={"html": html}, on_changes_change=partial(session.acted, key))
