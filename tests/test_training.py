"""Training, against the tutorial's own programs, which say the same equations in another way."""

import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib import Dataset, History, NeuralNetwork, cost, datasets, gradient, train, train_many, training
from nnlib.descent import general, neuron
from nnlib.tutorial import first_attempt, second_generation

happiness = datasets.happiness()


def textbook(seed: int, learning_rate: float | None, epochs: int) -> tuple[Any, Any, Any]:
    """One neuron, as the tutorial's own programs train it: costs, weights and biases at every epoch.

    Without a learning rate it is the first attempt, which has no bias either.
    """
    x, y = happiness.inputs, happiness.labels
    weights, biases = [first_attempt.start_weights(seed)], [0.0]
    program = second_generation.NeuralNetwork(seed)
    for _ in range(epochs):
        if learning_rate is None:
            weights.append(first_attempt.train(x, y, weights[-1], 1))
        else:
            program.train(x, y, learning_rate, 1)
            weights.append(program.weights)
        biases.append(program.bias)
    predictions = first_attempt.sigmoid(x @ np.array(weights) + np.array(biases)[:, None, None])
    return ((predictions - y) ** 2).mean(axis=(1, 2)), np.array(weights), np.array(biases)[:, None]


def trained(
    *,
    layers: tuple[int, ...] = (3, 1),
    seed: int = 0,
    bias: bool = True,
    learning_rate: float = 1.0,
    epochs: int = 5_000,
) -> History:
    network = NeuralNetwork.random(layers, seed=seed, bias=bias)
    return train(network, happiness, learning_rate=learning_rate, epochs=epochs)


@pytest.mark.parametrize(
    ("seed", "learning_rate"), [(0, 1.0), (7, 0.03), (123_456, 10.0), (3, 30.0), (0, None), (7, None)]
)
def test_the_history_is_that_of_the_tutorial(seed: int, learning_rate: float | None) -> None:
    history = trained(seed=seed, learning_rate=learning_rate or 1.0, bias=learning_rate is not None)
    costs, weights, biases = textbook(seed, learning_rate, 5_000)
    assert np.abs(history.cost - costs).max() < 1e-12
    assert np.abs(history.weights[0] - weights).max() < 1e-11
    assert np.abs(history.biases[0] - biases).max() < 1e-11


@pytest.mark.parametrize("layers", [(3, 1), (3, 4, 1), (3, 5, 2, 1)])
@pytest.mark.parametrize("bias", [True, False])
def test_every_epoch_is_one_step_against_the_gradient(layers: tuple[int, ...], bias: bool) -> None:
    history = trained(layers=layers, bias=bias, epochs=60, learning_rate=3.0)
    for epoch in range(60):
        before, after = history.network(epoch), history.network(epoch + 1)
        slope = gradient(before, happiness)
        for old, step, new in zip(before.weights, slope.weights, after.weights, strict=True):
            assert np.abs(old - 3.0 * step - new).max() < 1e-12
        for old, step, new in zip(before.biases, slope.biases, after.biases, strict=True):
            assert np.abs(old - 3.0 * step - new).max() < 1e-12
        assert history.cost[epoch] == pytest.approx(cost(before, happiness), abs=1e-14)


@pytest.mark.parametrize("layers", [(2, 1), (2, 3), (2, 4, 1), (2, 4, 3)])
@pytest.mark.parametrize("certain", [True, False])
def test_labels_may_be_several_or_between_0_and_1(layers: tuple[int, ...], certain: bool) -> None:
    random = np.random.default_rng(1)
    labels = random.uniform(size=(7, layers[-1]))
    data = Dataset(random.normal(size=(7, 2)), labels.round() if certain else labels)
    history = train(NeuralNetwork.random(layers, seed=1), data, learning_rate=0.5, epochs=20)
    for epoch in range(20):
        before, after = history.network(epoch), history.network(epoch + 1)
        assert history.cost[epoch] == pytest.approx(cost(before, data), abs=1e-14)
        for old, step, new in zip(before.weights, gradient(before, data).weights, after.weights, strict=True):
            assert np.abs(old - 0.5 * step - new).max() < 1e-13


def test_a_bias_learns_the_table_and_no_bias_cannot() -> None:
    with_bias, without = trained(), trained(bias=False)
    assert without.cost[-1] == pytest.approx(0.150, abs=5e-4)
    assert without.predict([[1, 0, 1]])[-1, 0, 0] < 0.51
    right = (with_bias.predict(happiness.inputs)[-1] >= 0.5) == (happiness.labels >= 0.5)
    assert right.all()
    assert with_bias.cost[-1] == pytest.approx(0.0012, abs=5e-5)
    assert not without.biases[0].any()


def test_the_shapes_of_a_history() -> None:
    history = trained(layers=(3, 4, 1), epochs=12)
    assert history.epochs == 12
    assert history.cost.shape == (13,)
    assert [w.shape for w in history.weights] == [(13, 3, 4), (13, 4, 1)]
    assert [b.shape for b in history.biases] == [(13, 4), (13, 1)]
    assert history.predict([[1, 0, 1], [0, 0, 0]]).shape == (13, 2, 1)
    assert history.predict([[1, 0, 1]], np.array([3, 5])).shape == (2, 1, 1)


def test_a_history_answers_as_its_networks_do() -> None:
    history = trained(layers=(3, 4, 1), epochs=30)
    answers = history.predict(happiness.inputs)
    for epoch in (0, 17, 30):
        assert answers[epoch].tolist() == history.network(epoch).predict(happiness.inputs).tolist()
        sums = history.weighted_sums(happiness.inputs, np.array([epoch]))[0]
        assert (1 / (1 + np.exp(-sums))).tolist() == pytest.approx(answers[epoch], abs=1e-15)


def test_training_is_the_same_every_time_and_changes_nothing_it_was_given() -> None:
    network = NeuralNetwork.random((3, 1), seed=2)
    before = network.weights[0].tolist()
    one, other = (train(network, happiness, learning_rate=2.0, epochs=300) for _ in range(2))
    assert one.cost.tolist() == other.cost.tolist()
    assert one.weights[0].tolist() == other.weights[0].tolist()
    assert network.weights[0].tolist() == before
    with pytest.raises(ValueError, match="read-only"):
        one.cost[0] = 0


def test_no_epochs_leave_the_start() -> None:
    history = trained(epochs=0)
    start = NeuralNetwork.random((3, 1), seed=0)
    assert history.weights[0][0].tolist() == start.weights[0].tolist()
    assert history.cost.tolist() == pytest.approx([cost(start, happiness)])


@pytest.mark.parametrize("learning_rate", [1e3, 1e9, 1e150, 1e300])
@pytest.mark.parametrize("layers", [(3, 1), (3, 4, 1)])
def test_a_huge_learning_rate_saturates_and_stays_silent(learning_rate: float, layers: tuple[int, ...]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        history = trained(learning_rate=learning_rate, layers=layers, epochs=50)
        predictions = history.predict(happiness.inputs)
    assert np.isfinite(history.weights[0]).all()
    assert ((predictions >= 0) & (predictions <= 1)).all()
    assert ((history.cost >= 0) & (history.cost <= 1)).all()


@pytest.mark.parametrize(("inputs", "learning_rate"), [(1e307, 100.0), (1e200, 1e150)])
def test_one_neuron_that_diverges_stands_where_it_was_last_finite(inputs: float, learning_rate: float) -> None:
    # From weights 0 the first step is the rate times a quarter of the inputs: too large for a float.
    data = Dataset([[inputs, -inputs], [inputs, inputs]], [[1], [0]])
    history = train(NeuralNetwork([[[0], [0]]]), data, learning_rate=learning_rate, epochs=5)
    assert history.diverged == 1
    assert history.cost.tolist() == [0.25] * 6
    assert history.weights[0].tolist() == [[[0.0], [0.0]]] * 6


def large(inputs: float) -> Dataset:
    return Dataset([[inputs, -inputs, 1], [inputs, inputs, 0], [1, inputs, inputs]], [[1], [0], [1]])


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("optimizer", ["gradient descent", "momentum", "adam"])
@pytest.mark.parametrize(("data", "rate"), [(datasets.plates("nyynynny"), 1e160), (large(30.0), 1e307)])
def test_a_run_that_diverges_is_finite_up_to_there_and_then_stands(
    activation: str, optimizer: str, data: Dataset, rate: float
) -> None:
    found = 0
    for seed in range(8):
        start = NeuralNetwork.random((3, 4, 4, 1), seed=seed, activation=activation, start="he")
        history = train(start, data, learning_rate=rate, epochs=40, optimizer=optimizer)
        parameters = (history.cost, *history.weights, *history.biases)
        assert all(np.isfinite(array).all() for array in parameters)
        assert [array.shape[0] for array in parameters] == [41] * 7
        if history.diverged is not None:
            found += 1
            last = history.diverged - 1
            assert all((array[last:] == array[last]).all() for array in parameters)
            before = train(start, data, learning_rate=rate, epochs=last, optimizer=optimizer)
            assert before.diverged is None
            just = train(start, data, learning_rate=rate, epochs=last + 1, optimizer=optimizer)
            assert just.diverged == history.diverged
            assert [array.tolist() for array in (before.cost, *before.weights, *before.biases)] == [
                array[: last + 1].tolist() for array in parameters
            ]
    assert (found > 0) == (activation == "relu")


def test_weights_that_are_infinite_have_diverged_though_the_cost_is_not() -> None:
    # Only large inputs of one sign: the sum is infinite, not undefined, and its sigmoid is 1.
    network, data = NeuralNetwork([[[0.0]]]), Dataset([[1e10]], [[1]])
    history = train(network, data, learning_rate=1e307, epochs=5, optimizer="momentum")
    assert history.diverged == 1
    assert history.weights[0].tolist() == [[[0.0]]] * 6
    assert history.cost.tolist() == [0.25] * 6


def test_many_runs_diverge_each_at_its_own_epoch() -> None:
    # The outputs saturate before weights grow too large, so it takes rates near the largest float.
    data, rates = datasets.plates("nyynynny"), [3.0, 1e158, 1e160, 100.0, 1e162]
    shape = {"layers": (3, 8, 8, 8, 1), "epochs": 30, "activation": "relu", "start": "he"}
    for seed in range(5):
        runs = train_many(data, learning_rates=rates, seeds=seed, **shape)  # type: ignore[arg-type]
        for run, rate in enumerate(rates):
            start = NeuralNetwork.random((3, 8, 8, 8, 1), seed=seed, activation="relu", start="he")
            single = train(start, data, learning_rate=rate, epochs=30)
            assert runs.diverged[run] == (-1 if single.diverged is None else single.diverged)
            if rate > 1e150:
                assert runs.diverged[run] > 0
                assert runs.cost[:, run].tolist() == single.cost.tolist()
                assert [w[run].tolist() for w in runs.weights] == [w[-1].tolist() for w in single.weights]
        assert np.isfinite(runs.cost).all()
        assert np.isfinite(runs.predict(data.inputs)).all()
        assert (runs.diverged[[0, 3]] == -1).all()


def test_how_many_of_200_random_starts_learn_parity() -> None:
    data = datasets.plates(datasets.PRESETS["odd number (parity)"])

    def succeed(neurons: int, activation: str, start: str) -> float:
        """How many of a hundred starts get all eight plates right, as the page proposes them."""
        runs = train_many(
            data,
            layers=(3, neurons, 1),
            learning_rates=3.0,
            seeds=range(200),
            epochs=5_000,
            activation=activation,
            start=start,
        )
        right = (runs.predict(data.inputs) > 0.5) == (data.labels > 0.5)
        return 100 * float(right.all(axis=(1, 2)).mean())

    assert succeed(4, "tanh", "glorot") >= 95
    assert succeed(3, "tanh", "glorot") >= 90
    assert 50 <= succeed(2, "tanh", "glorot") <= 80
    assert [succeed(2, "relu", "he") < 5, succeed(3, "relu", "he") < 15, succeed(4, "relu", "he") < 30] == [True] * 3


@pytest.mark.parametrize("width", [2, 8])
def test_relu_at_rate_100_is_thrown_about_but_never_leaves_the_numbers(width: int) -> None:
    data = datasets.plates("nyynynny")
    runs = train_many(
        data, layers=(3, width, 1), learning_rates=100.0, seeds=range(50), epochs=500, activation="relu", start="he"
    )
    assert (runs.diverged == -1).all()
    assert np.isfinite(runs.cost).all()


def test_dead_neurons_by_hand() -> None:
    # On the eight plates the first neuron's sums are 0 or less, the second's 1 for coffee alone; the next layer adds
    # a bias of −2 to the second's answer, which is 1 at most.
    network = NeuralNetwork(
        [[[-1.0, 1.0], [-2.0, -1.0], [0.0, -1.0]], [[5.0, 0.0], [1.0, 1.0]], [[1.0], [1.0]]],
        [[0.0, 0.0], [-2.0, 0.0], [0.0]],
        activation="relu",
    )
    plates = datasets.combinations(3)
    assert [layer.tolist() for layer in network.dead(plates)] == [[True, False], [True, False]]
    assert [layer.tolist() for layer in network.dead([[0, 1, 1]])] == [[True, True], [True, True]]
    assert NeuralNetwork(network.weights, network.biases, "tanh").dead(plates)[0].tolist() == [False, False]
    assert NeuralNetwork.random((3, 1), seed=0).dead(plates) == ()


def test_a_dead_neuron_is_never_moved_again_and_one_in_eight_is_born_dead() -> None:
    data = datasets.plates("nyynynny")
    shape = {"layers": (3, 4, 1), "learning_rates": 3.0, "seeds": range(500), "activation": "relu", "start": "he"}
    starts, runs = (train_many(data, epochs=epochs, **shape) for epochs in (0, 60))  # type: ignore[arg-type]
    (born_dead,), (dead,) = starts.dead(data.inputs), runs.dead(data.inputs)
    # With biases 0 a neuron is dead where all its three weights are negative.
    assert born_dead.tolist() == (starts.weights[0] < 0).all(axis=1).tolist()
    assert born_dead.mean() == pytest.approx(1 / 8, abs=0.02)
    still = (runs.weights[0] == starts.weights[0]).all(axis=1) & (runs.biases[0] == starts.biases[0])
    assert still.tolist() == born_dead.tolist()
    assert dead[born_dead].all()
    history = train(starts.network(3), data, learning_rate=3.0, epochs=60)
    (over_time,) = history.dead(data.inputs)
    assert over_time.shape == (61, 4)
    assert over_time[0].tolist() == born_dead[3].tolist()
    assert over_time[-1].tolist() == dead[3].tolist()
    assert history.dead(data.inputs, [60])[0].tolist() == [dead[3].tolist()]


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("layers", [(3, 1), (3, 4, 1), (3, 3, 2, 1)])
def test_the_size_of_the_gradient_is_its_euclidean_norm_layer_by_layer(layers: tuple[int, ...], bias: bool) -> None:
    history = train(NeuralNetwork.random(layers, seed=2, bias=bias), happiness, learning_rate=1.0, epochs=9)
    sizes = history.gradient_sizes()
    assert sizes.shape == (10, len(layers) - 1)
    for epoch in range(10):
        slope = gradient(history.network(epoch), happiness)
        for layer, (w, b) in enumerate(zip(slope.weights, slope.biases)):
            assert sizes[epoch, layer] == pytest.approx(np.linalg.norm([*w.ravel(), *b]), rel=1e-12)
    assert history.gradient_sizes([7, 2]).tolist() == sizes[[7, 2]].tolist()
    assert history.gradient_sizes(slice(0, 10, 3)).tolist() == sizes[::3].tolist()


def test_the_gradient_vanishes_towards_the_first_of_many_sigmoid_layers() -> None:
    shape = {"seed": 0, "start": "glorot"}
    sizes = {
        name: train(
            NeuralNetwork.random((3, 8, 8, 8, 1), activation=name, **shape),  # type: ignore[arg-type]
            datasets.plates("nyynynny"),
            learning_rate=1.0,
            epochs=0,
        ).gradient_sizes()[0]
        for name in ("sigmoid", "tanh")
    }
    assert (np.diff(np.log10(sizes["sigmoid"])) > 0.3).all()
    assert sizes["sigmoid"][0] < 2e-3 < 2e-2 < sizes["tanh"][0]


def test_a_start_without_a_finite_cost_is_named() -> None:
    network = NeuralNetwork([[[1e200, -1e200]], [[1.0], [1.0]]], activation="relu")
    data = Dataset([[1e200], [-1e200]], [[1], [0]])
    assert np.isfinite(train(network, data, learning_rate=1.0, epochs=3).cost).all()
    canceling = NeuralNetwork([[[1e200, 1e200]], [[1.0], [-1.0]]], activation="relu")
    with pytest.raises(ValueError, match="inputs must be small enough for a finite cost at the start"):
        train(canceling, data, learning_rate=1.0, epochs=3)


@given(seed=st.integers(0, 10_000), rate=st.none() | st.floats(0.001, 10), epochs=st.integers(0, 40))
@settings(max_examples=50)
def test_any_run_is_that_of_the_tutorial(seed: int, rate: float | None, epochs: int) -> None:
    costs, weights, _ = textbook(seed, rate, epochs)
    history = trained(seed=seed, learning_rate=rate or 1.0, epochs=epochs, bias=rate is not None)
    assert np.abs(history.cost - costs).max() < 1e-12
    assert np.abs(history.weights[0] - weights).max() < 1e-11


@pytest.mark.parametrize("layers", [(3, 1), (3, 4, 1)])
@pytest.mark.parametrize("bias", [True, False])
def test_run_number_i_of_many_is_the_single_run_i(layers: tuple[int, ...], bias: bool, monkeypatch: Any) -> None:
    # Chunks that do not come out even, as thousands of runs would have.
    monkeypatch.setattr(training, "RUNS_AT_ONCE", 3)
    monkeypatch.setattr(neuron, "NUMBERS", 64)
    monkeypatch.setattr(general, "NUMBERS", 64)
    rates, seeds = [0.01, 0.3, 1.0, 3.0, 10.0, 0.7, 30.0], [3, 1, 4, 15, 9, 2, 6]
    runs = train_many(happiness, layers=layers, learning_rates=rates, seeds=seeds, epochs=80, bias=bias)
    assert runs.cost.shape == (81, 7)
    for run, (rate, seed) in enumerate(zip(rates, seeds)):
        single = trained(layers=layers, seed=seed, learning_rate=rate, epochs=80, bias=bias)
        assert np.abs(runs.cost[:, run] - single.cost).max() < 1e-12
        for many, one in zip(runs.weights + runs.biases, single.weights + single.biases, strict=True):
            assert np.abs(many[run] - one[-1]).max() < 1e-12
        answer = runs.predict([[0, 1, 1]])[run]
        assert answer.tolist() == pytest.approx(runs.network(run).predict([[0, 1, 1]]))


@pytest.mark.parametrize(
    ("rates", "seeds", "count"),
    [(1.0, range(5), 5), ([0.1, 1.0, 3.0], 7, 3), (1.0, 7, 1), (np.array([1.0, 2.0]), [5], 2)],
)
def test_one_rate_or_one_seed_goes_for_all(rates: Any, seeds: Any, count: int) -> None:
    runs = train_many(happiness, layers=(3, 1), learning_rates=rates, seeds=seeds, epochs=10)
    assert runs.cost.shape == (11, count)
    single = trained(seed=list(np.atleast_1d(seeds))[-1].item(), learning_rate=np.atleast_1d(rates)[-1], epochs=10)
    assert np.abs(runs.cost[:, -1] - single.cost).max() < 1e-12


@pytest.mark.parametrize(
    ("argument", "value", "complaint"),
    [
        ("learning_rate", 0, "learning_rate must be a finite number above 0, got 0"),
        ("learning_rate", -1.0, "learning_rate must be a finite number above 0, got -1.0"),
        ("learning_rate", np.inf, "learning_rate must be a finite number above 0, got inf"),
        ("learning_rate", np.nan, "learning_rate must be a finite number above 0, got nan"),
        ("learning_rate", "1", "learning_rate must be a finite number above 0, got '1'"),
        ("learning_rate", True, "learning_rate must be a finite number above 0, got True"),
        ("epochs", -1, "epochs must be a whole number of at least 0, got -1"),
        ("epochs", 1.5, "epochs must be a whole number of at least 0, got 1.5"),
        ("epochs", None, "epochs must be a whole number of at least 0, got None"),
    ],
)
def test_arguments_that_cannot_be_used_are_named(argument: str, value: Any, complaint: str) -> None:
    arguments = {"learning_rate": 1.0, "epochs": 10} | {argument: value}
    with pytest.raises(ValueError, match=complaint):
        train(NeuralNetwork.random((3, 1), seed=0), happiness, **arguments)


def test_arguments_of_many_runs_that_cannot_be_used_are_named() -> None:
    def many(learning_rates: Any = 1.0, seeds: Any = (1, 2), layers: tuple[int, ...] = (3, 1)) -> None:
        train_many(happiness, layers=layers, learning_rates=learning_rates, seeds=seeds, epochs=5)

    with pytest.raises(ValueError, match="must be equally many, or one of them single, got 3 and 2"):
        many(learning_rates=[1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="got 1 and 0"):
        many(seeds=[])
    with pytest.raises(ValueError, match="each of learning_rates must be a finite number above 0, got -2"):
        many(learning_rates=[1.0, -2])
    with pytest.raises(ValueError, match=r"layers must begin with 3 inputs .*got \(2, 1\)"):
        many(layers=(2, 1))


def test_an_epoch_that_was_not_trained() -> None:
    with pytest.raises(ValueError, match="epoch must be at most 10, the last one trained, got 11"):
        trained(epochs=10).network(11)
    with pytest.raises(ValueError, match="epoch must be a whole number of at least 0, got -1"):
        trained(epochs=10).network(-1)


def test_a_network_that_does_not_fit_the_data() -> None:
    with pytest.raises(ValueError, match="layers must begin with 3 inputs and end with 1 outputs"):
        train(NeuralNetwork.random((3, 2), seed=0), happiness, learning_rate=1.0, epochs=1)
