"""Every conditional sentence claims what is so: 300 random states against a table of facts worked out here."""

import re
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as some

from nnlib import Architecture, Experiment, History, NeuralNetwork, datasets, explain, separability, train
from nnlib.studies.survey import Survey
from tests.test_settings import settings
from tests.test_step_tabs import output
from ui import words
from ui.settings import DEFAULTS, Settings
from ui.tabs.by_hand import together
from ui.tabs.by_hand.sentences import cost_sentence, opening
from ui.tabs.by_hand.slope_chart import sentence, slope_of
from ui.tabs.survey.opinions import opinions, summary, what_it_means, what_they_say
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


def cost_of(parameters: Any, history: History) -> float:
    """The cost with these weights and a last number for the bias."""
    data = history.dataset
    z = data.inputs @ parameters[:-1] + parameters[-1]
    return float(np.mean((np.exp(-np.logaddexp(0, -z)) - data.labels[:, 0]) ** 2))


@given(settings, some.integers(1, 60), some.booleans(), some.data())
@how(max_examples=300)
def test_one_epoch_by_hand_says_what_the_step_does(chosen: Settings, epochs: int, bias: bool, draw: Any) -> None:
    epoch = draw.draw(some.integers(0, epochs))
    history = trained(chosen, epochs + 1, bias=bias)
    now, then = (np.append(history.weights[0][at, :, 0], history.biases[0][at, 0]) for at in (epoch, epoch + 1))
    before, after = cost_of(now, history), cost_of(then, history)

    said = opening(epoch, epochs)
    assert f"from epoch {epoch:,} to {epoch + 1:,}" in said
    assert ("It is the first" in said) == (epoch == 0) != ("from the first epoch" in said)
    assert ("would come next" in said) == (epoch == epochs)

    said = cost_sentence(explain(history, epoch), comes_next=epoch == epochs)
    # What is the rounding of floats is neither up nor down.
    if abs(after - before) > 1e-12 * before:
        assert ("lower" in said) == (after < before)
        assert ("raise" in said) == (after > before) == ("longer than the slope is straight" in said)
    assert ("would" in said) == (epoch == epochs)

    view = output(history, epoch)
    assert together(view).endswith(f"{words.small(after)}.")
    for number in range(4 if bias else 3):
        moved = now.copy()
        moved[number] = then[number]
        # By finite differences, as the words go by the curve.
        beside = [np.eye(4)[number] * side for side in (-1e-4, 1e-4)]
        slope, there = (
            (cost_of(at + beside[1], history) - cost_of(at + beside[0], history)) / 2e-4 for at in (now, moved)
        )
        promised = before + slope * (then[number] - now[number])
        said = sentence(slope_of(view, number))
        if abs(promised) > 1e-6:
            assert "less than any cost can be" not in said or promised < 0
        if abs(there) > 1e-6 and abs(slope) > 1e-6:
            assert "overshoots" not in said or there * slope < 0
            assert "overshoots" in said or there * slope > 0 or "so short a step" in said
        if "so short a step" in said:
            assert abs(promised - cost_of(moved, history)) < 1e-4


NETWORKS = 12


@given(settings, some.integers(1, 60), some.booleans())
@how(max_examples=40)
def test_the_survey_says_what_its_networks_say(chosen: Settings, epochs: int, bias: bool) -> None:
    data, rate = chosen.experiment.data, chosen.experiment.learning_rate
    survey = Survey(Experiment(data, Architecture((3, 1), bias=bias), rate, epochs, seed=0), NETWORKS)
    survey.ask_more(NETWORKS)
    runs = [
        train(NeuralNetwork.random((3, 1), seed=seed, bias=bias), data, learning_rate=rate, epochs=epochs)
        for seed in range(NETWORKS)
    ]
    parameters = np.array([[*run.weights[0][-1, :, 0], run.biases[0][-1, 0]] for run in runs])
    plates = datasets.combinations(3)
    told = dict(zip(map(tuple, data.inputs), data.labels[:, 0] == 1))
    answered = {
        tuple(plate): np.array([float(run.network(epochs).predict([plate])[0, 0]) for run in runs]) for plate in plates
    }
    saying = {
        plate: {
            "happy": int((answers >= 0.505).sum()),
            "not happy": int((answers <= 0.495).sum()),
            "undecided": int((abs(answers - 0.5) < 0.005).sum()),
        }
        for plate, answers in answered.items()
    }
    apart = float(np.ptp(parameters, axis=0).max())
    found = opinions(survey, NETWORKS)
    assert [each.plate for each in found] == [*told, *(plate for plate in answered if plate not in told)]
    for each in found:
        counts = saying[each.plate]
        agreed = NETWORKS in counts.values()
        spread = float(np.ptp(answered[each.plate]))
        said = what_they_say(each)
        assert said.startswith(f"All {NETWORKS} ") == agreed
        for answer, count in counts.items():
            assert bool(re.search(rf"\b{count}( networks?)?( says?| are| is)? {answer}\b", said)) or count == 0
        meaning = what_it_means(each, survey)
        label = told.get(each.plate)
        nothing_to_add = not bias and not any(each.plate)
        assert ("σ(0) = 0.5" in meaning) == nothing_to_add
        if nothing_to_add:
            continue
        assert ("told them the answer" in meaning) == (label is None) != ("They were told the answer" in meaning)
        assert ("decides what it says" in meaning) == (label is None and not agreed)
        assert ("does not make it true" in meaning) == (label is None and agreed)
        right = counts["happy" if label else "not happy"]
        assert (f"{right} of {NETWORKS} have it right" in meaning) == (label is not None and not agreed)
        if agreed and abs(spread - 0.02) > 1e-6:
            assert ("how sure" in meaning) == (spread > 0.02)
            alike = label is not None and spread < 0.02
            assert ("all have it right" in meaning) == (alike and right == NETWORKS)
            assert ("all are undecided" in meaning or "undecided about it" in meaning) == (
                alike and counts["undecided"] == NETWORKS
            )
            assert ("all got it wrong" in meaning) == (alike and right == counts["undecided"] == 0)
        if "same weights" in meaning:
            assert apart <= float(re.findall(r"\d\.\d\d", meaning)[-1]) + 1e-9
        if "weights are not the same" in meaning:
            assert f"by up to {apart:.1f}." in meaning
    agree = {plate for plate, counts in saying.items() if NETWORKS in counts.values()}
    said = summary(found)
    assert f"agree on {len(agree & set(told))} of the {words.count(len(told), 'plate')} they were told" in said
    if len(told) < 8:
        assert said.endswith(f" and on {len(agree - set(told))} of the {8 - len(told)} they were not.")
