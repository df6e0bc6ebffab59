"""The sigmoid on the page, as an SVG; `ui/charts/sigmoid.py` says what it shows."""

from ui.picture import picture

sigmoid = picture("sigmoid", "sigmoid/spread.js")
