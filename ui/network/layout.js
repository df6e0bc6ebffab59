// Where the nodes of a network stand, and between which of them there are edges, for any number of layers.

const LARGEST = 17;
const OUTPUT = 28;

// layers: how many nodes each has, inputs first. With a bias every layer but the last has one node more, its last.
// Returns nodes, a list for each layer, and edges, each { layer, input, number }: from that input to that neuron.
function layoutOf(layers, bias, { left, right, top, bottom }) {
  const last = layers.length - 1;
  const middle = (top + bottom) / 2;
  const sizeOf = (layer) => layers[layer] + (bias && layer < last ? 1 : 0);
  // No layer is spread out more than the inputs are.
  const gapOf = (layer) => (bottom - top) / (Math.max(sizeOf(0), sizeOf(layer), 2) - 1);
  const radiusOf = (layer) => (layer === last && layers[last] === 1 ? OUTPUT : Math.min(LARGEST, 0.4 * gapOf(layer)));
  const [from, to] = [left + radiusOf(0), right - radiusOf(last)];
  const nodes = layers.map((count, layer) => {
    const [size, gap] = [sizeOf(layer), gapOf(layer)];
    return Array.from({ length: size }, (_, number) => ({
      x: last ? from + ((to - from) * layer) / last : from,
      y: middle + gap * (number - (size - 1) / 2),
      r: radiusOf(layer),
      gap,
      isBias: number === count,
    }));
  });
  const edges = [];
  for (let layer = 0; layer < last; layer += 1) {
    nodes[layer].forEach((begin, input) => {
      nodes[layer + 1].slice(0, layers[layer + 1]).forEach((end, number) => edges.push({ layer, input, number, ...edge(begin, end) }));
    });
  }
  return { nodes, edges };
}

// From the rim of one node to the rim of the other.
function edge(begin, end) {
  const length = Math.hypot(end.x - begin.x, end.y - begin.y);
  const [dx, dy] = [(end.x - begin.x) / length, (end.y - begin.y) / length];
  return {
    begin,
    end,
    x1: begin.x + dx * begin.r,
    y1: begin.y + dy * begin.r,
    x2: end.x - dx * end.r,
    y2: end.y - dy * end.r,
  };
}
