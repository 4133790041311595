"""The folding of a text's signs, by which texts that look alike are equal, with a map back to the text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import is_normalized, normalize

import regex

_QUOTES: Final = str.maketrans("‘’‚‛‹›′ʼ“”„‟«»″", "''''''''\"\"\"\"\"\"\"")
_DASHES: Final = str.maketrans("‐‑‒–—―−", "-------")
SIGNS: Final = _QUOTES | _DASHES
"""Typographic quotation marks and dashes, and what they are on a typewriter, for `str.translate`."""
INVISIBLE: Final = "\u00ad\u200b\u2060\ufeff"
"""The soft hyphen, and characters without a width at which a line may or must not be broken."""
_SPACES: Final = rf"[^\S ][\s{INVISIBLE}]*| [\s{INVISIBLE}]+"
"""White space that is not a single blank."""
_TYPED_DASH: Final = r"(?<=\w)---?(?=\w)|(?<=\s)---?(?=\s)"
_COMPOSED: Final = (
    r"\P{M}\p{M}+|[\u1100-\u11ff]+|[\u2126\u212a\u212b\u2329\u232a\uf900-\ufaff\U0002f800-\U0002fa1d]"
)
"""Characters that may be different in Unicode's form NFC."""
_IN_ASCII: Final = regex.compile(rf"{_SPACES}|{_TYPED_DASH}")
_IN_COMPOSED_TEXT: Final = regex.compile(rf"{_SPACES}|{_TYPED_DASH}|[{INVISIBLE}]+|…")
_IN_ANY_TEXT: Final = regex.compile(rf"{_IN_COMPOSED_TEXT.pattern}|{_COMPOSED}")


class FoldedText:
    r"""A text with white space folded to one blank, quotation marks, dashes and ellipses to those of a typewriter.

    Soft hyphens and other invisible breaks are left out, and characters are composed (Unicode's form NFC):
    `“Co\u00adop\u00ading” – yes…` → `"Cooping" - yes...`. All offsets are in code points.
    """

    def __init__(self, text: str) -> None:
        """Fold a text, which takes some 30 ms for a million code points."""
        pattern = _pattern_for(text)
        self._offsets = [0]
        """The offsets from which on a character's offset in the folded text has another distance to that in the text:
        both ends of everything whose length is changed by folding."""
        self._folded_offsets = [0]
        """The offsets of the same points in the folded text."""
        pieces: list[str] = []
        end = length = 0
        for match in pattern.finditer(text):
            original = match[0]
            folded = _fold(original)
            if folded == original:
                continue
            start = match.start()
            pieces += (text[end:start], folded)
            length += start - end
            end = match.end()
            if len(folded) != len(original):
                self._offsets += (start, end)
                self._folded_offsets += (length, length + len(folded))
            length += len(folded)
        pieces.append(text[end:])
        joined = "".join(pieces)
        self.text = joined if text.isascii() else joined.translate(SIGNS)
        """The folded text."""

    def start(self, folded_offset: int) -> int:
        """Return the offset in the text at which the character at an offset in the folded text begins."""
        index = bisect_right(self._folded_offsets, folded_offset) - 1
        return _shifted(folded_offset, self._folded_offsets, self._offsets, index)

    def end(self, folded_offset: int) -> int:
        """Return the offset in the text for the end of a passage in the folded text."""
        following = bisect_left(self._folded_offsets, folded_offset, lo=1)
        return _shifted(folded_offset, self._folded_offsets, self._offsets, following - 1)

    def folded(self, offset: int) -> int:
        """Return the offset in the folded text of the character at an offset in the text."""
        index = bisect_right(self._offsets, offset) - 1
        return _shifted(offset, self._offsets, self._folded_offsets, index)


def fold_signs(text: str) -> str:
    """Return a text with its signs folded, as in a `FoldedText`."""
    return FoldedText(text).text


def occurrences(text: FoldedText | str, quote: str) -> Iterator[tuple[int, int]]:
    """Yield the passages of a text that are equal to a quote if both are folded, overlapping ones too."""
    folded = FoldedText(text) if isinstance(text, str) else text
    wanted = fold_signs(quote)
    offset = folded.text.find(wanted) if wanted.strip() else -1
    while offset >= 0:
        yield folded.start(offset), folded.end(offset + len(wanted))
        offset = folded.text.find(wanted, offset + 1)


def _pattern_for(text: str) -> regex.Pattern[str]:
    """Return the pattern of what is folded to another length, or composed, in a text."""
    if text.isascii():
        return _IN_ASCII
    return _IN_COMPOSED_TEXT if is_normalized("NFC", text) else _IN_ANY_TEXT


def _fold(original: str) -> str:
    """Return what a match of one of the patterns is folded to."""
    first = original[0]
    if first.isspace():
        return " "
    if first == "-":
        return "-"
    if first in INVISIBLE:
        return ""
    return "..." if first == "…" else normalize("NFC", original)


def _shifted(offset: int, origins: Sequence[int], targets: Sequence[int], index: int) -> int:
    """Return the counterpart of an offset behind a point at an index of `origins`, up to the next one in `targets`."""
    shifted = targets[index] + offset - origins[index]
    return min(shifted, targets[index + 1]) if index + 1 < len(targets) else shifted
