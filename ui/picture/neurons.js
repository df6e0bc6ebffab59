// What a network's neurons answer, worked out in the browser from the parameters of a frame; and which neuron is chosen.
// A network is { layers, bias, activation }; a neuron is { layer, number }, both from 0, the first hidden layer being 0.

// For each activation: the function; what an answer is worth as a shade, from −1 to 1; and whether the neuron fires, by
// the same margin that leaves a prediction undecided: 1 yes, −1 no, 0 neither. The rule also stands in `nnlib.rules.says`.
const ACTIVATIONS = {
  sigmoid: { function: (z) => 1 / (1 + Math.exp(-z)), shade: (a) => 2 * a - 1, fires: says },
  tanh: { function: Math.tanh, shade: (a) => a, fires: (a) => says((a + 1) / 2) },
  relu: { function: (z) => Math.max(0, z), shade: (a) => a / (1 + a), fires: (a) => (a < UNDECIDED_WITHIN ? -1 : 1) },
};

// The colour of what pushes towards happy (1), against it (−1) or neither way (0): see `picture.css`.
const COLOURED = { 1: "happy", 0: "neutral", "-1": "unhappy" };

const isOutput = ({ layers }, { layer }) => layer === layers.length - 2;
const activationOf = (network, neuron) => ACTIVATIONS[isOutput(network, neuron) ? "sigmoid" : network.activation];

// Every neuron, from the first layer to the output.
function neuronsOf({ layers }) {
  return layers.slice(1).flatMap((count, layer) => Array.from({ length: count }, (_, number) => ({ layer, number })));
}

// { weights, bias } of one neuron. Parameters come layer by layer: the weights, input by input, then the biases.
function parametersOf({ layers, bias }, parameters, { layer, number }) {
  let begin = 0;
  for (let before = 0; before < layer; before += 1) begin += (layers[before] + bias) * layers[before + 1];
  const [inputs, neurons] = [layers[layer], layers[layer + 1]];
  const at = (input) => parameters[begin + input * neurons + number];
  return { weights: Array.from({ length: inputs }, (_, input) => at(input)), bias: bias ? at(inputs) : 0 };
}

// How many parameters there are.
const countOf = ({ layers, bias }) => layers.slice(1).reduce((sum, count, layer) => sum + (layers[layer] + bias) * count, 0);

// What is added up for some inputs.
const weightedSum = ({ weights, bias }, inputs) => weights.reduce((sum, weight, index) => sum + weight * inputs[index], bias);

// For one plate, the inputs and then the answers of every layer.
function answersOf(network, parameters, inputs) {
  const answers = [inputs];
  network.layers.slice(1).forEach((count, layer) => {
    answers.push(
      Array.from({ length: count }, (_, number) => {
        const neuron = { layer, number };
        const z = weightedSum(parametersOf(network, parameters, neuron), answers[layer]);
        return activationOf(network, neuron).function(z);
      }),
    );
  });
  return answers;
}

// The inputs of plate number `plate`: 5 is 101, coffee and chili.
const inputsOf = (plate, count) => Array.from({ length: count }, (_, input) => (plate >> (count - 1 - input)) & 1);

// What to call a neuron: neuron 2, with several hidden layers neuron 1.2, and the output by what it answers.
function nameOf({ layers }, { layer, number }) {
  if (layer === layers.length - 2) return "happy?";
  return layers.length > 3 ? `neuron ${layer + 1}.${number + 1}` : `neuron ${number + 1}`;
}

// --- the neuron chosen to be looked at ---------------------------------------------------------------------------------

const slugOf = ({ layer, number }) => `${layer + 1}-${number + 1}`;

// What was chosen here goes before what a scene brings, which may be the answer to something earlier.
function chosenIn(scene) {
  const asked = window.neuronAsked;
  if (asked?.run !== scene.run || asked.neuron === scene.neuron) delete window.neuronAsked;
  return window.neuronAsked ? asked.neuron : scene.neuron;
}

// Choose a neuron for all pictures and, as soon as Python has heard of it, for the tabs and the link; or none.
function choose(neuron) {
  const { scene } = window.playerFrame;
  const slug = neuron && slugOf(neuron) !== chosenIn(scene) ? slugOf(neuron) : null;
  window.neuronAsked = { run: scene.run, neuron: slug };
  document.dispatchEvent(new Event("playerframe"));
  if (!document.body.hasAttribute("data-offline")) window.playerScene.choose(slug);
}

// Make an element of a picture a button that chooses a neuron.
function choosing(element, network, neuron, chosen) {
  set(element, {
    role: "button",
    tabindex: 0,
    "aria-pressed": slugOf(neuron) === chosen,
    "aria-label": nameOf(network, neuron),
    "data-neuron": slugOf(neuron),
  });
  element.addEventListener("click", () => choose(neuron));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    choose(neuron);
  });
}
