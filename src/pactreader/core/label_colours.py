"""The label for a colour of another program: the one whose colour is nearest."""

from colorsys import rgb_to_hsv
from typing import Final

from pactreader.core.labels import Labels

_HUES: Final = {"yellow": 50, "green": 120, "blue": 215, "red": 350, "magenta": 285, "orange": 30}
"""The hues of the named colours in degrees, set so that the marker colours of Acrobat, Preview, Okular and Zotero fall to
the colour that one would call them: pink to red, purple to magenta."""
_LEAST_SATURATION: Final = 0.08
"""The saturation (HSV) below which a colour is a grey, without a hue."""
_LEAST_VALUE: Final = 0.15
"""The value (HSV) below which a colour is black, likewise."""


def label_for_colour(labels: Labels, colour: str) -> str:
    """Return the id of the label whose colour is nearest in hue.

    Args:
        labels: The labels, at least one.
        colour: `#rrggbb`; for a grey, or an empty one, it is the first label.
    """
    hues = [(label, hue) for label in labels if (hue := _hue(label.colour)) is not None]
    wanted = _hue(colour)
    if wanted is None or not hues:
        return next(iter(labels)).id
    return min(hues, key=lambda each: _distance(each[1], wanted))[0].id


def _hue(colour: str) -> float | None:
    """Return the hue of a colour in degrees; `None` if it has none."""
    if colour in _HUES:
        return _HUES[colour]
    try:
        red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    except ValueError:
        return None
    hue, saturation, value = rgb_to_hsv(red / 255, green / 255, blue / 255)
    return hue * 360 if saturation >= _LEAST_SATURATION and value >= _LEAST_VALUE else None


def _distance(one: float, other: float) -> float:
    """Return the distance of two hues on the circle, in degrees."""
    return abs((one - other + 180) % 360 - 180)
