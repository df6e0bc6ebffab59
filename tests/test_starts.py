"""How often it succeeds: against networks trained one by one, and solutions that survive every symmetry."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from nnlib import Architecture, Experiment, NeuralNetwork, datasets
from nnlib.network import feed_forward
from nnlib.rules import says
from nnlib.studies.batch import Batch
from nnlib.studies.starts import NEVER, Starts, looks
from nnlib.studies.survey import Survey
from nnlib.studies.widths import KINDS, WIDTHS, WidthTable
from nnlib.symmetries import shuffled, turned, turns

PARITY, TUTORIAL = "nyynynny", datasets.TUTORIAL
PLATES = datasets.combinations(3)


def experiment(
    layers: tuple[int, ...] = (3, 2, 1),
    activation: str = "tanh",
    start: str = "glorot",
    *,
    bias: bool = True,
    data: str = PARITY,
    rate: float = 3.0,
    epochs: int = 1_500,
) -> Experiment:
    shape = Architecture(layers, bias=bias, activation=activation)
    return Experiment(datasets.plates(data), shape, rate, epochs, 0, start)


def finished(study: Any, **asking: Any) -> Any:
    while not study.complete:
        study.ask_more(**asking)
    return study


# At these rates no run amplifies its last digit.
KINDS_OF_NETWORKS = [
    experiment(rate=0.3),
    experiment((3, 3, 2, 1), "sigmoid", "normal", rate=1.0),
    experiment((3, 5, 1), "relu", "he", rate=0.3),
    experiment((3, 2, 1), "sigmoid", "normal", bias=False, data=TUTORIAL),
    experiment((3, 1), data=TUTORIAL, start="normal"),
]


@pytest.mark.parametrize("task", KINDS_OF_NETWORKS)
@pytest.mark.parametrize("seconds", [1e-9, 1.0])
def test_each_start_is_found_as_one_trained_alone(task: Experiment, seconds: float) -> None:
    starts = finished(Starts(task, networks=40), seconds=seconds)
    told = [int("".join(f"{value:g}" for value in row), 2) for row in task.data.inputs]
    wanted = np.where(task.data.labels[:, 0] >= 0.5, 1, -1)
    for seed in range(0, 40, 3):
        history = replace(task, seed=seed).train()
        right = (says(history.predict(PLATES)[:, told, 0]) == wanted).all(axis=1)
        assert starts.all_right[seed] == right[-1]
        since = [look for look in starts.looks if all(right[later] for later in starts.looks if later >= look)]
        assert starts.since[seed] == (since[0] if since else NEVER)
        end = history.network(task.epochs)
        layers = feed_forward(end.weights, end.biases, task.data.inputs, end.activation)[1]
        dead = sum(int((layer == 0).all(axis=0).sum()) for layer in layers[1:-1])
        assert starts.dead[seed] == (dead if task.architecture.activation.name == "relu" else 0)


def test_it_is_looked_at_more_and_more_rarely_from_the_start_to_the_end() -> None:
    assert looks(0) == (0,)
    assert looks(1) == (0, 1)
    assert looks(10) == (0, 1, 2, 3, 4, 5, 6, 7, 8, 10)
    found = looks(5_000)
    assert (found[0], found[-1], len(found)) == (0, 5_000, 47)
    assert all(later <= 1.25 * early for early, later in pairwise(found[8:]))


def test_some_plates_are_right_from_the_start() -> None:
    starts = finished(Starts(experiment(data="-------y", epochs=100), networks=30))
    assert starts.all_right.all()
    assert 0 in starts.since
    assert starts.since.max() > 0


@pytest.mark.parametrize("epochs", [0, 1])
def test_without_training_nearly_nobody_is_right(epochs: int) -> None:
    starts = finished(Starts(experiment(epochs=epochs), networks=50))
    assert starts.asked == len(starts.since) == len(starts.dead) == 50
    assert starts.solutions() == (0, [])


def solutions_of(task: Experiment, network: NeuralNetwork) -> Any:
    """The solution into which a network falls that a study is given in place of a trained one."""

    class Given(Starts):
        def _ask(self, batch: Batch) -> None:
            batch.activations = lambda inputs: [  # type: ignore[method-assign]
                layer[None] for layer in feed_forward(network.weights, network.biases, inputs, network.activation)[1]
            ]
            super()._ask(batch)

    answers = "".join("n-y"[said + 1] for said in says(network.predict(PLATES)[:, 0]).tolist())
    given = replace(task, data=datasets.plates(answers), epochs=0)
    return [(solution.hidden, solution.answers) for solution in finished(Given(given, networks=1)).solutions()[1]]


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("layers", [(3, 4, 1), (3, 3, 5, 1), (3, 2, 2, 4, 1)])
def test_a_network_with_its_neurons_shuffled_or_turned_is_the_same_solution(
    layers: tuple[int, ...], activation: str
) -> None:
    random = np.random.default_rng(2)
    task = experiment(layers, activation, "he")
    for _ in range(20):
        start = NeuralNetwork.random(layers, seed=random, activation=activation)
        network = NeuralNetwork(
            [2 * weights for weights in start.weights],
            [random.standard_normal(bias.shape) for bias in start.biases],
            activation,
        )
        other = shuffled(network, random)
        if turns(network.activation, bias=True):
            for _ in range(5):
                layer = int(random.integers(len(layers) - 2))
                other = turned(other, layer, int(random.integers(layers[1 + layer])))
        assert np.abs(other.predict(PLATES) - network.predict(PLATES)).max() < 1e-12
        assert any(not np.array_equal(a, b) for a, b in zip(other.weights, network.weights))
        assert solutions_of(task, other) == solutions_of(task, network) != []


def test_a_network_with_another_neuron_is_another_solution() -> None:
    task = experiment((3, 2, 1))
    one = NeuralNetwork([[[5, 0], [0, 5], [0, 0]], [[9], [1]]], [[-2, -2], [0]], "tanh")
    other = NeuralNetwork([[[5, 0], [0, 0], [0, 5]], [[9], [1]]], [[-2, -2], [0]], "tanh")
    assert (np.round(one.predict(PLATES)) == np.round(other.predict(PLATES))).all()
    ((hidden, answers),), ((other_hidden, other_answers),) = solutions_of(task, one), solutions_of(task, other)
    assert answers == other_answers == (False,) * 4 + (True,) * 4
    assert hidden == (((False,) * 4 + (True,) * 4, (False, False, True, True) * 2),)
    assert other_hidden == (((False,) * 4 + (True,) * 4, (False, True) * 4),)


@pytest.mark.parametrize("layers", [(3, 1), (3, 4, 1), (3, 8, 8, 8, 1), (5, 3, 2)])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_shuffled_neurons_change_no_answer(layers: tuple[int, ...], bias: bool, activation: str) -> None:
    random = np.random.default_rng(1)
    inputs = random.standard_normal((50, layers[0]))
    for seed in range(20):
        network = NeuralNetwork.random(layers, seed=seed, bias=bias, activation=activation)
        other = shuffled(network, random)
        assert (other.layers, other.bias, other.activation) == (network.layers, bias, network.activation)
        assert np.abs(other.predict(inputs) - network.predict(inputs)).max() < 1e-12
        if len(layers) > 2:
            assert not np.array_equal(other.weights[0], network.weights[0])
            assert sorted(other.weights[0].ravel()) == sorted(network.weights[0].ravel())


def test_what_can_not_be_turned_is_named() -> None:
    relu = NeuralNetwork.random((3, 2, 1), seed=0, activation="relu")
    with pytest.raises(ValueError, match="network must have neurons that can be turned, got relu instead"):
        turned(relu, 0, 0)
    with pytest.raises(ValueError, match="got sigmoid without a bias instead"):
        turned(NeuralNetwork.random((3, 2, 1), seed=0, bias=False), 0, 0)
    with pytest.raises(ValueError, match="neuron must be at most 1, got 2"):
        turned(NeuralNetwork.random((3, 2, 1), seed=0), 0, 2)
    with pytest.raises(ValueError, match="layer must be at most -1, got 0"):
        turned(NeuralNetwork.random((3, 1), seed=0), 0, 0)


def test_solutions_are_counted_and_the_first_seed_of_each_is_one() -> None:
    starts = finished(Starts(experiment(epochs=3_000), networks=200))
    count, found = starts.solutions()
    assert count == len(found)
    assert starts.solutions(2) == (count, found[:2])
    assert sum(solution.networks for solution in found) == starts.all_right.sum()
    assert [solution.networks for solution in found] == sorted((each.networks for each in found), reverse=True)
    assert {solution.answers for solution in found} == {tuple(letter == "y" for letter in PARITY)}
    for solution in found[:3]:
        network = replace(starts.experiment, seed=solution.seed).train().network(3_000)
        said = says(feed_forward(network.weights, network.biases, PLATES, network.activation)[1][1], "tanh")
        expected = sorted(min(tuple(neuron), tuple(-neuron)) for neuron in said.T)
        told = sorted(tuple({False: -1, None: 0, True: 1}[value] for value in neuron) for neuron in solution.hidden[0])
        assert told == expected
    # Two neurons that solve parity do so in four ways: three of them with one ingredient asked for the other way round.
    assert len(found) <= 6


def test_equal_starts_have_neurons_that_stay_equal() -> None:
    starts = finished(Starts(experiment((3, 4, 1), start="equal", data="nnnnyyyy"), networks=20))
    assert starts.all_right.any()
    assert all(len(set(solution.hidden[0])) == 1 for solution in starts.solutions()[1])


def test_dead_neurons_are_those_that_answer_0_to_all_they_are_told() -> None:
    starts = finished(Starts(experiment((3, 8, 1), "relu", "he", epochs=0), networks=400))
    # With bias 0 a neuron whose three weights are all below 0 is dead from the start: one in eight.
    assert starts.dead.mean() == pytest.approx(1, abs=0.15)


def test_it_holds_no_more_than_it_says() -> None:
    starts = finished(Starts(experiment((3, 8, 8, 8, 1), epochs=3), networks=300))
    held = sum(value.nbytes for value in vars(starts).values() if isinstance(value, np.ndarray))
    assert held <= starts.nbytes <= 300 * 8 * (8 + 28 + 185)


def test_a_table_of_widths_counts_what_surveys_find() -> None:
    task = experiment((3, 6, 4, 1), "relu", epochs=150, data=TUTORIAL)
    table, done = WidthTable(task, networks=10), [0.0]
    assert (table.done, np.isnan(table.right).all()) == (0.0, True)
    while not table.complete:
        table.ask_more(seconds=0.005)
        done.append(table.done)
    assert done == sorted(done)
    assert (done[-1], len(set(done)) > 5) == (1.0, True)
    table.ask_more()
    for row, column in ((0, 0), (3, 1), (7, 2)):
        activation, start = KINDS[column]
        alone = experiment((3, WIDTHS[row], 1), activation.name, start.name, epochs=150, data=TUTORIAL)
        assert table.right[row, column] == finished(Survey(alone, networks=10)).all_right.sum()
    with pytest.raises(ValueError, match="read-only"):
        table.right[0, 0] = 1


def test_what_makes_no_study_is_named() -> None:
    wide = Experiment(datasets.Dataset([[0] * 6], [[1]]), Architecture((6, 1)), 1.0, 1, 0)
    with pytest.raises(ValueError, match="experiment must have at most 5 inputs, got 6 instead"):
        Starts(wide)
    with pytest.raises(ValueError, match="networks must be a whole number of at least 1, got 0"):
        WidthTable(experiment(), networks=0)
    with pytest.raises(ValueError, match="seconds must be a finite number above 0, got 0"):
        WidthTable(experiment()).ask_more(seconds=0)
