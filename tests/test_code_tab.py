"""The code tab: its program prints the page's numbers, its table holds the history, its words are about the run."""

import csv
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import Page
from streamlit.testing.v1 import AppTest

from nnlib import History, NeuralNetwork, datasets, train
from tests.test_page import visit, words
from ui import link
from ui.settings import DEFAULTS, GENERATIONS, LEARNING_RATES, Settings
from ui.spreadsheets import history_csv, training_csv
from ui.tabs.code.made import made
from ui.tabs.code.program import FILES, filled, parts, program

TEN_DIGITS = 5e-11


def drawn(random: np.random.Generator, **chosen: Any) -> Settings:
    """Random settings, at rates where training does not amplify the last bit."""
    is_tutorials = bool(random.integers(2))
    fastest = 30 if is_tutorials else 10
    epochs = int(random.integers(1, 4_000))
    letters = random.choice(list("yn-"), 8)
    letters[random.integers(8)] = random.choice(["y", "n"])
    coffee, pizza, chili = (bool(box) for box in random.integers(2, size=3))
    values: dict[str, Any] = {
        "generation": str(random.choice(["first", "second"])),
        "lr": float(random.choice([rate for rate in LEARNING_RATES if rate <= fastest])),
        "epochs": epochs,
        "seed": int(random.integers(1_000_000)),
        "data": DEFAULTS.data if is_tutorials else "".join(letters),
        "coffee": coffee,
        "pizza": pizza,
        "chili": chili,
        "epoch": int(random.integers(epochs + 1)),
    }
    return Settings(**values | chosen)


def drawn_layers(random: np.random.Generator) -> Settings:
    """Random settings of the third generation, at rates where training does not amplify the last bit."""
    return drawn(
        random,
        generation="third",
        lr=float(random.choice([0.01, 0.1, 0.3, 1.0, 3.0])),
        epochs=(epochs := int(random.integers(1, 800))),
        epoch=int(random.integers(epochs + 1)),
        layers=tuple(random.integers(1, 9, random.integers(0, 4)).tolist()),
        activation=str(random.choice(["sigmoid", "tanh", "relu"])),
        start=str(random.choice(["normal", "glorot", "he", "equal"])),
        optimizer=str(random.choice(["descent", "momentum", "adam"])),
        bias=bool(random.integers(2)),
    )


RANDOM = np.random.default_rng(4)
CASES = [
    *(drawn(RANDOM) for _ in range(26)),
    drawn(RANDOM, generation="second", lr=0.001, epochs=10_000, epoch=None),
    drawn(RANDOM, generation="first", epochs=10_000, epoch=0),
    drawn(RANDOM, data="y-------", epoch=0),
    drawn(RANDOM, generation="second", data="nyynynny", lr=10.0),
    Settings(generation="third", data="nyynynny", lr=3.0),
    *(drawn_layers(RANDOM) for _ in range(20)),
]


def printed(cases: list[Settings]) -> list[str]:
    """What the programs of these cases print, each in an interpreter of its own where a warning is an error."""
    running = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", program(case)], stdout=-1, stderr=-1, text=True)
        for case in cases
    ]
    texts = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0] * len(cases)
    return texts


def expected(settings: Settings, history: History, epoch: int) -> dict[str, list[float]]:
    """What the program prints of one epoch: name → numbers."""
    network = history.network(epoch)
    if settings.has_layers:
        parameters = {
            f"{name}_{number}": values.ravel().tolist() if name == "weights" or network.bias else []
            for number, layer in enumerate(zip(network.weights, network.biases), 1)
            for name, values in zip(("weights", "biases"), layer)
        }
    else:
        bias = {"bias": network.biases[0].tolist()} if network.bias else {}
        parameters = {"weights": network.weights[0][:, 0].tolist(), **bias}
    return {
        "epoch": [epoch],
        "cost": [history.cost[epoch]],
        **parameters,
        "predictions": network.predict(history.dataset.inputs)[:, 0].tolist(),
        "plate": network.predict([settings.plate])[:, 0].tolist(),
    }


@pytest.mark.parametrize("part", range(3))
def test_the_program_prints_the_numbers_of_the_page_to_ten_digits(part: int) -> None:
    cases = CASES[part::3]
    for case, text in zip(cases, printed(cases), strict=True):
        history = case.experiment.train()
        epochs = sorted({case.current_epoch, case.epochs})
        wanted = [line for epoch in epochs for line in expected(case, history, epoch).items()]
        lines = [line.split() for line in text.splitlines()]
        assert [line[0] for line in lines] == [name for name, _ in wanted]
        for (name, numbers), (_, *said) in zip(wanted, lines, strict=True):
            # What is 0 by symmetry is so to twelve decimals.
            assert list(map(float, said)) == pytest.approx(numbers, rel=TEN_DIGITS, abs=1e-12), (case, name)


FILLED_IN = {"inputs", "labels", "seed", "learning_rate", "epochs", "epoch", "plate"}
FILLED_IN |= {"layers", "bias", "activation", "start", "optimizer"}


def rest(text: str) -> list[str]:
    """The lines of a program beside those that are filled in."""
    lines = filled(text, dict.fromkeys(FILLED_IN, "0")).splitlines()
    return [line for line in lines if line.partition(" = ")[0] not in FILLED_IN]


@pytest.mark.parametrize(("generation", "file"), FILES.items())
def test_only_the_settings_are_filled_in_and_the_rest_is_the_tutorials_file(generation: str, file: str) -> None:
    text = program(Settings(generation=generation, seed=7, lr=0.3, epochs=60, epoch=5, data="yn----ny"))
    assert rest(text) == rest((Path(datasets.__file__).parent / "tutorial" / file).read_text("utf-8"))
    names: dict[str, Any] = {"__name__": "read"}
    exec(text, names)  # noqa: S102
    assert (names["seed"], names["epochs"], names["epoch"]) == (7, 60, 5)
    assert names["inputs"].tolist() == [[1, 1, 1], [1, 1, 0], [0, 0, 1], [0, 0, 0]]
    assert names["labels"].ravel().tolist() == [1, 0, 0, 1]
    assert names.get("learning_rate", 0.3) == 0.3


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_reader_of_the_tutorial_recognises_the_program(generation: str) -> None:
    text = program(Settings(generation=generation))
    assert [line for line in text.splitlines() if "import" in line] == ["import numpy as np"]
    assert len(text.splitlines()) <= (105 if generation == "third" else 75)
    assert max(map(len, text.splitlines())) <= 120
    kept = (
        ("sigmoid_derivative", "error = prediction - labels") if generation != "third" else ("derivative", "error = ")
    )
    for word in (*kept, "delta", "think", "train"):
        assert word in text
    for cleverness in ("odds", "turned", "wrong"):
        assert cleverness not in text
    for addition in ("class NeuralNetwork", "learning_rate"):
        assert (addition in text) is (generation != "first")
    assert ("self.bias" in text) is (generation == "second")
    assert ("layers" in text) is (generation == "third")


@pytest.mark.parametrize("generation", GENERATIONS)
def test_the_parts_are_the_whole_program(generation: str) -> None:
    text = program(Settings(generation=generation))
    found = parts(text)
    assert [part.number for part in found] == list(range(1, len(found) + 1))
    code = {line.strip() for part in found for line in part.code.splitlines()}
    left_out = [line for line in text.splitlines() if line.strip() not in code]
    assert [line for line in left_out if not line.strip().startswith(("#", '"""', "import"))] == []
    if generation == "second":
        assert found[1].code.startswith("class NeuralNetwork:\n    def __init__")
        assert found[2].code.startswith("def sigmoid(self, z):")


@pytest.mark.parametrize("epoch", [0, 1, 70, None])
def test_each_part_stands_beside_what_it_makes_at_that_part(epoch: int | None) -> None:
    settings = Settings(seed=5, epochs=400, epoch=epoch)
    history = settings.experiment.train()
    texts = made(history, settings)
    assert len(texts) == len(parts(program(settings)))
    start, now = history.weights[0][0], history.weights[0][settings.current_epoch]
    weights = [", ".join(written(value) for value in values[:, 0]) for values in (start, now)]
    assert weights[0] in texts[1]
    assert weights[1] in texts[-1]
    before = max(settings.current_epoch - 1, 0)
    assert f"from epoch {before} to {before + 1}:" in texts[5]
    errors = history.predict(history.dataset.inputs)[before, :, 0] - history.dataset.labels[:, 0]
    assert ", ".join(map(written, errors)) in texts[5]
    after = history.weights[0][before + 1, 0, 0]
    assert f"{written(after)}, " in texts[5].partition("After it:")[2]


@pytest.mark.parametrize("epoch", [0, 1, 70, None])
@pytest.mark.parametrize("bias", [True, False])
def test_each_part_of_the_third_program_stands_beside_what_it_makes(epoch: int | None, bias: bool) -> None:
    settings = Settings(generation="third", seed=5, epochs=100, epoch=epoch, layers=(2,), bias=bias)
    names: dict[str, Any] = {"__name__": "read"}
    exec(program(settings), names)  # noqa: S102
    before = max(settings.current_epoch - 1, 0)

    def trained(epochs: int) -> Any:
        network = names["NeuralNetwork"](5)
        network.train(names["inputs"], names["labels"], names["learning_rate"], epochs)
        return network

    def values(array: Any) -> str:
        return f"{np.shape(array)}  \n{', '.join(written(value) for value in np.ravel(array).tolist())}"

    texts = made(settings.experiment.train(), settings)
    start, last, now = trained(0), trained(before), trained(settings.current_epoch)
    assert len(texts) == len(parts(program(settings)))
    assert f"`weights[1]` {values(start.weights[1])}" in texts[1]
    assert '`activate(0, "tanh")`   \n0' in texts[2]
    assert '`activate(0, "sigmoid")`   \n0.5000' in texts[2]
    assert '`derivative(0, "tanh")`   \n1' in texts[3]
    assert '`derivative(0.5000, "sigmoid")`   \n0.2500' in texts[3]
    a = last.think(names["inputs"])
    delta = 2 * (a - names["labels"]) / 5 * a * (1 - a)
    assert f"`delta` {values(delta)}" in texts[5]
    assert f"`given.T @ delta` {values(last.given[-1].T @ delta)}" in texts[5]
    assert f"`think(inputs)` {values(now.think(names['inputs']))}" in texts[6]
    assert f"`weights[1]` {values(now.weights[1])}" in texts[6]


def written(value: float) -> str:
    if value == 0:
        return "0"
    return f"{value:.4f}".replace("-", "−") if abs(value) >= 0.0001 else "×"


@pytest.mark.parametrize(
    ("layers", "bias"), [((3, 1), True), ((3, 1), False), ((3, 4, 2, 1), True), ((3, 2, 1), False)]
)
def test_the_table_read_back_is_the_history_to_the_last_bit(layers: tuple[int, ...], bias: bool) -> None:
    data = datasets.happiness()
    history = train(NeuralNetwork.random(layers, seed=3, bias=bias), data, learning_rate=1.0, epochs=300)
    # Excel in any language opens it in columns by its first line.
    first, *table = history_csv(history).splitlines(keepends=True)
    assert first == "sep=,\n"
    names, *rows = csv.reader(table)
    numbers = np.array(rows, dtype=float)
    parameters = [
        part.reshape(301, -1)
        for weights, biases in zip(history.weights, history.biases)
        for part in ([weights, biases] if bias else [weights])
    ]
    predictions = history.predict(data.inputs)[:, :, 0]
    assert np.array_equal(numbers[:, 0], np.arange(301))
    assert np.array_equal(numbers[:, 1:], np.hstack([history.cost[:, None], *parameters, predictions]))
    assert len(names) == len(set(names)) == numbers.shape[1]
    assert names[:3] == ["epoch", "cost", "weight coffee" if len(layers) == 2 else "layer 1 weight coffee to 1"]
    assert names[-1] == "prediction 100"


def test_the_table_of_a_deep_network_names_every_parameter_by_layer() -> None:
    history = train(NeuralNetwork.random((3, 8, 8, 8, 1), seed=3), datasets.happiness(), learning_rate=1.0, epochs=1)
    names = history_csv(history).splitlines()[1].split(",")
    assert len(names) == len(set(names)) == 2 + 32 + 72 + 72 + 9 + 5
    for name in ("layer 1 weight chili to 8", "layer 1 bias of 1", "layer 3 weight 8 to 2", "layer 4 bias of 1"):
        assert name in names
    assert names.index("layer 2 weight 1 to 2") == names.index("layer 2 weight 1 to 1") + 1 == 2 + 32 + 1


def test_the_training_data_as_a_table() -> None:
    lines = training_csv(datasets.plates("ny-----y")).splitlines()
    assert lines == ["sep=,", "coffee,pizza,chili,happy", "1,1,1,1", "0,0,1,1", "0,0,0,0"]


def codes(page: AppTest) -> list[str]:
    return [element.value for element in page.code]


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("data", [DEFAULTS.data, "nyynynny"])
def test_the_tab_shows_the_program_its_parts_and_what_they_make(generation: str, data: str) -> None:
    query = {"generation": generation, "epoch": "70", "seed": "5", "epochs": "400", "data": data}
    page = visit(tab="code", **query)
    settings, _ = link.read(query)
    text = program(settings)
    assert text.strip() in codes(page)
    assert {part.code for part in parts(text)} <= set(codes(page))
    for values in made(settings.experiment.train(), settings):
        assert values in words(page)
    downloads: list[Any] = list(page.get("download_button"))
    assert {button.label for button in downloads} == {"Program", "History (CSV)", "Training data (CSV)"}


def test_the_tab_gives_the_link_to_the_run() -> None:
    query = {"lr": "0.3", "seed": "5", "tab": "code", "epoch": "70"}
    assert f"?{urlencode(query)}" in [code.partition("/")[2] or code for code in codes(visit(**query))]


def test_program_and_table_downloaded_in_the_browser_agree(page: Page, tmp_path: Path) -> None:
    page.goto("/?tab=code&seed=3&epochs=800&lr=7&data=ny-n-yy-")
    files = {}
    for label in ("Program", "History (CSV)"):
        with page.expect_download() as download:
            page.get_by_role("button", name=label, exact=True).click()
        files[label] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[label])
    ran = subprocess.run(
        [sys.executable, "-W", "error", files["Program"]], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    with files["History (CSV)"].open(encoding="utf-8", newline="") as file:
        last = [float(number) for number in list(csv.reader(file))[-1]]
    said = [number for line in ran.stdout.splitlines()[:-1] for number in line.split()[1:]]
    assert list(map(float, said)) == pytest.approx(last, rel=TEN_DIGITS, abs=1e-12)
    assert {file.name for file in files.values()} == {"am_i_happy.py", "am_i_happy.csv"}
