"""Rules in words for yes-or-no answers: the shortest way to say which plates a neuron says yes to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib.activations import RELU, SIGMOID, TANH, Activation, activation_named
from nnlib.checks import flag, listed, numbers, shown, whole_number

# Closer to the middle than this part of its range, an answer is undecided: it is written 0.50.
UNDECIDED_WITHIN = 0.005

# Four inputs have 65,536 different answers, and the search below takes each pair of them.
MOST_INPUTS = 3

# Names to measure formulas with.
LETTERS = "abc"

Plate: TypeAlias = tuple[bool, ...]


@dataclass(frozen=True)
class Constant:
    """The same for every plate."""

    value: bool


@dataclass(frozen=True)
class Input:
    """Whether this input, counted from 0, is on the plate."""

    at: int


@dataclass(frozen=True)
class Only:
    """That this input is on the plate and no other of `inputs`; no input at all where `at` is None."""

    at: int | None
    inputs: int


@dataclass(frozen=True)
class Count:
    """How many of these inputs are on the plate is one of `counts`: a key of `COUNTS[len(inputs)]`.

    absent: those of the inputs that count where they are not on the plate: at least two of coffee, pizza and no chili.
    """

    inputs: tuple[int, ...]
    counts: tuple[int, ...]
    absent: tuple[int, ...] = ()


@dataclass(frozen=True)
class Not:
    """The opposite."""

    of: "Formula"


@dataclass(frozen=True)
class And:
    """All of these."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True)
class Or:
    """At least one of these."""

    parts: tuple["Formula", ...]


Formula: TypeAlias = Constant | Input | Only | Count | Not | And | Or

# How many of two or of three inputs are on the plate: the counts for which the formula holds, and what they are called.
COUNTS = MappingProxyType(
    {
        2: {(1,): "exactly one of {}", (0, 2): "{} if and only if {}"},
        3: {
            (1,): "exactly one of {}",
            (2,): "exactly two of {}",
            (0, 1): "at most one of {}",
            (0, 2): "an even number of {}",
            (0, 3): "all or none of {}",
            (1, 2): "one or two of {}",
            (1, 3): "an odd number of {}",
            (2, 3): "at least two of {}",
        },
    }
)


def holds(formula: Formula, plate: Sequence[float]) -> bool:
    """Whether a formula is true of a plate, which is a number for each input, 0 or 1."""
    match formula:
        case Constant(value):
            return value
        case Input(at):
            return bool(plate[at])
        case Only(at):
            return all(bool(value) == (other == at) for other, value in enumerate(plate))
        case Count(inputs, counts, absent):
            return sum(bool(plate[at]) != (at in absent) for at in inputs) in counts
        case Not(of):
            return not holds(of, plate)
        case And(parts):
            return all(holds(part, plate) for part in parts)
        case Or(parts):
            return any(holds(part, plate) for part in parts)


def in_words(formula: Formula, names: Sequence[str]) -> str:
    """A formula in English, with these names for the inputs."""
    match formula:
        case Constant(value):
            return "always" if value else "never"
        case Input(at):
            return names[at]
        case Only(at, inputs):
            return plate_name([other == at for other in range(inputs)], names[:inputs])
        case Count(inputs, counts, absent):
            pattern, called = COUNTS[len(inputs)][counts], [names[at] for at in inputs if at not in absent]
            called += [f"no {names[at]}" for at in absent]
            return pattern.format(*([enumerated(called)] if pattern.count("{}") == 1 else called))
        case Not(Or(parts)) if all(isinstance(part, Input) for part in parts):
            return f"neither {' nor '.join(in_words(part, names) for part in parts)}"
        case Not(of):
            return f"not {_as_part(of, names)}"
        case And(parts):
            return " and ".join(_as_part(part, names) for part in parts)
        case Or(parts):
            return " or ".join(_as_part(part, names) for part in parts)


def _as_part(formula: Formula, names: Sequence[str]) -> str:
    text = in_words(formula, names)
    clear = isinstance(formula, Input | Only) or (isinstance(formula, Not) and not text.startswith("neither"))
    return text if clear else f"({text})"


def length(formula: Formula) -> int:
    """How many words it takes to say a formula. Parentheses are no words."""
    match formula:
        case Only(_, inputs):
            # As if it were spelt out: as short as it looks, it would take the place of formulas that say more.
            return 2 * inputs
        case Not(of):
            return 1 + length(of)
        case And(parts) | Or(parts):
            return sum(map(length, parts)) + len(parts) - 1
        case _:
            return len(in_words(formula, LETTERS).split())


@dataclass(frozen=True)
class Rule:
    """What a neuron answers: a formula that is right about every plate it has decided, and the others.

    undecided: their numbers, in counting order, 0 for the empty plate.
    """

    formula: Formula
    undecided: tuple[int, ...]
    names: tuple[str, ...]

    @property
    def text(self) -> str:
        """The rule in words: coffee and not chili; undecided at coffee alone."""
        if len(self.undecided) == 2 ** len(self.names):
            return "undecided at every plate"
        undecided = [plate_name(plate, self.names) for plate in _plates(len(self.names))]
        at = enumerated([undecided[number] for number in self.undecided])
        return f"{in_words(self.formula, self.names)}{f'; undecided at {at}' if at else ''}"

    def holds(self, plate: Sequence[float]) -> bool:
        """What the formula says of a plate, one number for each name, 0 or 1."""
        return holds(self.formula, plate)


def says(activations: ArrayLike, activation: str | Activation = SIGMOID) -> NDArray[np.int_]:
    """What neurons of this kind say with their activations: 1 for yes, −1 for no, 0 for undecided; same shape.

    The middle is where the weighted sum is 0: one half for the sigmoid, 0 for tanh. A ReLU says no where it is written
    0.00, else yes. Raises ValueError for no numbers or an unknown activation.
    """
    values, kind = numbers("activations", activations), activation_named(activation)
    if kind is RELU:
        return np.where(values < UNDECIDED_WITHIN, -1, 1)
    away = values / 2 if kind is TANH else values - 0.5
    return np.where(np.abs(away) < UNDECIDED_WITHIN, 0, np.sign(away)).astype(int)


def rule(answers: Sequence[bool | None], names: Sequence[str]) -> Rule:
    """The shortest rule for these answers to all plates, in counting order: True, False, or None where undecided.

    What the formula says of an undecided plate means nothing: it is whatever makes it short, and the plate is named.
    Raises ValueError where there are no names or more than three, or not an answer for each of their plates.
    """
    called = _checked(names)
    given = [None if answer is None else flag("each of answers", answer) for answer in listed("answers", answers)]
    if len(given) != 2 ** len(called):
        raise ValueError(f"answers must be {2 ** len(called)}, one for each plate, got {shown(answers)} instead")
    formulas = _shortest(len(called))
    fitting = (
        table
        for table in range(len(formulas))
        if all(answer in (None, bool(table >> plate & 1)) for plate, answer in enumerate(given))
    )
    shortest = min(fitting, key=lambda table: len(in_words(formulas[table], called)))
    undecided = tuple(plate for plate, answer in enumerate(given) if answer is None)
    return Rule(formulas[shortest], undecided, called)


def all_rules(names: Sequence[str]) -> tuple[str, ...]:
    """The shortest rules for all possible answers, in words.

    Rule number t is that for the answers which say yes to plate p, in counting order, where t has the bit 2**p. Where
    plates are undecided, `rule` takes the shortest text among the rules that fit, the first of several.
    Raises ValueError where there are no names or more than three.
    """
    called = _checked(names)
    return tuple(in_words(formula, called) for formula in _shortest(len(called)))


def plate_name(plate: Sequence[float], names: Sequence[str]) -> str:
    """A plate in a sentence: coffee + chili, coffee alone, the empty plate."""
    on_it = [name for name, value in zip(names, plate, strict=True) if value]
    return " + ".join(on_it) if len(on_it) > 1 else f"{on_it[0]} alone" if on_it else "the empty plate"


def enumerated(things: Sequence[str], last: str = "and") -> str:
    """Several things in a sentence: coffee, pizza and chili."""
    return f" {last} ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else things)


def _checked(names: Sequence[str]) -> tuple[str, ...]:
    called = tuple(listed("names", names))
    whole_number("the number of names", len(called), 1, MOST_INPUTS)
    return called


def _plates(inputs: int) -> Iterator[Plate]:
    return product((False, True), repeat=inputs)


@cache
def _shortest(inputs: int) -> tuple[Formula, ...]:
    """A formula of the fewest words for each of the 2**(2**inputs) possible answers, in the order of `all_rules`.

    An exhaustive search: first all answers that have a formula of one word, then of two, and so on. A longer formula is
    a shorter one negated, or two shorter ones joined. After Knuth, The Art of Computer Programming, volume 4A, section
    7.1.2, algorithm L, "find normal lengths", with words for operators. Among formulas of equally many words the one
    with fewer letters is taken.
    """
    atoms: list[Formula] = [Constant(False), Constant(True), *map(Input, range(inputs))]
    atoms += [Only(at, inputs) for at in (None, *range(inputs))]
    for size, patterns in COUNTS.items():
        atoms += [Count(some, counts) for some in combinations(range(inputs), size) for counts in patterns]
    if inputs == 3:
        # The other majorities: what a neuron with three equal weights, not all of one sign, says.
        atoms += [Count((0, 1, 2), (2, 3), some) for size in (1, 2) for some in combinations(range(3), size)]
    everything = 2 ** (2**inputs) - 1
    found: dict[int, Formula] = {}
    of_length: list[list[int]] = [[]]
    while len(found) <= everything:
        words = len(of_length)
        offers = [(_table(atom, inputs), atom) for atom in atoms if length(atom) == words]
        offers += [(everything - table, Not(found[table])) for table in of_length[-1]]
        for first in range(1, (words + 1) // 2):
            for a, b in product(of_length[first], of_length[words - 1 - first]):
                for table, kind in ((a & b, And), (a | b, Or)):
                    if table not in found:
                        offers.append((table, _joined(kind, found[a], found[b])))
        # The last of equal tables stays: the one of the fewest letters.
        offers.sort(key=lambda offer: len(in_words(offer[1], LETTERS)), reverse=True)
        new = {table: formula for table, formula in offers if table not in found}
        found |= new
        of_length.append(list(new))
    return tuple(found[table] for table in range(everything + 1))


def _table(formula: Formula, inputs: int) -> int:
    """What the formula says of every plate: the number of its answers in `all_rules`."""
    return sum(holds(formula, plate) << number for number, plate in enumerate(_plates(inputs)))


def _joined(kind: type[And] | type[Or], *formulas: Formula) -> Formula:
    """Their parts side by side, in the order in which one says it: coffee and chili and not pizza."""
    parts = [part for formula in formulas for part in (formula.parts if isinstance(formula, kind) else [formula])]
    in_order = sorted(parts, key=lambda part: (not isinstance(part, Input), length(part), in_words(part, LETTERS)))
    return kind(tuple(in_order))
