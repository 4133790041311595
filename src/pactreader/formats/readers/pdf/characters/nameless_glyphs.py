"""Glyphs that a file gives no letters for, as those of TeX's bitmap fonts: pdfium then tells their codes."""

import re
from collections.abc import Sequence
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_USUAL_WORD: Final = re.compile(
    r"(?=.*[aeiouyäöüàâéèêíóúåæø])(?!.*[bcdfghjklmnpqrstvwxz]{6})[^\W\d_][a-zß-ÿ]+", re.DOTALL
)
_MIN_USUAL: Final = 0.6
"""The least share of such words from which codes are letters. In a font whose codes are shifted it is near 0."""
_MIN_WORDS: Final = 5
"""The least number of words for that."""
_T1: Final = str.maketrans("\x10\x11\x12\x13\x14\x15\x16\x1b\x1c\x1d\x1e\x1f\xff", "“”„«»–—ﬀﬁﬂﬃﬄß")
_OT1: Final = str.maketrans("\x0b\x0c\x0e\x0f\x10\x19\x1a\x1b\x1c{|", "ﬀﬁﬃﬄıßæœø–—")
"""TeX's encodings where they differ from ASCII (LaTeX's `ot1enc.def` and `t1enc.def`), but for accents."""
_BULLET: Final = "\x88"
"""The bullet of lists in LaTeX's encoding of symbols (`ts1enc.def`); in T1 it is a letter that is no word."""
_OT1_LIGATURES: Final = re.compile("[\x0b\x0c\x0e\x0f]")
_NO_LETTER: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")


def named(words: Sequence[str]) -> tuple[list[str], int]:
    r"""Return the words of nameless glyphs as they are read, and the number of glyphs that nobody knows.

    `["\x1dushed", "and"]` → `["ﬂushed", "and"]`; each keeps its length.
    """
    words = ["•" if word == _BULLET else word for word in words]
    text = " ".join(words)
    found = _WORD.findall(text)
    usual = sum(_USUAL_WORD.fullmatch(word) is not None for word in found)
    if len(found) < _MIN_WORDS or usual < _MIN_USUAL * len(found):
        return words, sum(len(word) for word in words if word != "•")
    table = _OT1 if _OT1_LIGATURES.search(text) else _T1
    letters = [word.translate(table) for word in words]
    return letters, sum(len(_NO_LETTER.findall(word)) for word in letters)
