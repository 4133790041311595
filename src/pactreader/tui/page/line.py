"""One line of the page, which knows the character of the text that each of its cells came from."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len


class Line(NamedTuple):
    """One line of the page.

    Grapheme cluster `drawn[i]` comes from offset `offsets[i]` of the text (code points) and is drawn at cell
    `columns[i]`, counted from the left edge of the measure. `offsets` and `columns` have one entry more than
    `drawn`: the end. What is drawn may differ from the text: a tab is drawn as spaces, a soft hyphen not at all.
    """

    block: int
    """Index of its block."""
    start: int
    end: int
    """The line shows `[start, end)` of the text, without the space or newline that it breaks at."""
    lead: str
    """Cells before the text: indentation, list marker, quotation bars; the rule of a table."""
    offsets: Sequence[int]
    columns: Sequence[int]
    drawn: Sequence[str]
    fillers: frozenset[int] = frozenset()
    """Indexes of `drawn` that are padding. Their offset is that of the character before."""
    first: bool = False
    """True for the first line of its block."""
    blank: bool = False
    """True if the caret cannot be on it: space between blocks, or the rule of a table."""

    def column_of(self, offset: int) -> int:
        """Return the cell of the cluster at an offset; of one that is not drawn, the cell past the line."""
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
        """Return the indexes `[i, j)` of `drawn` that come from `[start, end)` of the text."""
        return bisect_left(self.offsets, start, hi=len(self.drawn)), bisect_left(
            self.offsets, end, hi=len(self.drawn)
        )


def blank_line(block: int, offset: int, lead: str = "") -> Line:
    """Return a line that the caret cannot be on, before an offset of the block with this index."""
    return Line(block, offset, offset, lead, (offset,), (cell_len(lead),), (), blank=True)
