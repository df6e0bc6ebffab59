// The link says where the page stands. Replaced, not pushed: “back” leaves the page, as people expect.
function writeLink(name, value) {
  const link = new URL(location.href);
  if (value === null) link.searchParams.delete(name);
  else link.searchParams.set(name, value);
  if (link.href !== location.href) history.replaceState(history.state, "", link);
}
