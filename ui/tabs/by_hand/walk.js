// Reveals the lines of a walk one by one. How far the reader has come stays as it is when the numbers change.

const revealed = new WeakMap();

export default function walk({ data, parentElement }) {
  const list = parentElement.querySelector("ol");
  const button = parentElement.querySelector("button");

  function show(count) {
    const lines = [...list.children];
    revealed.set(list, count);
    lines.forEach((line, place) => (line.hidden = place >= count));
    button.textContent = count < lines.length ? "Next step" : "Start over";
    button.onclick = () => show(count < lines.length ? count + 1 : 1);
  }

  list.innerHTML = data.html;
  show(Math.min(revealed.get(list) ?? 1, list.children.length));
}
