// Where the plane of a neuron, weights · x + bias = 0, cuts the cube of the plates.

// The twelve edges of the cube, each as the numbers of its two plates, which differ in one input.
const CUBE_EDGES = [1, 2, 4].flatMap((bit) => Array.from({ length: 8 }, (_, plate) => plate).filter((plate) => !(plate & bit)).map((plate) => [plate, plate | bit]));

// The corners of the cut, as points of three coordinates, in the order in which they go round in `project`, which takes a
// point to the plane of the screen. None where the plane misses the cube, or there is no plane.
function cutOf({ weights, bias }, project) {
  const sum = (plate) => weightedSum({ weights, bias }, inputsOf(plate, 3));
  const found = new Map();
  for (const [one, other] of CUBE_EDGES) {
    const [from, to] = [sum(one), sum(other)];
    // On both sides of 0, or at 0: a plane that holds the whole edge cuts it nowhere.
    if (from === to || from * to > 0) continue;
    const share = from / (from - to);
    const point = inputsOf(one, 3).map((input, axis) => input + share * (inputsOf(other, 3)[axis] - input));
    found.set(point.join(), point);
  }
  const points = [...found.values()].map((point) => ({ point, at: project(point) }));
  const middle = [0, 1].map((axis) => points.reduce((total, { at }) => total + at[axis], 0) / points.length);
  const angle = ({ at }) => Math.atan2(at[1] - middle[1], at[0] - middle[0]);
  return points.sort((one, other) => angle(one) - angle(other)).map(({ point }) => point);
}
