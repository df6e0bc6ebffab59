// The link says where the page stands: `values` are its parameters, name → text, null where the page is at its default.
// Replaced, not pushed: “back” leaves the page, as people expect. Written here and not by Streamlit, which would have
// React draw the whole page once more for it, before the server hears of a change.
function writeLink(values) {
  const link = new URL(location.href);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) link.searchParams.delete(name);
    else link.searchParams.set(name, value);
  }
  if (link.href !== location.href) history.replaceState(history.state, "", link);
}
