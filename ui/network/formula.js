// The way to a neuron's answer, as it can be followed on a calculator: the products, their sum z, its activation.

const SIGNS = { sigmoid: "σ", tanh: "tanh", relu: "ReLU" };

// A value as it is printed, as a whole number of hundredths.
const hundredths = (value) => Math.round(Number(value.toFixed(2)) * 100);

// In lines that `fits`. inputs: numbers; those that are 0 add nothing and are left out. areWhole: whether they are 0 or 1.
// z, answer: as the network has them. name: what stands before it all. What follows “=” follows from the digits printed before it.
function formulaOf({ inputs, areWhole, weights, bias, hasBias, activation, z, answer, name }, fits) {
  const terms = weights
    .map((weight, index) => ({ weight, input: areWhole ? 100 * inputs[index] : hundredths(inputs[index]) }))
    .filter(({ input }) => input)
    .map(({ weight, input }) => ({ weight, value: (hundredths(weight) * input) / 100, times: `·${factor(input, areWhole)}` }));
  if (hasBias) terms.push({ weight: bias, value: hundredths(bias), times: "" });
  const products = terms.map(({ weight, times }, index) => {
    const sign = hundredths(weight) < 0 ? "−" : "+";
    return index ? `${sign} ${number(Math.abs(weight), 2)}${times}` : `${name}z = ${number(weight, 2)}${times}`;
  });
  const total = Math.round(terms.reduce((sum, { value }) => sum + value, 0));
  const sum = `${total === hundredths(z) ? "=" : "≈"} ${number(z, 2)}`;
  const squashed = number(ACTIVATIONS[activation].function(hundredths(z) / 100), 2);
  const result = `→ ${SIGNS[activation]}(z) ${squashed === number(answer, 2) ? "=" : "≈"} ${number(answer, 2)}`;
  // Nothing to add up: every input is 0, and there is at most a bias.
  if (terms.every(({ times }) => !times)) return [`${name}z = ${number(z, 2)} ${result}`];
  const [first, ...further] = products;
  const lines = [first];
  for (const product of further) {
    const longer = `${lines.at(-1)} ${product}`;
    if (fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(product);
  }
  return [...lines, `${sum} ${result}`];
}

function factor(input, areWhole) {
  if (areWhole) return String(input / 100);
  return input < 0 ? `(${number(input / 100, 2)})` : number(input / 100, 2);
}
