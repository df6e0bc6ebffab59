"""A running page, and a browser to visit it with."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page

from tests.server import Server

CHROMIUM = shutil.which("chromium")

# A test never asserts a time: this machine may be busy.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser the browser tests are skipped; where CI runs they must not be."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason="needs Debian's chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    assert CHROMIUM, "no chromium on this machine"
    flags = ["no-sandbox", "no-first-run", "disable-gpu", "disable-quic", "disable-sync", "disable-component-update"]
    flags += ["disable-background-networking", "process-per-site"]
    # Where a test answers for the server, Chromium would take it for a stranger that asks for this machine.
    flags += ["disable-features=LocalNetworkAccessChecks"]
    return {"executable_path": CHROMIUM, "args": [f"--{flag}" for flag in flags]}


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server("app.py", "--logger.level=warning") as running:
        yield running
        complaints = running.complaints()
        assert not complaints, complaints


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    return server.url


@pytest.fixture(scope="session")
def context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """Opens all pages in one process: its first page stays open, so that the scripts are compiled only once."""
    with browser.new_context(**browser_context_args) as context:
        context.new_page().goto("/_stcore/health")
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test if its console says anything."""
    said: list[str] = []
    with context.new_page() as page:
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        yield page
    assert said == []
