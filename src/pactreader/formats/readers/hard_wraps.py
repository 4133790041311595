"""Undoing of hard wrapping: lines that a program wrapped are joined, line ends that the author typed stay."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

_WIDE: Final = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff"
"""Characters written without spaces: Han, kana and their punctuation. Not Hangul, which has spaces."""

_NO_SPACE: Final = rf"(?<=[{_WIDE}])\n(?=[{_WIDE}])|(?<=\w[-—])\n(?=\w)"
"""Line ends that stand for no space: between two wide characters, and after the hyphen of a compound. A string, as
most articles never need it compiled."""

_TWO_CELLS: Final = rf"[\u1100-\u115f\uac00-\ud7a3{_WIDE}]+"
_UNBROKEN: Final = rf"[{_WIDE}]|[^{_WIDE}]+"

_WIDTH_QUANTILE: Final = 0.9
"""The share of lines that are no longer than the width of a text. A few URLs may be."""
_RAGGED: Final = 7 / 8
"""The share of the width from which a line is full even if the next word would have fitted: people who wrap by hand
leave off a little early."""
_NARROWEST: Final = 54
"""The least width of wrapped prose, in cells. Shorter lines are verse, lists and addresses: the pentameters of
Shakespeare's sonnets end near 50."""
_ALWAYS_FULL: Final = 0.95
"""The share of full lines from which a text narrower than that is wrapped prose. In verse it is near a half."""
_LEAST_BREAKS: Final = 8
"""The least number of line ends for that conclusion."""


def join_lines(lines: list[str]) -> str:
    """Join the lines of a paragraph, with a space for each line end where the script has spaces.

    `["a well-", "known fact"]` → `a well-known fact`, `["他說", "你好"]` → `他說你好`.
    """
    if len(lines) == 1:
        return lines[0].strip()
    text = "\n".join([line.strip() for line in lines]).strip()
    if "-\n" in text or not text.isascii():
        text = re.sub(_NO_SPACE, "", text)
    return text.replace("\n", " ")


def soft_break_text(before: str, after: str) -> str:
    """Return the text for a line end between two texts: a space, or nothing between wide characters."""
    return "" if re.search(_NO_SPACE, f"{before[-1:]}\n{after[:1]}") else " "


def cells(line: str) -> int:
    """Return the width of a line in terminal cells, as precisely as hard wrapping needs it."""
    return len(line) if line.isascii() else len(line) + sum(map(len, re.findall(_TWO_CELLS, line)))


class Unwrapper:
    """An undoer of hard wrapping, by the width that a text was wrapped at.

    A line end is an author's own if the next word would have fitted on its line.
    """

    def __init__(self, paragraphs: Iterable[list[str]]) -> None:
        """Create one for a text by measuring some of its paragraphs, each given as its lines."""
        breaks = [pair for lines in paragraphs for pair in pairwise(lines)]
        widths = sorted(cells(line.rstrip()) for line, _following in breaks)
        width = widths[int((len(widths) - 1) * _WIDTH_QUANTILE)] if widths else 0
        full = sum(_fills(width, *pair) for pair in breaks)
        always = len(breaks) >= _LEAST_BREAKS and full >= _ALWAYS_FULL * len(breaks)
        self._width = int(width * _RAGGED) if always else max(_NARROWEST, int(width * _RAGGED))
        """The least width of a full line with the next word, in cells."""

    def unwrap(self, lines: list[str]) -> str:
        """Join the lines of a paragraph except for line ends of the author.

        If most line ends are the author's, as in verse, all of them stay.
        """
        if min(map(len, lines[:-1]), default=self._width) >= self._width:
            return join_lines(lines)
        own = [end for end, pair in enumerate(pairwise(lines), 1) if not _fills(self._width, *pair)]
        if len(own) > (len(lines) - 1) / 2:
            own = list(range(1, len(lines)))
        return "\n".join([join_lines(lines[start:end]) for start, end in pairwise([0, *own, len(lines)])])


def _fills(width: int, line: str, following: str) -> bool:
    """Return whether a line and the first word of the following one together reach a width in cells."""
    word = following.lstrip().partition(" ")[0]
    if not word.isascii():
        word = re.findall(_UNBROKEN, word)[0]
    return cells(line.rstrip()) + cells(word) >= width
