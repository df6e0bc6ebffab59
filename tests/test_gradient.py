"""The gradient, against the slope measured by finite differences and against numbers worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import Dataset, Gradient, NeuralNetwork, cost, datasets, finite_differences, gradient

DEPTHS = [(3, 1), (3, 4, 1), (3, 5, 4, 1)]


def largest_difference(one: Gradient, other: Gradient) -> float:
    pairs = zip((*one.weights, *one.biases), (*other.weights, *other.biases), strict=True)
    return max(float(np.abs(a - b).max()) for a, b in pairs)


def shaken(layers: tuple[int, ...], seed: int, *, bias: bool) -> NeuralNetwork:
    """A random network whose biases are not zero."""
    network = NeuralNetwork.random(layers, seed=seed, bias=bias)
    random = np.random.default_rng(seed)
    return NeuralNetwork(network.weights, [random.normal(size=len(b)) for b in network.biases] if bias else None)


@pytest.mark.parametrize("layers", DEPTHS)
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_the_gradient_is_the_slope_of_the_cost(layers: tuple[int, ...], bias: bool, seed: int) -> None:
    network = shaken(layers, seed, bias=bias)
    happiness = datasets.happiness()
    assert largest_difference(gradient(network, happiness), finite_differences(network, happiness)) < 1e-7


@given(
    layers=st.lists(st.integers(1, 4), min_size=2, max_size=4).map(tuple),
    samples=st.integers(1, 6),
    seed=st.integers(0, 1_000),
)
def test_the_gradient_is_the_slope_for_any_shape(layers: tuple[int, ...], samples: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    data = Dataset(random.normal(size=(samples, layers[0])), random.uniform(size=(samples, layers[-1])))
    network = shaken(layers, seed, bias=True)
    assert largest_difference(gradient(network, data), finite_differences(network, data)) < 1e-7


@pytest.mark.parametrize("layers", DEPTHS)
@pytest.mark.parametrize(
    "wrong",
    [
        lambda array: -array,
        lambda array: 2 * array,
        lambda array: array + 1e-5,
    ],
)
def test_a_wrong_gradient_fails_that_check(layers: tuple[int, ...], wrong: object) -> None:
    network, happiness = shaken(layers, 3, bias=True), datasets.happiness()
    right = gradient(network, happiness)
    for index in range(len(right.weights)):
        weights = tuple(wrong(w) if at == index else w for at, w in enumerate(right.weights))  # type: ignore[operator]
        mistaken = replace(right, weights=weights)
        assert largest_difference(mistaken, finite_differences(network, happiness)) > 1e-7


def test_one_neuron_and_one_sample_by_hand() -> None:
    # z = 0, p = 0.5, y = 1: ∂C/∂z = 2 (p − y) p (1 − p) = 2 · −0.5 · 0.25 = −0.25, times the inputs 2 and −4.
    network = NeuralNetwork([[[2.0], [1.0]]], [[0.0]])
    found = gradient(network, Dataset([[2, -4]], [[1]]))
    assert found.weights[0].tolist() == [[-0.5], [1.0]]
    assert found.biases[0].tolist() == [-0.25]


def test_without_bias_its_gradient_is_zero() -> None:
    found = gradient(NeuralNetwork.random((3, 2, 1), seed=1, bias=False), datasets.happiness())
    assert [layer.tolist() for layer in found.biases] == [[0, 0], [0]]


def test_a_small_step_against_the_gradient_lowers_the_cost() -> None:
    network, happiness = shaken((3, 4, 1), 2, bias=True), datasets.happiness()
    slope = gradient(network, happiness)
    lower = NeuralNetwork(
        [w - 1e-3 * g for w, g in zip(network.weights, slope.weights)],
        [b - 1e-3 * g for b, g in zip(network.biases, slope.biases)],
    )
    assert cost(lower, happiness) < cost(network, happiness)


def test_layers_that_do_not_fit_the_data_are_named() -> None:
    for function in (gradient, cost, finite_differences):
        with pytest.raises(ValueError, match=r"layers must begin with 3 inputs and end with 1 outputs .*got \(2, 1\)"):
            function(NeuralNetwork.random((2, 1), seed=0), datasets.happiness())


@pytest.mark.parametrize("width", [0, -1e-5, np.nan])
def test_a_width_that_measures_nothing(width: float) -> None:
    with pytest.raises(ValueError, match="width must be a finite number above 0"):
        finite_differences(NeuralNetwork.random((3, 1), seed=0), datasets.happiness(), width=width)
