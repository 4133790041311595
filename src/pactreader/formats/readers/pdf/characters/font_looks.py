"""The look of fonts, by their names and flags."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from pactreader.formats.readers.pdf.characters.tex_fonts import mathematical_signs

_BOLD: Final = re.compile(
    r"bold|black|heavy|demi|medi(?!um)|(?:^|-)(?:cm|sf|ec|lm)(?:ss)?b\w*\d|-bd?$", re.IGNORECASE
)
_ITALIC: Final = re.compile(
    r"ital|obliq|slant|-it$|(?:^|-)(?:cm|sf|ec)(?:ss)?(?:bx)?(?:ti|sl|si|i)\d", re.IGNORECASE
)
_MONOSPACED: Final = re.compile(
    r"mono|nimbusmon|cour|consol|typewr|menlo|fixed|(?:^|-)(?:cm|sf|ec)\w*tt|lettergothic|sourcecode|firacode",
    re.IGNORECASE,
)
"""Parts of fonts' names. TeX's have theirs: `CMBX10` is bold, `CMTI10` italic, `CMTT10` like a typewriter."""
_FIXED_PITCH, _ITALIC_FLAG, _FORCE_BOLD = 1 << 0, 1 << 6, 1 << 18
"""The flags of a font descriptor (ISO 32000-2, table 121)."""
_MATHEMATICAL: Final = re.compile(
    r"(?:CM|LM|EU|MS|TX|PX|NEW)(?:MI|SY|EX|[AB]M)|.*(?:Math|Symbol)", re.IGNORECASE
)
"""Fonts whose slope is that of variables in formulas."""

_MAX_CACHED: Final = 256
"""The number of fonts whose looks are kept: those of a file are on many of its pages."""


class FontLook(NamedTuple):
    """The look of a font, and the signs in it."""

    is_bold: bool
    is_italic: bool
    is_monospaced: bool
    signs: Mapping[int, str | int]
    """Its characters by those that pdfium tells, where these are others."""


@lru_cache(_MAX_CACHED)
def look_of_font(name: str, flags: int) -> FontLook:
    """Return the look of a font.

    Args:
        name: Its name, as the file has it.
        flags: The flags of its descriptor.
    """
    name = name.partition("+")[2] or name
    is_mathematical = bool(_MATHEMATICAL.match(name))
    return FontLook(
        bool(_BOLD.search(name) or flags & _FORCE_BOLD),
        not is_mathematical and bool(_ITALIC.search(name) or flags & _ITALIC_FLAG),
        not is_mathematical and bool(_MONOSPACED.search(name) or flags & _FIXED_PITCH),
        mathematical_signs(name),
    )
