"""Hidden layers in a real browser: pictures of what it computes, and a neuron that is chosen in all of them."""

import base64
import random
import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nnlib import NeuralNetwork, datasets
from nnlib.network import feed_forward
from nnlib.rules import rule, says
from tests.server import ROOT
from tests.test_browser import DRAWING, expect_answered, open_page, readout
from tests.test_pictures import MEASURE, clashes
from tests.visitor import await_, speak
from ui import link, words
from ui.controls import ACTIVATIONS, STARTS
from ui.runs import run_of, scene_of
from ui.settings import INGREDIENTS, LEARNING_RATES, NETWORK_PRESETS, VIEWS, Settings

PLATES = datasets.combinations(3)
PARITY = "nyynynny"
SCRIPTS = ("words.js", "picture/picture.js", "picture/neurons.js", "cube/polygon.js")


def answers(settings: Settings, epoch: int) -> list[Any]:
    """What every layer answers to every plate, layer by layer (plates, neurons), inputs first."""
    network = run_of(settings.experiment).network(epoch)
    return feed_forward(network.weights, network.biases, PLATES, network.activation)[1]


def texts(page: Page, key: str, selector: str) -> list[str]:
    found: list[str] = page.evaluate(
        f"([key, selector]) => [...({DRAWING})(key).querySelectorAll(selector)].map((each) => each.textContent)",
        [key, selector],
    )
    return found


@pytest.mark.parametrize(
    "query",
    [
        "layers=4&data=nyynynny&lr=3&seed=2",
        "layers=3-2&activation=relu&start=he&pizza=true",
        "layers=2-2-2&activation=sigmoid&start=normal&bias=false&optimizer=adam&lr=0.1",
        "layers=0&optimizer=momentum",
        "layers=8-8-8&seed=3",
    ],
)
def test_network_and_table_show_what_every_neuron_answers(page: Page, query: str) -> None:
    open_page(page, f"?generation=third&{query}&epoch=50")
    settings, problems = link.parse(f"?generation=third&{query}&epoch=50")
    assert problems == []
    for epoch in (50, 51, 49, 0):
        page.get_by_role("slider", name="Epoch", exact=True).fill(str(epoch))
        expect(readout(page)).to_contain_text(f"epoch {epoch} ")
        expect_answered(page)
        found = answers(settings, epoch)
        ticked = settings.plate_number
        *hidden, prediction = [value for layer in found[1:] for value in layer[ticked].tolist()]
        *nodes, output = texts(page, "network", ".value")
        assert nodes[:3] == [str(int(each)) for each in settings.plate]
        assert output == words.number(prediction, 2)
        if settings.layers:
            assert all(text in written(value) for text, value in zip(nodes[3:], hidden, strict=True))
            assert texts(page, "neurons", ".row .answer") == [
                words.number(layer[plate][neuron], 1)
                for layer in found[1:]
                for neuron in range(layer.shape[1])
                for plate in range(8)
            ]


def written(value: float) -> set[str]:
    """How a neuron's answer may be written, as there is room."""
    return {"", words.number(value, 1), words.number(value, 2)}


def test_a_chosen_neuron_is_marked_in_every_picture_and_in_the_link(page: Page) -> None:
    open_page(page, f"?generation=third&layers=4&data={PARITY}&lr=3&epoch=700")
    expect(readout(page)).to_contain_text("epoch 700 ")
    settings = Settings(generation="third", data=PARITY, lr=3.0)
    network = run_of(settings.experiment).network(700)
    assert texts(page, "strips", ".label") == []
    page.locator(".st-key-network [data-neuron='1-2']").click()
    for key in ("network", "neurons", "strips"):
        expect(page.locator(f".st-key-{key} [data-neuron='1-2']")).to_have_attribute("aria-pressed", "true")
        expect(page.locator(f".st-key-{key} [aria-pressed=true]")).to_have_count(1)
    expect(page).to_have_url(re.compile("neuron=1-2"))
    values = [*network.weights[0][:, 1], network.biases[0][1]]
    lines = [f"{name} {words.number(value, 2, sign=True)}" for name, value in zip((*INGREDIENTS, "bias"), values)]
    assert texts(page, "strips", ".label") == lines
    assert texts(page, "network", ".weight") == [words.number(value, 2, sign=True) for value in values[:3]]
    formula = " ".join(texts(page, "network", ".formula"))
    z = float(PLATES[5] @ network.weights[0][:, 1] + network.biases[0][1])
    assert formula.startswith("neuron 2: z = ")
    assert f"{words.number(z, 2)} → tanh(z) " in formula
    # By keyboard another one, and none again. The link opens with the neuron chosen.
    other = page.locator(".st-key-neurons [data-neuron='1-4']")
    other.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("neuron=1-4"))
    expect(other).to_be_focused()
    page.reload()
    expect(page.locator(".st-key-strips [data-neuron='1-4']")).to_have_attribute("aria-pressed", "true")
    page.locator(".st-key-strips [data-neuron='1-4']").click()
    expect(page).not_to_have_url(re.compile("neuron"))
    expect(page.locator(".st-key-strips [aria-pressed=true]")).to_have_count(0)


def test_the_cube_says_the_rule_that_follows_from_the_eight_answers(page: Page) -> None:
    open_page(page, "?view=cube&epoch=700&seed=9")
    expect(readout(page)).to_contain_text("epoch 700 ")
    for generation, neuron in (("second", None), ("third", None), ("third", "1-1"), ("third", "1-3"), ("third", "2-1")):
        for epoch in (0, 3, 700):
            settings = Settings(generation, seed=epoch, layers=(3,), view="cube", neuron=neuron, epoch=epoch)
            page.evaluate(MEASURE, [base64.b64encode(scene_of(settings)).decode(), ["cube"]])
            found = answers(settings, epoch)
            layer, number = settings.chosen_neuron or (len(found) - 2, 0)
            is_output = layer == len(found) - 2
            fires = says(found[layer + 1][:, number], "sigmoid" if is_output else "tanh")
            text = rule([{1: True, -1: False, 0: None}[each] for each in fires.tolist()], INGREDIENTS).text
            begin = "It says happy" if is_output else f"Neuron {number + 1} fires"
            assert " ".join(" ".join(texts(page, "cube", ".sentence")).split()) == f"{begin}: {text}"


def test_the_polygon_is_where_the_plane_cuts_the_cube(page: Page) -> None:
    page.goto("/_stcore/health")
    script = "".join((ROOT / "ui" / name).read_text("utf-8") for name in SCRIPTS)
    random_numbers = np.random.default_rng(3)
    neurons = [NeuralNetwork.random((3, 1), seed=random_numbers) for _ in range(500)]
    biases = random_numbers.standard_normal(500)
    # Some planes go through corners, some miss the cube.
    biases[:50] = 0
    biases[50:80] = 20
    given = [
        {"weights": network.weights[0][:, 0].tolist(), "bias": float(bias)} for network, bias in zip(neurons, biases)
    ]
    cuts = page.evaluate(
        f"(neurons) => {{ {script}; const flat = ([x, y, z]) => [x + 0.4 * z, 0.36 * z - y];"
        "return neurons.map((neuron) => cutOf(neuron, flat)); }",
        given,
    )
    for neuron, cut in zip(given, cuts, strict=True):
        weights, bias = np.array(neuron["weights"]), neuron["bias"]
        sums = PLATES @ weights + bias
        assert len(cut) <= 6
        assert (len(cut) >= 3) or not (sums.min() < 0 < sums.max()) or (sums == 0).sum() == 1
        for corner in np.array(cut).reshape(-1, 3):
            assert abs(corner @ weights + bias) < 1e-9
            inside = (corner > 1e-12) & (corner < 1 - 1e-12)
            assert inside.sum() <= 1
            assert ((corner >= 0) & (corner <= 1)).all()
        # On an edge of the cube that a corner of the cut lies on, the neuron answers its two plates differently.
        crossed = sum(sums[one] * sums[one | bit] < 0 for bit in (1, 2, 4) for one in range(8) if not one & bit)
        on_corners = int((sums == 0).sum())
        assert len(cut) == crossed + on_corners


def states(count: int) -> list[Settings]:
    """Random states of the third generation."""
    choose = random.Random(count)  # noqa: S311
    found = []
    for _ in range(count):
        layers = tuple(choose.choice([1, 2, 3, 4, 5, 8]) for _ in range(choose.choice([0, 1, 1, 2, 3])))
        epochs = choose.choice([1, 50, 500])
        layer = choose.randrange(len(layers) + 1)
        number = choose.randrange((*layers, 1)[layer])
        found.append(
            Settings(
                generation="third",
                layers=layers,
                activation=choose.choice(list(ACTIVATIONS)),
                start=choose.choice(list(STARTS)),
                optimizer=choose.choice(["descent", "momentum", "adam"]),
                bias=choose.random() < 0.7,
                lr=choose.choice([0.001, 1.0, 30.0, choose.choice(LEARNING_RATES)]),
                epochs=epochs,
                seed=choose.randrange(1_000),
                data=choose.choice([datasets.TUTORIAL, PARITY, "y-------"]),
                epoch=choose.randrange(epochs + 1),
                view=choose.choice(VIEWS),
                neuron=choose.choice([None, f"{layer + 1}-{number + 1}"]),
                pizza=choose.random() < 0.5,
            )
        )
    return found


@pytest.mark.parametrize("width", [1280, 390])
def test_no_label_of_hidden_layers_lies_on_another(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    open_page(page, "?generation=third&epoch=9")
    expect(readout(page)).to_contain_text("epoch 9 ")
    page.evaluate("document.fonts.ready")
    found = {}
    for view in VIEWS:
        page.get_by_role("radio", name=view, exact=True).click()
        expect(page.locator(f".st-key-{view} figure > svg > *").first).to_be_attached()
        for state in states(40):
            if state.shown_view == view:
                message = base64.b64encode(scene_of(state)).decode()
                if clash := clashes(page.evaluate(MEASURE, [message, ["network", view, "strips", "cost"]])):
                    found[str(state)] = clash
    assert found == {}


def test_every_control_of_the_layers_is_answered(server: Any) -> None:
    async def move() -> None:
        async with speak(server.url, {"generation": "third"}) as visitor:

            def changed() -> dict[str, str]:
                return {name: value for name, value in visitor.scene["link"].items() if value is not None}

            assert changed() == {"generation": "third"}
            for name, preset in NETWORK_PRESETS.items():
                await visitor.forge("network_preset", string_value=name)
                settings, problems = link.read(changed())
                assert problems == []
                assert {field: getattr(settings, field) for field in preset} == dict(preset)
            await visitor.forge("hidden_layers", int_value=3)
            assert changed()["layers"] == "4-4-4"
            await visitor.forge("neurons_1", int_value=8)
            assert changed()["layers"] == "4-8-4"
            await visitor.forge("hidden_layers", int_value=2)
            assert changed()["layers"] == "4-8"
            for key, value in (("activation", "ReLU"), ("start", "He"), ("optimizer", "Adam")):
                await visitor.forge(key, string_value=value)
                assert changed()[key] == value.lower()
            await visitor.forge("bias", bool_value=False)
            assert changed()["bias"] == "false"
            await visitor.forge("view", string_array_value=["cube"])
            assert changed()["view"] == "cube"
            await visitor.tell("scene", '[{"event": "neuron", "value": "2-8"}]')
            assert changed()["neuron"] == "2-8"
            # A neuron that is gone is no longer chosen; one that never was can't be.
            await visitor.forge("hidden_layers", int_value=1)
            assert "neuron" not in changed()
            await visitor.tell("scene", '[{"event": "neuron", "value": "2-2"}]')
            assert "neuron" not in changed()

    await_(move())


@pytest.mark.parametrize(
    ("layers", "most"), [((), 40_000), ((4,), 50_000), ((8,), 120_000), ((8, 8), 120_000), ((8, 8, 8), 120_000)]
)
@pytest.mark.parametrize("view", VIEWS)
def test_what_is_sent_for_a_change_is_not_too_long(layers: tuple[int, ...], most: int, view: str) -> None:
    for epoch in (None, 2_500):
        assert len(scene_of(Settings(generation="third", layers=layers, view=view, epoch=epoch))) < most
