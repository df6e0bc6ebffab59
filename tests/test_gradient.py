"""The gradient, against the slope measured by finite differences and against numbers worked out by hand."""

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import Activation, Dataset, Gradient, NeuralNetwork, cost, datasets, finite_differences, gradient
from nnlib.activations import ACTIVATIONS
from nnlib.checks import Array

DEPTHS = [(3, 1), (3, 4, 1), (3, 5, 4, 1), (3, 4, 3, 2, 1)]
# The eight plates: each neuron is active for some of them.
plates = datasets.plates("nyynynny")


def largest_difference(one: Gradient, other: Gradient) -> float:
    pairs = zip((*one.weights, *one.biases), (*other.weights, *other.biases), strict=True)
    return max(float(np.abs(a - b).max()) for a, b in pairs)


def shaken(
    layers: tuple[int, ...], seed: int, *, bias: bool, activation: str | Activation = "sigmoid"
) -> NeuralNetwork:
    """A random network whose biases are not zero, so that no weighted sum is at the corner of a ReLU."""
    network = NeuralNetwork.random(layers, seed=seed)
    random = np.random.default_rng(seed)
    biases = [random.normal(size=len(b)) for b in network.biases]
    return NeuralNetwork(network.weights, biases if bias else None, activation)


@pytest.mark.parametrize("layers", DEPTHS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_the_gradient_is_the_slope_of_the_cost(layers: tuple[int, ...], activation: str, bias: bool, seed: int) -> None:
    network = shaken(layers, seed, bias=bias, activation=activation)
    # Without bias all sums of the plate 000 are 0: there a ReLU has no slope, though nothing depends on it.
    assert largest_difference(gradient(network, plates), finite_differences(network, plates)) < 1e-9


@given(
    layers=st.lists(st.integers(1, 4), min_size=2, max_size=5).map(tuple),
    activation=st.sampled_from(["sigmoid", "tanh"]),  # any input may be at the corner of a ReLU
    samples=st.integers(1, 6),
    seed=st.integers(0, 1_000),
)
def test_the_gradient_is_the_slope_for_any_shape(
    layers: tuple[int, ...], activation: str, samples: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    data = Dataset(random.normal(size=(samples, layers[0])), random.uniform(size=(samples, layers[-1])))
    network = shaken(layers, seed, bias=True, activation=activation)
    assert largest_difference(gradient(network, data), finite_differences(network, data)) < 1e-7


@pytest.mark.parametrize("layers", DEPTHS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("parameters", ["weights", "biases"])
@pytest.mark.parametrize(
    "wrong",
    [
        lambda array: -array,
        lambda array: 2 * array,
        lambda array: array + 1e-5,
    ],
)
def test_a_wrong_gradient_fails_that_check(
    layers: tuple[int, ...], activation: str, parameters: str, wrong: Callable[[Array], Array]
) -> None:
    network = shaken(layers, 6, bias=True, activation=activation)  # of this seed no layer is dead
    right, measured = gradient(network, plates), finite_differences(network, plates)
    for index in range(len(right.weights)):
        found = tuple(wrong(w) if at == index else w for at, w in enumerate(getattr(right, parameters)))
        assert largest_difference(replace(right, **{parameters: found}), measured) > 1e-9


@pytest.mark.parametrize("layers", DEPTHS[1:])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize(("name", "slope_of"), list(permutations(ACTIVATIONS, 2)))
def test_the_slope_of_another_activation_fails_that_check(
    layers: tuple[int, ...], bias: bool, name: str, slope_of: str
) -> None:
    mixed = replace(ACTIVATIONS[name], slope=ACTIVATIONS[slope_of].slope)
    network = shaken(layers, 6, bias=bias, activation=mixed)  # of this seed no layer is dead
    assert largest_difference(gradient(network, plates), finite_differences(network, plates)) > 1e-9


def test_at_the_corner_of_a_relu_its_slope_is_0_and_none_can_be_measured() -> None:
    # z = 0 and p = 0.5, y = 1: without a slope nothing moves. A wider bias would, at half the rate to both sides.
    network = NeuralNetwork([[[0.0]], [[2.0]]], [[0.0], [0.0]], "relu")
    data = Dataset([[1]], [[1]])
    assert gradient(network, data).biases[0].tolist() == [0]
    # To the right ∂C/∂b = 2 (p − y) p (1 − p) · 2 = −0.5, to the left 0: in the middle of both −0.25.
    assert finite_differences(network, data).biases[0] == pytest.approx([-0.25], abs=1e-4)


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
