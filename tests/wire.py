"""A wire between a browser and a server that can go dead, be cut and be mended: a TCP proxy in threads."""

import socket
from contextlib import suppress
from threading import Lock, Thread
from typing import Self
from urllib.parse import urlsplit


class Wire:
    """Carries bytes between a free port of this machine and the server at `url`."""

    def __init__(self, url: str) -> None:
        self._server = ("127.0.0.1", urlsplit(url).port)
        self._lock = Lock()
        self._ends: set[socket.socket] = set()
        self._port = 0
        self.mend()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()

    @property
    def url(self) -> str:
        """Where to reach the server by this wire."""
        return f"http://127.0.0.1:{self._port}"

    def mend(self) -> None:
        """Carry again, at the same address."""
        self._carries = True
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._port = self._listener.getsockname()[1]
        Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def go_dead(self) -> None:
        """Lose whatever is sent, with nobody noticing."""
        self._carries = False

    def cut(self) -> None:
        """End all connections and refuse new ones."""
        with self._lock:
            _close(self._listener)
            for end in self._ends:
                _close(end)
            self._ends.clear()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                try:
                    far = socket.create_connection(self._server)
                except OSError:
                    _close(near)
                    continue
                with self._lock:
                    self._ends |= {near, far}
                    if listener.fileno() == -1:
                        # Cut meanwhile.
                        _close(near)
                        _close(far)
                for source, target in ((near, far), (far, near)):
                    Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                if self._carries:
                    target.sendall(data)
        with self._lock:
            for end in (source, target):
                self._ends.discard(end)
                _close(end)


def _close(end: socket.socket) -> None:
    # Closing alone does not wake a thread that waits for it.
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
