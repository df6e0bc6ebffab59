"""Ask 1,000 networks with hidden layers: how often they succeed, and words that are true in every case."""

import re
from dataclasses import replace
from functools import partial
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nnlib import Architecture, NeuralNetwork, datasets
from nnlib.studies.starts import NEVER, Solution, Starts
from nnlib.studies.widths import WIDTHS, WidthTable
from nnlib.symmetries import shuffled
from tests.test_page import visit, words
from tests.test_starts import experiment, finished
from tests.test_survey_tab import ask as ask_survey
from ui import link
from ui.runs import starts_of, survey_of, widths_of
from ui.tabs.survey import shuffle, success, widths
from ui.tabs.survey.chart import succeeded

NAMES = ("coffee", "pizza", "chili")
PARITY = "nyynynny"


def starts(*how: Any, networks: int = 100, **more: Any) -> Starts:
    found: Starts = finished(Starts(experiment(*how, **more), networks), seconds=1)
    return found


def altered(found: Starts, *, right: int, since: list[int] | None = None, dead: list[int] | None = None) -> Starts:
    """The same study as if the first `right` networks had all right."""
    found.all_right = np.arange(found.networks) < right
    found.since = np.array((since or []) + [NEVER] * (found.networks - len(since or [])))
    found.dead = np.array((dead or []) + [0] * (found.networks - len(dead or [])))
    return found


@pytest.mark.parametrize(
    ("right", "said"),
    [
        (100, "All 100 random starts get all 8 plates right that they are told."),
        (0, "None of the 100 random starts gets all 8 plates right that they are told."),
        (1, "1 of 100 random starts gets all 8 plates right that they are told."),
        (73, "73 of 100 random starts get all 8 plates right that they are told."),
    ],
)
def test_it_says_how_many_have_all_right(right: int, said: str) -> None:
    assert success.how_many(altered(starts(epochs=1), right=right)) == said


def test_it_speaks_of_one_plate_where_one_is_told() -> None:
    assert success.how_many(starts(data="-------y")) == (
        "All 100 random starts get the one plate right that they are told."
    )


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ([], ""),
        ([7], "It has all right from epoch 7 on (looked at 2 times in training, ever more rarely)."),
        ([7, 7, 7], "They have all right from epoch 7 on (looked"),
        ([9, 3, 5, 1_024], "Half of them have all right from epoch 5 on, the last from epoch 1,024 on (looked"),
    ],
)
def test_it_says_from_when_on(since: list[int], said: str) -> None:
    found = success.since_when(altered(starts(epochs=1), right=len(since), since=since))
    assert found.startswith(said)
    assert bool(found) == bool(since)


@pytest.mark.parametrize(
    ("right", "found", "said"),
    [
        (0, 0, ""),
        (1, 1, ""),
        (9, 1, "All 9 have found **the same solution**: two are the same where their hidden neurons fire for"),
        (9, 9, "**No two of the 9** have found the same solution: two are the same"),
        (90, 12, "The 90 have found **12 different solutions**: two are the same"),
    ],
)
def test_it_says_how_different_they_are(right: int, found: int, said: str) -> None:
    text = success.how_different(altered(starts(epochs=1), right=right), found)
    assert text.startswith(said)
    assert bool(text) == (right > 1)


@pytest.mark.parametrize(
    ("activation", "bias", "turned"),
    [
        ("tanh", True, True),
        ("tanh", False, True),
        ("sigmoid", True, True),
        ("sigmoid", False, False),
        ("relu", True, False),
    ],
)
def test_opposites_are_spoken_of_where_they_count_as_the_same(activation: str, bias: bool, turned: bool) -> None:
    found = altered(starts(activation=activation, bias=bias, epochs=1), right=5)
    assert ("does the opposite" in success.how_different(found, 2)) == turned


def pattern(letters: str) -> tuple[bool | None, ...]:
    return tuple({"y": True, "n": False, "-": None}[letter] for letter in letters)


COFFEE, CHILI, UNSURE = pattern("nnnnyyyy"), pattern("nynynyny"), pattern("-nnnyyyy")


def test_the_table_says_what_the_neurons_of_each_solution_fire_for() -> None:
    one = Solution(((COFFEE, CHILI, COFFEE),), CHILI, 1_234, 5)
    other = Solution(((CHILI, UNSURE, COFFEE),), CHILI, 2, 17)
    assert success.table([one, other], NAMES).splitlines() == [
        "| Networks | Its neurons fire for |",
        "|--:|:--|",
        "| 1,234 | coffee (2 neurons) · chili |",
        "| 2 | chili · coffee; undecided at the empty plate · coffee |",
    ]
    deep = Solution(((COFFEE,), (CHILI, CHILI)), CHILI, 3, 0)
    assert success.table([deep], NAMES).splitlines()[0::2] == [
        "| Networks | Layer 1 fires for | Layer 2 fires for |",
        "| 3 | coffee | chili (2 neurons) |",
    ]
    tanh, relu, equal = starts(epochs=1), starts(activation="relu", epochs=1), starts(start="equal", epochs=1)
    assert success.about(tanh, [other]) == "Of a neuron and its opposite the table has one."
    assert success.about(equal, [one]) == "Of a neuron and its opposite the table has one."
    assert success.about(tanh, [one]).startswith(
        "Of a neuron and its opposite the table has one. Neurons that fire for"
    )
    assert success.about(relu, [one]).startswith("Neurons that fire for the same plates need not be the same")
    assert success.about(relu, [other]) == ""
    buttons = re.findall('data-changes="(.*?)">(.*?)</button>', success.look_at([one, other]))
    assert [(dict(parse_qsl(unescape(changes), True)), words) for changes, words in buttons] == [
        ({"seed": "5", "epoch": ""}, "seed 5"),
        ({"seed": "17", "epoch": ""}, "seed 17"),
    ]


def test_dead_neurons_are_counted_where_there_are_any_or_could_be() -> None:
    relu = starts((3, 4, 1), "relu", "he", epochs=1)
    assert success.dead(altered(relu, right=0)) == "No ReLU neuron is dead at the end."
    said = success.dead(altered(relu, right=0, dead=[4, 1, 1]))
    assert said.startswith("**Dead neurons** are in 3 of 100 networks: on average 0.1 of the 4 hidden neurons.")
    assert "A dead one answers 0 to every plate told." in said
    assert "are in all networks: on average 2.0 of" in success.dead(altered(relu, right=0, dead=[2] * 100))
    one = altered(starts((3, 1, 1), "relu", "he", epochs=1), right=0, dead=[1] * 50)
    assert "in 50 of 100 networks: on average 0.5 of the 1 hidden neuron." in success.dead(one)
    tanh = starts(epochs=1)
    assert success.dead(tanh) == ""
    assert "answers the lowest or the highest number that it can to every plate told" in success.dead(
        altered(tanh, right=0, dead=[1])
    )


def test_equal_starts_are_explained_where_a_layer_has_more_than_one_neuron() -> None:
    assert "never differ here" in success.equal(starts((3, 4, 1), start="equal", epochs=1))
    assert success.equal(starts((3, 1, 1), start="equal", epochs=1)) == ""
    assert success.equal(starts((3, 4, 1), epochs=1)) == ""


def test_the_curve_ends_at_how_many_have_all_right() -> None:
    found = starts()
    (line,) = succeeded(found).data
    assert list(line.x) == sorted({max(1, look) for look in found.looks})
    assert line.y[-1] == found.all_right.sum() > 0
    for epoch, count in zip(line.x, line.y):
        assert count == sum(1 for since in found.since if since != NEVER and since <= epoch)
    low, high = succeeded(starts(epochs=1)).layout.xaxis.range
    assert low < high


def test_the_table_of_widths_is_in_per_cent_with_the_present_network_in_bold() -> None:
    experiment = starts(epochs=1).experiment
    table = WidthTable(experiment, networks=200)
    assert widths.table(table, experiment.architecture).count("…") == 24
    right = np.arange(24.0).reshape(8, 3)
    right[7, 2] = np.nan
    table.right = right
    lines = widths.table(table, experiment.architecture).splitlines()
    assert lines[0] == "| Neurons | sigmoid, normal | tanh, Glorot | ReLU, He |"
    assert lines[3] == "| 2 | 2% | **2%** | 2% |"
    assert lines[-1] == "| 8 | 10% | 11% | … |"
    assert "**" not in widths.table(table, Architecture((3, 2, 2, 1), activation="tanh"))
    assert widths.about(table) == (
        "One hidden layer, with biases; each activation has the start that is made for it. So many of 200 random "
        "starts have all right that they are told after 1 epoch at learning rate 3."
    )
    assert "without biases" in widths.about(WidthTable(starts(bias=False, epochs=1).experiment))


@pytest.mark.parametrize(
    ("layers", "bias", "columns"), [((3, 4, 1), True, 6), ((3, 4, 1), False, 5), ((3, 4, 2, 1), True, 5)]
)
def test_both_orders_of_a_network_have_the_same_rows_and_the_same_answers(
    layers: tuple[int, ...], bias: bool, columns: int
) -> None:
    network = NeuralNetwork.random(layers, seed=3, bias=bias, activation="tanh")
    other = shuffled(network, np.random.default_rng(0))
    before, after = (shuffle.table(each, NAMES).splitlines() for each in (network, other))
    assert before[:2] == after[:2]
    assert before != after
    assert before[0].count("|") == columns + 1
    rows = [sorted(line.split("|", 2)[2] for line in lines[2:]) for lines in (before, after)]
    assert rows[0] == rows[1]
    assert len(rows[0]) == 4
    said = shuffle.comparison(network, other)
    numbers = ", ".join(f"{answer:.2f}" for answer in network.predict(datasets.combinations(3))[:, 0])
    assert said.startswith(f"Before and after, it answers the 8 plates with {numbers}")
    assert ("behind it are shuffled, too" in shuffle.about(network)) == (len(layers) > 3)


def test_a_row_holds_a_neurons_weights_its_bias_and_the_outputs_weight() -> None:
    network = NeuralNetwork([[[1.0, -2.0], [0.5, 3.0], [0.0, 4.0]], [[5.0], [-6.0]]], [[0.25, -7.0], [1.0]], "tanh")
    assert shuffle.table(network, NAMES).splitlines() == [
        "| Neuron | Coffee | Pizza | Chili | Bias | Output |",
        "|--:|--:|--:|--:|--:|--:|",
        "| 1 | +1.00 | +0.50 | 0.00 | +0.25 | +5.00 |",
        "| 2 | −2.00 | +3.00 | +4.00 | −7.00 | −6.00 |",
    ]


def test_rounding_is_told_from_the_same_digits() -> None:
    network = NeuralNetwork.random((3, 4, 1), seed=3)
    assert shuffle.comparison(network, network).endswith(": not a digit changes.")
    nearly = NeuralNetwork([network.weights[0], network.weights[1] * (1 + 1e-15)], network.biases)
    said = shuffle.comparison(network, nearly)
    assert re.search(r"No answer differs by more than \d\.\d × 10⁻¹[⁰¹²³⁴⁵⁶⁷⁸⁹], which is rounding", said)


def test_networks_that_differ_in_their_seed_share_a_study_and_all_layers_share_a_table_of_widths() -> None:
    experiment = starts(epochs=1).experiment
    assert starts_of(experiment) is starts_of(replace(experiment, seed=9))
    assert starts_of(experiment) is not survey_of(experiment)
    wide = replace(experiment, architecture=Architecture((3, 8, 8, 1), activation="relu"))
    assert widths_of(experiment) is widths_of(wide)
    assert widths_of(experiment) is not widths_of(replace(experiment, learning_rate=1.0))
    assert widths_of(experiment).nbytes < 100_000


ask = partial(ask_survey, generation="third")


@pytest.mark.parametrize(
    "query",
    [
        {"data": PARITY, "lr": "3", "epochs": "1500", "layers": "4"},
        {"data": PARITY, "lr": "3", "epochs": "300", "layers": "1"},
        {"data": PARITY, "epochs": "100", "activation": "relu", "start": "he", "layers": "8", "optimizer": "adam"},
        {"data": PARITY, "lr": "100", "epochs": "100", "activation": "relu", "start": "he", "layers": "2-2"},
        {"data": "y-------", "epochs": "1", "layers": "8-8-8", "activation": "sigmoid"},
        {"epochs": "200", "start": "equal", "bias": "false", "optimizer": "momentum"},
    ],
)
def test_the_tab_tells_how_often_it_succeeds(query: dict[str, Any]) -> None:
    page, _ = ask(**query)
    settings, problems = link.read({"generation": "third", **query})
    assert problems == []
    found = starts_of(settings.experiment)
    assert found.complete
    count, solutions = found.solutions(success.MOST)
    texts = [success.how_many(found), success.since_when(found), success.how_different(found, count)]
    texts += [success.dead(found), success.equal(found)]
    often = [solution for solution in solutions if solution.networks > 1]
    texts += [success.table(often, NAMES)] if often else []
    assert [text for text in texts if text not in words(page)] == []
    assert "What do they say?" in words(page)
    assert [toggle.key for toggle in page.toggle] == [
        *(["shuffle_neurons"] if max(settings.layers) > 1 else []),
        "compare_widths",
    ]


def test_the_neurons_are_shuffled_and_widths_compared_when_asked_and_at_once_the_second_time() -> None:
    page, _ = ask(epochs="60", lr="7")
    network = link.read({"generation": "third", "epochs": "60", "lr": "7"})[0].experiment.train().network(60)
    assert shuffle.table(network, NAMES) not in words(page)
    page.toggle(key="shuffle_neurons").set_value(True).run()
    assert shuffle.table(network, NAMES) in words(page)
    assert shuffle.about(network) in words(page)
    runs = 0
    page.toggle(key="compare_widths").set_value(True).run()
    while page.get("progress"):
        page.run()
        assert not page.exception
        runs += 1
    assert runs > 0
    table = words(page).partition("| Neurons |")[2]
    assert re.findall(r"\n\| (\d) \| ", table) == [str(width) for width in WIDTHS]
    assert "…" not in table.partition("One hidden layer")[0]
    page.toggle(key="compare_widths").set_value(False).run()
    page.toggle(key="compare_widths").set_value(True).run()
    assert not page.get("progress")


def test_work_is_seen_while_it_lasts_and_done_at_once_the_second_time() -> None:
    _, runs = ask(lr="5", seed="3")
    assert runs > 1
    page, runs = ask(lr="5", seed="4")
    assert runs == 1
    assert "this one has seed 4" in words(page)


def test_other_generations_have_no_word_of_it() -> None:
    page = visit(tab="survey", layers="4")
    assert "how often does it succeed" not in words(page)
    assert [toggle.key for toggle in page.toggle] == []
    page = visit(tab="survey", generation="third", layers="0")
    assert "do they agree?" in words(page)


def test_in_the_browser_it_goes_on_by_itself_and_a_solution_is_one_press_away(page: Page) -> None:
    page.goto(f"/?generation=third&tab=survey&data={PARITY}&lr=3&epochs=1999")
    expect(page.get_by_text("of the training is done")).to_be_visible(timeout=20_000)
    expect(page.get_by_text(re.compile("random starts get all 8 plates right"))).to_be_visible(timeout=60_000)
    expect(page.get_by_role("progressbar")).to_have_count(0)
    page.get_by_text("Shuffle the hidden neurons").click()
    expect(page.get_by_text("Before and after, it answers the 8 plates")).to_be_visible()
    button = page.get_by_role("button", name=re.compile(r"^seed \d+$")).first
    seed = button.inner_text().removeprefix("seed ")
    button.click()
    expect(page.get_by_role("spinbutton", name="Random seed")).to_have_value(seed)
    expect(page.get_by_text(f"this one has seed {seed}")).to_be_visible()
