// Hands what Python sent to the player, and a way to answer. A component of its own, so that the player itself travels to
// the browser once, and so that its reports have only that part of the page run which brought the scene.

export default function scene({ data, setTriggerValue }) {
  window.playerScene = { message: data, report: (position) => setTriggerValue("position", position) };
  document.dispatchEvent(new Event("playerscene"));
}
