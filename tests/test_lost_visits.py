"""Whatever happens to the connection, the session or the server, a visit goes on where it was."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.server import Server
from tests.test_browser import expect_answered, readout
from tests.visitor import PROTOCOLS, socket_url
from tests.wire import Wire

# What the browser says of a connection that is not there, and Streamlit: when it is lost, after the sixth attempt to
# connect again, and when the player makes it read the address anew.
OFFLINE = re.compile(
    r"error: Failed to load resource: net::ERR_\w+|warning: WebSocket onclose: .*"
    r"|error: Client Error in reaching server endpoint.*|error: .*Are you connected to the internet\?"
    r"|error: Cannot send rerun backMessage when disconnected from server\."
)
LINK = "?lr=0.3&seed=3&epoch=700"
# More than Streamlit remembers of those who are gone.
OTHERS = 140
RECONNECTED = 20_000
# Plotly's buttons come and go.
TOOLBAR = r"^ *- (toolbar:|button \"(Download plot|Fullscreen)|img$)"


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    with Wire(server.url) as wire:
        yield wire
    assert server.complaints() == ""


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose console may say that there is no connection, and nothing else."""
    said: list[str] = []
    with context.new_page() as page:
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        yield page
    assert [text for text in said if not OFFLINE.fullmatch(text)] == []


@pytest.fixture(scope="module")
def elsewhere(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """Another visitor's browser, in one process that has the scripts compiled already."""
    with browser.new_context(reduced_motion="reduce") as context:
        context.new_page().goto(f"{server.url}/_stcore/health")
        yield context


def sessions(page: Page) -> list[str]:
    """The sessions that the page's connections, from now on, belong to."""
    met: list[str] = []

    def note(data: str | bytes) -> None:
        message = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
        if message.HasField("new_session"):
            session = message.new_session.initialize.session_id
            if session not in met:
                met.append(session)

    page.on("websocket", lambda socket: socket.on("framereceived", note))
    return met


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(".st-key-cost .scatterlayer path.js-line").first).to_be_attached(timeout=20_000)
    expect(page.locator(".st-key-weights .scatterlayer path.js-line").first).to_be_attached(timeout=20_000)


def go_on_from_the_link(page: Page) -> None:
    """Change what the link says, and what it says nothing of."""
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(page).to_have_url(re.compile(r"lr=0\.5"))
    seed = page.get_by_role("spinbutton", name="Random seed")
    seed.fill("8")
    seed.press("Enter")
    expect(page).to_have_url(re.compile("seed=8"))
    answer(page, "nothing")
    expect(page).to_have_url(re.compile("data=nn--nyyy"))
    page.get_by_role("tab", name="Tug of war").click()
    expect(page).to_have_url(re.compile("tab=tug-of-war"))
    step_to(page, "ArrowLeft", "699")


def answer(page: Page, plate: str) -> None:
    """Answer a plate with no."""
    choice = page.get_by_role("radiogroup", name=re.compile(f"^{plate}:"))
    choice.get_by_role("radio", name=re.compile("^no,")).check()


def step_to(page: Page, key: str, epoch: str) -> None:
    """Press the key of a step, and see player, words and address follow."""
    page.get_by_role("heading", level=1).click()
    page.keyboard.press(key)
    expect(readout(page)).to_contain_text(f"epoch {epoch} ")
    expect_answered(page)
    expect(page).to_have_url(re.compile(rf"\bepoch={epoch.replace(',', '')}\b"))


def seen(page: Page) -> str:
    """All that there is to see or to hear on the page: controls, words, player, plates, what the charts show."""
    everything = f"{page.get_by_test_id('stSidebar').aria_snapshot()}\n{page.get_by_role('main').aria_snapshot()}"
    lines = [line for line in everything.splitlines() if not re.search(TOOLBAR, line)]
    return re.sub(r"\d+ ms", "… ms", "\n".join(lines))


def expect_seen(page: Page, before: str, address: str) -> None:
    """Expect the page to show, in the end, what was seen before, under the same address."""
    main = before[before.index("- main:") :]
    expect(page.get_by_role("main")).to_match_aria_snapshot(re.sub("… ms", r"/\\d+ ms/", main))
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()
    assert seen(page) == before
    assert page.url == address


def expect_lost(page: Page) -> None:
    expect(page.locator("body[data-offline]")).to_be_attached()


def expect_back(page: Page) -> None:
    expect(page.locator("body:not([data-offline])")).to_be_attached(timeout=RECONNECTED)


def expect_the_same(elsewhere: BrowserContext, page: Page) -> None:
    """Expect a copy of the address to open the same page in another browser."""
    with elsewhere.new_page() as newcomer:
        open_page(newcomer, page.url)
        expect_seen(newcomer, seen(page), page.url)


def test_a_visit_goes_on_where_it_was_after_the_server_has_started_anew(
    page: Page, elsewhere: BrowserContext, server: Server
) -> None:
    page.emulate_media(reduced_motion="reduce")
    met = sessions(page)
    open_page(page, f"{server.url}/{LINK}")
    go_on_from_the_link(page)
    before, address = seen(page), page.url
    assert server.complaints() == ""
    server.restart()
    # A step just before the new server has run the page.
    expect(page.locator("[data-test-connection-state=CONNECTED]")).to_be_attached(timeout=RECONNECTED)
    page.keyboard.press("ArrowLeft")
    expect_back(page)
    expect(readout(page)).to_contain_text("epoch 698 ")
    expect_answered(page)
    step_to(page, "ArrowRight", "699")
    expect_seen(page, before, address)
    assert len(met) == 2
    expect_the_same(elsewhere, page)
    assert server.complaints() == ""


def test_a_visit_goes_on_where_it_was_after_the_server_has_forgotten_it(
    page: Page, elsewhere: BrowserContext, server: Server, wire: Wire
) -> None:
    page.emulate_media(reduced_motion="reduce")
    met = sessions(page)
    open_page(page, f"{wire.url}/{LINK}")
    go_on_from_the_link(page)
    before, address = seen(page), page.url
    wire.cut()
    for _ in range(OTHERS):
        with connect(socket_url(server.url), subprotocols=PROTOCOLS):
            pass
    wire.mend()
    expect_back(page)
    expect_seen(page, before, address)
    step_to(page, "ArrowLeft", "698")
    step_to(page, "ArrowRight", "699")
    expect_seen(page, before, address)
    assert len(met) == 2
    expect_the_same(elsewhere, page)


def test_it_plays_on_without_a_connection_and_with_the_next(page: Page, elsewhere: BrowserContext, wire: Wire) -> None:
    page.add_init_script("""
        window.epochs = [];
        document.addEventListener("playerframe", () => epochs.push(playerFrame.epoch));""")
    met = sessions(page)
    open_page(page, f"{wire.url}/{LINK}")
    # Slowly it takes three seconds and plays on when the wire is mended; fast it has come to its end before.
    for speed, meanwhile in (("slow", "epoch [3-5],"), ("fast", "epoch 5,000 ")):
        page.get_by_label("Speed").select_option(speed)
        page.get_by_role("button", name="Train", exact=True).click()
        expect(readout(page)).to_contain_text(re.compile("epoch [1-4],"))
        page.evaluate("epochs.length = 0")
        wire.cut()
        expect_lost(page)
        expect(readout(page)).to_contain_text(re.compile(meanwhile))
        wire.mend()
        expect_back(page)
        expect(readout(page)).to_contain_text("epoch 5,000 ")
        expect_answered(page)
        expect(page).to_have_url(f"{wire.url}/?lr=0.3&seed=3")
        epochs = page.evaluate("epochs")
        assert epochs == sorted(epochs)
    assert len(met) == 1
    page.get_by_label("Speed").select_option("normal")
    # Elsewhere nothing plays.
    page.emulate_media(reduced_motion="reduce")
    expect_the_same(elsewhere, page)


def test_steps_made_without_a_connection_are_not_lost(page: Page, elsewhere: BrowserContext, wire: Wire) -> None:
    page.emulate_media(reduced_motion="reduce")
    met = sessions(page)
    open_page(page, f"{wire.url}/{LINK}")
    step_to(page, "ArrowLeft", "699")
    wire.go_dead()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    wire.cut()
    expect_lost(page)
    for _ in range(3):
        with page.expect_event("requestfailed"):
            page.keyboard.press("ArrowLeft")
    expect(readout(page)).to_contain_text("epoch 694 ")
    wire.mend()
    expect_back(page)
    expect_answered(page)
    expect(readout(page)).to_contain_text("epoch 694 · cost 0")
    assert page.url == f"{wire.url}/?lr=0.3&seed=3&epoch=694"
    assert len(met) == 1
    expect_the_same(elsewhere, page)
    step_to(page, "ArrowRight", "695")


def test_answers_given_without_a_connection_are_not_lost(page: Page, wire: Wire) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_page(page, f"{wire.url}/{LINK}")
    wire.go_dead()
    answer(page, "nothing")
    wire.cut()
    expect_lost(page)
    answer(page, "pizza")
    wire.mend()
    expect_back(page)
    expect(page).to_have_url(f"{wire.url}/?lr=0.3&seed=3&data=nnn-nyyy&epoch=700")
    expect_answered(page)
    expect(readout(page)).to_contain_text("epoch 700 · cost 0")
