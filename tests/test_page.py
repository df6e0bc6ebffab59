"""The page's script, run without a browser: controls, figures, verdict and link."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from nnlib import NeuralNetwork, datasets, train
from tests.server import ROOT
from ui.panels import answer


def visit(**query: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def figures(page: AppTest) -> dict[str, str]:
    everything = " ".join(html.proto.body for html in page.get("html"))
    return dict(re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", everything))


def words(page: AppTest) -> str:
    return " ".join(element.value for kind in (page.markdown, page.header, page.caption) for element in kind)


def test_the_default_page_shows_the_trained_network() -> None:
    page = visit()
    history = train(NeuralNetwork.random((3, 1), seed=0), datasets.happiness(), learning_rate=1.0, epochs=5_000)
    shown = figures(page)
    assert shown["Final cost"] == f"{history.cost[-1]:.4f}"
    assert shown["Rows right"] == "5 of 5"
    assert shown["Cost below 0.01"] == f"epoch {int((history.cost < 0.01).argmax()):,}"
    assert f"{history.network(5_000).predict([[1, 0, 1]])[0, 0]:.4f}" in words(page)
    assert not page.warning


def test_without_a_bias_the_low_cost_is_not_reached() -> None:
    shown = figures(visit(generation="First attempt"))
    assert shown["Final cost"] == "0.1501"
    assert shown["Cost below 0.01"] == "not reached"


def test_the_figures_and_the_verdict_are_about_the_epoch_in_the_link() -> None:
    page = visit(epoch="0", seed="7")
    network = NeuralNetwork.random((3, 1), seed=7)
    assert "Cost at epoch 0" in figures(page)
    assert f"After epoch 0: probability {network.predict([[1, 0, 1]])[0, 0]:.4f}." in words(page)


@pytest.mark.parametrize(
    ("boxes", "seen"), [((True, True, True), True), ((False, True, True), False), ((False, False, False), False)]
)
def test_the_verdict_says_whether_the_plate_was_in_the_training_data(boxes: Any, seen: bool) -> None:
    page = visit()
    for box, ticked in zip(page.checkbox, boxes):
        box.set_value(ticked)
    page.run()
    assert ("**Seen in training.**" in words(page)) is seen
    assert ("**Never seen in training.**" in words(page)) is not seen


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


@pytest.mark.parametrize(("name", "text"), [("lr", "abc"), ("epochs", "5.7"), ("seed", "-3"), ("generation", "x")])
def test_an_unusable_value_opens_with_the_default_and_one_line(name: str, text: str) -> None:
    page = visit(**{name: text, "chili": "false"})
    (warning,) = page.warning
    assert text in warning.value.replace("\\", "")
    assert figures(page)["Final cost"] == "0.0012"
    assert not page.checkbox(key="chili").value


def test_a_warning_about_the_link_goes_once_it_is_no_longer_true() -> None:
    page = visit(lr="abc")
    page.checkbox(key="pizza").check().run()
    assert not page.warning


def test_a_link_cannot_put_pictures_or_links_on_the_page() -> None:
    (warning,) = visit(lr="[win](http://example.org) $x$ :smile:").warning
    assert r"\[win\]\(http\:\/\/example\.org\) \$x\$ \:smile\:" in warning.value


def test_two_values_for_one_setting_leave_the_last() -> None:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    page.query_params["lr"] = ["2", "3"]
    page.run()
    assert page.select_slider(key="lr").value == 3.0


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0.9544, ":blue[Happy], 95 %"),
        (0.46, ":orange[Not happy], 54 %"),
        (0.9982, ":blue[Happy], over 99 %"),
        (0.0001, ":orange[Not happy], over 99 %"),
        (0.5, "Can’t tell, 50 %"),
        (0.4996, "Can’t tell, 50 %"),
    ],
)
def test_an_answer_says_how_sure_it_is_of_its_word(probability: float, text: str) -> None:
    assert answer(probability) == text


@pytest.mark.parametrize("lr", ["0.001", "100"])
@pytest.mark.parametrize("epochs", ["1", "10000"])
def test_the_page_stands_at_the_ends_of_its_sliders(lr: str, epochs: str) -> None:
    assert "Final cost" in figures(visit(lr=lr, epochs=epochs))


def test_the_first_tab_offers_things_to_try_and_keeps_the_visitors_own_settings() -> None:
    text = words(visit(seed="5", epoch="9"))
    assert "[30](?lr=30&seed=5)" in text
    assert "[Take the bias away](?generation=First+attempt&seed=5)" in text
