"""Whether one neuron can learn a table of answers at all: decided exactly, with the reason either way.

A neuron answers a row x with more than ½ where w·x + b > 0. So each row with label 1 demands w·x + b > 0, and each row
with label 0 demands −(w·x + b) > 0. By Gordan's theorem (1873) either there are weights that meet all demands, or some
of the demands, each taken a whole number of times, add up to 0 > 0. The smallest such contradictions are circuits:
rows of which each is needed for their sum to vanish, at most inputs + 2 of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import comb, gcd, lcm

from nnlib.checks import flag, instance
from nnlib.datasets import Dataset

Row = tuple[int, ...]

# So many sets of rows take up to ten seconds.
MOST_SETS = 30_000
# Updates by the perceptron rule, before weights are sought in the certain way, which finds less pretty ones.
PATIENCE = 1_000


@dataclass(frozen=True)
class Contradiction:
    """Demands that can't all be met: that of row rows[i], taken multipliers[i] times, and so on, add up to 0 > 0."""

    rows: tuple[int, ...]
    multipliers: tuple[int, ...]


@dataclass(frozen=True)
class Verdict:
    """Whether one neuron can answer every row right.

    contradiction: of the smallest, the one with the fewest rows, then the smallest sum of multipliers, then the first
    rows; None where it is possible. weights: whole numbers that answer every row right, with the bias last where there
    is one; None where it is impossible.
    """

    possible: bool
    contradiction: Contradiction | None
    weights: tuple[int, ...] | None


def one_neuron(dataset: Dataset, bias: bool = True) -> Verdict:
    """Whether a single neuron, with or without a bias, can answer every row of `dataset` right.

    Exact: inputs are taken as the fractions that they are. Without a bias a row of zeros is a contradiction by itself,
    for its sum is always 0. The work grows with the number of sets of up to inputs + 2 rows, as rows^(inputs + 2): a
    moment for 8 rows of 3 inputs, some seconds for 20. Answers to other labels of the same inputs take no time.
    Raises ValueError for labels that are not 0 or 1, for several outputs, and for more rows than can be decided soon.
    """
    dataset, bias = instance("dataset", dataset, Dataset), flag("bias", bias)
    if dataset.labels.shape[1] != 1:
        raise ValueError(f"labels must have one column, for one neuron, got {dataset.labels.shape[1]} instead")
    labels = dataset.labels[:, 0].tolist()
    for label in labels:
        if label not in (0, 1):
            raise ValueError(f"labels must be 0 or 1, got {label} instead")
    rows = _whole(dataset.inputs.tolist(), bias)
    sets = sum(comb(len(rows), size) for size in range(1, len(rows[0]) + 2))
    if sets > MOST_SETS:
        raise ValueError(f"dataset must have at most {MOST_SETS} sets of up to inputs + 2 rows, got {sets} instead")
    happy = sum(1 << row for row, label in enumerate(labels) if label)
    for support, one_sign, contradiction in _circuits(rows):
        # The demands cancel where the labels are the relation's signs, or all opposite to them.
        if happy & support in (one_sign, support ^ one_sign):
            return Verdict(False, contradiction, None)
    demands = [row if label else tuple(-value for value in row) for row, label in zip(rows, labels)]
    return Verdict(True, None, _weights(demands))


def _whole(inputs: Sequence[Sequence[float]], bias: bool) -> tuple[Row, ...]:
    """The rows with a 1 for the bias, all times the same number, so that they are whole."""
    rows = [[*map(Fraction, row), *[Fraction(1)] * bias] for row in inputs]
    scale = lcm(*(value.denominator for row in rows for value in row))
    return tuple(tuple(int(value * scale) for value in row) for row in rows)


@lru_cache(maxsize=512)
def _circuits(rows: tuple[Row, ...]) -> list[tuple[int, int, Contradiction]]:
    """The circuits of these rows, smallest first: the rows, those of them that have one sign, as bits, and the sum."""
    found: list[tuple[int, int, Contradiction]] = []
    for size in range(1, min(len(rows), len(rows[0]) + 1) + 1):
        smaller = [support for support, _, _ in found]
        for chosen in combinations(range(len(rows)), size):
            support = sum(1 << row for row in chosen)
            if any(part & support == part for part in smaller):
                continue
            for relation in _relations([rows[row] for row in chosen]):  # one at most, as no part of them has one
                one_sign = sum(1 << row for row, times in zip(chosen, relation) if times > 0)
                found.append((support, one_sign, Contradiction(chosen, tuple(map(abs, relation)))))
    return sorted(found, key=lambda circuit: _size(circuit[2]))


def _size(contradiction: Contradiction) -> tuple[int, int, tuple[int, ...]]:
    return len(contradiction.rows), sum(contradiction.multipliers), contradiction.rows


def _relations(vectors: Sequence[Sequence[int]]) -> list[Row]:
    """A basis of all ways in which the vectors add up to nothing, each in whole numbers as small as can be.

    By Gauss and Jordan: an equation for each component, with an unknown for each vector.
    """
    equations = [list(map(Fraction, components)) for components in zip(*vectors, strict=True)]
    solved: list[int] = []
    for unknown in range(len(vectors)):
        done = len(solved)
        pivot = next((at for at in range(done, len(equations)) if equations[at][unknown]), None)
        if pivot is None:
            continue
        equations[done], equations[pivot] = equations[pivot], equations[done]
        equations[done] = [value / equations[done][unknown] for value in equations[done]]
        for at, equation in enumerate(equations):
            if at != done and equation[unknown]:
                times = equation[unknown]
                equations[at] = [a - times * b for a, b in zip(equation, equations[done])]
        solved.append(unknown)
    found = []
    for free in set(range(len(vectors))) - set(solved):
        relation = [Fraction(int(unknown == free)) for unknown in range(len(vectors))]
        for equation, unknown in zip(equations, solved):
            relation[unknown] = -equation[free]
        found.append(_primitive(relation))
    return found


def _primitive(values: Sequence[Fraction]) -> Row:
    """The whole numbers, as small as can be, that stand to each other as `values` do."""
    scale = lcm(*(value.denominator for value in values))
    whole = [int(value * scale) for value in values]
    common = gcd(*whole) or 1
    return tuple(value // common for value in whole)


def _weights(demands: Sequence[Row]) -> Row:
    """Whole numbers w with w · demand > 0 for every demand, which must be possible.

    By the perceptron rule (Rosenblatt 1958): add each demand that is not met, until all are. This ends wherever it is
    possible, but late where demands are met by very little.
    """
    weights, updates = [0] * len(demands[0]), 0
    while updates < PATIENCE:
        unmet = next((demand for demand in demands if _product(weights, demand) <= 0), None)
        if unmet is None:
            return _smaller(_primitive([*map(Fraction, weights)]), demands)
        weights = [weight + value for weight, value in zip(weights, unmet)]
        updates += 1
    return _inner(demands)


def _smaller(weights: Row, demands: Sequence[Row]) -> Row:
    """The weights moved towards 0, up to three at a time, as far as the demands allow; only where that is not far."""
    if max(map(abs, weights)) > 100:
        return weights
    moves = [move for size in (1, 2, 3) for move in combinations(range(len(weights)), size)]
    best, improved = weights, True
    while improved:
        improved = False
        for move in moves:
            nearer = tuple(w - ((w > 0) - (w < 0)) * (at in move) for at, w in enumerate(best))
            if nearer != best and all(_product(nearer, demand) > 0 for demand in demands):
                best, improved = nearer, True
    return best


def _inner(demands: Sequence[Row]) -> Row:
    """The same in the certain way: the sum of all edges of the cone of weights w with w · demand ≥ 0.

    An edge is orthogonal to all but one of as many independent demands as there are. Each demand is met strictly by
    one edge at least, for the cone has inner points.
    """
    by_column = list(zip(*demands, strict=True))
    columns: list[int] = []
    for column in range(len(by_column)):
        if not _relations([by_column[at] for at in (*columns, column)]):
            columns.append(column)
    kept = [tuple(demand[column] for column in columns) for demand in demands]
    edges: set[Row] = set()
    for chosen in combinations(kept, len(columns) - 1):
        orthogonal = _relations([[row[at] for row in chosen] for at in range(len(columns))])
        if len(orthogonal) == 1:
            edges |= {orthogonal[0], tuple(-value for value in orthogonal[0])}
    inner = [edge for edge in edges if all(_product(edge, demand) >= 0 for demand in kept)]
    weights = dict(zip(columns, map(sum, zip(*inner, strict=True))))
    return _primitive([Fraction(weights.get(column, 0)) for column in range(len(by_column))])


def _product(weights: Sequence[int], demand: Row) -> int:
    return sum(weight * value for weight, value in zip(weights, demand))
