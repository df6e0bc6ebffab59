// Hands what Python sent to the player. A component of its own, so that the player itself travels to the browser once.

export default function scene({ data }) {
  window.playerScene = data;
  document.dispatchEvent(new Event("playerscene"));
}
