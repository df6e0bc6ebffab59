"""Every conditional sentence claims what is so: 300 random states against a table of facts worked out here."""

import re
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as some

from nnlib import History, NeuralNetwork, separability, train
from tests.test_settings import settings
from ui.settings import DEFAULTS, Settings
from ui.tabs.tug_of_war.largest import largest_weight
from ui.tabs.why_bias import WITH, WITHOUT, proof, verdict


def trained(chosen: Settings, epochs: int, *, bias: bool) -> History:
    network = NeuralNetwork.random((3, 1), seed=chosen.seed, bias=bias)
    rate = chosen.experiment.learning_rate
    return train(network, chosen.experiment.data, learning_rate=rate, epochs=epochs)


def marks(history: History, epoch: int) -> list[str]:
    """What holds of each plate of the training data: right, wrong or undecided."""
    weights, bias = history.weights[0][epoch], history.biases[0][epoch]
    z = (history.dataset.inputs @ weights + bias)[:, 0]
    predictions = np.exp(-np.logaddexp(0, -z))
    return [
        "undecided" if abs(p - 0.5) < 0.005 else "right" if (p > 0.5) == bool(label) else "wrong"
        for p, label in zip(predictions, history.dataset.labels[:, 0])
    ]


def score(history: History, epoch: int) -> str:
    found = marks(history, epoch)
    undecided = f" ({found.count('undecided')} undecided)" if "undecided" in found else ""
    plates = "1 plate" if len(found) == 1 else f"{len(found)} plates"
    return f"**{found.count('right')} of {plates} right{undecided}**"


@given(settings, some.integers(1, 60), some.data())
@how(max_examples=300)
def test_no_sentence_contradicts_the_facts(chosen: Settings, epochs: int, draw: Any) -> None:
    epoch = draw.draw(some.integers(0, epochs))
    histories = {name: trained(chosen, epochs, bias=name == WITH) for name in (WITH, WITHOUT)}
    data = chosen.experiment.data
    able = {bias: separability.one_neuron(data, bias=bias).possible for bias in (True, False)}
    complete = [each for each in range(epochs + 1) if set(marks(histories[WITH], each)) == {"right"}]
    all_right_now = epoch in complete

    said = verdict(histories, epoch)
    assert f"with a bias has {score(histories[WITH], epoch)}, without one {score(histories[WITHOUT], epoch)}" in said
    assert (re.search(r"for the first time at epoch ([\d,]+)\.", said) is not None) == (
        bool(complete) and not all_right_now
    )
    if complete and not all_right_now:
        assert f"first time at epoch {complete[0]:,}." in said
    assert ("can be right, but not in this run" in said) == (not complete and able[True])
    assert ("No single neuron gets every plate right" in said) == (not complete and not able[True])

    shown = proof(histories, epoch)
    assert ("can do without" in shown) == able[False]
    assert ("a bias is not enough" in shown) == (not able[True])
    assert ("can’t work without one" in shown) == (able[True] and not able[False])
    assert ("some texts say so" in shown) == (chosen.data == DEFAULTS.data)

    for history in histories.values():
        text = largest_weight(history, epoch)
        weights = history.weights[0][epoch, :, 0]
        name = data.names[int(np.abs(weights).argmax())]
        column = data.inputs[:, data.names.index(name)] == 1
        ways = set(data.labels[column, 0].tolist())
        assert name in text.lower()
        assert ("by chance" in text) == (epoch == 0)
        if epoch:
            assert ("only ever pulled up" in text) == (ways == {1.0})
            assert ("only ever pulled down" in text) == (ways == {0.0})
            assert ("is pulled both ways" in text.partition(". ")[2].partition(".")[0]) == (ways == {0.0, 1.0})
            assert ("stays as it was drawn" in text) == (not ways)
            if not ways:
                assert weights[data.names.index(name)] == history.weights[0][0, data.names.index(name), 0]


def test_the_tutorials_pizza_has_the_largest_weight_for_a_reason() -> None:
    history = DEFAULTS.experiment.train()
    assert largest_weight(history, 5_000) == (
        "The largest weight is that of **pizza**, +6.76. Every plate with pizza in the training data should be happy, "
        "so it is only ever pulled up, never down. Coffee and chili are pulled both ways."
    )
