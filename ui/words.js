// Those rules of `words.py` that the browser needs while the player moves; `tests/words.json` holds both to them.

const UNDECIDED_WITHIN = 0.005;

// What a prediction says: 1 happy, −1 not happy, 0 neither.
const says = (prediction) => (Math.abs(prediction - 0.5) < UNDECIDED_WITHIN ? 0 : Math.sign(prediction - 0.5));

// Whether a prediction agrees with its label: 1 right, −1 wrong, 0 undecided.
const verdict = (prediction, label) => says(prediction) * (label ? 1 : -1) + 0; // never −0

const MARKS = { 1: "✓", 0: "–", "-1": "✗" };

// A number with so many decimals: 0.42, or with its sign +0.42 and −1.07. What is rounded to 0 has no sign.
function number(value, digits, sign = false) {
  const rounded = Number(value.toFixed(digits)) + 0; // never −0.00
  return `${sign && rounded > 0 ? "+" : ""}${rounded.toFixed(digits)}`.replace("-", "−");
}

// A number that may be very small: 0.0012, or 4.2 × 10⁻⁵.
function small(value, digits = 4) {
  if (value === 0 || Math.abs(value) >= 10 ** -digits) return number(value, digits);
  const [mantissa, exponent] = value.toExponential(1).split("e-");
  return `${mantissa.replace("-", "−")} × 10⁻${exponent.replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit])}`;
}

// A whole number: 5,000.
const whole = (value) => value.toLocaleString("en");
