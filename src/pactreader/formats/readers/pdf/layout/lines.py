"""The lines of pages in reading order."""

from collections.abc import Sequence
from typing import NamedTuple

from pactreader.core.article import Span
from pactreader.formats.readers.pdf.laid_out_text import Run


class Cell(NamedTuple):
    """A stretch of a line with wide gaps around it: the whole line, or a cell of a table's row."""

    start: int
    """The offset of its first code point in the line's text."""
    end: int
    """The offset behind its last code point."""
    left: float
    right: float


class Line(NamedTuple):
    """A line of one column of a page.

    Lengths are PDF units, from the lower left of the page as it is read: turned, if its text is.
    """

    text: str
    """Printable, without white space at its ends; a hyphen at its end is kept. Raised letters are `²` or `^q`."""
    runs: tuple[Run, ...]
    """In the order of their offsets in `text`."""
    spans: tuple[Span, ...]
    """Inline styles: emphasis, strong and code."""
    cells: tuple[Cell, ...]
    """At least one. Between two of them is one space in `text`."""
    page: int
    """The index of the page."""
    column: int
    """The number of the column on the page in reading order; what stands over all columns is a column of its own."""
    left: float
    right: float
    baseline: float
    size: float
    """The size of most of its letters."""
    is_bold: bool
    """True if all of its letters are."""
    is_italic: bool
    is_monospaced: bool
    column_left: float
    """The left of the column."""
    column_right: float
    page_width: float
    page_height: float

    @property
    def top(self) -> float:
        """The upper end of its letters, about."""
        return self.baseline + 0.75 * self.size

    @property
    def bottom(self) -> float:
        """The lower end of its letters, about."""
        return self.baseline - 0.22 * self.size


Lines = Sequence[Line]
