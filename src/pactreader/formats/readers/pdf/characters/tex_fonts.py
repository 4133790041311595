"""The glyphs of TeX's fonts of mathematical signs, which many files leave without letters.

pdfium then tells the code of the glyph: `k` for a parallel line, `P` for a sum. The tables are those of the encodings OMS
and OMX (The TeXbook, appendix F).
"""

import re
from collections.abc import Mapping
from typing import Final

_SIGNS: Final = str.maketrans("023:;?fghijk", "′∈∋¬∅⊥{}⟨⟩|‖")
"""Those of CMSY that are no capitals, which are letters there too."""
_DELIMITERS: Final = dict(
    zip(
        (*range(0x09), *range(0x0E, 0x20), *range(0x21, 0x30)),
        "()[]⌊⌋⌈⌉{" + "/\\()()[]⌊⌋⌈⌉{}⟨⟩()" + ")[]⌊⌋⌈⌉{}⟨⟩/\\/\\",
        strict=False,
    )
)
LARGE_SIGNS: Final = _DELIMITERS | str.maketrans(
    "0123456789:;<=>@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstz{|}",
    "⎛⎞⎡⎤⎣⎦⎢⎥⎧⎫⎩⎭⎨⎬⎪⎝⎠⎜⎟⟨⟩⊔⊔∮∮⊙⊙⊕⊕⊗⊗∑∏∫⋃⋂⨄⋀⋁∑∏∫⋃⋂⨄⋀⋁∐∐ˆˆˆ˜˜˜[]⌊⌋⌈⌉{}√√√√√⏞⏞⏟⏟",
)
"""Those of CMEX, each in two sizes or more, and pieces of the largest."""
_TABLES: Final = (
    (re.compile(r"(?:CM|LM)(?:SY|MathSymbols)\d"), _SIGNS),
    (re.compile(r"(?:CM|LM)(?:EX|MathExtension)\d"), LARGE_SIGNS),
)


def mathematical_signs(font: str) -> Mapping[int, str | int]:
    """Return the signs of a font by the codes that pdfium tells, for `str.translate`; none for most fonts.

    Args:
        font: The name of the font, without the tag of its subset.
    """
    return next((table for pattern, table in _TABLES if pattern.match(font)), {})
