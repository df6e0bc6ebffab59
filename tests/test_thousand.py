"""Ask 1,000 networks: the numbers against networks trained one by one, and words that are true in every case."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from nnlib import NeuralNetwork, datasets, train
from tests.test_page import visit, words
from ui.palette import HAPPY, NEUTRAL, UNHAPPY
from ui.settings import FIRST_ATTEMPT, Settings, from_query
from ui.tabs.answers import TOO_CLOSE, says
from ui.tabs.survey import NETWORKS, Opinion, Survey
from ui.tabs.thousand import question, summary, table, what_it_means, what_they_say
from ui.tabs.thousand_chart import histogram

NAMES = ("coffee", "pizza", "chili")


def survey(*, layers: tuple[int, ...] = (3, 1), bias: bool = True, rate: float = 1.0, epochs: int = 100) -> Survey:
    asked = Survey(datasets.happiness(), layers, bias=bias, learning_rate=rate, epochs=epochs)
    while not asked.complete:
        asked.ask_more()
    return asked


def meaning(asked: Survey, plate: tuple[int, ...]) -> str:
    return what_it_means(asked.opinion(plate, NETWORKS), asked)


@pytest.mark.parametrize(("layers", "bias"), [((3, 1), True), ((3, 1), False), ((3, 3, 1), True)])
def test_each_network_answers_as_one_trained_alone_from_its_seed(layers: tuple[int, ...], bias: bool) -> None:
    asked = survey(layers=layers, bias=bias, rate=3.0, epochs=4_000)
    assert asked.slice < NETWORKS == asked.asked
    for seed in (0, 1, asked.slice - 1, asked.slice, 637, 999):
        network = NeuralNetwork.random(layers, seed=seed, bias=bias)
        alone = train(network, datasets.happiness(), learning_rate=3.0, epochs=4_000).network(4_000)
        np.testing.assert_allclose(asked.answers[seed], alone.predict(datasets.combinations(3))[:, 0], atol=1e-9)


def test_an_opinion_is_counted_from_the_answers() -> None:
    asked = survey(epochs=60)
    for opinion in asked.opinions(NETWORKS):
        column = int("".join(f"{value:g}" for value in opinion.plate), 2)
        answers = sorted(asked.answers[:, column])
        assert (opinion.low, opinion.high) == (answers[0], answers[-1])
        assert opinion.mean == pytest.approx(sum(answers) / NETWORKS)
        assert opinion.happy == sum(answer >= 0.5 + TOO_CLOSE for answer in answers)
        assert opinion.unhappy == sum(answer <= 0.5 - TOO_CLOSE for answer in answers)
        assert opinion.happy + opinion.undecided + opinion.unhappy == NETWORKS


def test_the_training_data_comes_first_with_its_labels_then_what_was_never_seen() -> None:
    opinions = survey(epochs=1).opinions(NETWORKS)
    data = datasets.happiness()
    assert [opinion.plate for opinion in opinions[:5]] == [tuple(row) for row in data.inputs]
    assert [opinion.label for opinion in opinions] == [*data.labels[:, 0], None, None, None]


def test_one_slice_takes_no_longer_for_more_epochs_but_has_fewer_networks() -> None:
    sizes = [
        Survey(datasets.happiness(), layers, bias=True, learning_rate=1.0, epochs=epochs).slice
        for layers, epochs in (((3, 1), 5_000), ((3, 1), 10_000), ((3, 8, 1), 10_000))
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] >= 2 * sizes[1] > sizes[2] > 0


def test_only_the_answers_are_kept() -> None:
    asked = survey(epochs=2_000)
    assert sum(value.nbytes for value in vars(asked).values() if isinstance(value, np.ndarray)) < 100_000


def test_where_all_starts_lead_to_the_same_weights_nobody_guesses() -> None:
    asked = survey(rate=10.0, epochs=5_000)
    assert asked.weights_apart < 0.01
    assert "do not even guess" in meaning(asked, (0, 1, 1))
    assert "nearly the same weights: they differ by no more than 0.01" in meaning(asked, (0, 1, 1))
    assert "have learned it" in meaning(asked, (1, 0, 1))
    assert "guess" not in meaning(asked, (1, 0, 1))
    assert (
        summary(asked.opinions(NETWORKS))
        == "They agree on 5 of the 5 plates they have seen and on 3 of the 3 they have never seen."
    )


def test_the_stated_difference_of_the_weights_is_that_of_the_networks() -> None:
    asked = survey(epochs=300)
    ends = []
    for seed in range(0, NETWORKS, 5):
        history = train(NeuralNetwork.random((3, 1), seed=seed), datasets.happiness(), learning_rate=1.0, epochs=300)
        ends.append([*history.weights[0][-1, :, 0], *history.biases[0][-1]])
    apart = np.ptp(ends, axis=0).max()
    assert apart <= asked.weights_apart <= 2 * apart


def test_after_few_epochs_they_guess_at_what_they_have_not_seen() -> None:
    asked = survey(epochs=100)
    opinion = asked.opinion((0, 1, 0), NETWORKS)
    assert 0 < opinion.happy < NETWORKS
    assert "they guess" in meaning(asked, (0, 1, 0))
    right = NETWORKS - asked.opinion((1, 0, 0), NETWORKS).happy - asked.opinion((1, 0, 0), NETWORKS).undecided
    assert f"after 100 epochs, {right:,} of 1,000 have it right" in meaning(asked, (1, 0, 0))
    assert "still decides how sure" in meaning(asked, (1, 1, 1))


def test_without_a_bias_the_empty_plate_is_one_half_for_ever() -> None:
    asked = survey(bias=False, epochs=300)
    assert (asked.answers[:, 0] == 0.5).all()
    assert "σ(0) = 0.5, however long" in meaning(asked, (0, 0, 0))
    assert what_they_say(asked.opinion((0, 0, 0), NETWORKS)) == "All 1,000 are undecided, and all with 0.50."


def test_with_hidden_layers_and_no_bias_the_empty_plate_is_not_called_one_half() -> None:
    asked = survey(layers=(3, 2, 1), bias=False, epochs=50)
    assert np.ptp(asked.answers[:, 0]) > 0.1
    assert "σ(0)" not in meaning(asked, (0, 0, 0))


def test_what_none_can_learn_is_said_to_be_so() -> None:
    asked = survey(bias=False, epochs=5_000)
    assert "none can make it fit" in meaning(asked, (1, 0, 1))


SURE = Opinion((1.0, 0.0, 1.0), 1.0, 0.95, 0.94, 0.955, NETWORKS, 0, 0)


@pytest.mark.parametrize(
    ("opinion", "said"),
    [
        (SURE, "All 1,000 say happy, with predictions between 0.94 and 0.95."),
        (replace(SURE, low=0.951, high=0.952), "All 1,000 say happy, and all with 0.95."),
        (
            replace(SURE, happy=0, unhappy=NETWORKS, low=0.1),
            "All 1,000 say not happy, with predictions between 0.10 and",
        ),
        (replace(SURE, happy=998, unhappy=2), "998 networks say happy, 2 not happy, with predictions between"),
        (replace(SURE, happy=990, unhappy=7, undecided=3), "990 networks say happy, 7 not happy and 3 undecided, with"),
    ],
)
def test_it_says_how_many_say_what(opinion: Opinion, said: str) -> None:
    assert what_they_say(opinion).startswith(said)


def test_an_agreement_on_the_wrong_answer_is_called_wrong() -> None:
    wrong = replace(SURE, label=0.0)
    assert "all got it wrong" in what_it_means(wrong, survey(epochs=1))


def test_sure_of_what_they_have_seen_is_said_only_where_it_is_so() -> None:
    unseen = replace(SURE, label=None)
    split = replace(unseen, happy=600, unhappy=400)
    assert summary([SURE, unseen, split]).endswith("guessing at what they have not.")
    assert summary([SURE, unseen]).endswith("on 1 of the 1 they have never seen.")
    assert "guessing" not in summary([replace(split, label=1.0), split])


def test_the_table_has_each_plate_once_and_the_present_one_in_bold() -> None:
    lines = table(survey(epochs=100).opinions(NETWORKS), NAMES, (False, True, True)).splitlines()[2:]
    assert len(lines) == 8
    assert [line for line in lines if "**" in line] == [
        line for line in lines if line.startswith("| **pizza + chili**")
    ]
    assert sum("never seen" in line for line in lines) == 3


def test_the_histogram_holds_every_answer_in_the_colour_of_what_it_says() -> None:
    answers = np.array([0.0, 0.1, 0.5, 0.5, 0.9, 0.9, 0.9, 1.0])
    bars, mark = histogram(answers, 0.9, "").data
    assert sum(bars.y) == len(answers)
    assert list(bars.y) == [1, 1, 2, 3, 1]
    assert list(bars.marker.color) == [UNHAPPY, UNHAPPY, NEUTRAL, HAPPY, HAPPY]
    assert list(mark.x) == [0.9]
    assert mark.text[0] == "this network: 0.90"


@pytest.mark.parametrize("place", [0.0, 0.5, 1.0])
def test_the_histogram_can_be_read_where_all_networks_are_at_one_place(place: float) -> None:
    figure = histogram(np.full(NETWORKS, place), place, "")
    (count,) = figure.data[0].y
    assert count == NETWORKS < figure.data[1].y[0] < figure.layout.yaxis.range[1]
    low, high = figure.layout.xaxis.range
    assert low < figure.data[0].x[0] < high


def test_a_prediction_says_happy_not_happy_or_neither() -> None:
    assert says(np.array([0.0, 0.494, 0.496, 0.5, 0.504, 0.506, 1.0])).tolist() == [-1, -1, 0, 0, 0, 1, 1]


@pytest.mark.parametrize("settings", [Settings(lr=30.0, epoch=7), Settings(epochs=100, coffee=False)])
def test_the_question_links_to_other_epochs_and_keeps_the_rest(settings: Settings) -> None:
    query = dict(pair.split("=") for pair in question(settings).split("(?")[1].split(")")[0].split("&") if pair)
    linked, problems = from_query(query)
    assert problems == []
    assert linked == replace(settings, epochs=5_000 if settings.epochs == 100 else 100, epoch=None)


def ask(**query: str) -> tuple[AppTest, int]:
    page = visit(tab="Ask 1,000 networks", **query)
    runs = 1
    while page.get("progress"):
        page.run()
        assert not page.exception
        runs += 1
    return page, runs


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"generation": FIRST_ATTEMPT},
        {"generation": FIRST_ATTEMPT, "coffee": "false", "chili": "false"},
        {"lr": "100"},
        {"epochs": "1"},
        {"epochs": "10000", "seed": "123456", "epoch": "17"},
    ],
)
def test_the_tab_tells_what_all_networks_say(query: dict[str, Any]) -> None:
    page, _ = ask(**query)
    settings, _ = from_query(query)
    asked = survey(bias=settings.bias, rate=settings.learning_rate, epochs=settings.epochs)
    assert what_they_say(asked.opinion(settings.plate, NETWORKS)) in words(page)
    assert table(asked.opinions(NETWORKS), NAMES, settings.plate) in words(page)
    assert f"this one has seed {settings.seed:,}" in words(page)


def test_work_is_seen_while_it_lasts_and_other_boxes_ask_nobody_again() -> None:
    page, runs = ask(lr="7", seed="5")
    assert runs > 1
    page.checkbox(key="pizza").check().run()
    assert not page.get("progress")
    again, runs = ask(lr="7", seed="6")
    assert runs == 1
    assert "this one has seed 6" in words(again)


def test_in_the_browser_all_networks_answer_by_themselves_and_a_tick_asks_nobody_again(page: Page) -> None:
    page.add_init_script("""new MutationObserver(() => {
        window.worked ||= document.querySelector('[data-testid=stProgress]') !== null;
    }).observe(document, { subtree: true, childList: true })""")
    page.goto("/?tab=Ask+1%2C000+networks&lr=15&epochs=9999")
    expect(page.get_by_text("All 1,000 say happy")).to_be_visible(timeout=20_000)
    assert page.evaluate("window.worked") is True
    expect(page.get_by_role("progressbar")).to_have_count(0)
    page.evaluate("window.worked = false")
    page.get_by_text("Coffee", exact=True).last.click()
    expect(page.get_by_text("All 1,000 say not happy")).to_be_visible()
    assert page.evaluate("window.worked") is False
