// The scene that `encoder.py` writes: eight bytes of length, that much JSON, then the arrays, each from a multiple of 8 on.

const TYPES = { f8: Float64Array, f4: Float32Array, u2: Uint16Array };

function decode(message) {
  const bytes = message.slice().buffer;
  const length = new DataView(bytes).getUint32(0, true);
  const scene = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length)));
  let offset = 8 + length;
  const arrays = scene.arrays.map(([type, size]) => {
    const array = new TYPES[type](bytes, offset, size / TYPES[type].BYTES_PER_ELEMENT);
    offset += Math.ceil(size / 8) * 8;
    return array;
  });
  return {
    ...scene,
    frames: arrays[scene.frames],
    series: Object.fromEntries(
      Object.entries(scene.series).map(([name, { columns, ...each }]) => [name, { values: numbersOf(each, columns, arrays), columns }]),
    ),
    charts: scene.charts.map((chart) => ({
      ...chart,
      grows: chart.grows.map((grow) => ({ ...grow, x: arrays[grow.x], y: arrays[grow.y], now: arrays[grow.now] })),
      moves: chart.moves.map((move) => ({ ...move, values: arrays[move.values] })),
    })),
  };
}

// All numbers of a series: as they are sent, or, of many columns, rounded to steps but for the frames near the present.
function numbersOf({ values, near, rounded, low, step }, columns, arrays) {
  if (rounded === undefined) return arrays[values];
  const numbers = Float32Array.from(arrays[rounded], (steps, at) => arrays[low][at % columns] + steps * arrays[step][at % columns]);
  arrays[near].forEach((frame, row) => numbers.set(arrays[values].subarray(row * columns, (row + 1) * columns), frame * columns));
  return numbers;
}

// What a network answers to the weighted sum z of its output.
const sigmoid = (z) => 1 / (1 + Math.exp(-z));

// The numbers of one series at one frame.
const rowOf = ({ values, columns }, frame) => values.subarray(frame * columns, (frame + 1) * columns);

// The last of `frames` that is not after `epoch`.
function lastFrame(frames, epoch) {
  let low = 0;
  let high = frames.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (frames[middle] <= epoch) low = middle;
    else high = middle - 1;
  }
  return low;
}
