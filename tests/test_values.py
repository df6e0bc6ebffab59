"""Values stay values: whatever is copied, pickled or changed elsewhere, and wrong arguments are named."""

import copy
import pickle
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nnlib import (
    Architecture,
    Dataset,
    Experiment,
    History,
    NeuralNetwork,
    Runs,
    cost,
    datasets,
    explain,
    finite_differences,
    gradient,
    sigmoid,
    train,
    train_many,
)

happiness = datasets.happiness()
HUGE = 10**400


def history(epochs: int = 5, layers: tuple[int, ...] = (3, 2, 1)) -> History:
    return train(NeuralNetwork.random(layers, seed=1), happiness, learning_rate=1.0, epochs=epochs)


def runs() -> Runs:
    return train_many(happiness, layers=(3, 1), learning_rates=[1.0, 2.0], seeds=3, epochs=4)


def experiment(**changes: Any) -> Experiment:
    arguments = {"learning_rate": 1.0, "epochs": 20, "seed": 3} | changes
    return Experiment(datasets.happiness(), Architecture((3, 2, 1)), **arguments)


def arrays(value: object) -> Iterator[np.ndarray[Any, Any]]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from arrays(part)
    elif hasattr(value, "__dict__"):
        for part in vars(value).values():
            yield from arrays(part)


VALUES = [
    happiness,
    NeuralNetwork.random((3, 2, 1), seed=1),
    history(),
    experiment(optimizer="adam").train(),  # with what Adam remembers
    runs(),
    explain(history(), 2),
    gradient(NeuralNetwork.random((3, 1), seed=1), happiness),
    experiment(),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("copied", [lambda v: v, copy.copy, copy.deepcopy, lambda v: pickle.loads(pickle.dumps(v))])  # noqa: S301
def test_a_value_is_read_only_however_it_was_copied(value: object, copied: Callable[[object], object]) -> None:
    found = list(arrays(copied(value)))
    assert [array.tolist() for array in found] == [array.tolist() for array in arrays(value)]
    assert found
    for array in found:
        while isinstance(array, np.ndarray):
            assert not array.flags.writeable
            array = array.base  # type: ignore[assignment]


@pytest.mark.parametrize("seen", [lambda array: array, "read-only view", "closed", pd.DataFrame])
def test_a_value_shares_no_memory_with_what_it_was_made_from(seen: Any) -> None:
    def view(array: Any) -> Any:
        if callable(seen):
            return seen(array)
        view = array[:] if seen == "read-only view" else array
        view.flags.writeable = False
        return view

    inputs, labels, weights, bias, costs = np.ones((2, 3)), np.ones((2, 1)), np.ones((3, 1)), np.ones(1), np.ones(2)
    data = Dataset(view(inputs), view(labels))
    network = NeuralNetwork([view(weights)], [view(bias) if callable(seen) and seen is not pd.DataFrame else bias])
    stack = np.ones((2, 3, 1))
    record = History(data, 1.0, True, costs, (stack,), (np.ones((2, 1)),))
    many = Runs(True, costs[None], (stack,), (np.ones((2, 1)),))
    for array in (inputs, labels, weights, bias, costs, stack):
        array.flags.writeable = True
        array[...] = 7
    for value in (data, network, record, many):
        assert all(((array == 1) | (array == -1)).all() for array in arrays(value))  # −1: none has diverged


def test_data_are_equal_and_of_equal_hash_where_the_contents_are() -> None:
    same = Dataset(happiness.inputs.tolist(), happiness.labels.tolist(), list(happiness.names))
    assert same == happiness
    assert hash(same) == hash(happiness)
    assert hash(pickle.loads(pickle.dumps(happiness))) == hash(happiness)  # noqa: S301
    assert Dataset([[0.0]], [[0]]) == Dataset([[-0.0]], [[-0.0]])
    assert hash(Dataset([[0.0]], [[0]])) == hash(Dataset([[-0.0]], [[-0.0]]))
    others = [
        Dataset(happiness.inputs, happiness.labels),
        Dataset(happiness.inputs, 1 - happiness.labels, happiness.names),
        Dataset(happiness.inputs[::-1], happiness.labels, happiness.names),
        Dataset(happiness.inputs[:4], happiness.labels[:4], happiness.names),
    ]
    assert happiness not in [*others, "happiness", None]
    assert Dataset([[1, 2]], [[1]]) != Dataset([[1], [2]], [[1], [1]])


@pytest.mark.parametrize("kind", [tuple, list, np.array, pd.Index])
def test_names_may_be_any_sequence_of_strings(kind: Any) -> None:
    data = Dataset([[1, 0]], [[1]], kind(["coffee", "pizza"]))
    assert data.names == ("coffee", "pizza")
    assert [type(name) for name in data.names] == [str, str]


@pytest.mark.parametrize("names", ["ab", b"ab", 3, None, (1, 2), [["a"], "b"]])
def test_names_that_are_none(names: Any) -> None:
    with pytest.raises(ValueError, match="names must be"):
        Dataset([[1, 0]], [[1]], names)


def test_true_and_false_and_fractions_are_numbers() -> None:
    values: Any = [[True, Fraction(1, 4)], [np.False_, 2**70]]
    data = Dataset(values, np.array([[True], [False]]))
    assert data.inputs.tolist() == [[1, 0.25], [0, 2.0**70]]
    assert data.labels.tolist() == [[1], [0]]
    assert Dataset(np.ma.array([[1.0, 2.0]]), [[1]]).inputs.tolist() == [[1, 2]]


NO_NUMBERS: list[Any] = [
    np.ma.array([[1.0]], mask=[[True]]),
    [[np.ma.masked]],
    np.array([["2020-01-01"]], dtype="M8[D]"),
    np.array([["NaT"]], dtype="M8[D]"),
    np.array([[5]], dtype="m8[s]"),
    [[pd.NaT]],
    [[pd.Timestamp(0)]],
    pd.DataFrame({"a": [pd.NA]}),
    [[1j]],
    [["1"]],
    [[None]],
    [[HUGE]],
    [[10**5000]],
    [[1], [1, 2]],
    [[Fraction(HUGE)]],
    1.0,
    "1",
    None,
    {"a": 1},
    object(),
]


@pytest.mark.parametrize("values", NO_NUMBERS, ids=lambda values: str(type(values)))
@pytest.mark.parametrize("argument", ["inputs", "labels", r"weights\[0\]", r"biases\[0\]"])
def test_what_is_no_number_is_refused(argument: str, values: Any) -> None:
    makers: dict[str, Callable[[Any], object]] = {
        "inputs": lambda values: Dataset(values, [[1]]),
        "labels": lambda values: Dataset([[1]], values),
        r"weights\[0\]": lambda values: NeuralNetwork([values]),
        r"biases\[0\]": lambda values: NeuralNetwork([[[1]]], [values]),
    }
    with pytest.raises(ValueError, match=rf"{argument} must|biases must be finite and have shapes"):
        makers[argument](values)


def many(**changes: Any) -> Runs:
    arguments: dict[str, Any] = {"layers": (3, 1), "learning_rates": 1, "seeds": 1, "epochs": 1}
    return train_many(happiness, **(arguments | changes))


def trained(**changes: Any) -> History:
    network = changes.pop("network", NeuralNetwork.random((3, 1), seed=0))
    dataset = changes.pop("dataset", happiness)
    return train(network, dataset, **({"learning_rate": 1.0, "epochs": 1} | changes))


def network() -> NeuralNetwork:
    return NeuralNetwork.random((3, 1), seed=0)


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: trained(learning_rate=HUGE), "learning_rate must be a finite number above 0, got 1000"),
        (
            lambda: trained(learning_rate=10**5000),
            "learning_rate must be a finite number above 0, got int of very many",
        ),
        (lambda: trained(epochs=HUGE), "epochs must be at most 1000000000, got 1000"),
        (lambda: trained(learning_rate=1j), "learning_rate must be a finite number above 0"),
        (lambda: trained(learning_rate=[1.0]), r"learning_rate must be a finite number above 0, got \[1.0\]"),
        (lambda: trained(network="net"), "network must be of type NeuralNetwork, got 'net'"),
        (lambda: trained(dataset=[[1]]), r"dataset must be of type Dataset, got \[\[1\]\]"),
        (
            lambda: trained(optimizer="adamant"),
            "optimizer must be one of 'gradient descent', 'momentum', 'adam', got 'adamant'",
        ),
        (lambda: trained(cost=["x"]), r"cost must be one of 'squared error', got \['x'\]"),
        (lambda: many(learning_rates=HUGE), "each of learning_rates must be a finite number above 0"),
        (lambda: many(learning_rates="12"), "each of learning_rates must be a finite number above 0, got '12'"),
        (lambda: many(seeds="12"), "seed must be a whole number of at least 0, got '12'"),
        (lambda: many(seeds=[1.5]), "seed must be a whole number of at least 0, got 1.5"),
        (lambda: many(bias="no"), "bias must be True or False, got 'no'"),
        (lambda: many(bias=1), "bias must be True or False, got 1"),
        (lambda: many(layers=3), r"layers must be at least two layer sizes such as \(3, 1\), got 3"),
        (lambda: many(layers=(3, HUGE, 1)), "each size in layers must be at most 1000000000"),
        (lambda: many(activation="softmax"), "activation must be one of 'sigmoid', 'tanh', 'relu', got 'softmax'"),
        (lambda: many(start=None), "start must be one of 'normal', 'glorot', 'he', 'equal', got None"),
        (lambda: many(optimizer=3), "optimizer must be one of"),
        (lambda: many(cost="hinge"), "cost must be one of"),
        (lambda: many(epochs=True), "epochs must be a whole number of at least 0, got True"),
        (lambda: train_many(7, layers=(3, 1), learning_rates=1, seeds=1, epochs=1), "dataset must be of type"),  # type: ignore[arg-type]
        (lambda: NeuralNetwork(3), "weights must be a list or the like, got 3"),  # type: ignore[arg-type]
        (lambda: NeuralNetwork([[[1.0]]], 3), "biases must be a list or the like, got 3"),  # type: ignore[arg-type]
        (
            lambda: NeuralNetwork([[[1.0]]], activation="x"),
            "activation must be one of 'sigmoid', 'tanh', 'relu', got 'x'",
        ),
        (lambda: NeuralNetwork.random((3, 1), seed=0, bias=None), "bias must be True or False, got None"),  # type: ignore[arg-type]
        (
            lambda: NeuralNetwork.random((3, 1), seed=0, start="x"),
            "start must be one of 'normal', 'glorot', 'he', 'equal', got 'x'",
        ),
        (lambda: network().predict(1.0), r"inputs must have shape \(rows, 3\)"),
        (lambda: network().predict([["1", "0", "1"]]), "inputs must be rows of numbers"),
        (lambda: Architecture((3, 1), bias=0), "bias must be True or False, got 0"),  # type: ignore[arg-type]
        (lambda: Architecture("31"), "layers must be at least two layer sizes"),  # type: ignore[arg-type]
        (lambda: experiment(seed=-1), "seed must be a whole number of at least 0, got -1"),
        (lambda: experiment(learning_rate=0), "learning_rate must be a finite number above 0, got 0"),
        (lambda: experiment(epochs=1.0), "epochs must be a whole number of at least 0, got 1.0"),
        (lambda: experiment(start="x"), "start must be one of"),
        (lambda: experiment(cost="x"), "cost must be one of"),
        (lambda: experiment(optimizer="x"), "optimizer must be one of"),
        (lambda: Experiment(happiness, (3, 1), 1.0, 1, 0), "architecture must be of type Architecture"),  # type: ignore[arg-type]
        (lambda: Experiment(happiness, Architecture((2, 1)), 1.0, 1, 0), "layers must begin with 3 inputs"),
        (lambda: Experiment("data", Architecture((2, 1)), 1.0, 1, 0), "data must be of type Dataset"),  # type: ignore[arg-type]
        (lambda: runs().network(-1), "run must be a whole number of at least 0, got -1"),
        (lambda: runs().network(2), "run must be at most 1, the last one, got 2"),
        (lambda: runs().network(0.5), "run must be a whole number"),  # type: ignore[arg-type]
        (lambda: runs().predict([[1, 0]]), r"inputs must have shape \(rows, 3\)"),
        (lambda: history().network(6), "epoch must be at most 5"),
        (lambda: history().network(True), "epoch must be a whole number"),
        (lambda: explain(history(), -1), "epoch must be a whole number of at least 0, got -1"),
        (lambda: explain("run", 1), "history must be of type History, got 'run'"),  # type: ignore[arg-type]
        (lambda: gradient(network(), "data"), "dataset must be of type Dataset"),  # type: ignore[arg-type]
        (lambda: gradient(network(), happiness, cost="x"), "cost must be one of"),
        (lambda: cost("net", happiness), "network must be of type NeuralNetwork"),  # type: ignore[arg-type]
        (lambda: finite_differences(network(), happiness, width=HUGE), "width must be a finite number above 0"),
        (lambda: sigmoid("1"), "z must be numbers, got '1'"),
        (lambda: sigmoid(HUGE), "z must be numbers, got 1000"),
        (lambda: datasets.combinations(-1), "inputs must be a whole number of at least 1, got -1"),
        (lambda: datasets.combinations(HUGE), "inputs must be at most 20"),
        (
            lambda: History(happiness, 1.0, True, np.ones(3), (np.ones((2, 3, 1)),), ()),
            r"weights\[0\] must have length 3",
        ),
        (lambda: History(happiness, 1.0, True, 1.0, (), ()), "cost must"),  # type: ignore[arg-type]
        (lambda: Runs(True, 1.0, (), ()), "cost must"),  # type: ignore[arg-type]
        (lambda: replace(history(), diverged=6), "diverged must be at most 5, got 6"),
        (lambda: replace(runs(), diverged=np.array([2] * 3)), "diverged must be one for each of the 2 runs, got 3"),
        (
            lambda: replace(runs(), diverged=np.array([0.5])),
            "each of diverged must be a whole number of at least -1",
        ),
    ],
)
def test_a_wrong_argument_is_named_with_its_rule_and_value(call: Callable[[], object], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        call()


@pytest.mark.parametrize(
    "epochs",
    [slice(0, 7), slice(-1, None), slice(0, 2, 0), slice(0.5), [6], [-1], [0.5], np.array([[1]]), 3, "1", [True]],
)
def test_epochs_that_were_not_trained_are_named(epochs: Any) -> None:
    for function in (history().predict, history().weighted_sums):
        with pytest.raises(ValueError, match="epochs must be a slice or whole numbers within 0 … 5, got"):
            function([[1, 0, 1]], epochs)


def test_epochs_may_be_a_slice_or_a_list() -> None:
    run = history()
    every = run.predict([[1, 0, 1]])
    assert run.predict([[1, 0, 1]], slice(2, 6, 2)).tolist() == every[2:6:2].tolist()
    assert run.predict([[1, 0, 1]], [5, 0]).tolist() == every[[5, 0]].tolist()
    assert run.predict([[1, 0, 1]], range(1, 3)).tolist() == every[1:3].tolist()


# Numbers of every size: the small ones underflow, the large ones overflow, on the way to sound results.
WILD = Dataset([[1e-200, 3.0, 0.5], [2e-200, -700.0, 1e-310], [0, 1, 900.0]], [[1], [0], [1]])


def everything() -> list[Any]:
    results: list[Any] = [sigmoid([-1000, -720.0, 0, 1000]).tolist()]
    for layers in ((3, 1), (3, 2, 1)):
        start = NeuralNetwork.random(layers, seed=4)
        run = train(start, WILD, learning_rate=30.0, epochs=20)
        step = explain(run, 3)
        many_runs = train_many(WILD, layers=layers, learning_rates=[3.0, 1e200], seeds=5, epochs=20)
        results += [
            array.tolist() for value in (run, step, many_runs, gradient(start, WILD)) for array in arrays(value)
        ]
        results += [
            cost(start, WILD),
            step.cost,
            run.predict(WILD.inputs).tolist(),
            many_runs.predict(WILD.inputs).tolist(),
        ]
        results += [array.tolist() for array in step.measured]
    for activation in ("tanh", "relu"):
        for optimizer in ("momentum", "adam"):
            start = NeuralNetwork.random((3, 2, 2, 1), seed=4, activation=activation, start="he")
            run = train(start, WILD, learning_rate=1e160, epochs=20, optimizer=optimizer)
            numbers = [*arrays(run), run.gradient_sizes(), *run.dead(WILD.inputs), *start.dead(WILD.inputs)]
            results += [array.tolist() for array in (*numbers, *arrays(explain(run, 20)))]
    # The square of this tanh, in its slope, is too small for a float.
    results += [array.tolist() for array in NeuralNetwork([[[1e-200]], [[1.0]]], activation="tanh").dead([[1]])]
    for z in (-230.0, -460.0):  # a prediction of 1e-100 and one of 1e-200, whose square is too small for a float
        start, data = NeuralNetwork([[[z], [0.0]]]), Dataset([[1, 1e-200]], [[0]])
        found = [gradient(start, data), finite_differences(start, data), train(start, data, learning_rate=1, epochs=3)]
        results += [cost(start, data), *(array.tolist() for value in found for array in arrays(value))]
    return results


def test_numpys_error_state_changes_nothing_and_is_not_changed() -> None:
    expected = everything()
    failures: list[BaseException] = []

    def strictly() -> None:
        try:
            with np.errstate(all="raise"):
                before = np.geterr()
                assert repr(everything()) == repr(expected)  # the slopes where a run has diverged are not finite
                assert np.geterr() == before
            assert np.geterr() == {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
        except BaseException as error:  # noqa: BLE001
            failures.append(error)

    strictly()
    threads = [threading.Thread(target=strictly) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@given(scale=st.floats(1e4, 1e100), seed=st.integers(0, 1_000), bias=st.booleans())
def test_inputs_that_saturate_every_neuron_are_warned_of_once(scale: float, seed: int, bias: bool) -> None:
    # Whatever the weights, z and −z are the sums of opposite inputs: one of two equal labels is missed.
    data = Dataset([[scale, 2 * scale], [-scale, -2 * scale]], [[1], [1]])
    network = NeuralNetwork.random((2, 1), seed=seed, bias=bias)
    assume(abs(network.weights[0].T @ [1, 2]) > 0.1)
    with pytest.warns(UserWarning, match="start saturated and learn nothing: scale them") as said:
        train(network, data, learning_rate=1.0, epochs=3)
    assert len(said) == 1
    with pytest.warns(UserWarning, match="scale them") as said:
        train_many(data, layers=(2, 1), learning_rates=[1.0, 2.0], seeds=seed, epochs=3, bias=bias)
    assert len(said) == 1


@pytest.mark.parametrize(
    ("network", "data"),
    [
        (NeuralNetwork([[[50.0]]]), Dataset([[1]], [[1]])),  # right, and nothing left to learn
        (NeuralNetwork([[[1.0]]]), Dataset([[0]], [[1]])),  # nothing to learn from
        (NeuralNetwork([[[1.0]]]), Dataset([[900.0], [-0.5]], [[0], [1]])),  # one row is saturated, the other is not
        (NeuralNetwork([[[1e4, 1e4]], [[1], [-3]]]), Dataset([[1]], [[1]])),  # the output neuron learns
    ],
)
def test_nobody_is_warned_where_there_is_nothing_to_scale(network: NeuralNetwork, data: Dataset) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        train(network, data, learning_rate=1.0, epochs=10)


def test_an_experiment_is_all_that_determines_a_run() -> None:
    one, other = experiment(), experiment(learning_rate=1, start="normal", cost="squared error")
    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301
    for changes in ({"learning_rate": 2.0}, {"epochs": 21}, {"seed": 4}):
        assert experiment(**changes) != one
    assert Experiment(datasets.plates("-n--nyyn"), Architecture((3, 2, 1)), 1.0, 20, 3) != one
    assert Experiment(happiness, Architecture((3, 2, 1), bias=False), 1.0, 20, 3) != one
    expected = train(NeuralNetwork.random((3, 2, 1), seed=3), happiness, learning_rate=1.0, epochs=20)
    assert one.train().cost.tolist() == expected.cost.tolist()
    assert one.network().architecture == one.architecture
    assert one.architecture.parameters == 3 * 2 + 2 + 2 + 1
    with pytest.raises(AttributeError):
        one.epochs = 3  # type: ignore[misc]


def test_a_history_knows_its_size() -> None:
    run = history(epochs=10, layers=(3, 1))
    # 11 epochs of a cost, three weights and a bias, and five rows of three inputs and a label, 8 bytes each.
    assert run.nbytes == 8 * (11 * (1 + 3 + 1) + 5 * 4)
    # Adam remembers two numbers for each of the four parameters.
    adam = train(NeuralNetwork.random((3, 1), seed=1), happiness, learning_rate=1.0, epochs=10, optimizer="adam")
    assert adam.nbytes == run.nbytes + 8 * 2 * 4
