"""No two places on the page contradict each other: at every moment all agree with an independent computation."""

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nnlib import History, NeuralNetwork, datasets, train
from tests.test_browser import PLAYED, button, expect_answered, open_page, readout
from ui import words

PLATES = datasets.combinations(3)
MARKS = {"right": "✓", "wrong": "✗", "undecided": "–"}

# Reads all that the page says, at once. At a frame of the player it is the last to be asked.
READ = """() => {
    const root = (key) => document.querySelector(`.st-key-${key} [data-testid=stBidiComponentIsolated]`).shadowRoot;
    const text = (node) => node.innerText?.replace(/\\s+/g, ' ').trim() ?? node.textContent;
    return {
        typed: root('player').querySelector('.number').value,
        scrubber: Number(root('player').querySelector('.epoch').value),
        says: text(root('answer').querySelector('.says')),
        prediction: text(root('answer').querySelector('.prediction')),
        score: text(root('score').querySelector('.line')),
        plates: [...root('plates').querySelectorAll('tr[data-plate]')]
            .sort((one, other) => one.dataset.plate - other.dataset.plate)
            .map((row) => text(row.querySelector('.answer'))),
        node: root('network').querySelector('.prediction').textContent,
    };
}"""
RECORD = f"""() => {{
    window.moments = [];
    document.addEventListener('playerframe', () => moments.push(({READ})()));
}}"""


def predictions(history: History, epoch: int) -> Any:
    """What the network answers to the plates 000 … 111, by the textbook's formula."""
    bias = history.biases[0][epoch] if history.bias else 0.0
    return 1 / (1 + np.exp(-(PLATES @ history.weights[0][epoch] + bias)[:, 0]))


def verdict(prediction: float, told: str) -> str:
    if abs(prediction - 0.5) < 0.005:
        return "undecided"
    return "right" if (prediction > 0.5) == (told == "y") else "wrong"


def expected(history: History, answers: str, epoch: int, plate: int = 0b101) -> dict[str, Any]:
    """What the page has to say at `epoch`."""
    answered = predictions(history, epoch)
    asked = float(answered[plate])
    word = "Undecided" if abs(asked - 0.5) < 0.005 else "Happy" if asked > 0.5 else "Not happy"
    sure = 100 * max(asked, 1 - asked)
    told = [(prediction, told == "y") for prediction, told in zip(answered, answers) if told != "-"]
    cost = float(np.mean([(prediction - label) ** 2 for prediction, label in told]))
    found = ["" if told == "-" else verdict(prediction, told) for prediction, told in zip(answered, answers)]
    counted = [f"{found.count('right')} of {len(told)} right"]
    counted += [f"{found.count(name)} {name}" for name in ("wrong", "undecided") if name in found]
    return {
        "typed": f"{epoch:,}",
        "scrubber": epoch,
        "says": f"{word}, {'over 99' if sure > 99 else f'{sure:.0f}'} %",
        "prediction": f"After epoch {epoch:,}: prediction {asked:.4f}.",
        "score": f"epoch {epoch:,} · cost {words.small(cost)} · {', '.join(counted)}",
        "plates": [f"{prediction:.2f} {MARKS.get(name, '')}".strip() for prediction, name in zip(answered, found)],
        "node": f"{asked:.2f}",
    }


@pytest.mark.parametrize(
    ("answers", "query", "seed", "rate", "bias"),
    [
        (datasets.TUTORIAL, "?epoch=9", 0, 1.0, True),
        ("nyynynny", "?data=nyynynny&lr=3&seed=4&epoch=9", 4, 3.0, True),
        (datasets.TUTORIAL, "?generation=first&seed=2&epoch=9", 2, 1.0, False),
    ],
    ids=["tutorial", "parity", "first generation"],
)
def test_at_every_moment_of_playing_dragging_and_stepping_the_page_says_one_thing_and_it_is_true(
    page: Page, answers: str, query: str, seed: int, rate: float, bias: bool
) -> None:
    history = train(
        NeuralNetwork.random((3, 1), seed=seed, bias=bias), datasets.plates(answers), learning_rate=rate, epochs=5_000
    )
    open_page(page, query)
    expect(readout(page)).to_contain_text("epoch 9 ")
    page.evaluate(RECORD)
    scrubber = page.get_by_role("slider", name="Epoch", exact=True)
    page.get_by_label("Speed").select_option("fast")
    button(page, "Train").click()
    expect(button(page, "Step")).to_be_disabled(timeout=PLAYED)
    for epoch in (4_321, 1_490, 26):
        scrubber.evaluate("(node, epoch) => { node.value = epoch; node.dispatchEvent(new Event('input')); }", epoch)
        scrubber.dispatch_event("change")
        expect_answered(page)
    for name, _ in zip(("Step", "Step", "Step back"), range(3)):
        button(page, name).click()
    expect_answered(page)
    moments = page.evaluate("moments")
    final = page.evaluate(READ)
    complete = [moment for moment in [*moments, final] if "…" not in str(moment)]
    for moment in complete:
        wanted = expected(history, answers, int(moment["typed"].replace(",", "")))
        score = wanted.pop("score")
        assert moment.pop("score").startswith(f"{score} ·")
        assert moment == wanted
    epochs = {moment["scrubber"] for moment in complete}
    assert len(epochs) >= 20
    assert epochs >= {4_321, 1_490, 26, 27, 28, 5_000}
    # Where an epoch's numbers are on their way, none are shown: not those of another epoch.
    for moment in moments:
        if "…" in str(moment):
            assert [moment["says"], moment["node"], set(moment["plates"])] == ["…", "…", {"…"}]
            assert re.fullmatch(r"epoch [\d,]+ · cost …", moment["score"])
            assert moment["prediction"].endswith("prediction ….")
