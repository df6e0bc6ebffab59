"""The charts show what was trained: pure functions of the history, checked against it."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from nnlib import History, NeuralNetwork, datasets, train
from ui import words
from ui.charts import moving_charts
from ui.charts.cost import cost_chart
from ui.charts.network import network_chart
from ui.charts.sigmoid import sigmoid_chart
from ui.charts.weights import weights_chart
from ui.palette import COLOURS, HAPPY, NEGATIVE, POSITIVE, UNHAPPY
from ui.player.encoder import encode
from ui.player.motion import FRAMES, Moves, frame_epochs, outline, spread

PLATE = (True, False, True)


def run(*, bias: bool = True, learning_rate: float = 1.0, epochs: int = 500) -> History:
    network = NeuralNetwork.random((3, 1), seed=4, bias=bias)
    return train(network, datasets.happiness(), learning_rate=learning_rate, epochs=epochs)


def at(history: History, epoch: int, make: Any, *more: Any) -> Any:
    frames = frame_epochs(history.epochs, epoch)
    return make(history, *more, frames, epoch).at(frames, epoch)


@given(some.integers(1, 10_000), some.data())
def test_frames_are_few_and_hold_both_ends_and_every_epoch_around_the_present(
    epochs: int, data: some.DataObject
) -> None:
    current = data.draw(some.integers(0, epochs))
    frames = frame_epochs(epochs, current)
    assert {0, epochs, current, max(0, current - 1), min(epochs, current + 1)} <= set(frames.tolist())
    assert len(frames) <= FRAMES + 26
    assert (np.diff(frames) > 0).all()


def test_frames_are_closer_together_early() -> None:
    gaps = np.diff(spread(5_000, 100))
    assert gaps[:10].max() < gaps[-10:].min()


@given(some.lists(some.floats(-100, 100), min_size=1, max_size=3_000))
def test_an_outline_keeps_the_ends_and_the_extremes(values: list[float]) -> None:
    array = np.array(values)
    points = outline(array)
    assert points[0] == 0
    assert points[-1] == len(array) - 1
    assert array[points].min() == array.min()
    assert array[points].max() == array.max()
    assert len(points) <= 200


def test_a_curve_that_jumps_is_drawn_as_jumping() -> None:
    jumping = np.tile([0.0, 1.0], 5_000)
    drawn = jumping[outline(jumping)]
    assert np.abs(np.diff(drawn)).sum() > 80


def test_the_cost_chart_ends_at_the_cost_of_the_epoch() -> None:
    history = run()
    figure = at(history, 123, cost_chart, "linear")
    so_far, head = figure.data
    assert figure.layout.shapes[0].path.endswith(f"L500.0,{float(history.cost[-1])!r}")
    assert (so_far.x[-1], so_far.y[-1]) == (123, history.cost[123])
    assert (list(head.x), list(head.y)) == ([123.0], [history.cost[123]])


def test_the_logarithmic_axis_covers_the_costs_powers_of_ten() -> None:
    history = run()
    figure = at(history, 500, cost_chart, "logarithmic")
    assert figure.layout.yaxis.type == "log"
    low, high = figure.layout.yaxis.range
    assert 10**low < history.cost.min() < history.cost.max() < 10**high


@pytest.mark.parametrize("bias", [True, False])
def test_each_ingredient_has_its_colour_in_the_weights_and_in_the_network(bias: bool) -> None:
    history = run(bias=bias)
    names = ["coffee", "pizza", "chili"] + ["bias"] * bias
    lines = at(history, 500, weights_chart).data[: len(names)]
    assert [line.name for line in lines] == names
    assert [line.line.color for line in lines] == [COLOURS[name] for name in names]
    ends = [*history.weights[0][-1, :, 0], *([history.biases[0][-1, 0]] if bias else [])]
    assert [line.y[-1] for line in lines] == ends


@pytest.mark.parametrize("bias", [True, False])
def test_the_network_shows_sign_and_size_of_each_weight_and_the_prediction(bias: bool) -> None:
    history = run(bias=bias)
    figure = at(history, 200, network_chart, PLATE)
    count = 3 + bias
    values = [*history.weights[0][200, :, 0], *([history.biases[0][200, 0]] if bias else [])]
    for edge, value in zip(figure.data[:count], values):
        assert edge.line.color == (POSITIVE if value >= 0 else NEGATIVE)
        assert edge.line.width == pytest.approx(min(14, max(0.6, 3 * abs(value) ** 0.5)), abs=0.051)
    (prediction,) = figure.data[count + 1].text
    assert list(figure.data[count + 2].text) == [words.number(value, 2, sign=True) for value in values]
    assert prediction == f"{history.network(200).predict([PLATE])[0, 0]:.2f}"
    assert list(figure.data[count].text) == ["1", "0", "1", *["1"] * bias]


PLATES = datasets.combinations(3)


@pytest.mark.parametrize("answers", ["-n--nyyy", "nyynynny", "y-------"])
def test_the_plates_of_the_training_data_lie_on_the_sigmoid_at_their_z(answers: str) -> None:
    data = datasets.plates(answers)
    history = train(NeuralNetwork.random((3, 1), seed=4), data, learning_rate=1.0, epochs=60)
    (points,) = at(history, 50, sigmoid_chart).data
    sums = (PLATES @ history.weights[0][50] + history.biases[0][50])[:, 0]
    assert list(points.x) == pytest.approx(sums.tolist())
    assert list(points.y) == pytest.approx((1 / (1 + np.exp(-sums))).tolist())
    told = [letter != "-" for letter in answers]
    assert list(points.marker.opacity) == [float(each) for each in told]
    for letter, name, colour, plate in zip(answers, points.text, points.marker.color, PLATES, strict=True):
        assert name == (" " if letter == "-" else words.bits(plate))
        assert letter == "-" or colour == (HAPPY if letter == "y" else UNHAPPY)
    assert points.customdata[5].startswith("coffee + chili: should")
    assert list(points.marker.symbol) == ["circle" if letter == "y" else "diamond" for letter in answers]
    low, high = at(history, 50, sigmoid_chart).layout.xaxis.range
    assert (low < sums[told]).all()
    assert (sums[told] < high).all()


@pytest.mark.parametrize("learning_rate", [0.001, 100.0])
@pytest.mark.parametrize("epochs", [1, 10_000])
def test_charts_of_any_run_stay_inside_their_axes(learning_rate: float, epochs: int) -> None:
    history = run(learning_rate=learning_rate, epochs=epochs)
    frames = frame_epochs(epochs, epochs)
    for chart in moving_charts(history, PLATE, "linear", frames, history.epochs):
        figure = chart.at(frames, epochs)
        low, high = figure.layout.yaxis.range
        drawn = np.concatenate([np.asarray(trace.y, dtype=float) for trace in figure.data])
        assert low <= drawn.min() <= drawn.max() <= high
        assert chart.alt


def test_the_charts_say_in_words_what_they_show_at_the_epoch_they_stand_on() -> None:
    history = run()
    frames = frame_epochs(500, 7)
    network, sigmoid, cost, weights = moving_charts(history, PLATE, "linear", frames, 7)
    assert f"at epoch 7 it is {history.cost[7]:.4f}." in cost.alt
    assert f"at epoch 7 the values are coffee {words.number(history.weights[0][7, 0, 0], 2, sign=True)}," in weights.alt
    assert f"it predicts {history.network(7).predict([PLATE])[0, 0]:.2f} at epoch 7." in network.alt
    right = (words.verdicts(history.predict(history.dataset.inputs)[7], history.dataset.labels) == 1).sum()
    assert f"at epoch 7, {right} of them" in sigmoid.alt


def test_a_scene_carries_the_histories_numbers_once_each() -> None:
    history = run()
    frames = frame_epochs(500, 500)
    drawn = moving_charts(history, PLATE, "linear", frames, history.epochs)
    message = encode(drawn, frames, {"cost": history.cost[frames, None]}, {"run": "π"})
    length = int.from_bytes(message[:8], "little")
    sent = json.loads(message[8 : 8 + length])
    arrays, offset = [], 8 + length
    for kind, size in sent["arrays"]:
        assert offset % 8 == 0
        arrays.append(np.frombuffer(message[offset : offset + size], dtype=f"<{kind}"))
        offset += -(-size // 8) * 8
    assert offset == len(message)
    assert sent["run"] == "π"
    assert arrays[sent["frames"]].tolist() == frames.tolist()
    assert arrays[sent["series"]["cost"]["values"]].tolist() == history.cost[frames].tolist()
    assert len({array.tobytes() for array in arrays}) == len(arrays)
    grow = next(chart for chart in sent["charts"] if chart["key"] == "cost")["grows"][0]
    assert arrays[grow["y"]] == pytest.approx(history.cost[arrays[grow["x"]]], rel=1e-6)


def test_a_value_becomes_a_width_a_colour_or_a_text() -> None:
    values = np.array([[-2.25, 0.25]])
    assert Moves(0, "line.width", values, 0, scale=2.0, limits=(1.0, 9.0)).value_at(0, 9) == 3.0
    assert Moves(0, "line.width", values, 0, scale=2.0, limits=(1.0, 2.5)).value_at(0, 9) == 2.5
    assert Moves(0, "line.color", values, 1, choices=("red", "blue")).value_at(0, 9) == "blue"
    predictions = np.array([[0.1, 0.5, 0.9]])
    assert Moves(0, "marker.color", predictions, choices=("red", "grey", "blue")).value_at(0, 9) == [
        "red",
        "grey",
        "blue",
    ]
    assert Moves(0, "text", values, digits=2, sign=True).value_at(0, 9) == ["−2.25", "+0.25"]
    assert Moves(0, "text", values, digits=2).value_at(0, 9) == ["−2.25", "0.25"]
    assert Moves(0, "x", points=2).value_at(0, 9) == [9.0, 9.0]
