"""Networks as values, and their answers, against numbers worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import Dataset, NeuralNetwork, cost, datasets, sigmoid

finite = st.floats(allow_nan=False, allow_infinity=False)


def test_the_sigmoid_at_known_points() -> None:
    # σ(ln 3) = 1 / (1 + 1/3) = 3/4.
    assert sigmoid([0.0, np.log(3), -np.log(3)]).tolist() == pytest.approx([0.5, 0.75, 0.25], abs=1e-15)


@given(finite)
def test_the_sigmoid_stays_within_its_bounds_and_mirrors(z: float) -> None:
    up, down = float(sigmoid(z)), float(sigmoid(-z))
    assert 0 <= up <= 1
    assert up + down == pytest.approx(1, abs=1e-15)


@given(finite, finite)
def test_the_sigmoid_never_falls(one: float, other: float) -> None:
    assert float(sigmoid(min(one, other))) <= float(sigmoid(max(one, other)))


def test_one_neuron_answers_with_the_sigmoid_of_its_weighted_sum() -> None:
    network = NeuralNetwork([[[2.0], [-1.0], [0.5]]], [[-1.0]])
    # 2·1 − 1·0 + 0.5·1 − 1 = 1.5
    assert network.predict([[1, 0, 1]])[0, 0] == pytest.approx(1 / (1 + np.exp(-1.5)), abs=1e-15)


def test_a_hidden_layer_feeds_the_next() -> None:
    network = NeuralNetwork([[[1.0, -1.0]], [[2.0], [3.0]]], [[0.0, 1.0], [-2.0]])
    # Hidden: σ(ln 3) = 3/4 and σ(1 − ln 3); output: σ(2 · 3/4 + 3 · h₂ − 2).
    second = 1 / (1 + np.exp(np.log(3) - 1))
    assert network.predict([[np.log(3)]])[0, 0] == pytest.approx(1 / (1 + np.exp(0.5 - 3 * second)), abs=1e-15)


def test_an_empty_plate_gets_one_half_without_a_bias() -> None:
    assert NeuralNetwork.random((3, 1), seed=4, bias=False).predict([[0, 0, 0]])[0, 0] == 0.5


def test_the_cost_is_the_mean_squared_error() -> None:
    network = NeuralNetwork([[[0.0]]])
    # Every prediction is 0.5; the errors are 0.5, −0.5 and 0.3.
    assert cost(network, Dataset([[1], [2], [3]], [[0.0], [1.0], [0.2]])) == pytest.approx((0.25 + 0.25 + 0.09) / 3)


def test_the_same_seed_gives_the_same_weights_with_and_without_bias() -> None:
    with_bias, without = (NeuralNetwork.random((3, 4, 1), seed=8, bias=bias) for bias in (True, False))
    for one, other in zip(with_bias.weights, without.weights):
        assert one.tolist() == other.tolist()
    assert [layer.tolist() for layer in with_bias.biases] == [[0.0] * 4, [0.0]]
    assert with_bias.layers == (3, 4, 1)


def test_a_generator_is_as_good_as_a_seed_and_the_global_state_does_not_matter() -> None:
    np.random.seed(1)  # noqa: NPY002
    one = NeuralNetwork.random((3, 1), seed=np.random.default_rng(5))
    np.random.seed(2)  # noqa: NPY002
    other = NeuralNetwork.random((3, 1), seed=5)
    assert one.weights[0].tolist() == other.weights[0].tolist()


def test_a_network_cannot_be_changed() -> None:
    weights = np.ones((3, 1))
    network = NeuralNetwork([weights], [np.zeros(1)])
    weights[0, 0] = 7
    assert network.weights[0][0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        network.weights[0][0, 0] = 7
    with pytest.raises(AttributeError):
        network.bias = False  # type: ignore[misc]


def test_the_happiness_data() -> None:
    happiness = datasets.happiness()
    assert happiness.names == ("coffee", "pizza", "chili")
    assert ["".join(f"{value:g}" for value in row) for row in happiness.inputs] == ["111", "110", "001", "101", "100"]
    assert happiness.labels[:, 0].tolist() == [1, 1, 0, 1, 0]


def test_all_combinations_count_up_from_none() -> None:
    assert datasets.combinations(2).tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]


@pytest.mark.parametrize(
    ("inputs", "labels", "complaint"),
    [
        ([], [], r"inputs must have shape \(rows, columns\) and not be empty, got shape \(0,\)"),
        ([[]], [[1]], "inputs must have shape"),
        ([[1, 2], [3]], [[1], [0]], "inputs must be rows of numbers of equal length"),
        ([["coffee"]], [[1]], "inputs must be rows of numbers"),
        ([[np.nan]], [[1]], "inputs must be finite numbers, got nan"),
        ([[np.inf]], [[1]], "inputs must be finite numbers, got inf"),
        ([[1]], [[1], [0]], "labels must have one row for each row of inputs, got 2 rows for 1"),
        ([[1]], [[1.5]], r"labels must lie within \[0, 1\], got 1.5"),
        ([[1]], [[-0.1]], r"labels must lie within \[0, 1\], got -0.1"),
        ([[1]], [[np.nan]], "labels must be finite numbers, got nan"),
        ([1, 2], [[1]], r"inputs must have shape \(rows, columns\) and not be empty, got shape \(2,\)"),
    ],
)
def test_data_that_cannot_be_learnt_from_is_named(
    inputs: list[list[float]], labels: list[list[float]], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        Dataset(inputs, labels)


def test_a_name_for_each_input() -> None:
    with pytest.raises(ValueError, match=r"names must be one for each of the 2 input columns, got \('coffee',\)"):
        Dataset([[1, 0]], [[1]], ("coffee",))


@pytest.mark.parametrize("layers", [(3,), (3, 0), (3, 1.5), "31", (3, -1), 3, (True, 1)])
def test_layer_sizes_that_make_no_network(layers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"in layers must be a whole number|layers must be at least two layer sizes"):
        NeuralNetwork.random(layers, seed=0)


@pytest.mark.parametrize("seed", [-1, 1.5, "7", None])
def test_seeds_that_are_none(seed: int) -> None:
    with pytest.raises(ValueError, match="seed must be a whole number of at least 0"):
        NeuralNetwork.random((3, 1), seed=seed)


def test_arrays_that_make_no_network() -> None:
    with pytest.raises(ValueError, match="weights must hold at least one layer"):
        NeuralNetwork([])
    with pytest.raises(ValueError, match=r"weights\[1\] must have a row for each of the 4 outputs"):
        NeuralNetwork([np.ones((3, 4)), np.ones((3, 1))])
    with pytest.raises(ValueError, match=r"biases must be finite and have shapes \[\(4,\)\]"):
        NeuralNetwork([np.ones((3, 4))], [np.ones(3)])
    with pytest.raises(ValueError, match=r"weights\[0\] must be finite"):
        NeuralNetwork([[[np.inf]]])


@pytest.mark.parametrize("inputs", [[[1, 0]], [1, 0, 1], [[1, 0, np.nan]]])
def test_inputs_that_do_not_fit_are_named(inputs: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="inputs must"):
        NeuralNetwork.random((3, 1), seed=0).predict(inputs)
