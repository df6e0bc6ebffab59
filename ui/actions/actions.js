// A text with buttons in it: tells Python which changes of settings the pressed one stands for. Within a run the player
// leads: a button that only goes to an epoch moves the player, which tells Python.

const written = new WeakMap();

export default function actions({ data, parentElement, setTriggerValue }) {
  const text = parentElement.querySelector(".text");
  // Only a new text: the focus may be on a button of the old one.
  if (written.get(text) !== data.html) {
    text.innerHTML = data.html;
    written.set(text, data.html);
  }
  text.onclick = ({ target }) => {
    const button = target.closest("button[data-changes]");
    if (!button) return;
    const { changes } = button.dataset;
    const epoch = /^epoch=(\d+)$/.exec(changes);
    if (epoch) document.dispatchEvent(new CustomEvent("playermove", { detail: Number(epoch[1]) }));
    else if (!document.body.hasAttribute("data-offline")) setTriggerValue("changes", changes);
  };
}
