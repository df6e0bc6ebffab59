"""Every weight over the epochs, as an SVG; `ui/charts/strips.py` says what it shows."""

from ui.palette import HAPPY, UNHAPPY
from ui.picture import picture

strips = picture("strips", "player/decoder.js", "sigmoid/spread.js", POSITIVE=HAPPY, NEGATIVE=UNHAPPY)
