"""The network on the page, as an SVG; `ui/charts/network.py` says what it shows."""

from ui.picture import picture

network = picture("network", "network/layout.js", "network/formula.js")
