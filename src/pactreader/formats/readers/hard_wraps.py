"""How the lines of a hard-wrapped paragraph become one again, and which line ends are the author's own."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

_WIDE: Final = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff"
"""What is written without spaces: Han, kana and their punctuation. Not Hangul, whose words are parted."""

_GLUED: Final = rf"(?<=[{_WIDE}])\n(?=[{_WIDE}])|(?<=\w[-—])\n(?=\w)"
"""Line ends that stand for nothing: between two wide characters, and after the hyphen of a compound. Most articles
do without compiling it."""

_TWO_CELLS: Final = rf"[\u1100-\u115f\uac00-\ud7a3{_WIDE}]+"
_UNBROKEN: Final = rf"[{_WIDE}]|[^{_WIDE}]+"

_COMMON_WIDTH: Final = 0.9
"""The share of lines that are no longer than the width of a text. A few addresses on the web may be."""
_RAGGED: Final = 7 / 8
"""The share of the width that a line may leave off at, though the next word would have fitted: people who break
their lines by hand do."""
_NARROWEST: Final = 54
"""Cells. Shorter lines are those of verse, lists and addresses: the pentameters of Shakespeare's sonnets end
near 50."""
_ALWAYS_FILLED: Final = 0.95
"""The share of filled lines from which a narrower text is wrapped nevertheless. Of verse it is near a half."""
_TELLING: Final = 8
"""Line ends that it takes to say so."""


def unwrapped(lines: list[str]) -> str:
    """The lines of one paragraph as one line: a space for each line end, where the script has spaces."""
    if len(lines) == 1:
        return lines[0].strip()
    text = "\n".join([line.strip() for line in lines]).strip()
    if "-\n" in text or not text.isascii():
        text = re.sub(_GLUED, "", text)
    return text.replace("\n", " ")


def soft_break(before: str, after: str) -> str:
    """What a line end between two texts stands for: a space, or nothing between wide characters."""
    return "" if re.search(_GLUED, f"{before[-1:]}\n{after[:1]}") else " "


def cells(line: str) -> int:
    """The columns that a line takes in a terminal, as far as wrapping by hand depends on it."""
    return len(line) if line.isascii() else len(line) + sum(map(len, re.findall(_TWO_CELLS, line)))


class Wrapping:
    """How wide a text was wrapped, by which a line end of its author's is told from one of a program's."""

    def __init__(self, paragraphs: Iterable[list[str]]) -> None:
        """Measure some paragraphs of the text, each as its lines."""
        breaks = [pair for lines in paragraphs for pair in pairwise(lines)]
        widths = sorted(cells(line.rstrip()) for line, _following in breaks)
        width = widths[int((len(widths) - 1) * _COMMON_WIDTH)] if widths else 0
        self._filled = width
        filled = sum(self._fills(*pair) for pair in breaks)
        always = len(breaks) >= _TELLING and filled >= _ALWAYS_FILLED * len(breaks)
        self._filled = int(width * _RAGGED) if always else max(_NARROWEST, int(width * _RAGGED))

    def undone(self, lines: list[str]) -> str:
        """The lines of one paragraph without the line ends that wrapping put there.

        Where most of the others are the author's own, as in verse, all of them are.
        """
        if min(map(len, lines[:-1]), default=self._filled) >= self._filled:
            return unwrapped(lines)
        own = [end for end, pair in enumerate(pairwise(lines), 1) if not self._fills(*pair)]
        if len(own) > (len(lines) - 1) / 2:
            own = list(range(1, len(lines)))
        return "\n".join([unwrapped(lines[start:end]) for start, end in pairwise([0, *own, len(lines)])])

    def _fills(self, line: str, following: str) -> bool:
        """Whether the first word of the next line had no room on this one."""
        word = following.lstrip().partition(" ")[0]
        if not word.isascii():
            word = re.findall(_UNBROKEN, word)[0]
        return cells(line.rstrip()) + cells(word) >= self._filled
