// The strip of tabs: shows which is open, and tells Python which one is asked for. Arrow keys move along it.

export default function strip({ data, parentElement, setStateValue }) {
  const list = parentElement.querySelector("[role=tablist]");
  const tabs = [...list.children];
  const show = (open) => {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", tab === open);
      tab.tabIndex = tab === open ? 0 : -1;
    }
    // On a narrow screen not all fit: the open one to the middle.
    list.scrollLeft = open.offsetLeft + (open.offsetWidth - list.clientWidth) / 2;
  };
  for (const [place, tab] of tabs.entries()) {
    tab.onclick = () => {
      show(tab);
      // The first tab is open on a page whose link names none.
      writeLink({ tab: place ? tab.textContent : null });
      setStateValue("chosen", tab.textContent);
    };
    tab.onkeydown = ({ key }) => {
      const along = { ArrowLeft: place - 1, ArrowRight: (place + 1) % tabs.length, Home: 0, End: -1 };
      if (key in along) tabs.at(along[key]).focus();
    };
  }
  show(tabs.find((tab) => tab.textContent === data.open));

  // What is below belongs to the open tab, also for a screen reader. On a new page it comes a moment later.
  let request;
  const name = () => {
    const panel = document.querySelector(".st-key-panel");
    panel?.setAttribute("role", "tabpanel");
    panel?.setAttribute("aria-label", data.open);
    if (!panel) request = requestAnimationFrame(name);
  };
  name();
  return () => cancelAnimationFrame(request);
}
