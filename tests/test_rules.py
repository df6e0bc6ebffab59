"""Rules in words: true of the answers they are made for, as short as can be, and read as they are meant."""

import re
from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest

from nnlib import NeuralNetwork, datasets
from nnlib.network import feed_forward
from nnlib.rules import all_rules, holds, length, plate_name, rule, says

NAMES = ("coffee", "pizza", "chili")
PLATES = list(product((False, True), repeat=3))
COUNTED = r"(\w+|\(1 - \w+\))"
MEANT = {
    "exactly one of": "lambda n: n == 1",
    "exactly two of": "lambda n: n == 2",
    "at most one of": "lambda n: n <= 1",
    "an even number of": "lambda n: n % 2 == 0",
    "an odd number of": "lambda n: n % 2 == 1",
    "all or none of": "lambda n: n in (0, 3)",
    "one or two of": "lambda n: n in (1, 2)",
    "at least two of": "lambda n: n >= 2",
}


def as_read(text: str, plate: Sequence[bool]) -> bool:
    """What an English sentence says of a plate, read without the structure that it was made from."""
    python = re.sub(r"\bno (\w+)", r"(1 - \1)", text)
    for phrase, meaning in MEANT.items():
        python = re.sub(rf"{phrase} (\w+) and (\w+)", rf"({meaning})(\1 + \2)", python)
        python = re.sub(rf"{phrase} {COUNTED}, {COUNTED} and {COUNTED}", rf"({meaning})(\1 + \2 + \3)", python)
    python = re.sub(r"(\w+) if and only if (\w+)", r"(\1 == \2)", python)
    python = re.sub(r"neither (\w+(?: nor \w+)+)", lambda found: f"not ({found[1].replace('nor', 'or')})", python)
    python = re.sub(r"(\w+) alone", r"(\1 and coffee + pizza + chili == 1)", python)
    python = python.replace("the empty plate", "(coffee + pizza + chili == 0)")
    python = {"always": "True", "never": "False"}.get(python, python)
    return bool(eval(python, {}, dict(zip(NAMES, plate))))  # noqa: S307


def letters(answers: str) -> list[bool | None]:
    return [{"y": True, "n": False, "-": None}[letter] for letter in answers]


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        ("nnnnynyn", "coffee and not chili"),
        ("nnnynyyy", "at least two of coffee, pizza and chili"),
        ("nnynynyy", "at least two of coffee, pizza and no chili"),
        ("ynnnyyyn", "at least two of coffee, no pizza and no chili"),
        ("yyynynnn", "at most one of coffee, pizza and chili"),
        ("nyynynnn", "exactly one of coffee, pizza and chili"),
        ("nyynynny", "an odd number of coffee, pizza and chili"),
        ("ynynnyny", "coffee if and only if chili"),
        ("nynyynyn", "exactly one of coffee and chili"),
        ("ynynnnnn", "neither coffee nor chili"),
        ("nnnnynnn", "coffee alone"),
        ("ynnnnnnn", "the empty plate"),
        ("nnnnnyyy", "coffee and (pizza or chili)"),
        ("yyyyyyyn", "not (coffee and pizza and chili)"),
        ("nyyyyyyy", "coffee or pizza or chili"),
        ("yyyyyyyy", "always"),
        ("nnnnnnnn", "never"),
        # What is undecided may be said either way: not "coffee and pizza and not chili".
        ("nnnn-nyn", "coffee and not chili; undecided at coffee alone"),
        ("nnnny-yn", "coffee and not chili; undecided at coffee + chili"),
        ("-n-nyyyy", "coffee; undecided at the empty plate and pizza alone"),
        ("--------", "undecided at every plate"),
    ],
)
def test_a_rule_is_said_as_a_person_would(answers: str, text: str) -> None:
    assert rule(letters(answers), NAMES).text == text


@pytest.mark.parametrize("inputs", [1, 2, 3])
def test_each_formula_holds_for_exactly_the_plates_it_is_made_for(inputs: int) -> None:
    plates = list(product((False, True), repeat=inputs))
    for table in range(2 ** len(plates)):
        answers = [bool(table >> plate & 1) for plate in range(len(plates))]
        found = rule(answers, NAMES[:inputs])
        assert [found.holds(plate) for plate in plates] == answers
        assert found.text == all_rules(NAMES[:inputs])[table]


def test_each_text_read_as_english_says_what_the_answers_are() -> None:
    for table, text in enumerate(all_rules(NAMES)):
        assert [as_read(text, plate) for plate in PLATES] == [bool(table >> plate & 1) for plate in range(8)], text


def test_no_rule_in_and_or_not_has_fewer_words() -> None:
    """Against a second search, over tables alone: a cheaper one is followed to all that is made from it."""
    cost = {sum(plate[at] << number for number, plate in enumerate(PLATES)): 1 for at in range(3)}
    changed = True
    while changed:
        changed = False
        for a, b in product(list(cost), repeat=2):
            for table, words in (
                (a & b, cost[a] + 1 + cost[b]),
                (a | b, cost[a] + 1 + cost[b]),
                (255 - a, cost[a] + 1),
            ):
                if words < cost.get(table, 99):
                    cost[table], changed = words, True
    for table in range(1, 255):
        formula = rule([bool(table >> plate & 1) for plate in range(8)], NAMES).formula
        assert length(formula) <= cost[table]
        named = re.search(r"\bof\b|\bif\b", all_rules(NAMES)[table])
        assert named or length(formula) == cost[table]


def test_an_undecided_plate_makes_no_rule_longer_and_none_wrong() -> None:
    random = np.random.default_rng(0)
    for _ in range(300):
        answers = [(True, False, None)[choice] for choice in random.integers(3, size=8)]
        found = rule(answers, NAMES)
        assert [plate for plate, answer in enumerate(answers) if answer is None] == list(found.undecided)
        assert all(answer in (None, found.holds(plate)) for plate, answer in zip(PLATES, answers))
        fitting = [
            text
            for table, text in enumerate(all_rules(NAMES))
            if all(answer in (None, bool(table >> plate & 1)) for plate, answer in enumerate(answers))
        ]
        assert found.text.partition(";")[0] in (min(fitting, key=len), "undecided at every plate")


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_the_rule_in_words_is_equivalent_to_what_each_neuron_of_500_networks_answers(activation: str) -> None:
    random = np.random.default_rng(1)
    plates = datasets.combinations(3)
    decided = 0
    for _ in range(500):
        network = NeuralNetwork.random((3, 2, 1), seed=random, activation=activation)
        biases = [random.standard_normal(layer.shape) for layer in network.biases]
        _, (_, hidden, output) = feed_forward(network.weights, biases, plates, network.activation)
        for values, kind in ((hidden, activation), (output, "sigmoid")):
            for neuron in says(values, kind).T:
                answers = [{1: True, 0: None, -1: False}[value] for value in neuron.tolist()]
                formula, *_ = rule(answers, NAMES).text.partition(";")
                read = [as_read(formula, plate) for plate in PLATES]
                assert all(answer in (None, said) for answer, said in zip(answers, read))
                decided += sum(answer is not None for answer in answers)
    assert decided > 0.9 * 500 * 3 * 8


def test_a_neuron_fires_above_its_middle_and_is_undecided_where_it_is_written_as_the_middle() -> None:
    assert says([0.5, 0.504, 0.505, 0.495, 0.4951, 0.0, 1.0]).tolist() == [0, 0, 1, -1, 0, -1, 1]
    assert says([0.0, 0.0099, 0.01, -0.01, -1.0, 1.0], "tanh").tolist() == [0, 0, 1, -1, -1, 1]
    assert says([0.0, 1e-9, 0.0049, 0.005, 7.0], "relu").tolist() == [-1, -1, -1, 1, 1]


def test_plates_have_names() -> None:
    assert [plate_name(plate, NAMES) for plate in ((0, 0, 0), (0, 1, 0), (1, 0, 1))] == [
        "the empty plate",
        "pizza alone",
        "coffee + chili",
    ]


def test_a_formula_holds_by_its_structure_not_by_its_text() -> None:
    formula = rule(letters("nnnnynyn"), NAMES).formula
    assert [holds(formula, plate) for plate in ((1, 0, 0), (1, 0, 1), (0, 0, 0))] == [True, False, False]


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: rule([True] * 7, NAMES), "answers must be 8, one for each plate, got .* instead"),
        (lambda: rule([1] * 8, NAMES), "each of answers must be True or False, got 1 instead"),  # type: ignore[list-item]
        (lambda: rule([True], ()), "the number of names must be a whole number of at least 1, got 0"),
        (lambda: all_rules("abcd"), "names must be a list"),
        (lambda: all_rules(("a", "b", "c", "d")), "the number of names must be at most 3, got 4"),
        (lambda: says([0.5], "step"), "activation must be one of 'sigmoid', 'tanh', 'relu'"),
    ],
)
def test_what_makes_no_rule_is_named(call: Any, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        call()
