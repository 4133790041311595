"""The lines of the page, with the offset of the text that each cell shows."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len


class Line(NamedTuple):
    """One line of the page.

    The grapheme cluster `drawn[i]` is at offset `offsets[i]` of the text (code points) and is drawn at cell
    `columns[i]`, counted from the left edge of the measure. `offsets` and `columns` have one entry more than
    `drawn`, for the end. A drawn cluster may differ from that of the text: a tab is drawn as spaces, a soft hyphen as
    an empty string.
    """

    block: int
    """The index of its block."""
    start: int
    end: int
    """The end of the text `[start, end)` on the line, which excludes the space or newline that the line breaks at."""
    lead: str
    """The characters before the text: indentation, list marker, quotation bars; or the rule of a table."""
    offsets: Sequence[int]
    columns: Sequence[int]
    drawn: Sequence[str]
    fillers: frozenset[int] = frozenset()
    """The indexes of `drawn` that are padding. Their offset is that of the character before."""
    first: bool = False
    """True for the first line of its block."""
    blank: bool = False
    """True if the caret cannot be on it: an empty line between blocks, or the rule of a table."""

    def column_of(self, offset: int) -> int:
        """Return the cell of the cluster at an offset; for an offset after the line, the cell after its end."""
        index = bisect_right(self.offsets, offset) - 1
        while index in self.fillers:
            index -= 1
        return self.columns[max(0, index)]

    def cell_of(self, offset: int) -> int | None:
        """Return the cell at which the cluster at an offset is drawn; `None` if it is not on this line."""
        index = bisect_left(self.offsets, offset, hi=len(self.drawn))
        is_drawn = index < len(self.drawn) and self.offsets[index] == offset and index not in self.fillers
        return self.columns[index] if is_drawn else None

    def offset_at(self, column: int) -> int:
        """Return the offset of the cluster that covers a cell, or of the nearest one."""
        if not self.drawn:
            return self.start
        index = bisect_right(self.columns, column) - 1
        return self.offsets[min(max(0, index), len(self.drawn) - 1)]

    def slice(self, start: int, end: int) -> tuple[int, int]:
        """Return the indexes `[i, j)` of the clusters in `drawn` that show `[start, end)` of the text."""
        return bisect_left(self.offsets, start, hi=len(self.drawn)), bisect_left(
            self.offsets, end, hi=len(self.drawn)
        )


def blank_line(block: int, offset: int, lead: str = "") -> Line:
    """Return a line without text before an offset of the block with this index."""
    return Line(block, offset, offset, lead, (offset,), (cell_len(lead),), (), blank=True)
