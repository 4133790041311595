"""Accents that a file draws beside or over their letters, as TeX's older fonts do: `f¨ur` is `für`."""

import re
from collections.abc import Sequence
from typing import Final, Protocol
from unicodedata import normalize

from pactreader.formats.readers.pdf.characters.pdfium_text import NOTHING, Box

_COMBINING: Final = {
    "`": "\u0300",
    "\u00b4": "\u0301",
    "\u02c6": "\u0302",
    "^": "\u0302",
    "\u02dc": "\u0303",
    "~": "\u0303",
    "\u00af": "\u0304",
    "\u02d8": "\u0306",
    "\u02d9": "\u0307",
    "\u00a8": "\u0308",
    "\u02da": "\u030a",
    "\u02dd": "\u030b",
    "\u02c7": "\u030c",
    "\u00b8": "\u0327",
    "\u02db": "\u0328",
}
"""Accents that stand alone, and those that combine with a letter."""
_ACCENT: Final = re.compile(f"[{re.escape(''.join(_COMBINING))}]")
_ACCENTED: Final = re.compile(rf"(?P<before>[^\W\d_])?(?P<accent>{_ACCENT.pattern})(?P<after>[^\W\d_])?")
_DOTLESS: Final = {"\u0131": "i", "\u0237": "j"}


class _Characters(Protocol):
    def boxes(self, indices: Sequence[int]) -> list[Box]:
        """Return the boxes of some characters."""


def with_accents(text: str, page: _Characters) -> str:
    """Return the text of a page with accents composed with the letters that they are drawn over, and nothing for them.

    One for which Unicode has no letter stays, as `p˜` does: a part of it may be drawn on another baseline.
    """
    if not _ACCENT.search(text):
        return text
    letters = list(text)
    for match in _ACCENTED.finditer(text):
        at = match.start("accent")
        near = [index for index in (at + 1, at - 1) if match["after" if index > at else "before"]]
        for index in near:
            if _is_over(*page.boxes([at, index])):
                letter = _DOTLESS.get(letters[index], letters[index])
                composed = normalize("NFC", letter + _COMBINING[match["accent"]])
                if len(composed) == 1:
                    letters[at], letters[index] = NOTHING, composed
                    break
    return "".join(letters)


def _is_over(accent: Box, letter: Box) -> bool:
    """Return whether an accent is drawn over a letter and not beside it."""
    return letter[0] < (accent[0] + accent[2]) / 2 < letter[2]
