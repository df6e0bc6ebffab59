"""The page's colours: one for each ingredient and one for each sign, readable on light and dark."""

COLOURS = {"coffee": "#0F8B8D", "pizza": "#C77700", "chili": "#C2347A", "bias": "#7A7F92"}
NEGATIVE, POSITIVE = "#DD5A2B", "#2F7ED8"
UNLIT = "#8A8D9C"
NEUTRAL = "#7A7F92"
ACCENT = "#7C5CFC"
HAPPY, UNHAPPY = POSITIVE, NEGATIVE


def faint(colour: str, opacity: float = 0.38) -> str:
    """`colour`, given as #RRGGBB, as a translucent one."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"
