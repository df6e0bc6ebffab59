// The address says where the page stands. `parameters` are all of the page's: name → text, null for a default.
// Replaced, not pushed: “back” leaves the page, as people expect. Written here and not by Streamlit, which would have
// React draw the whole page once more for it, before the server hears of a change.
function writeLink(parameters) {
  const link = linkTo(parameters);
  if (link !== location.href) history.replaceState(history.state, "", link);
}

// The address with these parameters, and whatever else it has.
function linkTo(parameters) {
  const link = new URL(location.href);
  const others = [...link.searchParams].filter(([name]) => !(name in parameters));
  const own = Object.entries(parameters).filter(([, value]) => value !== null);
  link.search = new URLSearchParams([...own, ...others]);
  return link.href;
}

// Streamlit goes on sending the query that a visit began with, until a `popstate` event makes it read the address again.
// It also asks for a rerun then; without a connection it only logs that it can't.
function haveStreamlitReadLink() {
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}
