"""The lines of pages in reading order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pactreader.core.article import Span
from pactreader.formats.readers.pdf.laid_out_text import Run
from pactreader.formats.readers.pdf.layout.fragments import Fragment, fragments_of, is_raised_beside
from pactreader.formats.readers.pdf.layout.line_text import LineTextBuilder
from pactreader.formats.readers.pdf.layout.reading_order import columns_of
from pactreader.formats.readers.pdf.page_characters import PageCharacters, Stretch

_CELL_GAP: Final = 1.2
"""The least gap between two cells, in sizes of the letters. LaTeX has 12 points, Word 11."""
_SAME_BASELINE: Final = 0.25
"""The greatest distance between the baselines of fragments on one line, in sizes of the smaller letters."""
_MAX_RAISED_GAP: Final = 0.5
"""The widest gap between a fragment and a raised one beside it, in sizes of the larger letters."""


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


def lines_of(pages: Sequence[PageCharacters]) -> list[Line]:
    """Return the lines of pages in reading order."""
    return [line for page in pages for line in _lines_of_page(page)]


def _lines_of_page(page: PageCharacters) -> Iterator[Line]:
    for number, column in enumerate(columns_of(fragments_of(page))):
        left, right = min([each.left for each in column]), max([each.right for each in column])
        for row in _rows(column):
            line = _line(page, row)
            if line.text:
                yield line._replace(column=number, column_left=left, column_right=right)


def _rows(column: Sequence[Fragment]) -> list[list[Fragment]]:
    """Return the fragments of a column line by line, from the top."""
    rows: list[list[Fragment]] = []
    for fragment in sorted(column, key=lambda each: -each.baseline):
        if rows and _is_on_line(fragment, rows[-1][0]):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return _with_raised(rows)


def _is_on_line(fragment: Fragment, of_line: Fragment) -> bool:
    smaller = min(fragment.size, of_line.size)
    return abs(fragment.baseline - of_line.baseline) <= _SAME_BASELINE * smaller


def _with_raised(rows: list[list[Fragment]]) -> list[list[Fragment]]:
    """Move raised fragments that are lines of their own to those that they are raised on."""
    for index, row in enumerate(rows):
        neighbours = [rows[at] for at in (index - 1, index + 1) if 0 <= at < len(rows)]
        for fragment in list(row):
            for neighbour in neighbours:
                if any(_is_raised_on(fragment, each) for each in neighbour):
                    neighbour.append(fragment)
                    row.remove(fragment)
                    break
    return [row for row in rows if row]


def _is_raised_on(fragment: Fragment, base: Fragment) -> bool:
    gap = max(fragment.left - base.right, base.left - fragment.right)
    return is_raised_beside(fragment.size, fragment.baseline, base.size, base.baseline) and (
        abs(gap) <= _MAX_RAISED_GAP * base.size
    )


def _line(page: PageCharacters, row: list[Fragment]) -> Line:
    main = max(row, key=lambda each: (each.size, each.length))
    row = sorted(row, key=lambda each: each.left)
    builder = LineTextBuilder(page, main.size, main.baseline)
    cells: list[Cell] = []
    for fragment in row:
        start = builder.add(fragment.stretches)
        cell = Cell(start, builder.length, fragment.left, fragment.right)
        if cells and cell.left - cells[-1].right < _CELL_GAP * main.size:
            cell = cell._replace(start=cells[-1].start, left=cells[-1].left)
            cells.pop()
        cells.append(cell)
    text, runs, spans = builder.finish()
    stretches = [stretch for fragment in row for stretch in fragment.stretches]
    return Line(
        text,
        runs,
        spans,
        tuple(cells),
        page.page,
        0,
        row[0].left,
        max([each.right for each in row]),
        main.baseline,
        _usual_size(stretches),
        all([stretch.style.is_bold for stretch in stretches]),
        all([stretch.style.is_italic for stretch in stretches]),
        all([stretch.style.is_monospaced for stretch in stretches]),
        0.0,
        0.0,
        page.width,
        page.height,
    )


def _usual_size(stretches: Sequence[Stretch]) -> float:
    sizes: Counter[float] = Counter()
    for stretch in stretches:
        sizes[stretch.style.size] += stretch.end - stretch.first
    return sizes.most_common(1)[0][0]
