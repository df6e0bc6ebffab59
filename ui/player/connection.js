// Tells when the connection to the server is lost and when it is there again. Meanwhile the page's body says so, for
// whatever else would ask the server for something.
// `data-test-connection-state` is Streamlit's own; where it is gone, the player does without.
function watchConnection({ lost, connecting, restored, signal }) {
  const app = document.querySelector("[data-test-connection-state]");
  if (!app) return;
  const watcher = new MutationObserver(() => {
    const state = app.dataset.testConnectionState;
    const wasOffline = document.body.hasAttribute("data-offline");
    const isOffline = document.body.toggleAttribute("data-offline", state !== "CONNECTED");
    if (isOffline && !wasOffline) lost();
    if (state === "CONNECTING") connecting();
    if (!isOffline && wasOffline) restored();
  });
  watcher.observe(app, { attributeFilter: ["data-test-connection-state"] });
  signal.addEventListener("abort", () => watcher.disconnect());
}
