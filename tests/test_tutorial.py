"""The tutorial's programs, run as a reader runs them: their numbers are those of nnlib."""

import re
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from nnlib import Architecture, Dataset, Experiment, NeuralNetwork, datasets, train
from nnlib.activations import ACTIVATIONS
from nnlib.optimizers import OPTIMIZERS
from nnlib.starts import STARTS
from nnlib.tutorial import first_attempt, second_generation, third_generation

PROGRAMS = {False: first_attempt, True: second_generation}
MOST_LINES = {first_attempt: 70, second_generation: 70, third_generation: 105}


def with_settings(program: ModuleType, **settings: object) -> str:
    """The program's text with other values for the names at its top, each of which is set there in one line."""
    text = Path(str(program.__file__)).read_text("utf-8")
    for name, value in settings.items():
        pattern = rf"^{name} = .*$"
        assert len(re.findall(pattern, text, re.M)) == 1, name
        text = re.sub(pattern, f"{name} = {value}", text, flags=re.M)
    return text


def printed(text: str, folder: Path) -> list[dict[str, list[float]]]:
    """What the program prints: a block for each epoch, name → values."""
    return printed_by_all([text], folder)


def printed_by_all(texts: list[str], folder: Path) -> list[dict[str, list[float]]]:
    """What the programs print, one after the other in an interpreter that knows nothing else."""
    files = [folder / f"program{number}.py" for number in range(len(texts))]
    for file, text in zip(files, texts):
        file.write_text(text, "utf-8")
    run_all = "import runpy, sys\nfor file in sys.argv[1:]: runpy.run_path(file, run_name='__main__')"
    command = [sys.executable, "-I", "-W", "error", "-c", run_all, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
    assert done.stderr == ""
    blocks: list[dict[str, list[float]]] = []
    for line in done.stdout.splitlines():
        name, *values = line.split()
        if name == "epoch":
            blocks.append({})
        blocks[-1][name] = [float(value) for value in values]
    return blocks


def expected(data: Dataset, epoch: int, plate: list[list[int]], *, bias: bool, **run: Any) -> dict[str, list[float]]:
    """The same by nnlib."""
    history = train(NeuralNetwork.random((3, 1), seed=run.pop("seed"), bias=bias), data, **run)
    network = history.network(epoch)
    block = {
        "epoch": [epoch],
        "cost": [history.cost[epoch]],
        "weights": network.weights[0].ravel().tolist(),
        "bias": network.biases[0].tolist(),
        "predictions": network.predict(data.inputs).ravel().tolist(),
        "plate": network.predict(plate).ravel().tolist(),
    }
    return block if bias else {name: values for name, values in block.items() if name != "bias"}


def assert_same(found: dict[str, list[float]], wanted: dict[str, list[float]]) -> None:
    assert list(found) == list(wanted)
    for name, values in wanted.items():
        assert found[name] == pytest.approx(values, rel=1e-11, abs=1e-12), name


@pytest.mark.parametrize("bias", [False, True])
def test_a_program_prints_the_numbers_of_its_run(bias: bool, tmp_path: Path) -> None:
    text = Path(str(PROGRAMS[bias].__file__)).read_text("utf-8")
    (block,) = printed(text, tmp_path)
    run = {"seed": 0, "learning_rate": 1.0, "epochs": 5_000}
    assert_same(block, expected(datasets.happiness(), 5_000, [[1, 0, 1]], bias=bias, **run))


@pytest.mark.parametrize("answers", ["-n--nyyy", "ynnynyyn", "---y----", "nyynynny"])
@pytest.mark.parametrize("learning_rate", [None, 0.1, 10.0])
def test_with_other_settings_it_prints_the_numbers_of_that_run(
    answers: str, learning_rate: float | None, tmp_path: Path
) -> None:
    data, bias = datasets.plates(answers), learning_rate is not None
    rate: dict[str, object] = {"learning_rate": learning_rate} if bias else {}
    text = with_settings(
        PROGRAMS[bias],
        inputs=f"np.array({data.inputs.astype(int).tolist()})",
        labels=f"np.array({data.labels.astype(int).tolist()})",
        seed=7,
        epochs=300,
        epoch=120,
        plate="np.array([[0, 1, 1]])",
        **rate,
    )
    on_the_way, end = printed(text, tmp_path)
    run = {"seed": 7, "learning_rate": learning_rate or 1.0, "epochs": 300}
    assert_same(on_the_way, expected(data, 120, [[0, 1, 1]], bias=bias, **run))
    assert_same(end, expected(data, 300, [[0, 1, 1]], bias=bias, **run))


@pytest.mark.parametrize("program", PROGRAMS.values())
def test_before_the_first_epoch_it_prints_the_random_start(program: ModuleType, tmp_path: Path) -> None:
    start, end = printed(with_settings(program, epoch=0, epochs=3), tmp_path)
    assert (start["epoch"], end["epoch"]) == ([0], [3])
    assert start["weights"] == np.random.default_rng(0).standard_normal(3).tolist()
    assert start.get("bias", [0.0]) == [0.0]


@pytest.mark.parametrize("learning_rate", [30.0, 70.0, 100.0])
def test_no_learning_rate_of_the_page_makes_numpy_complain(learning_rate: float) -> None:
    with np.errstate(all="raise", under="ignore"):
        for seed, table in enumerate(
            ["-n--nyyy", "nyynynny", "ynynnyny", "y-------", "yyyyyyyy", "nnnynyyy", "yn-----n"]
        ):
            data = datasets.plates(table)
            program = second_generation.NeuralNetwork(seed)
            program.train(data.inputs, data.labels, learning_rate, 2_000)
            assert np.isfinite(program.think(datasets.combinations(3))).all()


def deep_experiment(random: np.random.Generator, *, highest_rate: float, epochs: int) -> Experiment:
    """A random network of up to three hidden layers, on random answers."""
    return Experiment(
        datasets.plates("n" + "".join(random.choice(list("yn-"), 7))),
        Architecture(
            (3, *random.integers(1, 9, size=random.integers(0, 4)).tolist(), 1),
            bias=bool(random.integers(2)),
            activation=str(random.choice(list(ACTIVATIONS))),
        ),
        learning_rate=random.uniform(0.01, highest_rate),
        epochs=epochs,
        seed=int(random.integers(1_000)),
        start=str(random.choice(list(STARTS))),
        optimizer=str(random.choice(list(OPTIMIZERS))),
    )


def third_program(task: Experiment, epoch: int) -> str:
    shape = task.architecture
    return with_settings(
        third_generation,
        inputs=f"np.array({task.data.inputs.astype(int).tolist()})",
        labels=f"np.array({task.data.labels.astype(int).tolist()})",
        layers=list(shape.layers),
        bias=shape.bias,
        activation=repr(shape.activation.name),
        start=repr(task.start.name),
        optimizer=repr(task.optimizer.name),
        seed=task.seed,
        learning_rate=task.learning_rate,
        epochs=task.epochs,
        epoch=epoch,
        plate="np.array([[0, 1, 1]])",
    )


def expected_of_layers(task: Experiment, epoch: int, plate: list[list[int]]) -> dict[str, list[float]]:
    history = task.train()
    network = history.network(epoch)
    block: dict[str, list[float]] = {"epoch": [epoch], "cost": [history.cost[epoch]]}
    for number, (weights, biases) in enumerate(zip(network.weights, network.biases), 1):
        block[f"weights_{number}"] = weights.ravel().tolist()
        block[f"biases_{number}"] = biases.tolist() if network.bias else []
    block["predictions"] = network.predict(task.data.inputs).ravel().tolist()
    block["plate"] = network.predict(plate).ravel().tolist()
    return block


def test_the_third_program_prints_the_numbers_of_twenty_random_networks(tmp_path: Path) -> None:
    random = np.random.default_rng(20)
    tasks = [deep_experiment(random, highest_rate=3.0, epochs=400) for _ in range(20)]
    blocks = printed_by_all([third_program(task, epoch=150) for task in tasks], tmp_path)
    assert len(blocks) == 40
    for number, task in enumerate(tasks):
        assert_same(blocks[2 * number], expected_of_layers(task, 150, [[0, 1, 1]]))
        assert_same(blocks[2 * number + 1], expected_of_layers(task, 400, [[0, 1, 1]]))
    # They are of every kind.
    assert {task.architecture.activation.name for task in tasks} == set(ACTIVATIONS)
    assert {task.optimizer.name for task in tasks} == set(OPTIMIZERS)
    assert {task.start.name for task in tasks} == set(STARTS)
    assert {len(task.architecture.layers) for task in tasks} == {2, 3, 4, 5}


def test_as_it_stands_the_third_program_learns_parity(tmp_path: Path) -> None:
    (block,) = printed(Path(str(third_generation.__file__)).read_text("utf-8"), tmp_path)
    parity = datasets.plates(datasets.PRESETS["odd number (parity)"])
    task = Experiment(parity, Architecture((3, 4, 1), activation="tanh"), 3.0, 5_000, 0, start="glorot")
    # Rounding would decide the digits of this run; the program does the same operations in the same order.
    assert_same(block, expected_of_layers(task, 5_000, [[1, 0, 1]]))
    assert np.round(block["predictions"]).tolist() == parity.labels.ravel().tolist()


@pytest.mark.parametrize("learning_rate", [3.0, 100.0])
def test_no_network_of_the_page_makes_numpy_complain(learning_rate: float, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    with np.errstate(all="raise", under="ignore"):
        for _ in range(15):
            task = deep_experiment(random, highest_rate=learning_rate, epochs=300)
            names = {"start": task.start.name, "optimizer": task.optimizer.name}
            for name, value in {**vars(task.architecture), **names}.items():
                monkeypatch.setattr(third_generation, name, getattr(value, "name", value))
            program = third_generation.NeuralNetwork(task.seed)
            program.train(task.data.inputs, task.data.labels, task.learning_rate, task.epochs)
            assert np.isfinite(program.think(datasets.combinations(3))).all()


@pytest.mark.parametrize("program", MOST_LINES)
def test_a_program_is_short_and_in_seven_numbered_parts(program: ModuleType) -> None:
    lines = Path(str(program.__file__)).read_text("utf-8").splitlines()
    assert len(lines) <= MOST_LINES[program]
    numbered = [re.fullmatch(r" *# (\d)\. [^:]+: .+\.", line) for line in lines]
    assert [match[1] for match in numbered if match] == list("1234567")
    assert [line for line in lines if line.startswith(("import", "from"))] == ["import numpy as np"]


@pytest.mark.parametrize("program", MOST_LINES)
def test_an_imported_program_does_nothing(program: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(program.__file__), run_name="imported")
    assert capsys.readouterr().out == ""


def test_the_tutorials_answers_are_the_tutorials_table() -> None:
    assert datasets.plates(datasets.TUTORIAL) == datasets.happiness()


def test_the_presets_are_what_their_names_say() -> None:
    rules: dict[str, Callable[[list[float]], object]] = {
        "all three (AND)": all,
        "any (OR)": any,
        "at least two": lambda plate: sum(plate) >= 2,
        "coffee decides": lambda plate: plate[0],
        "exactly one": lambda plate: sum(plate) == 1,
        "odd number (parity)": lambda plate: sum(plate) % 2,
        "coffee if and only if chili": lambda plate: plate[0] == plate[2],
    }
    assert list(datasets.PRESETS) == ["the tutorial’s table", *rules]
    assert datasets.PRESETS["the tutorial’s table"] == "-n--nyyy"
    for name, rule in rules.items():
        data = datasets.plates(datasets.PRESETS[name])
        assert sorted(data.inputs.tolist()) == datasets.combinations(3).tolist()
        assert data.labels[:, 0].tolist() == [float(bool(rule(plate))) for plate in data.inputs.tolist()]


@pytest.mark.parametrize(
    "answers", ["", "--------", "yyyyyyy", "yyyyyyyyy", "yyyyyyyx", "YYYYYYYY", 8, None, list("yyyyyyyy")]
)
def test_answers_that_make_no_data(answers: Any) -> None:
    with pytest.raises(
        ValueError, match="answers must be eight letters, each y, n or -, at least one of them y or n, "
    ):
        datasets.plates(answers)
