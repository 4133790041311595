"""One line of the page, which knows which character of the text each of its cells came from."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len


class Line(NamedTuple):
    """One line of the page.

    Its characters are `drawn[i]`, from offset `offsets[i]` of the text, at cell `columns[i]`, counted from
    the left edge of the measure. `offsets` and `columns` have one entry more than `drawn`: the end. What is
    drawn may differ from the character: a tab is drawn as spaces, a soft hyphen not at all.
    """

    block: int
    """The index of its block."""
    start: int
    end: int
    """It shows `[start, end)` of the text; the space or line feed that it breaks at is not shown."""
    lead: str
    """What stands before the text: indentation, list marker, quotation bars; a table's rule."""
    offsets: Sequence[int]
    columns: Sequence[int]
    drawn: Sequence[str]
    fillers: frozenset[int] = frozenset()
    """Indexes of `drawn` that are padding: they carry the offset of the character before."""
    first: bool = False
    """Whether it is the first line of its block."""
    blank: bool = False
    """Whether no caret can stand on it: it is space between blocks, or a table's rule."""

    def column_of(self, offset: int) -> int:
        """The cell of the cluster at an offset; of what is not shown, the cell behind the line."""
        index = bisect_right(self.offsets, offset) - 1
        while index in self.fillers:
            index -= 1
        return self.columns[max(0, index)]

    def cell_of(self, offset: int) -> int | None:
        """The cell at which the cluster at an offset is drawn; `None` if it is not drawn on this line."""
        index = bisect_left(self.offsets, offset, hi=len(self.drawn))
        shown = index < len(self.drawn) and self.offsets[index] == offset and index not in self.fillers
        return self.columns[index] if shown else None

    def offset_at(self, column: int) -> int:
        """The offset of the cluster that covers a cell; of the nearest one where there is none."""
        if not self.drawn:
            return self.start
        index = bisect_right(self.columns, column) - 1
        return self.offsets[min(max(0, index), len(self.drawn) - 1)]

    def slice(self, start: int, end: int) -> tuple[int, int]:
        """The indexes `[i, j)` of `drawn` that come from `[start, end)` of the text."""
        return bisect_left(self.offsets, start, hi=len(self.drawn)), bisect_left(
            self.offsets, end, hi=len(self.drawn)
        )


def blank_line(index: int, offset: int, lead: str = "") -> Line:
    """A line that no caret can stand on, in front of an offset of a block."""
    return Line(index, offset, offset, lead, (offset,), (cell_len(lead),), (), blank=True)
