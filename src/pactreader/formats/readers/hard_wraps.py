"""Joining of hard-wrapped lines, except at line ends that the author made on purpose."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

_WIDE: Final = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff"
"""Characters that are written without spaces: Han, kana and their punctuation, but not Hangul."""

_NO_SPACE: Final = rf"(?<=[{_WIDE}])\n(?=[{_WIDE}])|(?<=\w[-—])\n(?=\w)"
"""Line ends to join without a space: between two wide characters, and after the hyphen of a compound. It is compiled
only when needed, which is seldom."""

_TWO_CELLS: Final = rf"[\u1100-\u115f\uac00-\ud7a3{_WIDE}]+"
_UNBROKEN: Final = rf"[{_WIDE}]|[^{_WIDE}]+"

_WIDTH_QUANTILE: Final = 0.9
"""The quantile of the lines' widths that is taken for the width of the text, as a few lines with URLs may be longer."""
_FULL_SHARE: Final = 7 / 8
"""The share of the width from which a line with the next word is full, as people who wrap by hand break lines early."""
_MIN_PROSE_WIDTH: Final = 54
"""The least width of wrapped prose in cells. Shorter lines are verse, lists and addresses: the pentameters of
Shakespeare's sonnets end near 50."""
_MIN_FULL_LINES: Final = 0.95
"""The share of full lines from which a narrower text is wrapped prose too. In verse it is near 0.5."""
_MIN_BREAKS: Final = 8
"""The least number of line ends for that share to be used."""


def join_lines(lines: list[str]) -> str:
    """Join the lines of a paragraph, with spaces if the script has spaces.

    `["a well-", "known fact"]` → `a well-known fact`, `["他說", "你好"]` → `他說你好`.
    """
    if len(lines) == 1:
        return lines[0].strip()
    text = "\n".join([line.strip() for line in lines]).strip()
    if "-\n" in text or not text.isascii():
        text = re.sub(_NO_SPACE, "", text)
    return text.replace("\n", " ")


def soft_break_text(before: str, after: str) -> str:
    """Return the separator in place of a line end between two texts: a space, or nothing between wide characters."""
    return "" if re.search(_NO_SPACE, f"{before[-1:]}\n{after[:1]}") else " "


def cells(line: str) -> int:
    """Return the approximate width of a line in terminal cells."""
    return len(line) if line.isascii() else len(line) + sum(map(len, re.findall(_TWO_CELLS, line)))


class Unwrapper:
    """A joiner of hard-wrapped lines, which knows the width that a text was wrapped at.

    A line end was made on purpose if the next word would have fitted on the line.
    """

    def __init__(self, paragraphs: Iterable[list[str]]) -> None:
        """Create an unwrapper for a text, from the lines of some of its paragraphs."""
        breaks = [pair for lines in paragraphs for pair in pairwise(lines)]
        widths = sorted(cells(line.rstrip()) for line, _following in breaks)
        width = widths[int((len(widths) - 1) * _WIDTH_QUANTILE)] if widths else 0
        full = sum(_fills(width, *pair) for pair in breaks)
        always = len(breaks) >= _MIN_BREAKS and full >= _MIN_FULL_LINES * len(breaks)
        self._width = int(width * _FULL_SHARE) if always else max(_MIN_PROSE_WIDTH, int(width * _FULL_SHARE))
        """The least width of a full line with the next word in cells."""

    def unwrap(self, lines: list[str]) -> str:
        """Join the lines of a paragraph, except at line ends that were made on purpose.

        If most were made on purpose, as in verse, all are kept.
        """
        if min(map(len, lines[:-1]), default=self._width) >= self._width:
            return join_lines(lines)
        own = [end for end, pair in enumerate(pairwise(lines), 1) if not _fills(self._width, *pair)]
        if len(own) > (len(lines) - 1) / 2:
            own = list(range(1, len(lines)))
        return "\n".join([join_lines(lines[start:end]) for start, end in pairwise([0, *own, len(lines)])])


def _fills(width: int, line: str, following: str) -> bool:
    """Return whether a line and the first word of the next one together reach a width in cells."""
    word = following.lstrip().partition(" ")[0]
    if not word.isascii():
        word = re.findall(_UNBROKEN, word)[0]
    return cells(line.rstrip()) + cells(word) >= width
