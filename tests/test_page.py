"""The page's script, run without a browser: controls, figures, answer, plates and link."""

import json
import re
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from nnlib import NeuralNetwork, datasets, train
from tests.server import ROOT
from ui.panels import answer
from ui.settings import DEFAULTS, PRESETS


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


def figures(page: AppTest) -> dict[str, str]:
    return dict(re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", html(page)))


def problems(page: AppTest) -> list[str]:
    (box,) = re.findall('<div class="problems".*?</div>', html(page)) or [""]
    return [unescape(problem) for problem in re.findall("<p>(.*?)</p>", box)]


def plates(page: AppTest) -> Any:
    (component,) = [each for each in page.get("bidi_component") if each.proto.component_name == "plates"]
    return json.loads(component.proto.json)


def test_the_default_page_shows_the_trained_network() -> None:
    page = visit()
    history = train(NeuralNetwork.random((3, 1), seed=0), datasets.happiness(), learning_rate=1.0, epochs=5_000)
    values = figures(page)
    assert values["Final cost"] == f"{history.cost[-1]:.4f}"
    assert values["Plates right"] == "5 of 5"
    assert values["Cost below 0.01"] == f"epoch {int((history.cost < 0.01).argmax()):,}"
    assert f"prediction {history.network(5_000).predict([[1, 0, 1]])[0, 0]:.4f}." in words(page)
    assert "Happy, 95 %" in words(page)
    assert plates(page) == {"answers": "-n--nyyy", "ticked": 5}
    assert problems(page) == []


def test_without_a_bias_the_low_cost_is_not_reached_and_the_undecided_are_counted() -> None:
    values = figures(visit(generation="first"))
    assert values["Final cost"] == "0.1501"
    assert values["Cost below 0.01"] == "not reached"
    assert values["Plates right"] == "2 of 5, 3 undecided"


def test_the_figures_and_the_answer_are_about_the_epoch_in_the_link() -> None:
    page = visit(epoch="0", seed="7")
    network = NeuralNetwork.random((3, 1), seed=7)
    assert "Cost at epoch 0" in figures(page)
    assert f"After epoch 0: prediction {network.predict([[1, 0, 1]])[0, 0]:.4f}." in words(page)


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ((True, True, True), "It was told this plate: happy."),
        ((False, False, True), "It was told this plate: not happy."),
        ((False, True, True), "It was never told this plate, so nobody can say whether that is right."),
        ((False, False, False), "It was never told this plate, so nobody can say whether that is right."),
    ],
)
def test_the_answer_says_what_it_rests_on(boxes: Any, said: str) -> None:
    page = visit()
    for box, ticked in zip(page.checkbox, boxes):
        box.set_value(ticked)
    page.run()
    assert said in words(page)
    assert plates(page)["ticked"] == int("".join(f"{box:d}" for box in boxes), 2)


def test_a_new_setting_leaves_the_old_epoch_behind() -> None:
    page = visit(epoch="70")
    page.slider(key="epochs").set_value(60).run()
    assert not page.exception
    assert "Final cost" in figures(page)


def test_a_box_ticked_keeps_the_epoch() -> None:
    page = visit(epoch="70")
    page.checkbox(key="pizza").check().run()
    assert "Cost at epoch 70" in figures(page)


def test_a_new_random_start_is_another_seed() -> None:
    page = visit()
    page.button[0].click().run()
    assert page.number_input(key="seed").value != 0
    assert not page.exception


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_answers_the_plates_and_the_page_is_about_them(name: str) -> None:
    page = visit(epoch="70")
    page.selectbox(key="preset").set_value(name).run()
    assert not page.exception
    assert plates(page)["answers"] == PRESETS[name]
    data = datasets.plates(PRESETS[name])
    epoch = 70 if PRESETS[name] == DEFAULTS.data else 5_000
    history = train(NeuralNetwork.random((3, 1), seed=0), data, learning_rate=1.0, epochs=5_000)
    assert f"{history.cost[epoch]:.4f}" in figures(page).values()


def test_the_choice_of_data_says_what_the_plates_say() -> None:
    page = visit(data="yyyyyyyy")
    assert page.selectbox(key="preset").value == "Your own answers"
    page.selectbox(key="preset").set_value("Any (OR)").run()
    assert plates(page)["answers"] == PRESETS["Any (OR)"]
    assert "Your own answers" not in page.selectbox(key="preset").options


@pytest.mark.parametrize("data", ["y-------", "-------n", "nyynynny", "yyyyyyyy", "ynynnyny"])
@pytest.mark.parametrize("generation", ["first", "second"])
@pytest.mark.parametrize("tab", ["by-hand", "tug-of-war", "why-bias", "code"])
def test_every_tab_is_about_the_answers_given(data: str, generation: str, tab: str) -> None:
    page = visit(data=data, generation=generation, tab=tab, epochs="50", epoch="7")
    count = 8 - data.count("-")
    assert f" of {count}" in figures(page)["Plates right"]
    if tab == "by-hand":
        assert html(page).count('<th scope="row">') >= count


@pytest.mark.parametrize(("name", "text"), [("lr", "abc"), ("epochs", "5.7"), ("seed", "-3"), ("generation", "x")])
def test_an_unusable_value_opens_with_the_default_and_one_line(name: str, text: str) -> None:
    page = visit(**{name: text, "chili": "false"})
    (problem,) = problems(page)
    assert f"“{text}”" in problem
    assert figures(page)["Final cost"] == "0.0012"
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


@pytest.mark.parametrize(
    ("prediction", "text"),
    [
        (0.9544, "Happy, 95 %"),
        (0.46, "Not happy, 54 %"),
        (0.9982, "Happy, over 99 %"),
        (0.0001, "Not happy, over 99 %"),
        (0.5, "Undecided, 50 %"),
        (0.4996, "Undecided, 50 %"),
        (0.5049, "Undecided, 50 %"),
    ],
)
def test_an_answer_says_how_sure_it_is_of_its_word(prediction: float, text: str) -> None:
    assert answer(prediction) == text


@pytest.mark.parametrize("lr", ["0.001", "100"])
@pytest.mark.parametrize("epochs", ["1", "10000"])
def test_the_page_stands_at_the_ends_of_its_sliders(lr: str, epochs: str) -> None:
    assert "Final cost" in figures(visit(lr=lr, epochs=epochs))


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
