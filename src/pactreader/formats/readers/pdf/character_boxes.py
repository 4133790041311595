"""The boxes of the characters of a page, to tell what is under a mark and which line is nearest to a point."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from ctypes import byref
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import pypdfium2

_LINE_WEIGHT: Final = 8.0
"""The weight of a distance up or down beside one to the left or right, so that a note in the margin is at its line."""
_FARTHEST: Final = 72.0
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


class CharacterBoxes:
    """The characters of a page by the centres of their boxes.

    A character is under a mark if its centre is: marks are often so high that they touch the lines around theirs. The
    boxes have the full height of the line (pdfium's "loose" ones), so that a comma is at the height of its word.
    """

    def __init__(self, text_page: "pypdfium2.PdfTextPage") -> None:
        """Read the boxes of a page, of which no handle is kept."""
        from pypdfium2 import raw

        box, text = raw.FS_RECTF(), []
        rows: list[tuple[float, float, float, int]] = []
        for index in range(raw.FPDFText_CountChars(text_page)):
            code = raw.FPDFText_GetUnicode(text_page, index)
            text.append(chr(code))
            if code > 0x20 and raw.FPDFText_GetLooseCharBox(text_page, index, byref(box)):
                centre = Box(box.left, box.bottom, box.right, box.top).centre
                rows.append((centre[1], centre[0], abs(box.top - box.bottom), index))
        rows.sort()
        self._rows = rows
        """The vertical and the horizontal coordinates of the centres, the heights and the indices, from the bottom up."""
        self._heights = [row[0] for row in rows]
        self._by_index = {row[3]: row for row in rows}
        self._text = text

    def __len__(self) -> int:
        """Return the number of characters of the page."""
        return len(self._text)

    def under(self, box: Box) -> list[int]:
        """Return the indices of the characters whose centres are in a box, in no order."""
        first, last = bisect_left(self._heights, box.bottom), bisect_right(self._heights, box.top)
        return [index for _y, x, _height, index in self._rows[first:last] if box.left <= x <= box.right]

    def text(self, indices: Collection[int]) -> str:
        """Return the text from the first to the last of some characters, in the order of the file."""
        return "".join(self._text[min(indices) : max(indices) + 1]) if indices else ""

    def nearest(self, point: tuple[float, float], among: Collection[int]) -> int | None:
        """Return the index of the character of the line nearest to a point; `None` if there is none near it.

        Args:
            point: The point, in PDF units.
            among: The indices of the characters that count.
        """
        at_x, at_y = point
        first = bisect_left(self._heights, at_y - _FARTHEST)
        last = bisect_right(self._heights, at_y + _FARTHEST)
        near = [row for row in self._rows[first:last] if row[3] in among]
        if not near:
            return None
        return min(near, key=lambda row: _LINE_WEIGHT * abs(row[0] - at_y) + abs(row[1] - at_x))[3]

    def are_on_one_line(self, one: int, other: int) -> bool:
        """Return whether two characters are on one line, as far as their places are known."""
        rows = self._by_index
        if one not in rows or other not in rows:
            return True
        return abs(rows[one][0] - rows[other][0]) < max(rows[one][2], rows[other][2]) / 2
