"""A running page, and a browser to visit it with."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.server import Server

CHROMIUM = shutil.which("chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser the browser tests are skipped; where CI runs they must not be."""
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason="needs Debian's chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    assert CHROMIUM, "no chromium on this machine"
    quiet = ["no-first-run", "disable-gpu", "disable-quic", "disable-background-networking", "disable-component-update"]
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-sync", *(f"--{name}" for name in quiet)]}


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running
        assert running.complaints() == ""


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    return server.url


@pytest.fixture
def page(page: Any) -> Iterator[Any]:
    """A page that ends the test if its console says anything."""
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    yield page
    assert said == []
