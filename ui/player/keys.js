// The keys that play, pause and step, wherever the focus is, unless the focused control uses the key itself.

const ARROW_USERS =
  "input:not([type=checkbox]), select, textarea, [contenteditable], [role=slider], [role=tab], [role=radio], [role=grid], [role=dialog]";
const SPACE_USERS = `${ARROW_USERS}, input, a, button, summary, [role=option]`;

const belongsTo = (target, key) =>
  target instanceof Element && target.closest(key === " " ? SPACE_USERS : ARROW_USERS) !== null;

// The action for a key, from `actions` (key → function), unless the focused control uses the key itself.
function actionFor(event, actions) {
  const target = event.composedPath()[0];
  if (event.ctrlKey || event.metaKey || event.altKey || belongsTo(target, event.key)) return null;
  return actions[event.key] ?? null;
}
