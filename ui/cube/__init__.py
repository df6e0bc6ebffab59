"""The cube of the eight plates, as an SVG; `ui/charts/cube.py` says what it shows."""

from nnlib.rules import all_rules
from ui.picture import picture
from ui.settings import INGREDIENTS

cube = picture("cube", "cube/polygon.js", RULES=all_rules(INGREDIENTS))
