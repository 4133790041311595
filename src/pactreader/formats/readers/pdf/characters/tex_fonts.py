"""The glyphs of TeX's fonts of mathematical signs, which many files leave without letters.

pdfium then tells the code of the glyph: `k` for a parallel line, `P` for a sum. The tables are those of the encodings OML,
OMS and OMX (The TeXbook, appendix F), and of AMS fonts.
"""

import re
from collections.abc import Mapping
from typing import Final
from unicodedata import normalize

from pactreader.formats.readers.pdf.characters.pdfium_text import NOTHING

SLASH: Final = "\u0338"
"""The slash through the sign that follows in TeX's files, and that it follows in Unicode."""
_LETTERS: Final = str.maketrans("\x0f$%()*+?[\\]^_`", "ϵϖϱ↼↽⇀⇁⋆♭♮♯⌣⌢ℓ")
"""Those of CMMI that have neither a letter's name nor the place of one that has."""
_SIGNS: Final = str.maketrans(
    "\x05\x07\x08\x0b\x0c\x0e\x0f\x10\x12\x13\x16\x17\x1c\x1d\x1e\x1f%&'-.0234567:;>?]`abcdefghijklmopqtuvw",
    f"⋄∓⊕⊘⊙∘•≍⊆⊇⪯⪰≪≫≺≻↗↘≃↖↙′∈∋△▽{SLASH}↦¬∅⊤⊥⊎⊢⊣⌊⌋⌈⌉{{}}⟨⟩|‖↕⇕≀√⨿⊔⊓⊑⊒",
)
"""Those of CMSY, of whose codes only those of capitals are letters. `↦` is the left end of an arrow."""
_RELATIONS: Final = str.maketrans("&().*4<6>BCDEX]^bjnrz{", "≳⊸∴≲∵≼≽⩽⩾⊳⊲⊵⊴✓∡∢⋐⫅⋘®✠∁")
"""Those of MSAM (the source of LaTeX's `amssymb.sty`)."""
_NEGATIONS: Final = str.maketrans("()*+,-89;?@ijklmnor{}~", "⊊⊋⊈⊉∦∤↚↛⇏∅∄ℶℷℸ⋖⋗⋉⋊∖ϰℏℏ")
"""Those of MSBM, of whose codes only those of capitals are letters."""
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
    (re.compile(r"(?:CM|LM)(?:MI|MathItalic)\d"), _LETTERS),
    (re.compile(r"MSAM\d"), _RELATIONS),
    (re.compile(r"MSBM\d"), _NEGATIONS),
    (re.compile(r"(?:CM|LM)(?:SY|MathSymbols)\d"), _SIGNS),
    (re.compile(r"(?:CM|LM)(?:EX|MathExtension)\d"), LARGE_SIGNS),
)
_ARROW: Final = "→"


def mathematical_signs(font: str) -> Mapping[int, str | int]:
    """Return the signs of a font by the codes that pdfium tells, for `str.translate`; none for most fonts.

    Args:
        font: The name of the font, without the tag of its subset.
    """
    return next((table for pattern, table in _TABLES if pattern.match(font)), {})


def has_parts(word: str) -> bool:
    """Return whether there is a sign in a word that is one only with the next character."""
    return SLASH in word or "↦" in word


def with_composed_signs(letters: list[str], first: int, end: int) -> None:
    """Compose what a font of signs draws in two parts: a slash with the sign that it strikes out, and a long arrow.

    The slash and `=` become `≠`, with nothing in place of the slash.

    Args:
        letters: The characters of a page, which are changed.
        first: The index of the first one in that font.
        end: The index behind the last one.
    """
    for at in range(first, min(end, len(letters) - 1)):
        sign, following = letters[at : at + 2]
        if sign == SLASH and not following.isspace():
            struck = normalize("NFC", following + SLASH)
            letters[at : at + 2] = struck if len(struck) > 1 else (NOTHING, struck)
        elif sign == "↦" and following == _ARROW:
            letters[at : at + 2] = NOTHING, sign
