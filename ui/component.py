"""How the page's own components are put together from their files."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import streamlit as st

UI = Path(__file__).parent


def component(
    name: str,
    folder: str,
    *,
    html: str = "",
    styles: tuple[str, ...] = (),
    scripts: tuple[str, ...] = (),
    constants: Mapping[str, object] = MappingProxyType({}),
) -> Callable[..., Any]:
    """Declare the component `name`, whose files `name`.html, .css and .js lie in `folder`, relative to `ui`.

    html: instead of a file. constants: values that the scripts can read, by name.
    styles, scripts: further files, relative to `ui`, that come before its own.
    """
    own = UI / folder / name
    style = own.with_suffix(".css")
    sheets = (*(UI / sheet for sheet in styles), style, UI / "paper.css") if style.exists() else ()
    return st.components.v2.component(
        name,
        html=html or (read(own.with_suffix(".html")) if own.with_suffix(".html").exists() else None),
        css="".join(map(read, sheets)) or None,
        js="".join(f"const {each} = {json.dumps(value)};\n" for each, value in constants.items())
        + "".join(read(UI / script) for script in scripts)
        + read(own.with_suffix(".js")),
    )


def read(file: Path) -> str:
    """The text of a file."""
    return file.read_text("utf-8")
