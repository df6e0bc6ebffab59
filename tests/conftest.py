"""A running page, and a browser to visit it with."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parent.parent
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


class Server:
    """The page, served as the README says."""

    def __init__(self, log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._log = log
        options = ["--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}"]
        with log.open("w") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py", *options],
                cwd=ROOT,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self._wait()
        self._greeting = self._log.read_text()

    def _wait(self) -> None:
        until = monotonic() + 30
        while monotonic() < until:
            try:
                with urlopen(f"{self.url}/_stcore/health", timeout=1):  # noqa: S310
                    return
            except URLError:
                sleep(0.1)
        raise TimeoutError(self._log.read_text())

    def complaints(self) -> str:
        """What the server has printed since it was ready: nothing, if all is well."""
        lines = self._log.read_text().removeprefix(self._greeting).splitlines()
        return "\n".join(line for line in lines if line.strip() and "URL:" not in line and "Streamlit app" not in line)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("server") / "log.txt")
    yield running
    complaints = running.complaints()
    running.stop()
    assert complaints == ""


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
