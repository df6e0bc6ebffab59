// Tells when the connection to the server is lost and when it is there again.
// `data-test-connection-state` is Streamlit's own; where it is gone, the player does without.
function watchConnection({ lost, restored, signal }) {
  const app = document.querySelector("[data-test-connection-state]");
  if (!app) return;
  const watcher = new MutationObserver(() => {
    const state = app.dataset.testConnectionState;
    if (state === "CONNECTED") restored();
    else lost();
  });
  watcher.observe(app, { attributeFilter: ["data-test-connection-state"] });
  signal.addEventListener("abort", () => watcher.disconnect());
}
