"""The charts in a real browser: no label on another or on a point, words that can be read, numbers that are true."""

import base64
import json
import random
import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from nnlib import NeuralNetwork, datasets, train
from tests.server import ROOT
from tests.test_browser import DRAWING, SCHEMES, button, open_page, readout
from ui import words
from ui.runs import scene_of
from ui.settings import INGREDIENTS, LEARNING_RATES, Settings

CHARTS = ("network", "sigmoid", "cost", "weights")
PLATES = datasets.combinations(3)
NAMES = ["coffee", "pizza", "chili", "bias"]

# Shows a scene as if Python had sent it: { chart: { texts: [{ words, box, row }], points: [{ box, row }] } }.
# row: which of several alike a text or a point is, where a text belongs to a point.
MEASURE = """async ([message, charts]) => {
    if (message) {
        const bytes = Uint8Array.from(atob(message), (character) => character.charCodeAt(0));
        window.playerScene = { message: bytes, report: () => {} };
        document.dispatchEvent(new Event('playerscene'));
    }
    // One chart a frame is drawn anew.
    for (let frame = 0; frame < 8; frame += 1) await new Promise(requestAnimationFrame);
    const rootOf = (key) => document.querySelector(`.st-key-${key} [data-testid=stBidiComponentIsolated]`)?.shadowRoot
        ?? document.querySelector(`.st-key-${key} .js-plotly-plot`);
    const isSeen = (node, root) => {
        for (let each = node; each && each !== root; each = each.parentElement) {
            const { opacity, visibility, display } = getComputedStyle(each);
            if (Number(opacity) === 0 || visibility === 'hidden' || display === 'none') return false;
        }
        return true;
    };
    const boxOf = (node) => { const { left, right, top, bottom } = node.getBoundingClientRect();
        return [left, right, top, bottom]; };
    const measure = (key) => {
        const root = rootOf(key);
        const seen = (selector) => [...root.querySelectorAll(selector)].filter((node) => isSeen(node, root));
        const chart = boxOf(root.querySelector('svg'));
        const texts = seen('svg text').filter((node) => node.textContent.trim()).map((node) => ({
            words: node.textContent, box: boxOf(node),
            row: node.matches('.plate') ? node.textContent
                : node.closest('.textpoint') ? [...node.closest('.text').children].indexOf(node.closest('.textpoint'))
                : node.matches('.value') ? [...root.querySelectorAll('.value')].indexOf(node)
                : null,
        }));
        const boxes = seen('.box').map((node) => ({ words: 'box', box: boxOf(node), row: null }));
        const points = seen('.points .point, path.point[transform*=translate]:not([transform*=scale]), circle')
            .map((node, index) => ({ box: boxOf(node), row: index, isNode: node.matches('circle') }));
        return { chart, texts, boxes, points };
    };
    return Object.fromEntries(charts.map((key) => [key, measure(key)]));
}"""


def overlap(one: Sequence[float], other: Sequence[float], tolerance: float = 0.6) -> bool:
    return (
        min(one[1], other[1]) - max(one[0], other[0]) > tolerance
        and min(one[3], other[3]) - max(one[2], other[2]) > tolerance
    )


def clashes(measured: Any) -> list[str]:
    """What lies on what, chart by chart."""
    found = []
    for chart, parts in measured.items():
        texts = parts["texts"]
        left, right, top, bottom = parts["chart"]
        for number, text in enumerate(texts):
            box = text["box"]
            if not (left - 1 <= box[0] and box[1] <= right + 1 and top - 1 <= box[2] and box[3] <= bottom + 1):
                found.append(f"{chart}: “{text['words']}” leaves the chart")
            found += [
                f"{chart}: “{text['words']}” on “{other['words']}”"
                for other in texts[:number]
                if overlap(box, other["box"])
            ]
            found += [
                f"{chart}: “{text['words']}” on a point"
                for point in parts["points"]
                if overlap(box, point["box"]) and not is_own(chart, text, point)
            ]
        for number, weight in enumerate(parts["boxes"]):
            others = [*parts["boxes"][:number], *parts["points"]]
            found += [
                f"{chart}: a weight’s box on another or on a node"
                for each in others
                if overlap(weight["box"], each["box"])
            ]
            # Only the weight itself lies in its box.
            inside = [text["words"] for text in texts if overlap(weight["box"], text["box"])]
            found += [f"{chart}: {inside} in one box"] * (len(inside) != 1)
    return found


def is_own(chart: str, text: Any, point: Any) -> bool:
    """Whether a text may lie on a point: a node's value on its node, a line's name beside its end."""
    return (chart == "network" and point["isNode"] and text["row"] == point["row"]) or (
        chart in ("cost", "weights") and text["row"] == point["row"]
    )


def states(generation: str, count: int) -> list[Settings]:
    """Random states of the page, with the extremes more often than chance would have it."""
    choose = random.Random(f"{generation} {count}")  # noqa: S311
    found = []
    for _ in range(count):
        epochs = choose.choice([1, 3, 50, 500, 5_000, 10_000])
        answers = "".join(choose.choice("yn-") for _ in range(8))
        data = choose.choice([datasets.TUTORIAL, "nyynynny", "y-------", "yyyyyyyy", "nnnnnnnn", answers])
        found.append(
            Settings(
                generation=generation,
                lr=choose.choice([0.001, 1.0, 30.0, 100.0, choose.choice(LEARNING_RATES)]),
                epochs=epochs,
                seed=choose.randrange(1_000),
                data=data if set(data) != {"-"} else datasets.TUTORIAL,
                scale=choose.choice(["linear", "logarithmic"]),
                epoch=min(epochs, choose.choice([0, 1, 37, epochs, choose.randrange(epochs + 1)])),
                coffee=choose.random() < 0.5,
                pizza=choose.random() < 0.5,
                chili=choose.random() < 0.5,
            )
        )
    return found


@pytest.mark.parametrize("generation", ["first", "second"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_label_lies_on_another_or_on_a_point_of_another_row(page: Page, generation: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    open_page(page, f"?generation={generation}&epoch=9")
    expect(readout(page)).to_contain_text("epoch 9 ")
    page.evaluate("document.fonts.ready")
    found = {}
    for state in states(generation, 30):
        message = base64.b64encode(scene_of(state)).decode()
        measured = page.evaluate(MEASURE, [message, CHARTS])
        assert [text["words"] for text in measured["network"]["texts"]][-1].endswith(tuple("0123456789"))
        assert len(measured["weights"]["texts"]) > 8
        if clash := clashes(measured):
            found[str(state)] = clash
    assert found == {}


def test_a_label_on_another_or_on_a_point_is_noticed(page: Page) -> None:
    open_page(page, "?epoch=37")
    expect(readout(page)).to_contain_text("epoch 37 ")
    measured = page.evaluate(MEASURE, [None, CHARTS])
    assert clashes(measured) == []
    for chart, parts in measured.items():
        moved = json.loads(json.dumps(parts))
        moved["texts"][-1]["box"] = moved["texts"][-2]["box"]
        assert clashes({chart: moved})
        moved["texts"][-1]["box"] = moved["points"][0]["box"]
        moved["texts"][-1]["row"] = "another"
        assert clashes({chart: moved})


# Of every text of a chart: its size in pixels, its colour, how opaque it is, and the colour that it stands on.
LOOKS = """(charts) => charts.flatMap((key) => {
    const isolated = document.querySelector(`.st-key-${key} [data-testid=stBidiComponentIsolated]`)?.shadowRoot;
    const chart = isolated ?? document.querySelector(`.st-key-${key} .js-plotly-plot`);
    const ground = getComputedStyle(document.querySelector('.stApp')).backgroundColor;
    return [...chart.querySelectorAll('svg text')].filter((node) => node.textContent.trim()).map((node) => {
        const { left, right, top, bottom } = node.getBoundingClientRect();
        const below = (isolated ?? document).elementsFromPoint((left + right) / 2, (top + bottom) / 2)
            .find((each) => each.matches('circle, rect.box'));
        let opacity = 1;
        for (let each = node; each; each = each.parentElement) opacity *= getComputedStyle(each).opacity;
        const { fill, fontSize } = getComputedStyle(node);
        const on = below ? getComputedStyle(below).fill : ground;
        return { key, words: node.textContent, size: parseFloat(fontSize), fill, opacity, on };
    });
})"""


def luminance(rgb: Any) -> float:
    parts = np.asarray(rgb) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(look: Any) -> float:
    fill, on = ([float(part) for part in re.findall(r"[\d.]+", look[name])] for name in ("fill", "on"))
    opacity = look["opacity"] * (fill[3] if len(fill) > 3 else 1)
    seen = [opacity * above + (1 - opacity) * below for above, below in zip(fill, on)]
    low, high = sorted([luminance(seen[:3]), luminance(on[:3])])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("query", ["?epoch=60", "?epoch=700&generation=first&data=nyynynny&pizza=true"])
def test_every_word_on_a_chart_can_be_read_in_both_themes(page: Page, query: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 1800})
    open_page(page, f"{query}&tab=tug-of-war")
    for scheme, colour in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        expect(page.locator(".st-key-cost .gtitle")).to_have_css("fill", colour)
        expect(page.locator(".st-key-pulls .gtitle")).to_have_css("fill", colour)
        looks = [look for look in page.evaluate(LOOKS, [*CHARTS, "pulls"]) if look["opacity"] > 0]
        # The words in the bars stand on their rows' colours: see the test of those.
        assert len(looks) > 40
        looks = [look for look in looks if not (look["key"] == "pulls" and re.fullmatch("[01]{3}", look["words"]))]
        assert [look for look in looks if contrast(look) < 4.5] == []
        assert [look for look in looks if look["size"] < 13] == []


def test_with_forced_colours_words_and_lines_are_in_the_systems_own(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    open_page(page, "?epoch=60")
    expect(readout(page)).to_contain_text("epoch 60 ")
    canvas_text = page.evaluate("""() => {
        document.body.style.color = 'CanvasText';
        return getComputedStyle(document.body).color;
    }""")
    looks = [look for look in page.evaluate(LOOKS, CHARTS) if look["opacity"] > 0]
    assert {look["fill"] for look in looks} == {canvas_text}
    # What a background shows is seen all the same: where the sliders stand, and what is chosen.
    for slider in (".st-key-player .epoch", ".st-key-lr [data-rac][style*=left]"):
        picture = Image.open(BytesIO(page.locator(slider).screenshot())).convert("RGB")
        assert len(picture.getcolors(100_000) or []) > 2, slider
    for chosen in (".st-key-scale [role=radio]", "[role=tab]", ".st-key-generation label", ".st-key-boxes label"):
        looks = page.locator(chosen).evaluate_all(
            """(all) => all.map((each) => [
                each.matches('[data-selected=true], :has(:checked)'), getComputedStyle(each).outlineStyle])"""
        )
        assert {look for is_chosen, look in looks if is_chosen} == {"solid"}
        assert "solid" not in {look for is_chosen, look in looks if not is_chosen}


def drawn(page: Page, key: str) -> list[str]:
    """The words of a picture, in the order in which they were added."""
    texts: list[str] = page.evaluate(
        f"(key) => [...({DRAWING})(key).querySelectorAll('text')].map((each) => each.textContent)", key
    )
    return texts


def value(text: str) -> float:
    return float(text.replace("−", "-").replace(" ", ""))


@pytest.mark.parametrize("query", ["generation=first&seed=1", "coffee=false&chili=false", "pizza=true&lr=30"])
def test_the_network_shows_every_weight_the_prediction_and_a_sum_that_a_calculator_confirms(
    page: Page, query: str
) -> None:
    open_page(page, f"?{query}&epoch=37")
    expect(readout(page)).to_contain_text("epoch 37 ")
    parts = dict(each.split("=") for each in query.split("&"))
    bias, seed, rate = "generation" not in parts, int(parts.get("seed", 0)), float(parts.get("lr", 1))
    plate = ["coffee" not in parts, "pizza" in parts, "chili" not in parts]
    history = train(
        NeuralNetwork.random((3, 1), seed=seed, bias=bias), datasets.happiness(), learning_rate=rate, epochs=5_000
    )
    for epoch in (37, 38, 39):
        expect(readout(page)).to_contain_text(f"epoch {epoch} ")
        weights = [*history.weights[0][epoch, :, 0], *([history.biases[0][epoch, 0]] if bias else [])]
        prediction = history.network(epoch).predict([plate])[0, 0]
        texts = drawn(page, "network")
        for weight in weights:
            assert words.number(weight, 2, sign=True) in texts
        assert words.number(prediction, 2) in texts
        formula = " ".join(texts[texts.index("happy?") + 1 + len(weights) :]).strip()
        inputs = [*plate, True][: len(weights)]
        products, result = re.fullmatch(r"z = (.*?)(?: → (.*))", formula).groups()  # type: ignore[union-attr]
        *terms, z = re.split(" [=≈] ", products)
        assert value(z) == pytest.approx(float(np.dot(weights, inputs)), abs=0.0051)
        if terms:
            (sum_of,) = terms
            parsed = [each.split("·") for each in re.split(r" (?=[+−])", sum_of)]
            assert [value(first) for first, *_ in parsed] == pytest.approx(
                [weight for weight, ticked in zip(weights, inputs) if ticked], abs=0.0051
            )
            total = sum(round(100 * value(first)) for first, *_ in parsed)
            assert (total == round(100 * value(z))) == (" = " in products)
        squashed = words.number(1 / (1 + np.exp(-value(z))), 2)
        assert result == f"σ(z) {'=' if squashed == words.number(prediction, 2) else '≈'} {words.number(prediction, 2)}"
        label = page.locator(".st-key-network figure > svg[role=img]")
        expect(label).to_have_attribute("aria-label", re.compile(f"it predicts {prediction:.2f} at epoch {epoch}\\."))
        button(page, "Step").click()


@pytest.mark.parametrize(("answers", "plate"), [("-n--nyyy", "011"), ("nyynynny", "000"), ("y-------", "111")])
def test_the_points_of_the_sigmoid_lie_where_they_belong_and_the_ticked_one_is_hollow(
    page: Page, answers: str, plate: str
) -> None:
    boxes = "&".join(f"{name}={'true' if bit == '1' else 'false'}" for name, bit in zip(INGREDIENTS, plate))
    open_page(page, f"?data={answers}&epoch=60&{boxes}")
    expect(readout(page)).to_contain_text("epoch 60 ")
    history = train(NeuralNetwork.random((3, 1), seed=0), datasets.plates(answers), learning_rate=1.0, epochs=60)
    answered = history.network(60).predict(PLATES)[:, 0]
    points = page.evaluate(f"""() => [...({DRAWING})('sigmoid').querySelectorAll('.point:not([transform*=scale])')]
        .map((node) => ({{ at: node.getAttribute('transform').match(/[-\\d.]+/g).map(Number), name: node.textContent,
            isHollow: node.classList.contains('ticked'), label: node.dataset.label }}))""")
    named = {words.plate(INGREDIENTS, each): index for index, each in enumerate(PLATES)}
    told = {index for index, letter in enumerate(answers) if letter != "-"}
    assert {named[point["name"].split(":")[0]] for point in points} == told | {int(plate, 2)}
    for point in points:
        index = named[point["name"].split(":")[0]]
        assert point["at"][1] == pytest.approx(188 - 108 * answered[index], abs=0.06)
        assert point["isHollow"] == (index == int(plate, 2))
        assert point["label"] == {"y": "true", "n": "false", "-": "null"}[answers[index]]
    order = sorted(points, key=lambda point: point["at"][0])
    assert [answered[named[point["name"].split(":")[0]]] for point in order] == sorted(
        answered[named[point["name"].split(":")[0]]] for point in points
    )
    misses = page.evaluate(f"""() => [...({DRAWING})('sigmoid').querySelectorAll('.miss:not([data-label=null])')].map(
        (node) => ['y1', 'y2'].map((name) => Number(node.getAttribute(name))))""")
    assert sorted(188 - 108 * answered[index] for index in told) == pytest.approx(
        sorted(y for y, _ in misses), abs=0.06
    )
    assert sorted(y for _, y in misses) == sorted(80 if answers[index] == "y" else 188 for index in told)


def test_between_two_frames_no_number_is_a_neighbours(page: Page) -> None:
    open_page(page, "?epoch=37")
    expect(readout(page)).to_contain_text("epoch 37 ")
    scrubber = page.get_by_role("slider", name="Epoch", exact=True)
    scrubber.evaluate("(node) => { node.value = 1490; node.dispatchEvent(new Event('input')); }")
    expect(readout(page)).to_contain_text("epoch 1,490 ")
    expect(page.locator(".st-key-weights .textpoint text")).to_have_text([f"{name} …" for name in NAMES])
    expect(page.locator(".st-key-cost .textpoint text").first).to_have_text("…")
    assert drawn(page, "network").count("…") == 5
    scrubber.dispatch_event("change")
    history = train(NeuralNetwork.random((3, 1), seed=0), datasets.happiness(), learning_rate=1.0, epochs=1_500)
    values = [*history.weights[0][1490, :, 0], history.biases[0][1490, 0]]
    expect(page.locator(".st-key-weights .textpoint text")).to_have_text(
        [f"{name} {words.number(each, 2, sign=True)}" for name, each in zip(NAMES, values)]
    )
    assert words.number(values[0], 2, sign=True) in drawn(page, "network")


@pytest.mark.parametrize(
    ("query", "keys"),
    [("", ("network", "sigmoid")), ("&generation=third&neuron=1-2", ("network", "neurons", "strips"))],
)
def test_a_picture_is_saved_under_its_charts_name(page: Page, tmp_path: Path, query: str, keys: Sequence[str]) -> None:
    open_page(page, f"?epoch=60{query}")
    expect(readout(page)).to_contain_text("epoch 60 ")
    for key in keys:
        for kind in ("PNG", "SVG"):
            with page.expect_download() as download:
                page.get_by_role("button", name=re.compile(f"Download {key} as an? {kind}")).click()
            assert download.value.suggested_filename == f"{key}.{kind.lower()}"
            saved = tmp_path / "saved"
            download.value.save_as(saved)
            if kind == "PNG":
                assert saved.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
            else:
                assert "var(" not in saved.read_text("utf-8")
                # The strips are a picture in the picture.
                colour = "data:image/png;base64," if key == "strips" else "rgb(34, 104, 186)"
                assert colour in saved.read_text("utf-8")


@pytest.mark.parametrize("layers", [[3, 1], [3, 4, 1], [3, 8, 8, 8, 1], [3, 2]])
@pytest.mark.parametrize("bias", [True, False])
def test_a_network_of_any_depth_has_room_for_its_nodes_and_an_edge_for_each_parameter(
    page: Page, layers: list[int], bias: bool
) -> None:
    page.goto("/_stcore/health")
    script = (ROOT / "ui" / "network" / "layout.js").read_text("utf-8")
    box = {"left": 50, "right": 260, "top": 54, "bottom": 212}
    laid = page.evaluate(
        f"([layers, bias, box]) => {{ {script}; return layoutOf(layers, bias, box); }}", [layers, bias, box]
    )
    network = NeuralNetwork.random(tuple(layers), seed=0, bias=bias)
    parameters = sum(weights.size for weights in network.weights) + (sum(layers[1:]) if bias else 0)
    assert len(laid["edges"]) == parameters
    nodes = [node for layer in laid["nodes"] for node in layer]
    assert len(nodes) == sum(layers) + (len(layers) - 1 if bias else 0)
    for number, node in enumerate(nodes):
        assert box["left"] - 1e-9 <= node["x"] - node["r"] <= node["x"] + node["r"] <= box["right"] + 1e-9
        for other in nodes[:number]:
            assert np.hypot(node["x"] - other["x"], node["y"] - other["y"]) > node["r"] + other["r"]
    last_of_layer = laid["edges"][layers[0] * layers[1] : (layers[0] + 1) * layers[1]]
    assert not bias or all(edge["begin"]["isBias"] for edge in last_of_layer)
