// Where labels in a row stand, each as near as can be to where it is wanted, none on another.

// wanted: the middles, in ascending order. Returns the middles at least `gap` apart, from `low` to `high`.
function spread(wanted, gap, low, high) {
  // Without the gaps they have only to be in order: neighbours out of order share their mean (isotonic regression).
  const blocks = [];
  wanted.forEach((middle, index) => {
    let block = { sum: middle - index * gap, count: 1 };
    while (blocks.length && blocks.at(-1).sum / blocks.at(-1).count >= block.sum / block.count) {
      const before = blocks.pop();
      block = { sum: before.sum + block.sum, count: before.count + block.count };
    }
    blocks.push(block);
  });
  const last = high - (wanted.length - 1) * gap;
  const means = blocks.flatMap(({ sum, count }) => Array(count).fill(sum / count));
  return means.map((mean, index) => Math.max(low, Math.min(last, mean)) + index * gap);
}
