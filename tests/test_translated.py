"""The page translated by the browser, which puts nodes of its own in the place of texts: live numbers stay right."""

from playwright.sync_api import Page, expect

from nnlib import NeuralNetwork, datasets, train
from tests.test_browser import PLAYED, button, expect_answered, open_page, readout
from tests.test_moments import READ, expected

# As Google Translate does it: each text that is not marked `translate="no"` gives way to two elements with other words.
TRANSLATE = """() => {
    let count = 0;
    const translate = (root) => {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
        const texts = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (node.shadowRoot) translate(node.shadowRoot);
            const isText = node.nodeType === Node.TEXT_NODE && node.data.trim() && node.parentElement?.translate;
            if (isText && !node.parentElement.closest('script, style, option')) texts.push(node);
        }
        for (const text of texts) {
            const [outer, inner] = [0, 0].map(() => document.createElement('font'));
            inner.textContent = `«${text.data}»`;
            outer.append(inner);
            text.replaceWith(outer);
            count += 1;
        }
    };
    translate(document.body);
    return count;
}"""


def test_live_numbers_stay_right_in_a_translated_page(page: Page) -> None:
    histories = {
        rate: train(NeuralNetwork.random((3, 1), seed=0), datasets.happiness(), learning_rate=rate, epochs=5_000)
        for rate in (1.0, 1.5)
    }

    def expect_true(epoch: int, rate: float = 1.0) -> None:
        expect(readout(page)).to_contain_text(f"epoch {epoch:,} · cost {histories[rate].cost[epoch]:.4f}")
        moment, wanted = page.evaluate(READ), expected(histories[rate], datasets.TUTORIAL, epoch)
        assert moment.pop("score").startswith(wanted.pop("score"))
        assert moment == wanted

    open_page(page, "?epoch=60&tab=by-hand")
    expect_true(60)
    expect(page.get_by_text("About epoch 60")).to_be_visible()
    assert page.evaluate(TRANSLATE) > 50
    expect(page.get_by_text("«Learning rate»")).to_be_visible()
    # By its place, as its name is another now.
    page.keyboard.press("ArrowRight")
    expect_true(61)
    expect_answered(page)
    expect(page.get_by_text("About epoch 61")).to_be_visible()
    page.locator(".st-key-lr input").press("ArrowRight")
    expect_true(61, rate=1.5)
    expect(page.locator(".st-key-lr").get_by_test_id("stSliderThumbValue")).to_have_text("1.5")
    page.locator(".st-key-epochs input").press("ArrowRight")
    expect(page.locator(".st-key-epochs").get_by_test_id("stSliderThumbValue")).to_have_text("5001")
    page.locator(".st-key-epochs input").press("ArrowLeft")
    expect(page.locator(".st-key-epochs").get_by_test_id("stSliderThumbValue")).to_have_text("5000")
    page.locator(".st-key-player .speed").select_option("fast")
    button(page, "Train").click()
    expect(page.locator(".st-key-player .step")).to_have_attribute("aria-disabled", "true", timeout=PLAYED)
    expect_true(5_000, rate=1.5)
    expect_answered(page)
    expect(page.get_by_text("About epoch 5,000")).to_be_visible()
