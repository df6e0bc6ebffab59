"""A survey of random starts, against networks trained one by one, whatever the slices it was taken in."""

import threading
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnlib import Architecture, Dataset, Experiment, NeuralNetwork, datasets, train
from nnlib.descent.method import Method
from nnlib.optimizers import ADAM, GRADIENT_DESCENT, MOMENTUM, Optimizer
from nnlib.studies import survey as module
from nnlib.studies.starts import Starts
from nnlib.studies.survey import Survey


def experiment(
    layers: tuple[int, ...] = (3, 1),
    *,
    bias: bool = True,
    epochs: int = 300,
    rate: float = 3.0,
    optimizer: str | Optimizer = GRADIENT_DESCENT,
) -> Experiment:
    return Experiment(datasets.happiness(), Architecture(layers, bias=bias), rate, epochs, seed=77, optimizer=optimizer)


def finished(survey: Survey, **asking: Any) -> Survey:
    while not survey.complete:
        survey.ask_more(**asking)
    return survey


@pytest.mark.parametrize("asking", [{}, {"seconds": 1e-9}, {"seconds": 1e-3}, {"networks": 7}, {"networks": 1_000}])
@pytest.mark.parametrize(("layers", "bias"), [((3, 1), True), ((3, 1), False), ((3, 2, 1), True)])
def test_each_network_answers_as_one_trained_alone(layers: tuple[int, ...], bias: bool, asking: dict[str, Any]) -> None:
    task = experiment(layers, bias=bias)
    survey = finished(Survey(task, networks=60), **asking)
    assert survey.asked == 60
    assert survey.answers.shape == (60, 8)
    ends = []
    for seed in range(60):
        start = NeuralNetwork.random(layers, seed=seed, bias=bias)
        alone = train(start, task.data, learning_rate=3.0, epochs=300).network(300)
        assert np.abs(survey.answers[seed] - alone.predict(survey.plates)[:, 0]).max() < 1e-12
        ends.append(np.concatenate([array.ravel() for array in (*alone.weights, *alone.biases)]))
    assert survey.weights_apart == pytest.approx(np.ptp(ends, axis=0).max(), abs=1e-11)


@pytest.mark.parametrize("epochs", [0, 1, 40])
def test_few_epochs_are_enough(epochs: int) -> None:
    survey = finished(Survey(experiment(epochs=epochs), networks=3))
    alone = train(NeuralNetwork.random((3, 1), seed=2), datasets.happiness(), learning_rate=3.0, epochs=epochs)
    assert np.abs(survey.answers[2] - alone.network(epochs).predict(survey.plates)[:, 0]).max() < 1e-12


@pytest.mark.parametrize("optimizer", [MOMENTUM, ADAM])
def test_an_optimizer_remembers_from_slice_to_slice(optimizer: Optimizer) -> None:
    task = experiment((3, 2, 1), optimizer=optimizer, rate=0.1)
    survey, slices = Survey(task, networks=30), 0
    while not survey.complete:
        survey.ask_more(seconds=1e-9)
        slices += 1
    assert slices > 100
    for seed in (0, 29):
        alone = train(
            NeuralNetwork.random((3, 2, 1), seed=seed), task.data, learning_rate=0.1, epochs=300, optimizer=optimizer
        )
        assert np.abs(survey.answers[seed] - alone.network(300).predict(survey.plates)[:, 0]).max() < 1e-12


class Clock:
    """A clock that moves only in training: so many seconds for each epoch of a network, and for each call."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, each: float, call: float) -> None:
        self.now = 0.0
        descend = Method.descend

        def timed(method: Any, layers: Any, data: Any, rates: Any, epochs: int, **options: Any) -> Any:
            self.now += call + epochs * (1e-5 + each * len(rates))
            return descend(method, layers, data, rates, min(epochs, 1), **options)

        monkeypatch.setattr(Method, "descend", timed)
        monkeypatch.setattr(module, "perf_counter", lambda: self.now)


@pytest.mark.parametrize("each", [1e-8, 1e-6, 1e-4])
@pytest.mark.parametrize("call", [0.0, 1e-3])
@pytest.mark.parametrize("study", [Survey, Starts])
def test_no_slice_takes_much_longer_than_its_time(
    monkeypatch: pytest.MonkeyPatch, study: type[Survey], each: float, call: float
) -> None:
    clock = Clock(monkeypatch, each=each, call=call)
    survey, slices = study(experiment(epochs=2_000), networks=200), []
    while not survey.complete:
        began = clock.now
        survey.ask_more(seconds=0.05)
        slices.append(clock.now - began)
    assert max(slices) <= 0.08
    assert np.mean(slices[:-1] or [0.05]) >= 0.04


def test_threads_take_one_survey_together() -> None:
    task = experiment(epochs=200)
    survey, alone = Survey(task, networks=400), finished(Survey(task, networks=400))
    threads = [threading.Thread(target=finished, args=(survey,), kwargs={"seconds": 1e-4}) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert survey.asked == 400
    assert np.abs(survey.answers - alone.answers).max() < 1e-12


def test_answers_come_bit_by_bit_and_stay_as_they_are() -> None:
    survey = Survey(experiment(epochs=50), networks=90)
    assert (survey.asked, survey.complete, survey.weights_apart) == (0, False, 0.0)
    assert survey.answers.shape == (0, 8)
    survey.ask_more(10)
    first = survey.answers
    survey.ask_more(30)
    assert survey.asked == 40
    assert survey.answers[:10].tolist() == first.tolist()
    with pytest.raises(ValueError, match="read-only"):
        first[0, 0] = 1
    survey.ask_more(1_000)
    assert survey.complete
    survey.ask_more()
    assert survey.asked == 90


def test_only_the_answers_are_kept() -> None:
    survey = finished(Survey(experiment(epochs=20), networks=500))
    assert sum(value.nbytes for value in vars(survey).values() if isinstance(value, np.ndarray)) < 500 * 8 * 8 + 1_000
    assert survey._batch is None
    assert survey.nbytes <= 500 * (8 + 1 + 4) * 8


@pytest.mark.parametrize("optimizer", [GRADIENT_DESCENT, MOMENTUM, ADAM])
def test_networks_that_diverge_stand_where_they_left(optimizer: Optimizer) -> None:
    shape = Architecture((3, 4, 4, 1), activation="relu")
    task = Experiment(datasets.plates("nyynynny"), shape, 1e160, 40, seed=0, start="he", optimizer=optimizer)
    survey = finished(Survey(task, networks=25), seconds=1e-9)
    assert np.isfinite(survey.answers).all()
    diverged = 0
    for seed in range(25):
        alone = replace(task, seed=seed).train()
        diverged += alone.diverged is not None
        assert np.abs(survey.answers[seed] - alone.network(40).predict(survey.plates)[:, 0]).max() < 1e-12
    assert diverged > 0


def test_it_says_how_much_is_done_and_who_has_all_right() -> None:
    task = experiment(epochs=200)
    survey, done = Survey(task, networks=200), [0.0]
    assert (survey.done, survey.all_right.tolist()) == (0.0, [])
    while not survey.complete:
        survey.ask_more(seconds=1e-9)
        done.append(survey.done)
    assert done == sorted(done)
    assert done[-1] == 1.0
    assert len(set(done)) > 10
    told = [int("".join(f"{value:g}" for value in row), 2) for row in task.data.inputs]
    for answers, right in zip(survey.answers, survey.all_right):
        sides = [
            answers[plate] >= 0.505 if label else answers[plate] <= 0.495
            for plate, (label,) in zip(told, task.data.labels)
        ]
        assert right == all(sides)
    assert not finished(Survey(experiment(bias=False, epochs=50), networks=30)).all_right.any()


def test_the_first_batch_may_be_all() -> None:
    survey = Survey(experiment(epochs=64), networks=100, first_batch=100)
    while not survey.complete:
        assert survey.asked == 0
        survey.ask_more(seconds=1e-9)


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: Survey("run"), "experiment must be of type Experiment, got 'run'"),  # type: ignore[arg-type]
        (
            lambda: Survey(Experiment(Dataset([[1]], [[1, 0]]), Architecture((1, 2)), 1.0, 1, 0)),
            "experiment must have one output, got 2",
        ),
        (lambda: Survey(experiment(), networks=0), "networks must be a whole number of at least 1, got 0"),
        (lambda: Survey(experiment()).ask_more(0), "networks must be a whole number of at least 1, got 0"),
        (lambda: Survey(experiment()).ask_more(seconds=0), "seconds must be a finite number above 0, got 0"),
    ],
)
def test_what_makes_no_survey_is_named(call: Any, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        call()
