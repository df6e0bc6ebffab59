// Tells when the connection to the server is lost, when it is tried anew, and when it is there again.
// `data-test-connection-state` is Streamlit's own; where it is gone, the player does without.
function watchConnection({ lost, connecting, restored, signal }) {
  const app = document.querySelector("[data-test-connection-state]");
  if (!app) return;
  let isConnected = true;
  const watcher = new MutationObserver(() => {
    const state = app.dataset.testConnectionState;
    const wasConnected = isConnected;
    isConnected = state === "CONNECTED";
    if (wasConnected && !isConnected) lost();
    if (state === "CONNECTING") connecting();
    if (!wasConnected && isConnected) restored();
  });
  watcher.observe(app, { attributeFilter: ["data-test-connection-state"] });
  signal.addEventListener("abort", () => watcher.disconnect());
}
