// The address says where the page stands. `parameters` are those of its query: name → text, null for a default.
// Replaced, not pushed: “back” leaves the page, as people expect. Written here and not by Streamlit, which would have
// React draw the whole page once more for it, before the server hears of a change.
function writeLink(parameters) {
  const link = new URL(location.href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null) link.searchParams.delete(name);
    else link.searchParams.set(name, value);
  }
  if (link.href !== location.href) history.replaceState(history.state, "", link);
}

// Streamlit goes on sending the query that a visit began with, until a `popstate` event makes it read the address again.
// It also asks for a rerun then; without a connection it only logs that it can't.
function haveStreamlitReadLink() {
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}
