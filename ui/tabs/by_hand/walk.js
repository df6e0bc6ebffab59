// Reveals the lines of a walk one by one. How far the reader has come stays as it is when the numbers change.

const revealed = new WeakMap();
const written = new WeakMap();

export default function walk({ data, parentElement }) {
  const list = parentElement.querySelector("ol");
  const button = parentElement.querySelector("button");

  function show(count) {
    const lines = [...list.children];
    revealed.set(list, count);
    lines.forEach((line, place) => (line.hidden = place >= count));
    button.textContent = count < lines.length ? "Next step" : "Start over";
    button.onclick = () => {
      // Read out what the reader asks for, not every number that changes while the player moves.
      list.ariaLive = "polite";
      show(count < lines.length ? count + 1 : 1);
    };
  }

  if (written.get(list) !== data.html) {
    list.ariaLive = "off";
    list.innerHTML = data.html;
    written.set(list, data.html);
  }
  show(Math.min(revealed.get(list) ?? 1, list.children.length));
}
