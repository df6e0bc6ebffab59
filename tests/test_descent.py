"""The two loops say the same, and the general one takes any activation, cost and optimizer."""

from collections.abc import Sequence
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
    Optimizer,
    Start,
    cost,
    datasets,
    explain,
    finite_differences,
    gradient,
    train,
    train_many,
)
from nnlib.activations import ACTIVATIONS, SIGMOID
from nnlib.checks import Array
from nnlib.costs import COSTS, SQUARED_ERROR
from nnlib.descent import general, neuron
from nnlib.optimizers import GRADIENT_DESCENT, OPTIMIZERS
from nnlib.starts import STARTS


# Kinds that nnlib does not have, each written as one value.
def _tanh(z: Array, out: Array | None = None) -> Array:
    return np.tanh(z, out)


def _tanh_slope(a: Array, out: Array | None = None) -> Array:
    slope: Array = np.subtract(1.0, a * a, out)
    return slope


def _fourth_power(p: Array, y: Array) -> Array:
    return (p - y) ** 4


def _fourth_power_slope(p: Array, y: Array, out: Array | None = None) -> Array:
    slope: Array = np.multiply(4.0, (p - y) ** 3, out)
    return slope


def _momentum(slope: Array, rate: Array, memory: Sequence[Array], _update: int) -> Array:
    (velocity,) = memory
    velocity *= 0.9
    velocity += slope
    step: Array = np.multiply(rate, velocity, slope)
    return step


TANH = Activation("tanh", _tanh, _tanh_slope, r"\tanh(z)", r"1 - \tanh^2(z)")
FOURTH_POWER = Cost("fourth power", _fourth_power, _fourth_power_slope, "(p - y)^4", "4 (p - y)^3")
MOMENTUM = Optimizer("momentum", _momentum, 1, "")
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
    costs, (layer,) = general.descend(
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


def test_the_fast_loop_trains_only_what_it_can() -> None:
    assert neuron.can(1, SIGMOID, SQUARED_ERROR, GRADIENT_DESCENT)
    assert not neuron.can(2, SIGMOID, SQUARED_ERROR, GRADIENT_DESCENT)
    assert not neuron.can(1, TANH, SQUARED_ERROR, GRADIENT_DESCENT)
    assert not neuron.can(1, SIGMOID, FOURTH_POWER, GRADIENT_DESCENT)
    assert not neuron.can(1, SIGMOID, SQUARED_ERROR, MOMENTUM)


@pytest.mark.parametrize("layers", [(3, 1), (3, 4, 1), (3, 3, 2, 1)])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("activation", [SIGMOID, TANH])
@pytest.mark.parametrize("kind", [SQUARED_ERROR, FOURTH_POWER])
def test_every_activation_and_cost_is_trained_down_its_own_gradient(
    layers: tuple[int, ...], bias: bool, activation: Activation, kind: Cost
) -> None:
    data = datasets.happiness()
    start = NeuralNetwork.random(layers, seed=5, bias=bias, activation=activation)
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
def test_an_optimizer_remembers_from_update_to_update(layers: tuple[int, ...]) -> None:
    data, start = datasets.happiness(), NeuralNetwork.random(layers, seed=5)
    history = train(start, data, learning_rate=0.5, epochs=20, optimizer=MOMENTUM)
    velocity = [np.zeros_like(w) for w in start.weights]
    for epoch in range(20):
        slope = gradient(history.network(epoch), data)
        velocity = [0.9 * v + g for v, g in zip(velocity, slope.weights)]
        for v, old, new in zip(velocity, history.network(epoch).weights, history.network(epoch + 1).weights):
            assert np.abs(old - 0.5 * v - new).max() < 1e-13
    many = train_many(data, layers=layers, learning_rates=[0.1, 0.5], seeds=5, epochs=20, optimizer=MOMENTUM)
    assert np.abs(many.cost[:, 1] - history.cost).max() < 1e-13
    shorter = train(start, data, learning_rate=0.5, epochs=19, optimizer=MOMENTUM)
    last, expected = explain(shorter, 19).layers, explain(history, 19).layers
    assert [n.new.tolist() for layer in last for n in layer] == [n.new.tolist() for layer in expected for n in layer]


def test_a_start_draws_the_weights() -> None:
    network = NeuralNetwork.random((3, 2, 1), seed=1, start=SMALL)
    assert max(np.abs(w).max() for w in network.weights) <= 0.1
    runs = train_many(datasets.happiness(), layers=(3, 2, 1), learning_rates=1.0, seeds=[4, 1], epochs=0, start=SMALL)
    assert runs.network(1).weights[0].tolist() == network.weights[0].tolist()


@pytest.mark.parametrize("known", [ACTIVATIONS, COSTS, STARTS, OPTIMIZERS])
def test_every_kind_is_found_by_its_name_and_has_its_formula(known: Any) -> None:
    for name, kind in known.items():
        assert name == kind.name
        assert kind.formula


def test_many_runs_of_several_outputs_are_the_single_runs() -> None:
    random = np.random.default_rng(2)
    data = Dataset(random.normal(size=(6, 2)), random.uniform(size=(6, 2)))
    runs = train_many(data, layers=(2, 3, 2), learning_rates=[0.5, 2.0, 5.0], seeds=[1, 2, 3], epochs=30)
    for run, (rate, seed) in enumerate([(0.5, 1), (2.0, 2), (5.0, 3)]):
        single = train(NeuralNetwork.random((2, 3, 2), seed=seed), data, learning_rate=rate, epochs=30)
        assert np.abs(runs.cost[:, run] - single.cost).max() < 1e-13
        for one, other in zip(runs.network(run).weights, single.network(30).weights):
            assert np.abs(one - other).max() < 1e-12
