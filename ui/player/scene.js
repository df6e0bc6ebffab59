// Hands the player what Python sent, and a way to report back. It is a component of its own for two reasons: the player
// is sent to the browser only once, and a report reruns only the fragment that the scene is part of.

export default function scene({ data, setTriggerValue }) {
  window.playerScene = { message: data, report: (position) => setTriggerValue("position", position) };
  document.dispatchEvent(new Event("playerscene"));
}
