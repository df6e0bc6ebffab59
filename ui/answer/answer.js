// What the network says to the ticked plate at the player's epoch, and whether it was told.

const TOLD = {
  y: "It was told this plate: happy.",
  n: "It was told this plate: not happy.",
  "-": "It was never told this plate, so nobody can say whether that is right.",
};

const mounted = new WeakMap();

export default function answer({ parentElement }) {
  if (!mounted.has(parentElement)) mounted.set(parentElement, followPlayer(parentElement, (frame) => show(parentElement, frame)));
  return () => mounted.get(parentElement).leave(() => mounted.delete(parentElement));
}

function show(root, { epoch, numbers, scene }) {
  const prediction = numbers?.answers[scene.ticked];
  const find = (name) => root.querySelector(`.${name}`);
  find("says").textContent = numbers ? answerIn(prediction) : "…";
  find("says").dataset.says = numbers ? SAYS[says(prediction)] : "";
  find("prediction").textContent = `After epoch ${whole(epoch)}: prediction ${numbers ? number(prediction, 4) : "…"}.`;
  find("told").textContent = TOLD[scene.data[scene.ticked]];
}
