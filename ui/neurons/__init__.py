"""The table of what every neuron answers, as an SVG; `ui/charts/neurons.py` says what it shows."""

from ui.picture import picture

neurons = picture("neurons")
