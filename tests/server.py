"""A running page: a script of this repository, served as the README says."""

import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent


class Server:
    """Streamlit on a free port of this machine, with the repository's settings and any further `options`."""

    def __init__(self, script: str = "app.py", *options: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._folder = TemporaryDirectory()
        self._log = Path(self._folder.name) / "log.txt"
        served = ["--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}"]
        self._command = [sys.executable, "-m", "streamlit", "run", script, *served, *options]
        self._start()

    def _start(self) -> None:
        with self._log.open("w") as output:
            self._process = subprocess.Popen(self._command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The number of the server's process."""
        return self._process.pid

    def complaints(self) -> str:
        """What the server has printed since it was ready: nothing, if all is well."""
        lines = self._log.read_text().removeprefix(self._greeting).splitlines()
        return "\n".join(line for line in lines if line.strip() and "URL:" not in line and "Streamlit app" not in line)

    def restart(self) -> None:
        """Kill the server and start it again at the same address: it remembers nobody."""
        self._process.kill()
        self._process.wait(10)
        self._start()

    def stop(self) -> None:
        """End the server and wait until it is gone."""
        self._end()
        self._folder.cleanup()

    def _end(self) -> None:
        self._process.terminate()
        self._process.wait(10)
