"""The page's script, run without a browser: controls, figures, answer, plates and link."""

import json
import re
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from nnlib import NeuralNetwork, datasets, separability, train
from tests.server import ROOT
from ui import link
from ui import words as say
from ui.settings import PRESETS


def visit(**query: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def html(page: AppTest) -> str:
    """All that the page writes as HTML, by itself or through a component."""
    own = [re.sub("<style>.*?</style>", "", element.proto.body, flags=re.DOTALL) for element in page.get("html")]
    sent = [json.loads(element.proto.json or "null") for element in page.get("bidi_component")]
    return " ".join([*own, *(each["html"] for each in sent if each and "html" in each)])


def words(page: AppTest) -> str:
    """All words of the page's texts, without their tags."""
    texts = [element.value for kind in (page.markdown, page.header, page.caption) for element in kind]
    return " ".join([*texts, unescape(re.sub("<.*?>", "", html(page)))])


def scene(page: AppTest) -> dict[str, Any]:
    """The description of the run that the page sends to the player."""
    (component,) = [each for each in page.get("bidi_component") if each.proto.component_name == "scene"]
    message: bytes = component.proto.bytes
    description: dict[str, Any] = json.loads(message[8 : 8 + int.from_bytes(message[:8], "little")])
    return description


def problems(page: AppTest) -> list[str]:
    (box,) = re.findall('<div class="problems".*?</div>', html(page)) or [""]
    return [unescape(problem) for problem in re.findall("<p>(.*?)</p>", box)]


def test_the_default_page_brings_the_player_the_trained_network() -> None:
    page = visit()
    history = train(NeuralNetwork.random((3, 1), seed=0), datasets.happiness(), learning_rate=1.0, epochs=5_000)
    sent = scene(page)
    low = int((history.cost < 0.01).argmax())
    assert sent["milestones"] == {"allRight": {"first": 28, "forGood": 28}, "lowCost": {"first": low, "forGood": low}}
    assert (sent["epochs"], sent["epoch"], sent["autoplay"]) == (5_000, 5_000, True)
    assert (sent["data"], sent["ticked"]) == ("-n--nyyy", 5)
    assert set(sent["link"].values()) == {None}
    assert problems(page) == []


def test_without_a_bias_the_milestones_are_not_reached() -> None:
    never = {"first": None, "forGood": None}
    assert scene(visit(generation="first"))["milestones"] == {"allRight": never, "lowCost": never}


def test_a_milestone_that_is_lost_again_is_told_from_the_one_for_good() -> None:
    found = scene(visit(lr="30", data="y-nynn--", epochs="400"))["milestones"]["allRight"]
    settings, _ = link.read({"lr": "30", "data": "y-nynn--", "epochs": "400"})
    history = settings.experiment.train()
    right = (say.verdicts(history.predict(history.dataset.inputs), history.dataset.labels) == 1).all(axis=(1, 2))
    assert found["first"] == (int(right.argmax()) if right.any() else None)
    assert found["forGood"] is None or right[found["forGood"] :].all()
    assert not found["forGood"] or not right[found["forGood"] - 1]


@pytest.mark.parametrize("boxes", [(True, True, True), (False, True, True), (False, False, False)])
def test_the_plate_of_the_boxes_is_marked_and_asked(boxes: Any) -> None:
    page = visit()
    for box, ticked in zip(page.checkbox, boxes):
        box.set_value(ticked)
    page.run()
    assert scene(page)["ticked"] == int("".join(f"{box:d}" for box in boxes), 2)


def test_fewer_epochs_than_the_one_chosen_leave_it_behind() -> None:
    page = visit(epoch="70")
    page.slider(key="epochs").set_value(60).run()
    assert not page.exception
    assert scene(page)["epoch"] == 60


def test_a_box_or_a_rate_keeps_the_epoch_chosen() -> None:
    page = visit(epoch="70")
    page.checkbox(key="pizza").check().run()
    assert scene(page)["epoch"] == 70
    page.select_slider(key="lr").set_value(3.0).run()
    assert (scene(page)["epoch"], scene(page)["autoplay"]) == (70, False)


def test_epochs_can_be_typed_and_slider_and_field_agree() -> None:
    page = visit()
    page.number_input[0].set_value(777).run()
    assert (page.slider(key="epochs").value, scene(page)["epochs"]) == (777, 777)
    page.slider(key="epochs").set_value(60).run()
    assert (page.number_input[0].value, scene(page)["epochs"]) == (60, 60)


def test_a_new_random_start_is_another_seed() -> None:
    page = visit()
    page.button[0].click().run()
    assert page.number_input(key="seed").value != 0
    assert not page.exception


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_answers_the_plates_and_the_page_is_about_them(name: str) -> None:
    page = visit(epoch="70")
    page.selectbox[0].set_value(name).run()
    assert not page.exception
    data = datasets.plates(PRESETS[name])
    assert scene(page)["data"] == PRESETS[name]
    able = separability.one_neuron(data).possible
    assert f"One neuron {'can' if able else 'can’t'} learn these answers." in words(page)


def test_the_choice_of_data_says_what_the_plates_say() -> None:
    page = visit(data="yyyyyyyy")
    assert page.selectbox[0].value == "Your own answers"
    page.selectbox[0].set_value("Any (OR)").run()
    assert scene(page)["data"] == PRESETS["Any (OR)"]
    assert "Your own answers" not in page.selectbox[0].options


@pytest.mark.parametrize("data", ["y-------", "-------n", "nyynynny", "yyyyyyyy", "ynynnyny"])
@pytest.mark.parametrize("generation", ["first", "second"])
@pytest.mark.parametrize("tab", ["by-hand", "tug-of-war", "why-bias", "code"])
def test_every_tab_is_about_the_answers_given(data: str, generation: str, tab: str) -> None:
    page = visit(data=data, generation=generation, tab=tab, epochs="50", epoch="7")
    if tab == "by-hand":
        assert html(page).count('<th scope="row">') >= 8 - data.count("-")
    assert "About epoch 7" in words(page)


@pytest.mark.parametrize(("name", "text"), [("lr", "abc"), ("epochs", "5.7"), ("seed", "-3"), ("generation", "x")])
def test_an_unusable_value_opens_with_the_default_and_one_line(name: str, text: str) -> None:
    page = visit(**{name: text, "chili": "false"})
    (problem,) = problems(page)
    assert f"“{text}”" in problem
    assert scene(page)["epochs"] == 5_000
    assert not page.checkbox(key="chili").value


def test_a_warning_about_the_link_goes_once_it_is_no_longer_true() -> None:
    page = visit(lr="abc")
    page.checkbox(key="pizza").check().run()
    assert problems(page) == []


def test_two_values_for_one_setting_leave_the_last() -> None:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    page.query_params["lr"] = ["2", "3"]
    page.run()
    assert page.select_slider(key="lr").value == 3.0


@pytest.mark.parametrize("lr", ["0.001", "100"])
@pytest.mark.parametrize("epochs", ["1", "10000"])
def test_the_page_stands_at_the_ends_of_its_sliders(lr: str, epochs: str) -> None:
    assert scene(visit(lr=lr, epochs=epochs))["epochs"] == int(epochs)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"lr": "50"}, True),
        ({"lr": "30"}, False),
        ({"lr": "15", "data": "nyynynny"}, True),
        ({"lr": "10", "data": "nyynynny"}, False),
    ],
)
def test_beside_the_score_it_says_where_rounding_can_decide_the_digits(query: dict[str, str], said: bool) -> None:
    assert ("rounding" in words(visit(tab="code", **query))) is said


def test_the_first_tab_offers_things_to_try() -> None:
    assert 'data-changes="generation=&amp;epoch=&amp;lr=30">30</button>' in html(visit(seed="5", epoch="9"))
