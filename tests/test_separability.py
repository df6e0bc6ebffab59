"""What one neuron can learn: every table of the eight plates, against weights found by trying and sums done by hand."""

from functools import cache
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib import Dataset, datasets, separability
from nnlib.separability import Verdict, one_neuron

PLATES = datasets.combinations(3).astype(int)
TABLES = ["".join(letters) for letters in product("yn-", repeat=8) if set(letters) != {"-"}]


@cache
def learnable(bias: bool) -> frozenset[str]:
    """The complete tables that some neuron answers, of all with weights −3 … 3 and biases −5.5 … 5.5 in halves.

    Where a plate lies on the border it is answered neither way, which a blank stands for.
    """
    weights = np.array(list(product(range(-3, 4), repeat=3)))
    biases = np.arange(-5.5, 6, 1) if bias else np.zeros(1)
    sums = (weights @ PLATES.T)[:, None, :] + biases[None, :, None]
    patterns = {
        "".join(" yn"[int(sign)] for sign in signs) for signs in np.unique(np.sign(sums).reshape(-1, 8), axis=0)
    }
    return frozenset(patterns)


@cache
def partly_learnable(bias: bool) -> frozenset[str]:
    """The same for tables with plates left out: those on the border, and any others."""
    found = set()
    for table in learnable(bias):
        answered = [at for at, letter in enumerate(table) if letter != " "]
        for count in range(1, len(answered) + 1):
            for kept in combinations(answered, count):
                found.add("".join(table[at] if at in kept else "-" for at in range(8)))
    return frozenset(found)


def wrong(verdict: Verdict, data: Dataset, bias: bool) -> str:
    """The faults of a verdict, found in whole numbers or fractions: none, if it is sound."""
    rows = [[*map(int, row), *[1] * bias] for row in data.inputs]
    demands = [[value if label else -value for value in row] for row, label in zip(rows, data.labels[:, 0])]
    if verdict.possible:
        if verdict.contradiction is not None or verdict.weights is None:
            return "possible, but not by weights"
        sums = [sum(w * value for w, value in zip(verdict.weights, demand, strict=True)) for demand in demands]
        return "" if all(total > 0 for total in sums) else f"weights {verdict.weights} give {sums}"
    if verdict.contradiction is None or verdict.weights is not None:
        return "impossible, but without a contradiction"
    chosen, multipliers = verdict.contradiction.rows, verdict.contradiction.multipliers
    if len(chosen) != len(multipliers) or len(set(chosen)) != len(chosen) or not chosen or min(multipliers) < 1:
        return f"{verdict.contradiction} is none"
    totals = [sum(m * demands[row][at] for row, m in zip(chosen, multipliers)) for at in range(len(rows[0]))]
    return f"{verdict.contradiction} adds up to {totals}" if any(totals) else ""


def test_a_neuron_with_a_bias_learns_104_of_the_256_tables() -> None:
    complete = [table for table in TABLES if "-" not in table]
    possible = {table for table in complete if one_neuron(datasets.plates(table)).possible}
    assert len(complete) == 256
    assert len(possible) == 104
    assert possible == {table for table in learnable(True) if " " not in table}


@pytest.mark.parametrize("bias", [True, False])
def test_every_table_whole_or_not_gets_the_right_verdict_with_its_reason(bias: bool) -> None:
    assert len(TABLES) == 6560
    for table in TABLES:
        data = datasets.plates(table)
        verdict = one_neuron(data, bias=bias)
        assert verdict.possible == (table in partly_learnable(bias)), table
        assert wrong(verdict, data, bias) == "", table


@pytest.mark.parametrize("bias", [True, False])
def test_no_contradiction_is_smaller(bias: bool) -> None:
    random = np.random.default_rng(0)
    impossible = [table for table in TABLES if table not in partly_learnable(bias)]
    for table in random.choice(impossible, 150, replace=False):
        data = datasets.plates(str(table))
        found = one_neuron(data, bias=bias).contradiction
        assert found is not None
        best = (len(found.rows), sum(found.multipliers), found.rows)
        demands = np.hstack([data.inputs, np.ones((len(data.inputs), int(bias)))]) * (2 * data.labels - 1)
        for size in range(1, len(found.rows) + 1):
            multipliers = np.array(list(product((1, 2, 3), repeat=size)))
            for rows in combinations(range(len(demands)), size):
                for chosen in multipliers[(multipliers @ demands[list(rows)] == 0).all(axis=1)]:
                    assert best <= (size, int(chosen.sum()), rows)


def test_the_tutorials_table_needs_a_bias() -> None:
    for table in (datasets.happiness(), datasets.plates(datasets.PRESETS["at least two"])):
        assert one_neuron(table).weights == (2, 2, 2, -3)
    without = one_neuron(datasets.happiness(), bias=False).contradiction
    # 001 demands −chili > 0, 100 demands −coffee > 0, and 101 demands coffee + chili > 0.
    assert without == separability.Contradiction((2, 3, 4), (1, 1, 1))


def test_an_empty_plate_demands_something_of_the_bias_alone() -> None:
    verdict = one_neuron(datasets.plates("n---yy-y"), bias=False)
    assert verdict.contradiction == separability.Contradiction((3,), (1,))
    assert one_neuron(datasets.plates("n---yy-y")).possible


def test_multipliers_are_the_smallest_that_do() -> None:
    # On a line, 1 lies between 0 and 3: 2 × 0 + 1 × 3 = 3 × 1.
    verdict = one_neuron(Dataset([[0], [3], [1]], [[1], [1], [0]]))
    assert verdict.contradiction == separability.Contradiction((0, 1, 2), (2, 1, 3))
    # And also between −1 and 3, where the sum is a smaller one, of rows that come later.
    verdict = one_neuron(Dataset([[0], [3], [1], [-1]], [[1], [1], [0], [1]]))
    assert verdict.contradiction == separability.Contradiction((1, 2, 3), (1, 2, 1))


def test_two_answers_to_the_same_plate_contradict_each_other() -> None:
    verdict = one_neuron(Dataset([[1.0, 0.0], [0.5, 2.0], [1.0, 0.0]], [[1], [1], [0]]))
    assert verdict.contradiction == separability.Contradiction((0, 2), (1, 1))


@given(
    seed=st.integers(0, 10_000),
    rows=st.integers(1, 7),
    inputs=st.integers(1, 3),
    bias=st.booleans(),
    scale=st.sampled_from([1.0, 1e-9, 1e12]),
)
@settings(max_examples=60)
def test_any_fractions_are_decided_and_witnessed_exactly(
    seed: int, rows: int, inputs: int, bias: bool, scale: float
) -> None:
    random = np.random.default_rng(seed)
    data = Dataset(random.normal(size=(rows, inputs)) * scale, random.integers(0, 2, (rows, 1)))
    verdict = one_neuron(data, bias=bias)
    # 2^200 times a float of these sizes is a whole number, and so the sums below are exact.
    whole = [[int(value * 2.0**200) for value in row] + [2**200] * bias for row in data.inputs.tolist()]
    exact = np.array(whole, dtype=object) * (2 * data.labels.astype(int) - 1)
    if verdict.possible:
        assert verdict.weights is not None
        assert all(exact @ np.array(verdict.weights, dtype=object) > 0)
    else:
        assert verdict.contradiction is not None
        multipliers = np.array(verdict.contradiction.multipliers, dtype=object)
        assert not any(multipliers @ exact[list(verdict.contradiction.rows)])
        assert len(multipliers) <= inputs + 2


def test_demands_that_leave_little_room_are_met_as_well() -> None:
    # The perceptron rule would take some 10¹² updates here.
    verdict = one_neuron(Dataset([[0.1, 5], [0.1000001, 5], [0.2, 5]], [[0], [1], [1]]))
    assert verdict.weights is not None
    coffee, pizza, bias = (int(weight) for weight in verdict.weights)
    low, high = ((int(value * 2.0**60), int(5 * 2.0**60)) for value in (0.1, 0.1000001))
    assert coffee * low[0] + pizza * low[1] + bias * 2**60 < 0 < coffee * high[0] + pizza * high[1] + bias * 2**60


@pytest.mark.parametrize(
    ("data", "bias", "complaint"),
    [
        (Dataset([[1]], [[0.5]]), True, "labels must be 0 or 1, got 0.5"),
        (Dataset([[1]], [[1, 0]]), True, "labels must have one column, for one neuron, got 2"),
        (datasets.happiness(), "yes", "bias must be True or False, got 'yes'"),
        ([[1]], True, "dataset must be of type Dataset"),
        (Dataset(np.arange(90.0).reshape(30, 3), np.ones((30, 1))), True, "dataset must have at most 30000 sets of"),
    ],
)
def test_what_cannot_be_decided_is_named(data: Any, bias: Any, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        one_neuron(data, bias=bias)
