"""Numbers as they are printed, and whether one follows from others: the one place that decides between = and ≈.

A `Printed` is a text, and what a calculator makes of the digits in it. Every sum, product or sigmoid of such numbers is
one again. So a line of the page can be checked as a reader would check it, with nothing but what the reader sees.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from nnlib.checks import Array
from ui import words

# More digits than a float has. A result too large or too small for a calculator is infinite or 0, and no error.
_CALCULATOR = Context(prec=40, traps=[])
_DIGIT_OF = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True)
class Printed:
    """A number or a formula as it stands on the page. value: what its printed digits come to, in decimal arithmetic."""

    text: str
    value: Decimal
    is_sum: bool = False

    @property
    def factor(self) -> str:
        """The text as a factor: in brackets where a calculator would need them."""
        return f"({self.text})" if self.is_sum or self.text.startswith("−") or "×" in self.text else self.text


def number(value: float, digits: int) -> Printed:
    """A number with so many decimals; one that they would show as 0, though it is not, as 4.2 × 10⁻³⁴."""
    text = words.small(value, digits)
    mantissa, _, exponent = text.replace("−", "-").partition(" × 10⁻")
    return Printed(text, Decimal(f"{mantissa}e-{exponent.translate(_DIGIT_OF)}" if exponent else mantissa))


def numbers(values: Array, digits: int) -> list[Printed]:
    """Numbers under each other: all with the same decimals."""
    return [number(value, digits) for value in values.tolist()]


def whole(value: float) -> Printed:
    """A number that needs no rounding: an input, a label, a learning rate."""
    text = f"{value:g}".replace("-", "−")
    return Printed(text, Decimal(f"{value:g}"))


def product(*factors: Printed) -> Printed:
    """The product of `factors`: 2 · (−0.3784) · 0.2352 · 1."""
    value = Decimal(1)
    for factor in factors:
        value = _CALCULATOR.multiply(value, factor.value)
    first, *others = factors
    begin = first.factor if first.is_sum else first.text
    return Printed(" · ".join([begin, *(factor.factor for factor in others)]), value)


def total(terms: Sequence[Printed]) -> Printed:
    """The sum of `terms`, a negative one behind a minus: 1.2794 + 0.8946 − 1.6778."""
    value = Decimal(0)
    for term in terms:
        value = _CALCULATOR.add(value, term.value)
    first, *others = (term.text for term in terms)
    text = first + "".join(f" − {term[1:]}" if term.startswith("−") else f" + {term}" for term in others)
    return Printed(text, value, is_sum=len(terms) > 1)


def difference(minuend: Printed, subtrahend: Printed) -> Printed:
    """One number less another: 1.2794 − (−0.0099)."""
    value = _CALCULATOR.subtract(minuend.value, subtrahend.value)
    return Printed(f"{minuend.text} − {subtrahend.factor}", value, is_sum=True)


def square(root: Printed) -> Printed:
    """A number times itself: (−0.3784)²."""
    return Printed(f"{root.factor}²", _CALCULATOR.multiply(root.value, root.value))


def mean(terms: Sequence[Printed]) -> Printed:
    """The mean of `terms`: (0.12 + 0.05 − 0.03) / 3."""
    added = total(terms)
    value = _CALCULATOR.divide(added.value, Decimal(len(terms)))
    return Printed(f"{added.factor} / {len(terms)}", value)


def sigmoid(z: Printed) -> Printed:
    """The sigmoid of `z`: σ(0.4962), which is 1 / (1 + e⁻ᶻ)."""
    value = _CALCULATOR.divide(Decimal(1), _CALCULATOR.add(Decimal(1), _CALCULATOR.exp(-z.value)))
    return Printed(f"σ({z.text})", value)


def sigmoid_slope(p: Printed) -> Printed:
    """The slope of the sigmoid where it has come to `p`: p · (1 − p)."""
    return product(p, difference(whole(1), p))


def tanh(z: Printed) -> Printed:
    """The hyperbolic tangent of `z`, which is (e²ᶻ − 1) / (e²ᶻ + 1)."""
    shrunk = _CALCULATOR.exp(-2 * abs(z.value))
    size = _CALCULATOR.divide(1 - shrunk, 1 + shrunk)
    return Printed(f"tanh({z.text})", size.copy_sign(z.value))


def tanh_slope(h: Printed) -> Printed:
    """The slope of the hyperbolic tangent where it has come to `h`: 1 − h²."""
    return difference(whole(1), square(h))


def relu(z: Printed) -> Printed:
    """What ReLU makes of `z`, itself where it is above 0 and else 0: max(0, −0.4962)."""
    return Printed(f"max(0, {z.text})", max(Decimal(0), z.value))


def relu_slope(h: Printed) -> Printed:
    """The slope of ReLU where it has come to `h`: 1, or 0 where that is 0."""
    return whole(1 if h.value > 0 else 0)


def sign(calculated: Printed, result: Printed) -> str:
    """Whether `calculated` comes to `result`, rounded to the last digit printed (a half either way): = or ≈."""
    half = Decimal((0, (5,), int(result.value.as_tuple().exponent) - 1))
    return "=" if abs(_CALCULATOR.subtract(calculated.value, result.value)) <= half else "≈"


def equation(calculated: Printed, result: Printed) -> str:
    """The two as a line: 2 · 0.25 = 0.50, or with ≈."""
    return f"{calculated.text} {sign(calculated, result)} {result.text}"


def cells(calculated: Iterable[Printed], results: Iterable[Printed]) -> list[str]:
    """A table's column under a formula: a result that does not follow from the printed digits stands behind ≈."""
    pairs = zip(calculated, results, strict=True)
    return [result.text if sign(formula, result) == "=" else f"≈ {result.text}" for formula, result in pairs]


def decimals(values: Array, significant: int, least: int) -> int:
    """How many decimals show the largest of `values` with so many significant digits, at most 8."""
    return words.decimals(values, significant, least=least, most=8)
