"""The charts show what was trained: pure functions of the history, checked against it."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from nnlib import History, NeuralNetwork, datasets, train
from ui import words
from ui.charts import moving_charts, pictures
from ui.charts.cost import all_right, cost_chart
from ui.charts.figure import apart, epoch_axis
from ui.charts.network import network_picture, parameters_at
from ui.charts.sigmoid import sigmoid_picture
from ui.charts.weights import weights_chart
from ui.palette import COLOURS
from ui.player.encoder import encode
from ui.player.motion import FRAMES, Moves, frame_epochs, outline, spread
from ui.settings import Settings

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


def test_the_cost_chart_ends_at_the_cost_of_the_epoch_and_names_it() -> None:
    history = run()
    figure = at(history, 123, cost_chart, "linear")
    so_far, head, value = figure.data[:3]
    assert figure.layout.shapes[0].path.endswith(f"L{500**0.5!r},{float(history.cost[-1])!r}")
    assert (so_far.x[-1], so_far.y[-1], so_far.customdata[-1]) == (123**0.5, history.cost[123], 123)
    for end in (head, value):
        assert (list(end.x), list(end.y)) == ([123**0.5], [history.cost[123]])
    assert list(value.text) == [words.small(history.cost[123])]


@pytest.mark.parametrize(("rate", "epochs"), [(1.0, 5_000), (0.01, 5_000), (30.0, 5_000), (100.0, 500), (1.0, 1)])
@pytest.mark.parametrize("answers", ["-n--nyyy", "yyyyyyyy", "nyynynny"])
def test_a_cost_axis_holds_every_cost_is_labelled_and_nearly_always_the_same(
    rate: float, epochs: int, answers: str
) -> None:
    history = train(NeuralNetwork.random((3, 1), seed=4), datasets.plates(answers), learning_rate=rate, epochs=epochs)
    linear, logarithmic = (at(history, epochs, cost_chart, scale).layout.yaxis for scale in ("linear", "logarithmic"))
    low, high = linear.range
    assert low < history.cost.min() <= history.cost.max() < high
    assert history.cost.max() > 0.3 or linear.tickvals == pytest.approx([0, 0.1, 0.2, 0.3])
    low, high = logarithmic.range
    assert logarithmic.type == "log"
    assert 10**low < history.cost.min() <= history.cost.max() < 10**high
    labelled = [text for text, value in zip(logarithmic.ticktext, logarithmic.tickvals) if 10**low <= value <= 10**high]
    assert len(labelled) >= 3
    assert history.cost.min() < 1e-4 or labelled == ["1", "0.1", "0.01", "0.001", "10⁻⁴"]


def test_the_mark_stands_where_all_became_right_for_good_or_first_or_nowhere() -> None:
    for rate, bias, answers in ((1.0, True, "-n--nyyy"), (30.0, True, "-n--nyyy"), (1.0, False, "-n--nyyy")):
        network = NeuralNetwork.random((3, 1), seed=0, bias=bias)
        history = train(network, datasets.plates(answers), learning_rate=rate, epochs=400)
        found = words.verdicts(history.predict(history.dataset.inputs), history.dataset.labels)
        right = [bool((verdicts == words.Verdict.RIGHT).all()) for verdicts in found]
        expected = (next(epoch for epoch in range(401) if all(right[epoch:])), True) if right[-1] else (None, False)
        assert all_right(history) == expected
        frames = frame_epochs(400, 200)
        chart = cost_chart(history, "linear", frames, 200)
        some = frames[::12]
        marks = [chart.at(frames, int(epoch)).data[3] for epoch in some]
        assert [mark.opacity for mark in marks] == [
            float(expected[0] is not None and epoch >= expected[0]) for epoch in some
        ]
        if expected[0] is not None:
            assert set(marks[0].x) == {expected[0] ** 0.5}
            assert f"All right from epoch {expected[0]:,}." in chart.alt


def test_all_right_that_does_not_last_is_marked_where_it_first_was() -> None:
    history = train(NeuralNetwork.random((3, 1), seed=0), datasets.happiness(), learning_rate=1.0, epochs=60)
    backwards = replace(history, weights=(history.weights[0][::-1],), biases=(history.biases[0][::-1],))
    assert all_right(backwards) == (0, False)


@given(
    some.lists(some.lists(some.floats(-50, 50), min_size=4, max_size=4), min_size=1, max_size=5),
    some.integers(120, 400),
)
def test_labels_stand_apart_within_the_axis_and_in_the_order_of_their_values(
    values: list[list[float]], height: int
) -> None:
    array = np.array(values)
    axis = [-60.0, 55.0]
    places = apart(array, axis, height)
    step = 18 * 115 / height
    for row, wanted in zip(places, array):
        order = np.argsort(wanted, kind="stable")
        assert (np.diff(row[order]) >= step - 1e-9).all()
        assert axis[0] <= row.min() <= row.max() <= axis[1]
    far = np.array([[-40.0, 0.0, 20.0, 41.0]])
    assert apart(far, axis, 400) == pytest.approx(far)


@given(some.integers(1, 10_000))
def test_an_epoch_axis_is_labelled_at_both_ends_and_in_between_where_there_is_room(epochs: int) -> None:
    axis = epoch_axis(epochs)
    texts = [int(text.replace(",", "")) for text in axis["xaxis.ticktext"]]
    assert texts[0] == 0
    assert texts[-1] == epochs
    assert texts == sorted(set(texts))
    assert np.square(axis["xaxis.tickvals"]) == pytest.approx(texts)
    assert len(texts) >= 4 or epochs < 50


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
def test_a_weight_is_named_at_the_end_of_its_line(bias: bool) -> None:
    history = run(bias=bias)
    names = ["coffee", "pizza", "chili"] + ["bias"] * bias
    labels = at(history, 200, weights_chart).data[-1]
    values = [*history.weights[0][200, :, 0], *([history.biases[0][200, 0]] if bias else [])]
    assert list(labels.text) == [f"{name} {words.number(value, 2, sign=True)}" for name, value in zip(names, values)]


@pytest.mark.parametrize("bias", [True, False])
def test_the_network_is_told_its_shape_and_gets_every_parameter(bias: bool) -> None:
    history = run(bias=bias)
    picture = network_picture(history, PLATE, 200)
    assert picture["layers"] == [3, 1]
    assert picture["bias"] is bias
    assert (picture["inputs"], picture["plate"]) == ([1, 0, 1], 5)
    values = [*history.weights[0][200, :, 0], *([history.biases[0][200, 0]] if bias else [])]
    assert parameters_at(history, np.array([200]))[0].tolist() == values


def test_a_deeper_networks_parameters_come_layer_by_layer() -> None:
    network = NeuralNetwork.random((3, 2, 1), seed=1)
    history = train(network, datasets.happiness(), learning_rate=1.0, epochs=4)
    first, second = (weights[4].ravel().tolist() for weights in history.weights)
    biases = [each[4].tolist() for each in history.biases]
    assert parameters_at(history, np.array([4]))[0].tolist() == [*first, *biases[0], *second, *biases[1]]


PLATES = datasets.combinations(3)


@pytest.mark.parametrize("answers", ["-n--nyyy", "nyynynny", "y-------"])
def test_the_sigmoid_is_told_the_labels_and_reaches_as_far_as_any_point_of_the_run(answers: str) -> None:
    history = train(NeuralNetwork.random((3, 1), seed=4), datasets.plates(answers), learning_rate=30.0, epochs=60)
    frames = frame_epochs(60, 50)
    picture = sigmoid_picture(history, (False, True, True), frames, 50)
    assert picture["labels"] == [{"y": True, "n": False, "-": None}[letter] for letter in answers]
    assert picture["bits"][3] == "011"
    assert picture["names"][5] == "coffee + chili"
    shown = [letter != "-" or number == 3 for number, letter in enumerate(answers)]
    z = PLATES[shown] @ history.weights[0][frames] + history.biases[0][frames][:, None]
    assert np.abs(z).max() < picture["reach"]


@pytest.mark.parametrize("learning_rate", [0.001, 100.0])
@pytest.mark.parametrize("epochs", [1, 10_000])
def test_charts_of_any_run_stay_inside_their_axes(learning_rate: float, epochs: int) -> None:
    history = run(learning_rate=learning_rate, epochs=epochs)
    frames = frame_epochs(epochs, epochs)
    for chart in moving_charts(history, Settings(epochs=history.epochs), frames):
        figure = chart.at(frames, epochs)
        low, high = figure.layout.yaxis.range
        shown = np.concatenate([np.asarray(trace.y, dtype=float) for trace in figure.data])
        assert low <= shown.min() <= shown.max() <= high
        across = np.concatenate([np.asarray(trace.x, dtype=float) for trace in figure.data])
        assert figure.layout.xaxis.range[0] <= across.min() <= across.max() <= figure.layout.xaxis.range[1]
        assert chart.alt


def test_the_charts_say_in_words_what_they_show_at_the_epoch_they_stand_on() -> None:
    history = run()
    frames = frame_epochs(500, 7)
    cost, weights = moving_charts(history, Settings(epochs=500, epoch=7), frames)
    network, sigmoid = (each["alt"] for each in pictures(history, Settings(epochs=500, epoch=7), frames).values())
    assert f"at epoch 7 it is {history.cost[7]:.4f}." in cost.alt
    assert f"at epoch 7 the values are coffee {words.number(history.weights[0][7, 0, 0], 2, sign=True)}," in weights.alt
    assert f"it predicts {history.network(7).predict([PLATE])[0, 0]:.2f} at epoch 7." in network
    right = (words.verdicts(history.predict(history.dataset.inputs)[7], history.dataset.labels) == 1).sum()
    assert f"at epoch 7, {right} of them" in sigmoid


def decoded(message: bytes) -> tuple[dict[str, Any], list[Any]]:
    """A message's description, and its arrays, each of which begins at a multiple of 8."""
    length = int.from_bytes(message[:8], "little")
    sent: dict[str, Any] = json.loads(message[8 : 8 + length])
    arrays, offset = [], 8 + length
    for kind, size in sent["arrays"]:
        assert offset % 8 == 0
        arrays.append(np.frombuffer(message[offset : offset + size], dtype=f"<{kind}"))
        offset += -(-size // 8) * 8
    assert offset == len(message)
    return sent, arrays


def test_a_scene_carries_the_histories_numbers_once_each() -> None:
    history = run()
    frames = frame_epochs(500, 500)
    drawn = moving_charts(history, Settings(epochs=history.epochs), frames)
    sent, arrays = decoded(encode(drawn, frames, {"cost": history.cost[frames, None]}, {"run": "π"}))
    assert sent["run"] == "π"
    assert arrays[sent["frames"]].tolist() == frames.tolist()
    assert arrays[sent["series"]["cost"]["values"]].tolist() == history.cost[frames].tolist()
    assert len({array.tobytes() for array in arrays}) == len(arrays)
    grow = next(chart for chart in sent["charts"] if chart["key"] == "cost")["grows"][0]
    assert arrays[grow["y"]] == pytest.approx(history.cost[arrays[grow["x"]]], rel=1e-6)


def test_of_many_columns_the_frames_near_the_present_are_exact_and_the_others_rounded() -> None:
    values = np.random.default_rng(1).normal(size=(40, 65)) * np.logspace(-3, 3, 65)
    values[:, 7] = 4.0
    near = np.arange(40) % 3 == 0
    sent, arrays = decoded(encode([], np.arange(40), {"many": values, "few": values[:, :64]}, {}, near))
    assert "rounded" not in sent["series"]["few"]
    series = sent["series"]["many"]
    assert arrays[series["near"]].tolist() == np.flatnonzero(near).tolist()
    assert arrays[series["values"]].reshape(-1, 65) == pytest.approx(values[near], rel=1e-7)
    low, step, rounded = (arrays[series[name]] for name in ("low", "step", "rounded"))
    reach = values.max(axis=0) - values.min(axis=0)
    assert (np.abs(low + step * rounded.reshape(40, 65) - values) <= reach / 60_000 + 1e-6 * np.abs(values)).all()


def test_a_value_becomes_a_place_or_a_text() -> None:
    values = np.array([[-2.25, 0.25]])
    assert Moves(0, "y", values).value_at(0, 9) == [-2.25, 0.25]
    assert Moves(0, "opacity", values, 1).value_at(0, 9) == 0.25
    assert Moves(0, "text", values, words=["a ", ""], sign=True).value_at(0, 9) == ["a −2.25", "+0.25"]
    assert Moves(0, "text", np.array([[3e-7]]), words=[""], digits=4, small=True).value_at(0, 9) == ["3.0 × 10⁻⁷"]
    assert Moves(0, "x", points=2).value_at(0, 9) == [3.0, 3.0]
