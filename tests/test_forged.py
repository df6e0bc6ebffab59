"""What a browser sends is anybody's: what can't be used changes nothing, says nothing, and disturbs nobody else."""

import json
import re
from collections.abc import Awaitable, Callable, Iterator
from html import escape
from http import HTTPStatus
from http.cookies import SimpleCookie
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect
from websockets.exceptions import ConnectionClosedError

from tests.server import Server
from tests.visitor import Visitor, WrongAnswerError, await_, speak
from ui import link
from ui.settings import DEFAULTS, RULES

RUN = json.dumps(DEFAULTS.run_id)
# Any value, in JSON as Python reads it.
JUNK = [
    *("null", "false", "0", "-1", "0.5", "7", "1e999", "NaN", "1" * 400, '""', '"x"', '"<b>x</b>"', f'"{"y" * 5_000}"'),
    *("[]", "[1]", '["y", "n"]', "[[[[[]]]]]", "{}", '{"run": {}, "epoch": []}'),
]
ANSWERS = ["--------", "yyyyyyy", "yyyyyyyyy", "YYYYYYYY", "yn-yn-y ", "yn-yn-y\\n", "11111111", "ýýýýýýýý"]
CHANGES = [
    *("lr=abc", "lr=1_0", "seed=-1", "seed=1e999", "seed=1.5", "epochs=0", "epoch=5001", "data=--------", "x=1", "lr"),
    *("tab=nowhere", "tab=Tug+of+War", "generation=fourth", "scale=cubic", "coffee=1", "lr=30&seed=x", "experiment="),
    *("run_id=&seed=5", "__class__=x", "lr=30&lr=x", "&&==&", "%ff=%00"),
]
POSITIONS = [
    *(f'{{"run": {RUN}, "epoch": {epoch}}}' for epoch in ("-1", "5001", "0.5", "4999.5", "true", '"x"', '"1_0"', "[]")),
    *(f'{{"run": {RUN}, "epoch": {epoch}}}' for epoch in ("{}", "1e999", "-1e999", "NaN", "1" * 400)),
    *(f'{{"run": {run}, "epoch": 5}}' for run in ('"another"', '""', "null", "0", "[]", "{}", f"[{RUN}]")),
    *(f'{{"run": {RUN}}}', '{"epoch": 5}'),
]
TOLD = [
    *(("player", "still", value) for value in JUNK[::2]),
    *(
        ("player", "back", value)
        for value in (*JUNK[::2], *POSITIONS[::2], *(f'{{"answers": {value}}}' for value in JUNK[9:15]))
    ),
    *(("scene", "position", value) for value in (*JUNK, *POSITIONS)),
    *(("scene", "answers", value) for value in (*JUNK, *(f'"{answers}"' for answers in ANSWERS))),
    *(("actions", "changes", value) for value in (*JUNK, *(f'"{changes}"' for changes in CHANGES))),
    *((component, "nothing", "5") for component in ("player", "scene", "actions")),
]
# What should be a list of events, and is not.
NO_EVENTS = ["null", "5", '"x"', "{}", "[[]]", '[{"event": 1}]', '[{"value": 1}]', '[{"event": {}, "value": {}}]', "{"]
# What should be a word that the page knows, and is not.
WORDS = ["", "x", "Second  generation", "second generation", "<b>", "y" * 5_000, "\n", "None", "fourth"]

Sent = Callable[[Visitor, bool], Awaitable[bytes]]


@pytest.fixture(scope="module")
def public_server() -> Iterator[Server]:
    """A server with the very settings of the project: the log of the other one shows Streamlit's warnings, too."""
    with Server() as running:
        yield running
        assert "pandas" not in Path(f"/proc/{running.pid}/maps").read_text()


def told(component: str, payload: str) -> tuple[str, Sent]:
    return f"{component} tells {payload:.100}", lambda visitor, whole: visitor.tell(component, payload, whole=whole)


def reported(key: str, **value: Any) -> tuple[str, Sent]:
    return f"{key} is {value!s:.100}", lambda visitor, whole: visitor.forge(key, whole=whole, **value)


MESSAGES = [
    *(told(component, f'[{{"event": "{event}", "value": {value}}}]') for component, event, value in TOLD),
    *(told(component, payload) for component in ("player", "scene") for payload in NO_EVENTS),
    *(
        reported("scene", json_value=value)
        for value in (*JUNK[::2], '{"position": 5}', f'{{"position": {POSITIONS[0]}}}')
    ),
    *(reported(key, string_value=word) for key in ("generation", "tab", "preset") for word in WORDS),
    *(reported("scale", string_array_value=words) for words in (["x"], [], ["x", "logarithmic"], ["linear", "x"])),
]


def test_forged_messages_change_nothing_and_disturb_nobody(public_server: Server) -> None:
    async def send() -> None:
        async with speak(public_server.url) as another, speak(public_server.url, {"epoch": "700"}) as visitor:
            honest, rates = visitor.scene, cycle(["2", "3"])
            for number, (what, message) in enumerate(MESSAGES):
                await message(visitor, number % 4 == 0)
                assert visitor.scene == honest, what
                assert public_server.complaints() == "", what
                if number % 20 == 0:
                    await another.move("Learning rate", rate := next(rates))
                    assert {name: value for name, value in another.scene["link"].items() if value} == {"lr": rate}

    assert len(MESSAGES) >= 200
    await_(send())


def test_forged_messages_of_the_survey_ask_for_its_next_slice_and_no_more(public_server: Server) -> None:
    async def send() -> None:
        async with speak(public_server.url, {"tab": "survey", "epochs": "10000"}) as visitor:
            honest = visitor.scene
            for value in JUNK[::2]:
                await visitor.tell("again", f'[{{"event": "next", "value": {value}}}]', whole=True)
                assert visitor.scene == honest, value

    await_(send())
    assert public_server.complaints() == ""


ANYTHING = [
    *(
        "",
        " ",
        "x",
        "1e999",
        "9" * 500,
        "<-",
        "<b>bold</b>",
        "<img src=x onerror=alert(1)>",
        "😀",
        ":streamlit: :red[x]",
    ),
    *("$x$", "www.example.org/x", "[a](http://example.org)", "\n\n    x", "\0", "&lt;"),
]
ALMOST = {
    "generation": ["First  attempt", "fourth", "SECOND"],
    "lr": ["0.30001", "1_0", "٣", "0,3", "-1"],
    "epochs": ["0", "10001", "5.5", "1_000"],
    "seed": ["-1", "1000000", "0.5"],
    "data": ["yyyyyyyy ", "-n--nyy", "--------", "YYYYYYYY"],
    "coffee": ["1", "yes"],
    "scale": ["Linear"],
    "tab": ["Tug of War", "by hand"],
    "epoch": ["5001", "-1", "0.5", "1e4"],
}
FORGED_LINKS = [
    # Two of three, of each setting others.
    *(
        (name, value)
        for number, name in enumerate(RULES)
        for place, value in enumerate(ANYTHING)
        if (number + place) % 3
    ),
    *((name, value) for name, values in ALMOST.items() for value in values),
]


def test_forged_links_open_with_the_default_and_say_so(public_server: Server) -> None:
    async def follow() -> None:
        for name, value in FORGED_LINKS:
            what = f"{name}={value!r:.100}"
            async with speak(public_server.url, {name: value}) as visitor:
                assert set(visitor.scene["link"].values()) == {None}, what
                assert (visitor.scene["run"], visitor.scene["epoch"]) == (DEFAULTS.run_id, DEFAULTS.epochs), what
                quoted = value if len(value) <= link.LONGEST_QUOTE else value[: link.LONGEST_QUOTE - 1] + "…"
                assert f"{RULES[name].label} “{escape(quoted)}” ({name} in the link)" in visitor.html, what
                assert public_server.complaints() == "", what

    assert len(FORGED_LINKS) >= 200
    await_(follow())


@pytest.mark.parametrize(
    "query", ["&&=&", "lr", "=x", "%ff=%ff", "x" * 5_000, "lr[]=2", "__class__=x&run_id=x&experiment="]
)
def test_a_query_that_is_none_opens_the_page(public_server: Server, query: str) -> None:
    async def follow() -> None:
        async with speak(public_server.url, query) as visitor:
            assert visitor.scene["run"] == DEFAULTS.run_id

    await_(follow())
    assert public_server.complaints() == ""


def test_the_text_of_a_link_is_shown_as_text_and_nothing_else(page: Page) -> None:
    texts = [
        "www.example.org/x",
        ":streamlit:",
        "<-",
        "\n\n    x",
        "<b>bold</b>",
        "$x$",
        "[a](http://b.c) **d** :red[e]",
    ]
    query = dict(zip(("lr", "scale", "epochs", "seed", "tab", "generation", "data"), texts, strict=True))
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"/?{urlencode(query)}")
    box = page.get_by_role("alert")
    expect(box.locator("p")).to_have_count(len(texts))
    _, problems = link.read(query)
    assert box.locator("p").evaluate_all("(all) => all.map((each) => each.textContent)") == problems
    assert all(any(f"“{text}”" in problem for problem in problems) for text in texts)
    assert set(box.locator("*").evaluate_all("(all) => all.map((each) => each.tagName)")) == {"P"}


def test_the_server_takes_no_files(public_server: Server) -> None:
    async def upload() -> int:
        async with speak(public_server.url) as visitor:
            with urlopen(f"{public_server.url}/_stcore/health") as response:  # noqa: S310
                token = SimpleCookie(response.headers["Set-Cookie"])["_streamlit_xsrf"].value
            headers = {"Cookie": f"_streamlit_xsrf={token}", "X-Xsrftoken": token}
            address = f"{public_server.url}/_stcore/upload_file/{visitor.session}/1"
            try:
                with urlopen(Request(address, b"x", headers, method="PUT")) as response:  # noqa: S310
                    return int(response.status)
            except HTTPError as refusal:
                with refusal:
                    return refusal.code

    assert await_(upload()) == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert public_server.complaints() == ""


def test_a_message_too_long_to_be_honest_ends_the_connection(public_server: Server) -> None:
    async def send() -> None:
        async with speak(public_server.url) as visitor:
            await visitor.tell("scene", json.dumps([{"event": "answers", "value": "y" * 1_000_000}]))

    with pytest.raises(ConnectionClosedError, match="1009"):
        await_(send())
    assert public_server.complaints() == ""


def test_an_error_shows_a_visitor_nothing_of_the_server(tmp_path: Path) -> None:
    async def look(server: Server) -> None:
        async with speak(server.url):
            pass

    page = tmp_path / "failing.py"
    page.write_text("{}['secret']")
    with Server(str(page)) as server:
        with pytest.raises(WrongAnswerError) as caught:
            await_(look(server))
        assert "KeyError: 'secret'" in server.complaints()
    assert not re.search("secret|Error|failing|File|/", str(caught.value))
