// A text with buttons in it: tells Python which changes of settings the pressed one stands for.

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
    if (button && !document.body.hasAttribute("data-offline")) setTriggerValue("changes", button.dataset.changes);
  };
}
