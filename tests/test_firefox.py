"""The page in Firefox, driven over WebDriver BiDi: it opens, plays to the end, and says what is true."""

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect

from nnlib import NeuralNetwork, datasets, train
from tests.server import Server
from tests.test_moments import READ, expected
from tests.visitor import await_

FIREFOX = shutil.which("firefox-esr")
PATIENCE = 60  # seconds until the browser counts as stuck

# Resolves when the player stands at this epoch and the four charts are drawn.
WAIT_FOR = """new Promise((then) => {
    const look = () => window.playerFrame?.epoch === EPOCH && document.querySelectorAll('.js-line').length >= 5
        ? then() : setTimeout(look, 50);
    look();
})"""


class Firefox:
    """One tab of a running Firefox."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._sent = 0
        self.tab = ""
        self.said: list[str] = []  # what its console says

    async def send(self, method: str, **params: Any) -> Any:
        """Have a command of WebDriver BiDi done; return its result."""
        self._sent += 1
        await self._socket.send(json.dumps({"id": self._sent, "method": method, "params": params}))
        while True:
            message = json.loads(await self._socket.recv())
            if message.get("method") == "log.entryAdded":
                self.said.append(f"{message['params']['level']}: {message['params']['text']}")
            if message.get("id") == self._sent:
                assert message["type"] == "success", message
                return message["result"]

    async def evaluate(self, expression: str) -> Any:
        """What a script in the page comes to, by way of JSON."""
        expression = f"Promise.resolve({expression}).then((value) => JSON.stringify(value ?? null))"
        found = await self.send(
            "script.evaluate", expression=expression, target={"context": self.tab}, awaitPromise=True
        )
        return json.loads(found["result"]["value"])

    async def press(self, key: str) -> None:
        """Press a key and let it go."""
        actions = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        await self.send("input.performActions", context=self.tab, actions=[source])


@asynccontextmanager
async def firefox(profile: Path) -> AsyncIterator[Firefox]:
    """A Firefox of its own, ended afterwards."""
    assert FIREFOX
    options = ["--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    process = await asyncio.create_subprocess_exec(FIREFOX, *options, stderr=asyncio.subprocess.PIPE)
    try:
        assert process.stderr
        address = None
        while address is None:
            line = (await process.stderr.readline()).decode()
            assert line, "Firefox ended before it was ready"
            address = re.search(r"WebDriver BiDi listening on (\S+)", line)
        async with connect(f"{address[1]}/session", max_size=None) as socket:
            driven = Firefox(socket)
            await driven.send("session.new", capabilities={})
            await driven.send("session.subscribe", events=["log.entryAdded"])
            driven.tab = (await driven.send("browsingContext.getTree"))["contexts"][0]["context"]
            yield driven
    finally:
        process.terminate()
        await process.communicate()


@pytest.mark.skipif(FIREFOX is None, reason="needs Debian's firefox-esr")
def test_in_firefox_the_page_opens_plays_to_its_end_and_says_what_is_true(server: Server, tmp_path: Path) -> None:
    history = train(NeuralNetwork.random((3, 1), seed=3), datasets.happiness(), learning_rate=2.0, epochs=500)

    async def visit() -> list[Any]:
        async with asyncio.timeout(PATIENCE), firefox(tmp_path) as driven:
            address = f"{server.url}/?lr=2&epochs=500&seed=3&epoch=9"
            await driven.send("browsingContext.navigate", context=driven.tab, url=address, wait="interactive")
            found = []
            for epoch, key in ((9, "\ue014"), (10, " "), (500, "")):  # an arrow to the right, then play
                await driven.evaluate(WAIT_FOR.replace("EPOCH", str(epoch)))
                found.append(await driven.evaluate(f"({READ})()"))
                if key:
                    await driven.press(key)
            return [*found, driven.said]

    *moments, said = await_(visit())
    for epoch, moment in zip((9, 10, 500), moments, strict=True):
        wanted = expected(history, datasets.TUTORIAL, epoch)
        assert moment.pop("score").startswith(wanted.pop("score"))
        assert moment == wanted
    assert said == []
