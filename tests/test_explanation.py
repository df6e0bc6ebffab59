"""Every number of one training step, against numbers worked out by hand, the gradient and the history."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import Dataset, Explanation, History, NeuralNetwork, cost, datasets, explain, gradient, train

DEPTHS = [(3, 1), (3, 4, 1), (3, 2, 3, 1)]


def run(layers: tuple[int, ...] = (3, 1), *, bias: bool = True, seed: int = 0, rate: float = 2.0) -> History:
    network = NeuralNetwork.random(layers, seed=seed, bias=bias)
    return train(network, datasets.happiness(), learning_rate=rate, epochs=40)


def mistakes(step: Explanation) -> list[str]:
    """Where the step's gradient is neither what back-propagation finds nor the measured slope."""
    found = gradient(step.network, step.dataset)
    wrong = []
    for layer, neurons in enumerate(step.layers):
        for index, neuron in enumerate(neurons):
            bias = [found.biases[layer][index]] if step.network.bias else []
            exact = np.array([*found.weights[layer][:, index], *bias])
            if not np.allclose(neuron.gradient, exact, rtol=0, atol=1e-15):
                wrong.append(f"gradient of {layer}, {index}")
            if not np.allclose(neuron.gradient, step.measured[layer][:, index], rtol=0, atol=1e-8):
                wrong.append(f"slope of {layer}, {index}")
    return wrong


def test_one_neuron_and_two_samples_by_hand() -> None:
    # Sample 1: z = 0·2 + 0·(−4) + 0 = 0, p = 0.5, error −0.5, σ′ = 0.25, slope by z 2 · −0.5 · 0.25 = −0.25.
    # Sample 2: the same with label 0: error 0.5, slope by z 0.25, inputs 1 and 0.
    network = NeuralNetwork([[[0.0], [0.0]]], [[0.0]])
    history = train(network, Dataset([[2, -4], [1, 0]], [[1], [0]]), learning_rate=8.0, epochs=1)
    step = explain(history, 0)
    ((neuron,),) = step.layers
    assert step.error.tolist() == [[-0.5], [0.5]]
    assert step.cost == 0.25
    assert neuron.inputs.tolist() == [[2, -4, 1], [1, 0, 1]]
    assert neuron.z.tolist() == [0, 0]
    assert neuron.activation.tolist() == [0.5, 0.5]
    assert neuron.slope.tolist() == [0.25, 0.25]
    assert neuron.cost_by_activation.tolist() == [-1, 1]
    assert neuron.cost_by_z.tolist() == [-0.25, 0.25]
    assert neuron.cost_by_parameter.tolist() == [[-0.5, 1, -0.25], [0.25, 0, 0.25]]
    assert neuron.gradient.tolist() == [-0.125, 0.5, 0]
    assert neuron.old.tolist() == [0, 0, 0]
    assert neuron.new.tolist() == [1, -4, 0]
    assert step.measured[0][:, 0] == pytest.approx([-0.125, 0.5, 0], abs=1e-9)


def test_the_error_passed_back_through_a_hidden_neuron_by_hand() -> None:
    # Hidden: z = 0, h = 0.5. Output: z = 4 · 0.5 − 2 = 0, p = 0.5, slope by z −0.25, passed back −0.25 · 4 = −1.
    network = NeuralNetwork([[[0.0]], [[4.0]]], [[0.0], [-2.0]])
    ((hidden,), (output,)) = explain(train(network, Dataset([[3]], [[1]]), learning_rate=1.0, epochs=0), 0).layers
    assert output.cost_by_parameter.tolist() == [[-0.125, -0.25]]
    assert hidden.cost_by_activation.tolist() == [-1]
    assert hidden.cost_by_parameter.tolist() == [[-0.75, -0.25]]
    assert hidden.new.tolist() == [0.75, 0.25]


@pytest.mark.parametrize("layers", DEPTHS)
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("epoch", [0, 17, 40])
def test_the_mean_of_the_rows_is_the_gradient(layers: tuple[int, ...], bias: bool, epoch: int) -> None:
    history = run(layers, bias=bias)
    step = explain(history, epoch)
    assert mistakes(step) == []
    assert step.cost == pytest.approx(cost(history.network(epoch), history.dataset), abs=1e-15)
    assert step.cost == pytest.approx(history.cost[epoch], abs=1e-14)


@given(
    layers=st.lists(st.integers(1, 3), min_size=2, max_size=4).map(tuple),
    samples=st.integers(1, 5),
    seed=st.integers(0, 1_000),
)
def test_the_mean_of_the_rows_is_the_gradient_for_any_shape(layers: tuple[int, ...], samples: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    data = Dataset(random.normal(size=(samples, layers[0])), random.uniform(size=(samples, layers[-1])))
    history = train(NeuralNetwork.random(layers, seed=seed), data, learning_rate=1.0, epochs=1)
    assert mistakes(explain(history, 1)) == []


@pytest.mark.parametrize("layers", DEPTHS)
def test_a_wrong_gradient_is_noticed(layers: tuple[int, ...]) -> None:
    step = explain(run(layers), 5)
    for layer, neurons in enumerate(step.layers):
        wrong = replace(neurons[0], gradient=neurons[0].gradient * (1 + 1e-3))
        altered = (*step.layers[:layer], (wrong, *neurons[1:]), *step.layers[layer + 1 :])
        assert f"gradient of {layer}, 0" in mistakes(replace(step, layers=altered))


@pytest.mark.parametrize("layers", DEPTHS)
@pytest.mark.parametrize("bias", [True, False])
def test_old_and_new_values_are_those_of_the_history_to_the_bit(layers: tuple[int, ...], bias: bool) -> None:
    history = run(layers, bias=bias)
    for epoch in (0, 1, 39):
        for layer, neurons in enumerate(explain(history, epoch).layers):
            for index, neuron in enumerate(neurons):
                for values, at in ((neuron.old, epoch), (neuron.new, epoch + 1)):
                    biases = [history.biases[layer][at, index]] if bias else []
                    assert values.tolist() == [*history.weights[layer][at, :, index], *biases]
                assert neuron.new == pytest.approx(neuron.old - 2.0 * neuron.gradient, abs=1e-14)


@pytest.mark.parametrize("bias", [True, False])
def test_after_the_last_epoch_it_is_the_step_that_would_come_next(bias: bool) -> None:
    network = NeuralNetwork.random((3, 2, 1), seed=3, bias=bias)
    shorter, longer = (train(network, datasets.happiness(), learning_rate=2.0, epochs=n) for n in (10, 11))
    for ends, goes_on in zip(explain(shorter, 10).layers, explain(longer, 10).layers, strict=True):
        for one, other in zip(ends, goes_on, strict=True):
            assert one.new == pytest.approx(other.new, abs=1e-14)


def test_without_a_bias_there_is_no_parameter_for_it() -> None:
    step = explain(run((3, 2, 1), bias=False), 3)
    assert [[neuron.old.shape for neuron in layer] for layer in step.layers] == [[(3,), (3,)], [(2,)]]
    assert [measured.shape for measured in step.measured] == [(3, 2), (2, 1)]


def test_an_epoch_that_was_not_trained_is_named() -> None:
    with pytest.raises(ValueError, match="epoch must be at most 40"):
        explain(run(), 41)


@pytest.mark.parametrize("layers", [(3, 1), (3, 2, 1)])
@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_the_step_that_would_come_next_is_made_with_what_the_optimizer_remembers(
    layers: tuple[int, ...], optimizer: str
) -> None:
    network, data = NeuralNetwork.random(layers, seed=3), datasets.happiness()
    shorter, longer = (
        train(network, data, learning_rate=0.3, epochs=n, optimizer=optimizer, cost="squared error") for n in (10, 11)
    )
    # A history that was made by hand does not know what the optimizer remembers.
    for history in (shorter, replace(shorter, memory=None)):
        assert explain(history, 10).cost_after == pytest.approx(longer.cost[11], abs=1e-14)


def test_where_a_run_has_diverged_the_step_goes_nowhere() -> None:
    data = datasets.plates("nyynynny")
    network = NeuralNetwork.random((3, 8, 8, 8, 1), seed=0, activation="relu", start="he")
    history = train(network, data, learning_rate=1e160, epochs=5)
    assert history.diverged
    for epoch in (history.diverged - 1, history.diverged, 5):
        step = explain(history, epoch)
        assert step.cost_after == step.cost == history.cost[-1]
        assert all((neuron.new == neuron.old).all() for layer in step.layers for neuron in layer)
