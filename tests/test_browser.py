"""The real page in a real browser: what a visitor sees, does and shares."""

import re
from collections.abc import Sequence
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from nnlib import NeuralNetwork, datasets, train
from tests.server import ROOT
from ui.settings import TABS

ENDED = re.compile(r"epoch 5,000")
COST_CURVE = ".st-key-cost .scatterlayer path.js-line"
# What moves in a chart: Plotly's lines and points, or a picture of the page's own.
DRAWING = """(key) => {
    const isolated = document.querySelector(`.st-key-${key} [data-testid=stBidiComponentIsolated]`)?.shadowRoot;
    return isolated?.querySelector('figure > svg') ?? document.querySelector(`.st-key-${key} .scatterlayer`);
}"""
PLAYED = 12_000
# Each colour scheme, and the colour of its text.
SCHEMES: Sequence[tuple[Literal["dark", "light"], str]] = (
    ("dark", "rgb(236, 234, 246)"),
    ("light", "rgb(34, 33, 46)"),
)


def readout(page: Page) -> Any:
    """The score, which names the epoch that the player shows and its cost."""
    return page.get_by_role("region", name="Score").locator(".line")


def expect_answered(page: Page) -> None:
    """Wait until what only Python can say is about the epoch that the player shows."""
    expect(page.locator("body:not([data-moving])")).to_be_attached()


def button(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def messages(page: Page) -> list[ForwardMsg]:
    """What the server sends to the page from now on."""
    sent: list[ForwardMsg] = []

    def note(data: Any) -> None:
        sent.append(ForwardMsg.FromString(data))

    page.on("websocket", lambda socket: socket.on("framereceived", note))
    return sent


def open_page(page: Page, query: str = "") -> None:
    page.goto(f"/{query}")
    expect(page.locator(COST_CURVE).first).to_be_attached(timeout=20_000)


def test_a_new_visitor_sees_the_run_play_by_itself_to_its_last_epoch_without_a_word_to_the_server(page: Page) -> None:
    frames: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda _: frames.append(1)))
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: frames.append(1)))
    open_page(page)
    expect(button(page, "Pause")).to_be_visible()
    expect(readout(page)).to_contain_text(re.compile(r"epoch [1-9]"))
    page.wait_for_load_state("networkidle")
    before = len(frames)
    expect(readout(page)).to_contain_text(ENDED, timeout=PLAYED)
    expect(readout(page)).to_contain_text("cost 0.0012")
    assert len(frames) == before
    expect_answered(page)
    expect(button(page, "Train")).to_be_visible()
    expect(button(page, "Step")).to_be_disabled()
    expect(page.get_by_text("After epoch 5,000: prediction 0.")).to_be_visible()
    expect(page).not_to_have_url(re.compile("epoch"))


def test_all_four_charts_move_together_while_it_plays(page: Page) -> None:
    open_page(page)
    states = f"() => ['cost', 'weights', 'network', 'sigmoid'].map((key) => ({DRAWING})(key).innerHTML)"
    expect(readout(page)).to_contain_text(re.compile(r"epoch [1-9]\d\d\b"))
    button(page, "Pause").click()
    early = page.evaluate(states)
    button(page, "Train").click()
    expect(readout(page)).to_contain_text(re.compile(r"epoch [1-9],\d\d\d\b"))
    button(page, "Pause").click()
    late = page.evaluate(states)
    assert [before == after for before, after in zip(early, late, strict=True)] == [False] * 4


def test_stepping_shows_exactly_the_next_and_the_previous_epoch(page: Page) -> None:
    open_page(page, "?epoch=1890&seed=3")
    history = train(NeuralNetwork.random((3, 1), seed=3), datasets.happiness(), learning_rate=1.0, epochs=5_000)
    for name, epoch in (("Step", 1891), ("Step", 1892), ("Step back", 1891), ("Step back", 1890), ("Step back", 1889)):
        button(page, name).click()
        expect(readout(page)).to_contain_text(f"epoch {epoch:,} · cost {history.cost[epoch]:.4f}")
        prediction = history.network(epoch).predict([[1, 0, 1]])[0, 0]
        expect(page.get_by_text(f"After epoch {epoch:,}: prediction {prediction:.4f}.")).to_be_visible()
        expect(page).to_have_url(re.compile(rf"epoch={epoch}\b"))
    # Beyond the epochs that came with the run, and faster than the server answers.
    for _ in range(15):
        page.keyboard.press("ArrowRight")
    expect(readout(page)).to_contain_text(f"epoch 1,904 · cost {history.cost[1904]:.4f}")
    expect_answered(page)


def test_page_and_player_agree_however_quickly_one_steps(page: Page) -> None:
    open_page(page, "?epoch=1000")
    expect(readout(page)).to_contain_text("epoch 1,000 ")
    for pause in (0, 50, 100):
        for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
            page.keyboard.press(key, delay=pause)
    expect(readout(page)).to_contain_text("epoch 1,003 ")
    expect(page.get_by_text("After epoch 1,003: prediction 0.")).to_be_visible()
    expect(page).to_have_url(re.compile("epoch=1003$"))


def test_a_slow_browser_keeps_up_with_steps_back_and_forth(page: Page) -> None:
    open_page(page, "?epoch=1000")
    expect(page.get_by_text("After epoch 1,000: prediction 0.")).to_be_visible()
    slow_down = page.context.new_cdp_session(page)
    slow_down.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    for _ in range(10):
        for key in ("ArrowRight", "ArrowLeft"):
            page.keyboard.press(key, delay=40)
    page.keyboard.press("ArrowRight")
    slow_down.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    expect(page.get_by_text("After epoch 1,001: prediction 0.")).to_be_visible()


def test_a_key_and_a_click_before_there_is_a_run_do_nothing(page: Page) -> None:
    page.add_init_script("""let scene, isHeld = true;
        const hold = (event) => isHeld && event.stopImmediatePropagation();
        document.addEventListener("playerscene", hold, { capture: true });
        const get = () => isHeld ? undefined : scene;
        Object.defineProperty(window, "playerScene", { get, set: (sent) => scene = sent });
        window.letGo = () => { isHeld = false; document.dispatchEvent(new Event("playerscene")); };""")
    page.goto("/?epoch=1000")
    button(page, "Step").click()
    page.keyboard.press("ArrowRight")
    page.evaluate("letGo()")
    expect(page.locator(COST_CURVE).first).to_be_attached(timeout=20_000)
    expect(readout(page)).to_contain_text("epoch 1,000 ")


def test_a_chosen_epoch_is_kept_when_the_run_changes_and_otherwise_the_new_run_plays(page: Page) -> None:
    open_page(page, "?epoch=10")
    scrubber = page.get_by_role("slider", name="Epoch", exact=True)
    scrubber.fill("700")
    expect_answered(page)
    slider = page.get_by_role("slider", name="Learning rate")
    for key, rate in (("ArrowRight", 1.5), ("ArrowLeft", 1.0)):
        slider.press(key)
        history = train(NeuralNetwork.random((3, 1), seed=0), datasets.happiness(), learning_rate=rate, epochs=5_000)
        expect(readout(page)).to_contain_text(f"epoch 700 · cost {history.cost[700]:.4f}")
        expect(button(page, "Train")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/\?epoch=700$"))
    page.get_by_label("Speed").select_option("fast")
    button(page, "Train").click()
    expect(button(page, "Step")).to_be_disabled(timeout=PLAYED)
    expect(page).not_to_have_url(re.compile("epoch"))
    slider.press("ArrowRight")
    expect(button(page, "Pause")).to_be_visible()
    expect(button(page, "Step")).to_be_disabled(timeout=PLAYED)
    scrubber.fill("700")
    expect_answered(page)
    expect(page).to_have_url(re.compile(r"/\?lr=1\.5&epoch=700$"))


def test_on_arrival_the_run_is_not_given_away_before_it_has_been_seen_once(page: Page) -> None:
    page.add_init_script("""window.seen = [];
        document.addEventListener('playerframe', () => seen.push(
            [playerFrame.epoch, document.body.hasAttribute('data-unseen'), performance.now()]))""")
    open_page(page, "?epoch=9")
    backdrop = page.locator(".st-key-cost .shapelayer path").first
    expect(backdrop).to_have_css("visibility", "hidden")
    open_page(page)
    expect(readout(page)).to_contain_text(re.compile("epoch [1-9]"))
    page.get_by_role("slider", name="Epoch", exact=True).fill("5000")
    expect(button(page, "Step")).to_be_disabled()
    frames = page.evaluate("seen")
    begin = next(time for epoch, _, time in frames if epoch)
    assert frames[0][0] == 0
    assert begin - frames[0][2] > 500
    assert {is_unseen for epoch, is_unseen, _ in frames if epoch < 5_000} == {True}
    expect(backdrop).to_have_css("visibility", "visible")
    expect(readout(page)).to_contain_text("all right from epoch 28 · cost below 0.01 from epoch 767")
    page.get_by_role("slider", name="Epoch", exact=True).fill("27")
    expect(backdrop).to_have_css("visibility", "visible")
    expect(readout(page)).to_contain_text("4 of 5 right, 1 undecided · all right not yet · cost below 0.01 not yet")


def test_an_epoch_can_be_typed_and_what_is_none_is_named(page: Page) -> None:
    open_page(page, "?epoch=10")
    expect(readout(page)).to_contain_text("epoch 10 ·")
    typed = page.get_by_role("textbox", name="epoch, typed")
    for text in ("1,234", "1234"):
        typed.fill(text)
        typed.press("Enter")
        expect(readout(page)).to_contain_text("epoch 1,234 · cost 0.0")
    expect(page).to_have_url(re.compile("epoch=1234$"))
    for text in ("5001", "-1", "abc", "1.5", ""):
        typed.fill(text)
        typed.press("Enter")
        problem = f"Epoch “{text}” can’t be shown: it must be a whole number from 0 to 5,000."
        expect(page.get_by_text(problem)).to_be_visible()
        expect(typed).to_have_value("1,234")
    expect(readout(page)).to_contain_text("epoch 1,234 ·")


def test_the_link_is_copied_to_the_digit_and_said_to_be(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, "?seed=3")
    expect(readout(page)).to_contain_text(re.compile(r"epoch [1-9]"))
    button(page, "Copy link").click()
    expect(page.get_by_text("Copied: the link to epoch")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"/\?seed=3&epoch=[1-9]\d*$", link)
    button(page, "Pause").click()


def test_while_it_plays_the_open_tab_names_its_epoch_and_is_dimmed(page: Page) -> None:
    open_page(page, "?tab=by-hand&epoch=700")
    tab = page.locator(".st-key-about_epoch")
    expect(tab.get_by_text("About epoch 700")).to_be_visible()
    expect(tab).to_have_css("opacity", "1")
    page.get_by_label("Speed").select_option("slow")
    button(page, "Train").click()
    expect(tab).to_have_css("opacity", "0.4")
    expect(tab.get_by_text("About epoch 700")).to_be_visible()
    button(page, "Pause").click()
    expect_answered(page)
    expect(tab).to_have_css("opacity", "1")
    at = re.search(r"epoch ([\d,]+)", readout(page).inner_text())
    assert at
    expect(tab.get_by_text(f"About epoch {at[1]}", exact=True)).to_be_visible()


def test_the_link_follows_every_change_and_does_not_fill_the_browsers_history(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_page(page, "?epoch=10")
    before = page.evaluate("history.length")
    for epoch in (11, 12):
        button(page, "Step").click()
        expect(page).to_have_url(re.compile(rf"/\?epoch={epoch}$"))
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(page).to_have_url(re.compile(r"/\?lr=1\.5&epoch=12$"))
    page.get_by_role("slider", name="Epochs").press("Home")
    expect(page).to_have_url(re.compile(r"/\?lr=1\.5&epochs=1$"))
    page.get_by_text("logarithmic").click()
    expect(page).to_have_url(re.compile(r"/\?lr=1\.5&epochs=1&scale=logarithmic$"))
    page.locator(".st-key-coffee label").click()
    expect(page).to_have_url(re.compile(r"/\?lr=1\.5&epochs=1&coffee=false&scale=logarithmic$"))
    page.get_by_role("slider", name="Learning rate").press("ArrowLeft")
    page.get_by_text("First attempt").click()
    expect(page).to_have_url(re.compile(r"/\?generation=first&epochs=1&coffee=false&scale=logarithmic$"))
    button(page, "New random start").click()
    expect(page).to_have_url(re.compile(r"&seed=101\b"))
    assert page.evaluate("history.length") == before


def test_a_change_of_theme_keeps_the_run_and_changes_every_chart(page: Page) -> None:
    open_page(page, "?epoch=700")
    expect(page.get_by_text("After epoch 700: prediction 0.")).to_be_visible()
    for scheme, colour in (*SCHEMES, *SCHEMES, *SCHEMES):
        page.emulate_media(color_scheme=scheme)
        for key in ("cost", "weights"):
            expect(page.locator(f".st-key-{key} .gtitle")).to_have_css("fill", colour)
        for key in ("network", "sigmoid"):
            expect(page.locator(f".st-key-{key} .title")).to_have_css("fill", colour)
        expect(page.locator(".st-key-weights path.js-line")).to_have_count(4)
        expect(page.locator(".st-key-network").get_by_text("0.86", exact=True)).to_be_visible()


def test_the_keys_play_pause_and_step_but_leave_the_controls_their_own(page: Page) -> None:
    open_page(page, "?epoch=100")
    expect(readout(page)).to_contain_text("epoch 100 ")
    page.keyboard.press("ArrowRight")
    expect(readout(page)).to_contain_text("epoch 101 ")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(readout(page)).to_contain_text("epoch 99 ")
    page.keyboard.press(" ")
    expect(button(page, "Pause")).to_be_visible()
    page.keyboard.press(" ")
    expect(button(page, "Train")).to_be_visible()
    page.get_by_role("checkbox", name="Pizza").focus()
    page.keyboard.press(" ")
    expect(page.get_by_role("checkbox", name="Pizza")).to_be_checked()
    expect(button(page, "Train")).to_be_visible()


def test_the_scrubber_reaches_any_epoch_and_the_page_follows(page: Page) -> None:
    open_page(page, "?epoch=10")
    scrubber = page.get_by_role("slider", name="Epoch", exact=True)
    scrubber.fill("3333")
    expect(readout(page)).to_contain_text("epoch 3,333 · cost 0.00")
    expect_answered(page)
    scrubber.press("ArrowRight")
    expect_answered(page)


def test_a_slower_speed_takes_longer(page: Page) -> None:
    open_page(page, "?epoch=0")
    page.get_by_label("Speed").select_option("slow")
    button(page, "Train").click()
    expect(readout(page)).to_contain_text(re.compile(r"epoch [1-9]"))
    page.get_by_label("Speed").select_option("fast")
    expect(readout(page)).to_contain_text(ENDED, timeout=4_000)


def test_ticking_a_box_changes_the_answer_but_not_the_epoch(page: Page) -> None:
    open_page(page, "?epoch=700")
    expect(page.get_by_text("It was told this plate: happy.")).to_be_visible()
    page.get_by_text("Pizza", exact=True).last.click()
    page.get_by_text("Coffee", exact=True).last.click()
    expect(page.get_by_text("It was never told this plate")).to_be_visible()
    expect(page.get_by_text("After epoch 700: prediction 0.")).to_be_visible()
    expect(readout(page)).to_contain_text("epoch 700 ")
    expect(button(page, "Train")).to_be_visible()
    expect(page.locator(".st-key-network").get_by_text("0", exact=True)).to_have_count(1)


def test_a_new_learning_rate_trains_and_plays_at_once(page: Page) -> None:
    open_page(page)
    expect(readout(page)).to_contain_text(re.compile("epoch [1-9]"))
    slider = page.get_by_role("slider", name="Learning rate")
    slider.focus()
    slider.press("ArrowRight")
    expect(button(page, "Pause")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?lr=1\.5$"))
    page.get_by_label("Speed").select_option("fast")
    expect(button(page, "Step")).to_be_disabled(timeout=PLAYED)
    history = train(NeuralNetwork.random((3, 1), seed=0), datasets.happiness(), learning_rate=1.5, epochs=5_000)
    expect(readout(page)).to_contain_text(f"epoch 5,000 · cost {history.cost[-1]:.4f}")


@pytest.mark.parametrize("wait", [1, 20])
def test_a_step_while_another_page_is_on_its_way_is_no_obstacle(page: Page, wait: int) -> None:
    open_page(page, "?epoch=100")
    expect(page.get_by_text("After epoch 100: prediction 0.")).to_be_visible()
    click = "(element, [step, wait]) => { element.click(); setTimeout(() => step.click(), wait); }"
    step = button(page, "Step").element_handle()
    page.get_by_role("tab", name="Tug of war").evaluate(click, [step, wait])
    expect(page.get_by_text("the hardest tug is over")).to_be_visible()
    page.get_by_text("First attempt").evaluate(click, [step, wait])
    expect(page.get_by_text("knows no learning rate")).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_have_count(3)
    expect(page.locator(".st-key-weights .gtitle")).to_have_text(["Weights"])  # in the end, and no other
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_step_and_another_page_asked_for_in_one_message_are_both_answered(context: BrowserContext) -> None:
    page = context.new_page()  # Streamlit writes a warning into the console
    open_page(page, "?epoch=100")
    expect(page.get_by_text("After epoch 100: prediction 0.")).to_be_visible()
    both = "(element, step) => { step.click(); element.click(); }"
    the_other_way_round = "(element, step) => { element.click(); step.click(); }"
    step = button(page, "Step").element_handle()
    page.get_by_role("tab", name="Tug of war").evaluate(both, step)
    expect(page.get_by_text("After epoch 101: prediction 0.")).to_be_visible()
    expect(page.get_by_role("tab", selected=True)).to_have_text("Tug of war")
    page.get_by_role("tab", name="Things to try").evaluate(the_other_way_round, step)
    expect(page.get_by_text("After epoch 102: prediction 0.")).to_be_visible()
    expect(page.get_by_role("tab", selected=True)).to_have_text("Things to try")
    page.get_by_role("tab", name="Tug of war").click()
    page.get_by_text("First attempt").evaluate(both, step)
    expect(page.get_by_text("knows no learning rate")).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_have_count(3)
    expect(page.locator(".st-key-weights .gtitle")).to_have_text(["Weights"])
    page.close()


def test_a_tab_is_opened_with_the_keyboard_and_stands_in_the_link(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, "?tab=The+code&seed=3&epoch=700")
    expect(page.get_by_role("tab", name="The code")).to_have_attribute("aria-selected", "true")
    assert page.get_by_test_id("stMain").evaluate("(main) => main.scrollTop") == 0
    # A link of an earlier version is written anew.
    expect(page).to_have_url(re.compile(r"\?seed=3&tab=code&epoch=700$"))
    before = page.evaluate("history.length")
    page.get_by_role("tab", selected=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Things to try")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="One epoch by hand")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text("from epoch 700 to 701")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?seed=3&tab=by-hand&epoch=700$"))
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.get_by_text("guess what you will see")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?seed=3&epoch=700$"))
    expect(readout(page)).to_contain_text("epoch 700 ")
    assert page.evaluate("history.length") == before


def test_each_new_random_start_is_another_run_to_be_seen_and_shared(page: Page) -> None:
    open_page(page)
    field = page.get_by_role("spinbutton", name="Random seed")
    for _ in range(2):
        seed_before = field.input_value()
        button(page, "New random start").click()
        expect(field).not_to_have_value(seed_before)
        expect(button(page, "Pause")).to_be_visible()
        seed = int(field.input_value())
        expect(page).to_have_url(re.compile(rf"\?seed={seed}$"))
    page.get_by_label("Speed").select_option("fast")
    expect(button(page, "Step")).to_be_disabled(timeout=PLAYED)
    history = train(NeuralNetwork.random((3, 1), seed=seed), datasets.happiness(), learning_rate=1.0, epochs=5_000)
    expect(readout(page)).to_contain_text(f"epoch 5,000 · cost {history.cost[-1]:.4f}")


def test_a_change_runs_and_sends_only_what_depends_on_the_run(page: Page) -> None:
    sent = messages(page)
    open_page(page, "?epoch=700")
    expect(page.get_by_text("After epoch 700: prediction 0.")).to_be_visible()
    assert any(message.delta.new_element.HasField("plotly_chart") for message in sent)
    sent.clear()
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(readout(page)).to_contain_text("epoch 700 · cost 0.0070")
    button(page, "Step back").click()
    expect_answered(page)
    assert any(message.delta.new_element.HasField("bidi_component") for message in sent)
    assert not any(message.delta.new_element.HasField("plotly_chart") for message in sent)
    finished = [message.script_finished for message in sent if message.HasField("script_finished")]
    assert ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY in finished
    assert ForwardMsg.FINISHED_SUCCESSFULLY not in finished


def test_a_new_run_reaches_all_four_charts_in_one_frame(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_page(page)
    expect(readout(page)).to_contain_text("epoch 5,000 · cost 0.0012")
    page.evaluate(
        """(drawing) => {
        window.changedIn = {};
        let frame = 0;
        const tick = () => { frame += 1; requestAnimationFrame(tick); };
        tick();
        for (const key of ['cost', 'weights', 'network', 'sigmoid']) {
            new MutationObserver(() => { window.changedIn[key] ??= frame; }).observe(
                eval(drawing)(key), { subtree: true, childList: true, attributes: true, characterData: true });
        }
    }""",
        DRAWING,
    )
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(readout(page)).to_contain_text("epoch 5,000 · cost 0.0008")
    page.wait_for_function("Object.keys(changedIn).length === 4")
    assert len(set(page.evaluate("Object.values(changedIn)"))) == 1


def test_a_link_reopens_the_same_page_to_the_digit_standing_still(page: Page, browser: Browser) -> None:
    open_page(page, "?lr=0.3&epochs=2000&seed=42&pizza=true&scale=logarithmic")
    button(page, "Pause").click()
    for _ in range(3):
        button(page, "Step").click()
    found = re.match(r"epoch [\d,]+", readout(page).inner_text())
    assert found
    at = found[0]
    # The link of the steps before stands in the address until the visitor rests.
    expect(page).to_have_url(re.compile(rf"\b{at.replace(' ', '=').replace(',', '')}$"))
    expect(page.get_by_text(f"After {at}: prediction 0.")).to_be_visible()
    expect(readout(page)).not_to_contain_text("…")
    verdict = page.get_by_text(f"After {at}: prediction 0.").inner_text()
    seen = readout(page).inner_text()
    with browser.new_context() as context:
        again = context.new_page()
        again.goto(page.url)
        expect(readout(again)).to_have_text(seen, timeout=20_000)
        expect(again.get_by_text(verdict)).to_be_visible()
        expect(again.get_by_role("button", name="Train", exact=True)).to_be_visible()
        assert again.url == page.url


def test_unusable_values_in_a_link_are_named_and_the_rest_still_counts(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_page(page, "?lr=abc&epochs=1e99&seed=-3&generation=x&pizza=true")
    expect(button(page, "Train")).to_be_visible()
    expect(button(page, "Step")).to_be_disabled()
    for problem in ("Learning rate “abc”", "Epochs “1e99”", "Random seed “-3”", "Network generation “x”"):
        expect(page.get_by_text(problem)).to_have_count(1)
    expect(page.get_by_role("checkbox", name="Pizza")).to_be_checked()
    expect(readout(page)).to_contain_text("epoch 5,000 · cost 0.0012")
    expect(page.get_by_text("prediction 0.9999")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/\?pizza=true$"))


def test_a_link_with_doubled_and_unknown_names_is_put_in_order_and_loses_nothing(page: Page) -> None:
    open_page(page, "?lr=2&course=7b&lr=3&epoch=700")
    expect(readout(page)).to_contain_text("epoch 700 ")
    expect(page).to_have_url(re.compile(r"/\?lr=3&epoch=700&course=7b$"))


def test_what_is_shown_does_not_fade_while_the_answer_is_on_its_way(page: Page) -> None:
    page.add_init_script("""
        window.stale = [];
        new MutationObserver((changes) => changes.forEach(({ target }) => {
          if (target.dataset.stale !== 'true') return;
          const { opacity, transitionDuration } = getComputedStyle(target);
          stale.push(`${opacity} ${transitionDuration}`);
        })).observe(document, { subtree: true, attributeFilter: ['data-stale'] });""")
    page.emulate_media(reduced_motion="reduce")
    open_page(page)
    expect(page.get_by_text("After epoch 5,000: prediction 0.")).to_be_visible()
    # The longest trainings there are: in one of them at least something is out of date for long enough to be seen so.
    for key, epoch in (("End", "10,000"), ("ArrowLeft", "9,999"), ("ArrowLeft", "9,998"), ("ArrowLeft", "9,997")):
        page.get_by_role("slider", name="Epochs").press(key)
        expect(page.get_by_text(f"After epoch {epoch}: prediction 0.")).to_be_visible()
    assert set(page.evaluate("stale")) == {"1 0s"}


def test_the_first_attempt_has_no_bias_and_no_learning_rate_to_choose(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_page(page)
    page.get_by_text("First attempt").click()
    expect(page.get_by_text("knows no learning rate")).to_be_visible()
    names = page.locator(".st-key-weights .textpoint text")
    expect(names).to_have_text([re.compile(name) for name in ("coffee", "pizza", "chili")])
    expect(button(page, "Step")).to_be_disabled()
    expect(readout(page)).to_contain_text("cost 0.1501")


def test_who_prefers_less_motion_gets_the_end_at_once(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_page(page)
    expect(readout(page)).to_contain_text("epoch 5,000 · cost 0.0012")
    expect(button(page, "Pause")).to_have_count(0)


def test_where_the_charts_cannot_be_moved_they_stand_finished_and_say_so(page: Page) -> None:
    page.add_init_script("""
        Object.defineProperty(window, 'Plotly', { get: () => undefined, set: () => {} });
        const now = performance.now.bind(performance);
        performance.now = () => 5 * now(); // the player waits ten seconds for the charts: here two""")
    open_page(page, "?epoch=2000")
    expect(page.get_by_text("do not move yet")).to_be_visible(timeout=20_000)
    expect(page.locator(COST_CURVE).last).to_have_attribute("d", re.compile("L"))
    button(page, "Step").click()
    expect(page.get_by_text("After epoch 2,001: prediction 0.")).to_be_visible()
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(page.get_by_text("After epoch 2,001: prediction 0.9")).to_be_visible()


def serious(page: Page, context: str | None = None) -> list[tuple[str, str]]:
    """What axe finds wrong with the page, or with a part of it."""
    return [
        (rule["id"], node["html"][:300])
        for rule in Axe().run(page, context=context).response["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def test_axe_finds_nothing_serious_in_any_tab_in_light_dark_and_forced_colours(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_page(page, "?epoch=60")
    colours: Sequence[Any] = [{"forced_colors": "active"}, {"forced_colors": "none", "color_scheme": "dark"}]
    for tab in TABS.values():
        page.get_by_role("tab", name=tab).click()
        opened = page.get_by_role("tabpanel", name=tab).locator("[class*=st-key-about] > *").first
        expect(opened).to_be_visible()
        for look in (*colours, {"color_scheme": "light"}):
            page.emulate_media(**look)
            # Once the change of colours has been drawn.
            page.evaluate("() => Promise.allSettled(document.getAnimations().map((each) => each.finished))")
            assert serious(page, None if tab == TABS["try"] and "forced_colors" in look else "[role=tabpanel]") == []


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_scrolls_sideways_and_axe_finds_nothing_serious(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(reduced_motion="reduce")
    open_page(page)
    expect(readout(page)).to_contain_text(ENDED)
    for scheme, colour in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        expect(page.locator(".st-key-sigmoid .title")).to_have_css("fill", colour)
        assert page.get_by_test_id("stMain").evaluate("(main) => main.scrollWidth <= main.clientWidth")
        assert serious(page) == []


def test_a_visitor_with_a_keyboard_alone_reaches_every_control(page: Page) -> None:
    open_page(page, "?epoch=700")
    expect(readout(page)).to_contain_text("epoch 700 ")
    wanted = {
        "Copy link",
        "Train",
        "Step back",
        "Step",
        "Epoch",
        "Speed",
        "Learning rate",
        "Epochs",
        "Random seed",
        "Coffee",
        "Pizza",
        "Chili",
    }
    name = """() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        const label = active?.getAttribute('aria-label') ?? active?.labels?.[0]?.textContent;
        return (label ?? active?.textContent ?? '').trim();
    }"""
    reached: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(name))
    assert {want for want in wanted if not any(want in text for text in reached)} == set()


def test_on_paper_the_page_is_light_without_controls_and_names_its_run(page: Page) -> None:
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    open_page(page, "?seed=3&epoch=700")
    expect(readout(page)).to_contain_text("epoch 700 ")
    run = page.locator(".st-key-score .run")
    expect(run).to_be_hidden()
    page.emulate_media(media="print")
    expect(run).to_contain_text("Second generation, learning rate 1, 5,000 epochs, random seed 3")
    expect(run).to_contain_text(page.url)
    for control in (".st-key-player", ".st-key-scale", "[data-testid=stSidebar]", "[role=tablist]"):
        expect(page.locator(control)).to_be_hidden()
    white = "rgb(255, 255, 255)"
    expect(page.get_by_test_id("stMain")).to_have_css("background-color", white)
    for words in (readout(page), page.get_by_role("group", name="Answer").locator(".rests"), page.locator("h1")):
        expect(words).to_have_css("color", "rgb(34, 33, 46)")
    expect(page.locator(".st-key-cost .gtitle")).to_have_css("fill", "rgb(34, 33, 46)")
    # Dark, an empty box would look like a ticked one.
    empty = page.get_by_test_id("stCheckbox").filter(has_text="Pizza").locator("label > div").first
    expect(empty).to_have_css("background-color", white)
    expect(button(page, "100 from another start")).to_have_css("color", "rgb(28, 79, 156)")


@pytest.mark.parametrize("tab", ["by-hand", "code"])
def test_on_the_narrowest_screen_nothing_scrolls_sideways(page: Page, tab: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    open_page(page, f"?epoch=700&tab={tab}")
    expect(readout(page)).to_contain_text("epoch 700 ")
    assert page.get_by_test_id("stMain").evaluate("(main) => main.scrollWidth <= main.clientWidth")


@pytest.mark.parametrize("key", ["cost", "weights"])
def test_a_tap_on_the_camera_saves_one_picture_and_the_button_before_it_another(
    browser: Browser, base_url: str, key: str
) -> None:
    with browser.new_context(base_url=base_url, has_touch=True, reduced_motion="reduce") as context:
        page = context.new_page()
        open_page(page, "?epoch=60")
        expect(readout(page)).to_contain_text("epoch 60 ")
        saved: list[str] = []
        page.on("download", lambda download: saved.append(download.suggested_filename))
        camera = page.locator(f".st-key-{key} .modebar-btn[data-title*=PNG]")
        before = camera.bounding_box()
        assert before
        with page.expect_download():
            page.touchscreen.tap(before["x"] + before["width"] / 2, before["y"] + before["height"] / 2)
        assert camera.bounding_box() == before
        with page.expect_download():
            page.locator(f".st-key-{key} .modebar-btn.svg").tap()
        assert saved == [f"{key}.png", f"{key}.svg"]


def test_under_the_readmes_content_security_policy_all_works_in_silence(page: Page) -> None:
    policy = re.search(r"^default-src [^`]+", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert policy

    def answer(route: Route) -> None:
        sent = route.fetch()
        header = {"content-security-policy": " ".join(policy[0].split())}
        route.fulfill(response=sent, headers={**sent.headers, **header})

    page.route(lambda url: urlsplit(url).path == "/", answer)
    page.emulate_media(reduced_motion="reduce")
    open_page(page, "?epoch=60")
    expect(readout(page)).to_contain_text("epoch 60 ")
    for tab in TABS.values():
        page.get_by_role("tab", name=tab).click()
        opened = page.get_by_role("tabpanel", name=tab).locator("[class*=st-key-about] > *").first
        expect(opened).to_be_visible()
    for chart, kind in (("cost", "PNG"), ("cost", "SVG"), ("network", "PNG"), ("network", "SVG")):
        page.locator(f".st-key-{chart}").hover()
        with page.expect_download():
            page.locator(f".st-key-{chart}").get_by_role("button", name=re.compile(kind)).click()
    with page.expect_download():
        page.get_by_text("History (CSV)").click()
