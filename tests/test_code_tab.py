"""The code tab: its script prints the page's numbers, its table holds the history, its words are about the run."""

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest
from playwright.sync_api import Page
from streamlit.testing.v1 import AppTest

from nnlib import History, NeuralNetwork, datasets, train
from tests.test_page import visit, words
from ui.settings import LEARNING_RATES
from ui.tabs.script import lesson, script
from ui.tabs.table import history_csv

TWELVE_DIGITS = 5e-13
DATA = datasets.happiness()


@dataclass(frozen=True)
class Case:
    """One state of the page: what was trained, where it stands, what is ticked."""

    layers: tuple[int, ...]
    bias: bool
    learning_rate: float
    epochs: int
    seed: int
    standing: int
    plate: tuple[bool, ...]

    def history(self) -> History:
        network = NeuralNetwork.random(self.layers, seed=self.seed, bias=self.bias)
        return train(network, DATA, learning_rate=self.learning_rate, epochs=self.epochs)

    def script(self) -> str:
        return script(lesson(self.history(), self.seed, self.standing, self.plate))


def neuron(random: np.random.Generator, **chosen: Any) -> Case:
    bias = bool(chosen.get("bias", random.integers(2)))
    epochs = int(random.integers(1, 3_000))
    drawn: dict[str, Any] = {
        "layers": (3, 1),
        "bias": bias,
        "learning_rate": float(random.choice(LEARNING_RATES)) if bias else 1.0,
        "epochs": epochs,
        "seed": int(random.integers(1_000_000)),
        "standing": int(random.integers(epochs + 1)),
        "plate": tuple(random.integers(2, size=3) == 1),
    }
    return Case(**drawn | chosen)


RANDOM = np.random.default_rng(4)
CASES = [
    *(neuron(RANDOM) for _ in range(10)),
    neuron(RANDOM, bias=True, learning_rate=100.0, epochs=10_000),
    neuron(RANDOM, bias=True, learning_rate=0.001, epochs=10_000),
    neuron(RANDOM, bias=False, learning_rate=1.0, epochs=10_000),
    neuron(RANDOM, bias=True, learning_rate=1.0, layers=(3, 4, 2, 1)),
    neuron(RANDOM, bias=False, learning_rate=1.0, layers=(3, 2, 1)),
    neuron(RANDOM, bias=True, learning_rate=3.0, layers=(3, 4, 1)),
    neuron(RANDOM, bias=False, learning_rate=0.3),
    neuron(RANDOM, bias=False, learning_rate=0.3, layers=(3, 2, 1)),
]


@pytest.fixture(scope="module")
def printed() -> Iterator[list[str]]:
    """What the scripts of all cases print, each in an interpreter of its own where a warning is an error."""
    running = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", case.script()], stdout=-1, stderr=-1, text=True)
        for case in CASES
    ]
    yield [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0] * len(CASES)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_script_prints_the_numbers_of_the_page_to_twelve_digits(printed: list[str], number: int) -> None:
    case, history = CASES[number], CASES[number].history()
    end = history.network(case.epochs)
    deep = len(case.layers) > 2
    expected = {
        "final cost": history.cost[-1:],
        "weights": np.concatenate([layer.ravel() for layer in end.weights]),
        "predictions": end.predict(DATA.inputs),
        ", ".join(name for name, on in zip(DATA.names, case.plate) if on) or "nothing": end.predict([case.plate]),
    }
    if case.bias:
        expected["biases" if deep else "bias"] = np.concatenate(end.biases)
    if case.standing < case.epochs:
        expected[f"cost at epoch {case.standing}"] = history.cost[case.standing, None]
    lines = printed[number].splitlines()
    found = {
        name: line.removeprefix(name).split() for name in expected for line in lines if line.startswith(f"{name} ")
    }
    assert found.keys() == expected.keys()
    assert len(lines) == len(expected)
    for name, numbers in found.items():
        assert list(map(float, numbers)) == pytest.approx(expected[name].ravel().tolist(), rel=TWELVE_DIGITS, abs=0), (
            name
        )


def names_after(text: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    with redirect_stdout(io.StringIO()):
        exec(text, names)  # noqa: S102
    return names


@pytest.mark.parametrize("learning_rate", [None, *LEARNING_RATES[::6], 50.0, 70.0])
def test_one_neuron_of_the_script_has_the_weights_of_the_page_to_the_last_bit(learning_rate: float | None) -> None:
    case = neuron(np.random.default_rng(1), bias=learning_rate is not None, learning_rate=learning_rate or 1.0, seed=11)
    left = names_after(case.script())
    end = case.history().network(case.epochs)
    assert np.array_equal(left["weights"][:3], end.weights[0])
    assert not case.bias or left["weights"][3] == end.biases[0]


def test_a_textbook_order_would_not_print_the_page_at_a_high_rate() -> None:
    case = neuron(RANDOM, bias=True, learning_rate=100.0, epochs=500, seed=3)
    textbook = case.script().replace("odds / (1 + odds)", "abs(feed_forward(inputs) - labels)")
    assert textbook != case.script()
    left = names_after(textbook)
    assert left["weights"][:3] != pytest.approx(case.history().weights[0][-1], rel=TWELVE_DIGITS)


@pytest.mark.parametrize("bias", [False, True])
def test_the_script_is_short_and_needs_numpy_alone(bias: bool) -> None:
    text = neuron(RANDOM, bias=bias, learning_rate=1.0).script()
    assert [line for line in text.splitlines() if "import" in line] == ["import numpy as np"]
    assert len(text.splitlines()) <= 50
    assert "class " not in text
    titles = ("Inputs", "Weights", "Sigmoid", "Feed-forward", "Cost", "Gradient", "Update", "Prediction")
    places = [text.index(f"# {number}. {title}") for number, title in enumerate(titles, 1)]
    assert places == sorted(places)
    assert ("learning_rate" in text) is bias


@pytest.mark.parametrize(
    ("layers", "bias"), [((3, 1), True), ((3, 1), False), ((3, 4, 2, 1), True), ((3, 2, 1), False)]
)
def test_the_table_read_back_is_the_history_to_the_last_bit(layers: tuple[int, ...], bias: bool) -> None:
    history = neuron(RANDOM, layers=layers, bias=bias, epochs=300).history()
    names, *rows = csv.reader(io.StringIO(history_csv(history)))
    numbers = np.array(rows, dtype=float)
    parameters = [
        part.reshape(301, -1)
        for weights, biases in zip(history.weights, history.biases)
        for part in ([weights, biases] if bias else [weights])
    ]
    predictions = history.predict(DATA.inputs)[:, :, 0]
    assert np.array_equal(numbers[:, 0], np.arange(301))
    assert np.array_equal(numbers[:, 1:], np.hstack([history.cost[:, None], *parameters, predictions]))
    assert len(names) == len(set(names)) == numbers.shape[1]
    assert names[:3] == ["epoch", "cost", "weight coffee" if len(layers) == 2 else "layer 1 weight coffee to 1"]
    assert names[-1] == "prediction 100"


def codes(page: AppTest) -> list[str]:
    return [element.value for element in page.code]


@pytest.mark.parametrize(("generation", "bias"), [("First attempt", False), ("Second generation", True)])
def test_the_tab_shows_the_script_and_the_values_at_the_epoch_in_the_link(generation: str, bias: bool) -> None:
    page = visit(tab="The code", generation=generation, epoch="70", seed="5", epochs="400")
    case = Case((3, 1), bias, 1.0, 400, 5, 70, (True, False, True))
    history = case.history()
    assert case.script().strip() in codes(page)
    assert {step.code for step in lesson(history, 5, 70, case.plate)} <= set(codes(page))
    assert "values at epoch 70" in words(page)
    for coffee in history.weights[0][70:72, 0, 0]:
        assert f"coffee {written_number(coffee)}," in words(page)
    assert (f"bias {written_number(history.biases[0][70, 0])}" in words(page)) is bias
    downloads: list[Any] = list(page.get("download_button"))
    assert [button.label for button in downloads] == ["Script", "History (CSV)"]


def test_the_tab_gives_the_link_to_the_run_and_one_to_the_other_script_with_the_settings_kept() -> None:
    page = visit(tab="The code", lr="0.3", seed="5", epoch="70")
    link = next(code for code in codes(page) if "seed=5" in code and "\n" not in code)
    assert parse_qs(link.partition("?")[2]) == {"lr": ["0.3"], "seed": ["5"], "tab": ["The code"], "epoch": ["70"]}
    assert "(?generation=First+attempt&lr=0.3&seed=5&tab=The+code)" in words(page)


@pytest.mark.parametrize(("query", "said"), [({"lr": "50"}, True), ({"lr": "30"}, False)])
def test_the_tab_says_where_another_processor_may_end_with_other_digits(query: dict[str, str], said: bool) -> None:
    assert ("another order" in words(visit(tab="The code", **query))) is said


@pytest.mark.parametrize(("learning_rate", "said"), [(3.0, False), (5.0, True)])
def test_the_tab_shows_a_network_with_hidden_layers_and_says_where_its_script_drifts(
    learning_rate: float, said: bool
) -> None:
    def page(learning_rate: float) -> None:
        from nnlib import NeuralNetwork, datasets, train
        from ui.runs import Run
        from ui.settings import Settings
        from ui.tabs import code

        network = NeuralNetwork.random((3, 4, 2, 1), seed=0)
        history = train(network, datasets.happiness(), learning_rate=learning_rate, epochs=50)
        code.show(Run(history, 0.0), Settings(epochs=50))

    shown = AppTest.from_function(page, args=(learning_rate,)).run()
    assert not shown.exception
    assert "`weights[0]` (3, 4)" in words(shown)
    assert "`biases[2]` (1,)" in words(shown)
    assert ("the script, which adds up in another order" in words(shown)) is said


def written_number(value: float) -> str:
    return f"{value:.4f}".replace("-", "−")


def test_script_and_table_downloaded_in_the_browser_agree(page: Page, tmp_path: Path) -> None:
    page.goto("/?tab=The+code&seed=3&epochs=800&lr=70&epoch=800")
    files = {}
    for label in ("Script", "History (CSV)"):
        with page.expect_download() as download:
            page.get_by_role("button", name=label, exact=True).click()
        files[label] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[label])
    ran = subprocess.run(
        [sys.executable, "-W", "error", files["Script"]], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    with files["History (CSV)"].open(encoding="utf-8", newline="") as file:
        last = [float(number) for number in list(csv.reader(file))[-1]]
    cost, weights, bias, predictions, _ = [line.split() for line in ran.stdout.splitlines()]
    said = [cost[-1], *weights[1:], bias[-1], *predictions[1:]]
    assert list(map(float, said)) == pytest.approx(last[1:], rel=TWELVE_DIGITS, abs=0)
    assert {file.name for file in files.values()} == {"am_i_happy.py", "am_i_happy.csv"}
