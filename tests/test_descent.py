"""The two loops say the same, and the general one takes any activation, cost and optimizer."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib import (
    Activation,
    Cost,
    Dataset,
    NeuralNetwork,
    Start,
    cost,
    datasets,
    explain,
    finite_differences,
    gradient,
    train,
    train_many,
)
from nnlib.activations import ACTIVATIONS, RELU, SIGMOID, TANH, layer_activations
from nnlib.checks import Array
from nnlib.costs import COSTS, SQUARED_ERROR
from nnlib.descent import general, neuron
from nnlib.descent.method import Method
from nnlib.optimizers import ADAM, GRADIENT_DESCENT, MOMENTUM, OPTIMIZERS, Optimizer
from nnlib.starts import EQUAL, STARTS


# Kinds that nnlib does not have, each written as one value.
def _fourth_power(p: Array, y: Array) -> Array:
    return (p - y) ** 4


def _fourth_power_slope(p: Array, y: Array, out: Array | None = None) -> Array:
    slope: Array = np.multiply(4.0, (p - y) ** 3, out)
    return slope


FOURTH_POWER = Cost("fourth power", _fourth_power, _fourth_power_slope, "(p - y)^4", "4 (p - y)^3")
SMALL = Start("small", lambda inputs, outputs, random: random.uniform(-0.1, 0.1, (inputs, outputs)), "")


@given(
    seed=st.integers(0, 10_000),
    samples=st.integers(1, 9),
    outputs=st.integers(1, 3),
    runs=st.integers(1, 40),
    epochs=st.integers(0, 60),
    bias=st.booleans(),
    certain=st.booleans(),
    same_rate=st.booleans(),
    keep=st.booleans(),
)
@settings(max_examples=200)
def test_the_fast_loop_does_what_the_general_one_does(
    seed: int,
    samples: int,
    outputs: int,
    runs: int,
    epochs: int,
    bias: bool,
    certain: bool,
    same_rate: bool,
    keep: bool,
) -> None:
    random = np.random.default_rng(seed)
    inputs, labels = random.uniform(-1, 1, (samples, 3)), random.uniform(size=(samples, outputs))
    labels = labels.round() if certain else labels
    rates = np.full(runs, random.uniform(0.01, 10)) if same_rate else random.uniform(0.01, 10, runs)
    start = random.standard_normal((3 + bias, runs, outputs))
    before = start.copy()
    fast_costs, (fast,) = neuron.descend([start], inputs, labels, rates, epochs, bias=bias, keep=keep)
    costs, (layer,), memory = general.descend(
        [start],
        inputs,
        labels,
        rates,
        epochs,
        bias=bias,
        keep=keep,
        activation=SIGMOID,
        cost=SQUARED_ERROR,
        optimizer=GRADIENT_DESCENT,
    )
    assert fast.shape == layer.shape == (epochs + 1 if keep else 1, *start.shape)
    assert np.abs(fast_costs - costs).max() < 1e-12
    assert np.abs(fast - layer).max() < 1e-12
    assert start.tolist() == before.tolist()
    assert (memory.layers, memory.updates) == ((), epochs)


def test_the_fast_loop_trains_only_what_it_can() -> None:
    assert neuron.can(1, SQUARED_ERROR, GRADIENT_DESCENT)
    assert not neuron.can(2, SQUARED_ERROR, GRADIENT_DESCENT)
    assert not neuron.can(1, FOURTH_POWER, GRADIENT_DESCENT)
    assert not neuron.can(1, SQUARED_ERROR, MOMENTUM)


@pytest.mark.parametrize("activation", [TANH, RELU])
def test_without_hidden_layers_their_activation_changes_nothing(activation: Activation) -> None:
    data, sigmoid = datasets.happiness(), NeuralNetwork.random((3, 1), seed=1)
    same = NeuralNetwork.random((3, 1), seed=1, activation=activation)
    assert same.predict(data.inputs).tolist() == sigmoid.predict(data.inputs).tolist()
    histories = [train(network, data, learning_rate=1.0, epochs=20) for network in (sigmoid, same)]
    assert histories[0].cost.tolist() == histories[1].cost.tolist()
    assert explain(histories[1], 3).layers[0][0].new.tolist() == explain(histories[0], 3).layers[0][0].new.tolist()


def test_the_output_is_a_sigmoid_whatever_the_hidden_layers_are() -> None:
    assert layer_activations(TANH, 3) == [TANH, TANH, SIGMOID]
    # z = 1 · 2 − 3 = −1, −1 and 2; the outputs' sums are 10 times what is made of it.
    answers = {"sigmoid": 10 / (1 + np.e), "tanh": 10 * np.tanh(-1.0), "relu": 0.0}
    for name, z in answers.items():
        network = NeuralNetwork([[[2.0]], [[10.0]]], [[-3.0], [0.0]], activation=name)
        assert network.predict([[1]]).item() == pytest.approx(1 / (1 + np.exp(-z)), rel=1e-14)


@pytest.mark.parametrize("layers", [(3, 1), (3, 4, 1), (3, 3, 2, 1)])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("activation", ACTIVATIONS.values())
@pytest.mark.parametrize("kind", [SQUARED_ERROR, FOURTH_POWER])
def test_every_activation_and_cost_is_trained_down_its_own_gradient(
    layers: tuple[int, ...], bias: bool, activation: Activation, kind: Cost
) -> None:
    data = datasets.happiness()
    # With this seed no weighted sum is near 0, where ReLU has a corner and no slope to be measured.
    start = NeuralNetwork.random(layers, seed=11, bias=bias, activation=activation)
    history = train(start, data, learning_rate=0.5, epochs=30, cost=kind)
    for epoch in (0, 13, 29):
        before, after = history.network(epoch), history.network(epoch + 1)
        assert before.activation is activation
        slope, measured = gradient(before, data, cost=kind), finite_differences(before, data, cost=kind)
        for w, step, slow, new in zip(before.weights, slope.weights, measured.weights, after.weights):
            assert np.abs(step - slow).max() < 1e-8
            assert np.abs(w - 0.5 * step - new).max() < 1e-13
        for b, step, slow, new in zip(before.biases, slope.biases, measured.biases, after.biases):
            assert np.abs(step - slow).max() < 1e-8
            assert np.abs(b - 0.5 * step - new).max() < 1e-13
        assert history.cost[epoch] == pytest.approx(cost(before, data, cost=kind), abs=1e-14)
        assert history.predict(data.inputs)[epoch] == pytest.approx(before.predict(data.inputs), abs=1e-15)


@pytest.mark.parametrize("layers", [(3, 1), (3, 4, 1)])
@pytest.mark.parametrize("optimizer", [MOMENTUM, ADAM])
def test_an_optimizer_remembers_from_update_to_update(layers: tuple[int, ...], optimizer: Optimizer) -> None:
    data, start = datasets.happiness(), NeuralNetwork.random(layers, seed=5)
    history = train(start, data, learning_rate=0.5, epochs=20, optimizer=optimizer)
    slopes: list[list[Array]] = []
    for epoch in range(20):
        slopes.append(list(gradient(history.network(epoch), data).weights))
        old, new = history.network(epoch).weights, history.network(epoch + 1).weights
        for layer in range(len(layers) - 1):
            # From the definitions: sums over all gradients so far, the latest of which counts most.
            past = [slope[layer] for slope in reversed(slopes)]
            if optimizer is MOMENTUM:
                step = 0.5 * sum(0.9**age * g for age, g in enumerate(past))
            else:
                mean = sum(0.1 * 0.9**age * g for age, g in enumerate(past)) / (1 - 0.9 ** len(past))
                squares = sum(0.001 * 0.999**age * g**2 for age, g in enumerate(past)) / (1 - 0.999 ** len(past))
                step = 0.5 * mean / (np.sqrt(squares) + 1e-8)
            assert np.abs(old[layer] - step - new[layer]).max() < 1e-12
    many = train_many(data, layers=layers, learning_rates=[0.1, 0.5], seeds=5, epochs=20, optimizer=optimizer)
    assert np.abs(many.cost[:, 1] - history.cost).max() < 1e-13
    shorter = train(start, data, learning_rate=0.5, epochs=19, optimizer=optimizer)
    last, expected = explain(shorter, 19).layers, explain(history, 19).layers
    assert [n.new.tolist() for layer in last for n in layer] == [n.new.tolist() for layer in expected for n in layer]


@given(
    optimizer=st.sampled_from(list(OPTIMIZERS.values())),
    layers=st.sampled_from([(3, 1), (3, 2, 1), (3, 2, 2, 1)]),
    bias=st.booleans(),
    slices=st.lists(st.integers(0, 12), min_size=1, max_size=5),
    seed=st.integers(0, 1_000),
)
@settings(max_examples=60)
def test_a_run_cut_into_slices_is_the_run_done_at_once(
    optimizer: Optimizer, layers: tuple[int, ...], bias: bool, slices: list[int], seed: int
) -> None:
    random, data = np.random.default_rng(seed), datasets.happiness()
    method = Method(bias, TANH, SQUARED_ERROR, optimizer)
    start = [random.standard_normal((rows + bias, 3, columns)) for rows, columns in pairwise(layers)]
    rates = np.array([0.1, 0.5, 2.0])
    whole = method.descend(start, data, rates, sum(slices), keep=False)
    part, costs, memory = start, [], None
    for epochs in slices:
        ended = method.descend(part, data, rates, epochs, keep=False, memory=memory)
        part, memory = [layer[0] for layer in ended.layers], ended.memory
        costs += ended.costs[:-1].tolist()
    assert memory is not None
    assert memory.updates == whole.memory.updates == sum(slices)
    assert np.array([*costs, ended.costs[-1]]) == pytest.approx(whole.costs, abs=1e-13)
    for one, other in zip(part, whole.layers):
        assert one == pytest.approx(other[0], abs=1e-12)


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values())
def test_a_run_that_has_diverged_in_one_slice_stands_in_the_next(optimizer: Optimizer) -> None:
    data = datasets.plates("nyynynny")
    method = Method(True, RELU, SQUARED_ERROR, optimizer)
    random = np.random.default_rng(0)
    start = [random.standard_normal((rows + 1, 6, columns)) for rows, columns in [(3, 8), (8, 8), (8, 1)]]
    rates = np.array([1e160, 0.1, 1e160, 1e160, 0.1, 1e160])
    first = method.descend(start, data, rates, 20, keep=False)
    gone = first.diverged > 0
    assert gone.sum() >= 3
    assert not gone[[1, 4]].any()
    middle = [layer[0] for layer in first.layers]
    second = method.descend(middle, data, rates, 20, keep=False, memory=first.memory)
    assert second.diverged.tolist() == np.where(gone, 1, -1).tolist()
    for before, after in zip(middle, second.layers):
        assert (after[0] == before).all(axis=(0, 2))[gone].all()
        assert not (after[0] == before).all(axis=(0, 2))[[1, 4]].any()


def test_where_a_run_diverges_depends_on_what_its_own_optimizer_remembers() -> None:
    def longer_and_longer(_: Array, rate: Array, memory: Sequence[Array], _update: int) -> Array:
        """A step of the learning rate, then each 10⁵⁰ times as long as the last."""
        memory[0][...] = np.where(memory[0] == 0, rate, memory[0] * 1e50)
        return memory[0]

    method = Method(True, TANH, SQUARED_ERROR, Optimizer("longer", longer_and_longer, 1, ""))
    data, start = datasets.happiness(), [np.zeros((4, 3, 1))]
    # Steps of 10⁰, 10⁵⁰ … 10³⁰⁰: the eighth is too long. From 10¹⁰⁰ it is the sixth, from 10²⁰⁰ the fourth.
    rates = np.array([1e0, 1e100, 1e200])
    whole = method.descend(start, data, rates, 10, keep=False)
    assert whole.diverged.tolist() == [8, 6, 4]
    first = method.descend(start, data, rates, 2, keep=False)
    then = method.descend([layer[0] for layer in first.layers], data, rates, 8, keep=False, memory=first.memory)
    assert then.diverged.tolist() == [6, 4, 2]
    assert then.layers[0].tolist() == whole.layers[0].tolist()


def test_a_start_draws_the_weights() -> None:
    network = NeuralNetwork.random((3, 2, 1), seed=1, start=SMALL, bias=False)
    assert max(np.abs(w).max() for w in network.weights) <= 0.1
    runs = train_many(datasets.happiness(), layers=(3, 2, 1), learning_rates=1.0, seeds=[4, 1], epochs=0, start=SMALL)
    assert runs.network(1).weights[0].tolist() == network.weights[0].tolist()


@pytest.mark.parametrize("known", [ACTIVATIONS, COSTS, STARTS, OPTIMIZERS])
def test_every_kind_is_found_by_its_name_and_has_its_formula(known: Any) -> None:
    for name, kind in known.items():
        assert name == kind.name
        assert kind.formula


@pytest.mark.parametrize(
    ("start", "layers", "deviation"),
    [
        ("normal", (100, 100), 1.0),
        ("glorot", (80, 120), 0.1),  # √(2 / 200)
        ("glorot", (30, 20), 0.2),  # √(2 / 50)
        ("he", (200, 50), 0.1),
        ("he", (50, 80), 0.2),
    ],
)
def test_how_far_a_start_spreads_the_weights(start: str, layers: tuple[int, int], deviation: float) -> None:
    (weights,) = NeuralNetwork.random(layers, seed=2, start=start).weights
    assert weights.std() == pytest.approx(deviation, rel=0.08)
    assert abs(weights.mean()) < 0.12 * deviation


def test_neurons_that_start_equal_stay_equal() -> None:
    start = NeuralNetwork.random((3, 4, 2, 1), seed=3, activation="tanh", start=EQUAL)
    first = [layer[0, 0] for layer in start.weights]
    assert len(set(first)) == 3
    assert all((layer == value).all() for layer, value in zip(start.weights, first))
    run = train(start, datasets.plates("nyynynny"), learning_rate=3.0, epochs=200)
    for layer in run.weights[:-1]:
        # Numpy adds up the columns of a matrix product in one order, so not even the last digit differs.
        assert np.ptp(layer, axis=2).max() < 1e-12
    assert np.ptp(run.cost) > 1e-3


@pytest.mark.parametrize("start", STARTS)
def test_a_start_is_the_same_with_and_without_bias(start: str) -> None:
    with_bias, without = (NeuralNetwork.random((3, 4, 1), seed=6, bias=bias, start=start) for bias in (True, False))
    assert [w.tolist() for w in with_bias.weights] == [w.tolist() for w in without.weights]
    assert not any(b.any() for b in with_bias.biases)


def test_many_runs_of_several_outputs_are_the_single_runs() -> None:
    random = np.random.default_rng(2)
    data = Dataset(random.normal(size=(6, 2)), random.uniform(size=(6, 2)))
    runs = train_many(data, layers=(2, 3, 2), learning_rates=[0.5, 2.0, 5.0], seeds=[1, 2, 3], epochs=30)
    for run, (rate, seed) in enumerate([(0.5, 1), (2.0, 2), (5.0, 3)]):
        single = train(NeuralNetwork.random((2, 3, 2), seed=seed), data, learning_rate=rate, epochs=30)
        assert np.abs(runs.cost[:, run] - single.cost).max() < 1e-13
        for one, other in zip(runs.network(run).weights, single.network(30).weights):
            assert np.abs(one - other).max() < 1e-12
