"""What the page's own pictures share: an SVG that follows the player, fits its column and can be saved.

A picture never changes on the server: all it shows comes with the scene, and so in the same frame as everything else.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

UI = Path(__file__).parent.parent


def _file(name: str) -> str:
    return (UI / name).read_text("utf-8")


def picture(key: str, *scripts: str) -> Callable[[], object]:
    """How to mount the picture `key`, made of `scripts` in `ui/` and of `ui/<key>/<key>.css` and `.js`."""
    component = st.components.v2.component(
        key,
        html=_file("picture/picture.html").replace("NAME", key),
        css=_file("picture/picture.css") + _file(f"{key}/{key}.css"),
        js="".join(map(_file, ("words.js", "picture/picture.js", "picture/save.js", *scripts, f"{key}/{key}.js"))),
    )
    return partial(component, key=key)
