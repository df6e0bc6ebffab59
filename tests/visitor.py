"""A visitor without a browser: opens a Streamlit page and moves its controls, over Streamlit's own websocket protocol.

It sends what a browser sends (every widget's state, the link), and so is sent what a browser is sent: with this
project's settings a page sends every element whole, so there is nothing to keep. It draws nothing.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from urllib.parse import urlencode
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

T = TypeVar("T")

FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
PATIENCE = 30  # seconds until an answer counts as failed
BEFORE_THE_SOCKET = ("/", "/_stcore/health", "/_stcore/host-config")
TRIGGER = "$$STREAMLIT_INTERNAL_KEY"
PROTOCOLS = [Subprotocol("streamlit"), Subprotocol("PLACEHOLDER_AUTH_TOKEN")]


class WrongAnswerError(Exception):
    """The page answered, but not as it should."""


def await_(work: Coroutine[Any, Any, T]) -> T:
    """What `work` comes to, done in a thread of its own: in the main one Playwright keeps an event loop running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def socket_url(url: str) -> str:
    """Where the page at `url` speaks with its visitors."""
    return url.replace("http", "ws", 1) + "/_stcore/stream"


def _get(url: str) -> None:
    with urlopen(url, timeout=PATIENCE) as response:  # noqa: S310
        response.read()


@asynccontextmanager
async def visit(url: str, query: Mapping[str, str] | str) -> AsyncIterator["Visitor"]:
    """Open the page as a new visitor, by a link with this query, and leave it at the end."""
    for path in BEFORE_THE_SOCKET:
        await asyncio.to_thread(_get, url + path)
    async with speak(url, query) as visitor:
        yield visitor


@asynccontextmanager
async def speak(url: str, query: Mapping[str, str] | str = "") -> AsyncIterator["Visitor"]:
    """The same without the page's files, which no visitor without a browser needs."""
    async with connect(socket_url(url), subprotocols=PROTOCOLS, origin=None, max_size=None) as socket:
        visitor = Visitor(socket, url, query if isinstance(query, str) else urlencode(query))
        await visitor.run()
        yield visitor


class Visitor:
    """One open page."""

    def __init__(self, socket: ClientConnection, url: str, query: str) -> None:
        self._socket = socket
        self._widgets: dict[str, WidgetState] = {}
        self._sliders: dict[str, Slider] = {}
        self._fragments: dict[str, str] = {}  # id of a widget → the fragment it is part of
        self._ids: dict[str, str] = {}  # key of a widget → its id
        self.session = ""
        self._scene = b""
        self.html = ""  # all HTML of the last answer
        self._say = BackMsg()
        self._say.rerun_script.query_string = query
        self._say.rerun_script.context_info.url = f"{url}/?{query}"
        self._say.rerun_script.context_info.timezone = "UTC"
        self._say.rerun_script.context_info.locale = "en-US"
        self._say.rerun_script.context_info.color_scheme = "light"

    @property
    def scene(self) -> dict[str, Any]:
        """What the last answer tells the player, without its arrays: see `ui.player.encoder`."""
        length = int.from_bytes(self._scene[:8], "little")
        said: dict[str, Any] = json.loads(self._scene[8 : 8 + length])
        return said

    async def move(self, label: str, option: str) -> bytes:
        """Move the slider called `label` to `option`; return the page's whole answer."""
        slider = self._sliders[label]
        self._widgets[slider.id].string_array_value.data[:] = [option]
        return await self.run(self._fragments.get(slider.id, ""))

    async def tell(self, component: str, payload: str, *, whole: bool = False) -> bytes:
        """Have a component tell `payload`, in JSON a list of events with their values; return the answer.

        whole: have the whole page run, and not the fragment that the component is part of.
        """
        base = self._ids[component]
        told = WidgetState(id=f"{TRIGGER}_{base}__events", json_trigger_value=payload)
        return await self.run("" if whole else self._fragments[base], told)

    async def forge(self, key: str, *, whole: bool = False, **value: Any) -> bytes:
        """Report a state of the widget called `key` once, such as string_value="x"; return the answer."""
        state = WidgetState(id=self._ids[key])
        for field, content in value.items():
            if field.endswith("_array_value"):
                getattr(state, field).data[:] = content
                getattr(state, field).SetInParent()
            else:
                setattr(state, field, content)
        return await self.run("" if whole else self._fragments[state.id], state)

    async def run(self, fragment: str = "", *instead: WidgetState) -> bytes:
        """Have the page run, or a fragment of it, with everything as it stands; return what it sends till the end.

        instead: what this once takes the place of the states of the same widgets.
        """
        say = self._say.rerun_script
        say.fragment_id = fragment
        del say.widget_states.widgets[:]
        say.widget_states.widgets.extend((self._widgets | {state.id: state for state in instead}).values())
        await self._socket.send(self._say.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            return await self._answer()

    async def _answer(self) -> bytes:
        received: list[bytes] = []
        self._scene, self.html, self._error = b"", "", ""
        while True:
            data = await self._socket.recv(decode=False)
            received.append(data)
            message = ForwardMsg.FromString(data)
            match message.WhichOneof("type"):
                case "new_session":
                    self._say.rerun_script.page_script_hash = message.new_session.page_script_hash
                    self.session = message.new_session.initialize.session_id
                case "ref_hash":
                    raise WrongAnswerError("the page named a message instead of sending it")
                case "delta" if message.delta.HasField("new_element"):
                    self._meet(message.delta)
                case "delta" if message.delta.add_block.HasField("tab_container"):
                    self._remember(message.delta.add_block.tab_container.id, message.delta.fragment_id)
                case "script_finished":
                    if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        continue
                    if message.script_finished not in FINISHED:
                        raise WrongAnswerError("the script did not come to its end")
                    if self._error:
                        raise WrongAnswerError(self._error)
                    return b"".join(received)

    def _meet(self, delta: Delta) -> None:
        """Look at a new element: an error is remembered, and a widget, with the state it begins in."""
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self._error = str(element.exception)
        if kind is None:
            return
        widget = getattr(element, kind)
        if kind == "html":
            self.html += widget.body
        if kind == "slider":
            self._sliders[widget.label] = widget
        if kind == "bidi_component" and widget.component_name == "scene":
            self._scene = widget.bytes
        self._remember(getattr(widget, "id", ""), delta.fragment_id)
        state = beginning(kind, widget)
        if state and getattr(widget, "set_value", False):
            self._widgets[state.id] = state
        elif state:
            self._widgets.setdefault(state.id, state)

    def _remember(self, id_: str, fragment: str) -> None:
        # An id ends with the key, which has no hyphen in it. A widget with another key for each value takes the place
        # of the one before, whose state no browser would send any more.
        name = id_.rpartition("-")[2].partition("=")[0]
        if self._ids.get(name, id_) != id_:
            self._widgets.pop(self._ids[name], None)
        self._ids[name] = id_
        self._fragments[id_] = fragment


def beginning(kind: str, widget: Any) -> WidgetState | None:
    """The state a browser reports of a new widget; none for what has no state."""
    state = WidgetState(id=getattr(widget, "id", ""))
    match kind:
        case "checkbox":
            state.bool_value = widget.value if widget.set_value else widget.default
        case "number_input":
            state.int_value = int(widget.value if widget.set_value else widget.default)
        case "radio" | "selectbox":
            state.string_value = widget.raw_value if widget.set_value else widget.options[widget.default]
        case "button_group":
            defaults = [widget.options[place].content for place in widget.default]
            state.string_array_value.data[:] = widget.raw_values if widget.set_value else defaults
        case "slider" if widget.type == Slider.SELECT_SLIDER:
            defaults = [widget.options[int(place)] for place in widget.default]
            state.string_array_value.data[:] = widget.raw_value if widget.set_value else defaults
        case "slider":
            state.double_array_value.data[:] = widget.value if widget.set_value else widget.default
        case _:
            return None
    return state
