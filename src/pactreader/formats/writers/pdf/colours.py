"""The colours of highlights on paper."""

from collections.abc import Mapping
from typing import Final

_COLOURS: Final[Mapping[str, str]] = {
    "yellow": "#ffe9a0",
    "green": "#cdeed4",
    "blue": "#d2e6fb",
    "red": "#fbd5cf",
    "magenta": "#ecd8f6",
    "orange": "#ffd7ad",
}
"""The colours of labels by their names: those of the light theme on the screen."""
_NO_COLOUR: Final = "#f1ebdd"
"""The colour of labels without one, and of notes on the whole article: that of the caret's sentence in the light theme."""
_SHARE: Final = 0.28
"""The share of another colour that is mixed with white, as on the screen, so that the darkest leaves text readable."""
_WHITE: Final = 255


def paper_colour(colour: str) -> str:
    """Return the colour of a label's highlights on paper, as `#rrggbb`.

    Args:
        colour: The label's colour: a name in `COLOURS`, or `#rrggbb`, which is made lighter; empty for none.
    """
    if not colour.startswith("#"):
        return _COLOURS.get(colour, _NO_COLOUR)
    parts = bytes.fromhex(colour.removeprefix("#"))
    return f"#{bytes(round(_WHITE - (_WHITE - part) * _SHARE) for part in parts).hex()}"
