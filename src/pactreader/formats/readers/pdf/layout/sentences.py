"""Sentences across lines: a line that ends one, and a line in which one goes on."""

from typing import Final

_ENDS: Final = ".!?:;…。！？：；।۔؟‼⁇"
"""The ends of sentences and of what stands before a list."""
_CLOSERS: Final = "\"'”’»›)]}」』）】⁰¹²³⁴⁵⁶⁷⁸⁹*†‡"
"""Signs behind the end of a sentence: closing quotation marks, brackets, and the marks of footnotes."""
_OPEN_ENDS: Final = ",-‐–—("
"""Signs that no sentence ends with."""


def ends_sentence(text: str) -> bool:
    """Return whether a line ends a sentence: `is it?”` does."""
    return text.rstrip(_CLOSERS)[-1:] in _ENDS if text.rstrip(_CLOSERS) else False


def goes_on(before: str, text: str) -> bool:
    """Return whether a sentence goes on from a line to the next one for sure: in a small letter, or after a comma."""
    if text[0].islower():
        return not before.endswith(".") or before[-4:-1].count(".") > 0
    return before[-1] in _OPEN_ENDS
