"""A visitor without a browser: opens a Streamlit page and moves its controls, over Streamlit's own websocket protocol.

It sends what a browser sends (every widget's state, the link), and so is sent what a browser is sent: with this
project's settings a page sends every element whole, so there is nothing to keep. It draws nothing.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
PATIENCE = 30  # seconds until an answer counts as failed
BEFORE_THE_SOCKET = ("/", "/_stcore/health", "/_stcore/host-config")
TRIGGER = "$$STREAMLIT_INTERNAL_KEY"
PROTOCOLS = [Subprotocol("streamlit"), Subprotocol("PLACEHOLDER_AUTH_TOKEN")]


class WrongAnswerError(Exception):
    """The page answered, but not as it should."""


def socket_url(url: str) -> str:
    """Where the page at `url` speaks with its visitors."""
    return url.replace("http", "ws", 1) + "/_stcore/stream"


def _get(url: str) -> None:
    with urlopen(url, timeout=PATIENCE) as response:  # noqa: S310
        response.read()


@asynccontextmanager
async def visit(url: str, query: Mapping[str, str]) -> AsyncIterator["Visitor"]:
    """Open the page as a new visitor, by a link with this query, and leave it at the end."""
    for path in BEFORE_THE_SOCKET:
        await asyncio.to_thread(_get, url + path)
    async with connect(socket_url(url), subprotocols=PROTOCOLS, origin=None, max_size=None) as socket:
        visitor = Visitor(socket, url, query)
        await visitor.run()
        yield visitor


class Visitor:
    """One open page."""

    def __init__(self, socket: ClientConnection, url: str, query: Mapping[str, str]) -> None:
        self._socket = socket
        self._widgets: dict[str, WidgetState] = {}
        self._sliders: dict[str, Slider] = {}
        self._fragments: dict[str, str] = {}  # id of a widget → the fragment it is part of
        self._ids: dict[str, str] = {}  # key of a widget → its id
        self.scene: dict[str, Any] = {}  # what the player was told last, without its arrays
        self._say = BackMsg()
        self._say.rerun_script.query_string = urlencode(query)
        self._say.rerun_script.context_info.url = f"{url}/?{urlencode(query)}"
        self._say.rerun_script.context_info.timezone = "UTC"
        self._say.rerun_script.context_info.locale = "en-US"
        self._say.rerun_script.context_info.color_scheme = "light"

    async def move(self, label: str, option: str) -> bytes:
        """Move the slider called `label` to `option`; return the page's whole answer."""
        slider = self._sliders[label]
        self._widgets[slider.id].string_array_value.data[:] = [option]
        return await self.run(self._fragments.get(slider.id, ""))

    async def tell(self, component: str, event: str, value: str, *, whole: bool = False) -> bytes:
        """Have a component tell an event with a value, written in JSON; return the answer.

        whole: have the whole page run, and not the fragment that the component is part of.
        """
        base = self._ids[component]
        told = WidgetState(id=f"{TRIGGER}_{base}__events")
        told.json_trigger_value = f'[{{"event": {json.dumps(event)}, "value": {value}}}]'
        return await self.run("" if whole else self._fragments.get(base, ""), told)

    async def forge(self, key: str, *, whole: bool = False, **value: Any) -> bytes:
        """Report a state of the widget called `key` once, such as string_value="x"; return the answer."""
        state = WidgetState(id=self._ids[key])
        for field, content in value.items():
            if field.endswith("_array_value"):
                getattr(state, field).data[:] = content
                getattr(state, field).SetInParent()
            else:
                setattr(state, field, content)
        return await self.run("" if whole else self._fragments.get(state.id, ""), state)

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
        self._error = ""
        while True:
            data = await self._socket.recv(decode=False)
            received.append(data)
            message = ForwardMsg.FromString(data)
            match message.WhichOneof("type"):
                case "new_session":
                    self._say.rerun_script.page_script_hash = message.new_session.page_script_hash
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
            self._error = f"{element.exception.type}: {element.exception.message}"
        if kind is None:
            return
        widget = getattr(element, kind)
        if kind == "slider":
            self._sliders[widget.label] = widget
        if kind == "bidi_component" and widget.component_name == "scene":
            self.scene = scene(widget.bytes)
        self._remember(getattr(widget, "id", ""), delta.fragment_id)
        state = beginning(kind, widget)
        if state:
            self._widgets.setdefault(state.id, state)

    def _remember(self, id_: str, fragment: str) -> None:
        # An id ends with the key, which has no hyphen in it.
        self._ids[id_.rpartition("-")[2]] = id_
        self._fragments[id_] = fragment


def scene(message: bytes) -> dict[str, Any]:
    """What a scene says beside its arrays, see `ui.player.encoder`."""
    length = int.from_bytes(message[:4], "little")
    said: dict[str, Any] = json.loads(message[4 : 4 + length])
    return said


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
