// How the network does on its training data at the player's epoch. What has not been reached yet is not told.

const LOW_COST = 0.01; // as in Python, where the epochs are found

const mounted = new WeakMap();

export default function score({ parentElement }) {
  if (!mounted.has(parentElement)) {
    const find = (name) => parentElement.querySelector(`.${name}`);
    mounted.set(
      parentElement,
      followPlayer(parentElement, (frame) => {
        find("line").replaceChildren(...scoreAt(frame));
        find("run").textContent = `${frame.scene.description}. ${frame.link}`;
      }),
    );
  }
  return () => mounted.get(parentElement).leave(() => mounted.delete(parentElement));
}

function scoreAt({ epoch, numbers, scene }) {
  const { allRight, lowCost } = scene.milestones;
  const isLast = epoch === scene.epochs;
  if (!numbers) return [`epoch ${whole(epoch)} · cost …`];
  const [cost] = numbers.cost;
  const count = countVerdicts(numbers.answers, scene.data);
  const isAllRight = count.right === count.all;
  return [
    `epoch ${whole(epoch)} · cost `,
    strong(small(cost)),
    " · ",
    strong(countedInWords(count), isAllRight ? "good" : ""),
    ` · all right ${milestoneInWords(allRight, epoch, isLast, isAllRight)}`,
    ` · cost below ${LOW_COST} ${milestoneInWords(lowCost, epoch, isLast, cost < LOW_COST)}`,
  ];
}

function strong(text, name = "") {
  const element = document.createElement("b");
  element.className = name;
  element.textContent = text;
  return element;
}
