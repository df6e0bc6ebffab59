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

const SAYS = { 1: "happy", 0: "undecided", "-1": "unhappy" };

// The network's answer in a word, and how sure it is of that word: Happy, 95 %.
function answerIn(prediction) {
  const sure = Math.max(prediction, 1 - prediction);
  const word = { 1: "Happy", 0: "Undecided", "-1": "Not happy" }[says(prediction)];
  return `${word}, ${sure > 0.99 ? "over 99" : (100 * sure).toFixed(0)} %`;
}

// How many plates of the training data are right, wrong and undecided. data: y, n or - for each plate.
function countVerdicts(answers, data) {
  const count = { all: 0, right: 0, wrong: 0, undecided: 0 };
  answers.forEach((prediction, plate) => {
    if (data[plate] === "-") return;
    count.all += 1;
    count[{ 1: "right", "-1": "wrong", 0: "undecided" }[verdict(prediction, data[plate] === "y")]] += 1;
  });
  return count;
}

// 5 of 5 right, or 3 of 5 right, 1 wrong, 1 undecided.
function countedInWords({ all, right, wrong, undecided }) {
  const others = Object.entries({ wrong, undecided }).filter(([, count]) => count);
  return [`${right} of ${all} right`, ...others.map(([word, count]) => `${count} ${word}`)].join(", ");
}

// Since when something holds. first: the first epoch at which it does; forGood: the one from which it does to the end;
// null where there is none.
function milestoneInWords({ first, forGood }, epoch, isLast, holdsNow) {
  if (first === null || epoch < first) return isLast ? "not in this run" : "not yet";
  if (first === forGood) return `from epoch ${whole(first)}`;
  if (forGood !== null && epoch >= forGood) return `for good from epoch ${whole(forGood)}`;
  return `first at epoch ${whole(first)}${holdsNow ? "" : ", not now"}`;
}
