"""The page's colours, declared here and nowhere else.

Two systems: each ingredient has a colour, and so have happy and not happy. Everything else is grey, or the accent.
"""

# For Plotly, which knows no theme: lines and areas that stand out from light and from dark.
COLOURS = {"coffee": "#0F8B8D", "pizza": "#8F4FBF", "chili": "#C2347A", "bias": "#7A7F92"}
HAPPY, UNHAPPY = "#2F7ED8", "#DD5A2B"
NEUTRAL = "#7A7F92"
ACCENT = "#7C5CFC"

# For style sheets, name → (on a light page, on a dark one): words in these colours can be read, and so can words in
# the page's background colour on them.
THEMED = {
    "coffee": ("#0B7476", "#3FC1C0"),
    "pizza": ("#6B2FA8", "#D9B8FF"),
    "chili": ("#B02A6B", "#F27DB2"),
    "bias": ("#5B6072", "#A9AEC0"),
    "happy": ("#2268BA", "#7AB0F0"),
    "unhappy": ("#B8431A", "#F2916B"),
    "neutral": ("#656A7C", "#A3A8BA"),
}


def custom_properties() -> str:
    """The themed colours as a style sheet's custom properties, such as --coffee: inherited by all components."""
    declared = "".join(f"--{name}:light-dark({light},{dark});" for name, (light, dark) in THEMED.items())
    return f":root{{{declared}}}"


def faint(colour: str, opacity: float = 0.38) -> str:
    """`colour`, given as #RRGGBB, as a translucent one."""
    red, green, blue = _parts(colour)
    return f"rgba({red}, {green}, {blue}, {opacity})"


def shades(colour: str, count: int) -> list[str]:
    """`count` shades of `colour`, given as #RRGGBB, evenly from dark to light; a single one is the colour itself."""
    if count == 1:
        return [colour]
    mixes = [-0.3 + 1.0 * number / (count - 1) for number in range(count)]
    return ["#" + "".join(f"{_mixed(part, mix):02X}" for part in _parts(colour)) for mix in mixes]


def ink_on(colour: str) -> str:
    """Black or white, whichever is easier to read on `colour`, given as #RRGGBB."""
    # Black and white are equally easy to read where the relative luminance (WCAG 2) is 0.179.
    linear = [part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in _parts(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if luminance > 0.179 else "#FFFFFF"


def _parts(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _mixed(part: int, mix: float) -> int:
    """A part of a colour, below 0 mixed with black, above with white."""
    return round(part + abs(mix) * ((255 if mix > 0 else 0) - part))
