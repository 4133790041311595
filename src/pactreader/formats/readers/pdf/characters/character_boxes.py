"""The boxes of the characters of a page, to tell what is under a mark and which line is nearest to a point."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.formats.readers.pdf.characters.pdfium_text import PdfiumText

if TYPE_CHECKING:
    import pypdfium2

_WORD: Final = re.compile(r"\S+")
_SAMPLED: Final = 8
"""The number of words of which one is looked at to tell whether the page is turned."""
_LINE: Final = 0.75
"""The share of the height of the higher of two characters by which their centres differ on one line, at most: lines that
are set close have a distance of 1.1 times the height of their signs."""
_LINE_WEIGHT: Final = 8.0
"""The weight of a distance up or down beside one to the left or right, so that a note in the margin is at its line."""
FARTHEST: Final = 72.0
"""PDF units, an inch, by which a note may be above or below the nearest line."""


class Box(NamedTuple):
    """A rectangle on a page, in PDF units from the page's lower left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def centre(self) -> tuple[float, float]:
        """The horizontal and the vertical coordinate of its centre."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


class _Row(NamedTuple):
    """A character by the centre of its box."""

    y: float
    x: float
    height: float
    character: int


class CharacterBoxes:
    """The characters of a page near some heights, by the centres of their boxes.

    A character is under a mark if its centre is: marks are often so high that they touch the lines around theirs.
    Letters have the boxes of their shapes, other signs boxes as high as their font (pdfium's "loose" ones), so that a
    comma is at the height of its word. Those of letters are not taken, as mathematical fonts say they are very high.
    """

    def __init__(
        self, text_page: "pypdfium2.PdfTextPage", text: str, heights: Iterable[tuple[float, float]]
    ) -> None:
        """Read the boxes, of which no handle is kept.

        pdfium is asked for the first character of each word, and for the others of those at these heights: all would
        take half of the time of a page.

        Args:
            text_page: The characters of the page.
            text: The same, a code point each.
            heights: The lowest and the highest vertical coordinates that are asked for.
        """
        source = PdfiumText(text_page)
        wanted = _joined(heights)
        words = [(word.start(), word.end() - 1) for word in _WORD.finditer(text)]
        sampled = words[::_SAMPLED]
        ends = _rows(source, text, [*(first for first, _last in words), *(last for _first, last in sampled)])
        known = {row.character: row for row in ends}
        pairs = [(known[first], known[last]) for first, last in sampled if first in known and last in known]
        if _are_turned(pairs):
            wanted = [(-inf, inf)]
        near = {row.character for row in ends if _is_near(row, wanted)}
        inside = [each for first, last in words if first in near for each in range(first, last + 1)]
        rows = sorted(_rows(source, text, inside))
        self._rows = rows
        """From the bottom up."""
        self._heights = [row.y for row in rows]
        self._by_character = {row.character: row for row in rows}
        self._text = text
        self.looked_at = 0
        """The number of characters that were looked at so far."""

    def under(self, box: Box) -> list[int]:
        """Return the indices of the characters whose centres are in a box, in no order."""
        rows = self._between(box.bottom, box.top)
        return [row.character for row in rows if box.left <= row.x <= box.right]

    def _between(self, low: float, high: float) -> list[_Row]:
        rows = self._rows[bisect_left(self._heights, low) : bisect_right(self._heights, high)]
        self.looked_at += len(rows)
        return rows

    def text(self, indices: Collection[int], *, margin: int = 0) -> str:
        """Return the text from the first to the last of some characters, in the order of the file.

        Args:
            indices: The indices of the characters.
            margin: The number of characters before and after them to return with it.
        """
        return self._text[max(0, min(indices) - margin) : max(indices) + 1 + margin] if indices else ""

    def nearest(self, point: tuple[float, float], among: Collection[int]) -> int | None:
        """Return the index of the character of the line nearest to a point; `None` if there is none near it.

        Args:
            point: The point, in PDF units.
            among: The indices of the characters that count.
        """
        at_x, at_y = point
        rows = self._between(at_y - FARTHEST, at_y + FARTHEST)
        near = [row for row in rows if row.character in among]
        if not near:
            return None
        return min(near, key=lambda row: _LINE_WEIGHT * abs(row.y - at_y) + abs(row.x - at_x)).character

    def are_on_one_line(self, one: int, other: int) -> bool:
        """Return whether two characters are on one line, as far as their places are known."""
        rows = self._by_character
        if one not in rows or other not in rows:
            return True
        height = max(rows[one].height, rows[other].height)
        return abs(rows[one].y - rows[other].y) < _LINE * height


def _rows(source: PdfiumText, text: str, characters: Sequence[int]) -> list[_Row]:
    """Return the rows of some characters, of those that have a box."""
    letters = [each for each in characters if text[each].isalnum()]
    others = [each for each in characters if not text[each].isalnum()]
    boxes = chain(
        zip(letters, source.glyph_boxes(letters), strict=True), zip(others, source.boxes(others), strict=True)
    )
    return [
        _Row((top + bottom) / 2, (left + right) / 2, abs(top - bottom), character)
        for character, (left, top, right, bottom) in boxes
        if left != right or top != bottom
    ]


def _joined(heights: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return intervals in ascending order, those that overlap as one."""
    joined: list[tuple[float, float]] = []
    for low, high in sorted(heights):
        if joined and low <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(high, joined[-1][1])
        else:
            joined.append((low, high))
    return joined


def _are_turned(words: Sequence[tuple[_Row, _Row]]) -> bool:
    """Return whether words go up or down the page, as on one that is turned; a stamp in the margin does not count.

    Args:
        words: The first and the last characters of some words.
    """
    return 2 * sum(abs(one.y - other.y) > abs(one.x - other.x) for one, other in words) > len(words)


def _is_near(row: _Row, wanted: Sequence[tuple[float, float]]) -> bool:
    """Return whether a character is in one of some intervals, or less than its height above or below."""
    index = bisect_right(wanted, (row.y + row.height, inf)) - 1
    return index >= 0 and wanted[index][1] >= row.y - row.height
