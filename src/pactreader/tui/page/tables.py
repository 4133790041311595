"""The layout of tables: the widths of columns, and the lines of rows."""

from typing import Final

from rich.cells import cell_len

from pactreader.core.article import Block
from pactreader.core.quotations import CELL_BORDER
from pactreader.tui.page.line import Line, blank_line
from pactreader.tui.page.line_breaking import WIDTHS, Break, Script, break_wide, cells_of, clusters_of

_MIN_COLUMN_WIDTH: Final = 2
"""The least width of a column in cells, with which up to fourteen columns fit a narrow screen."""


def lay_out_table(text: str, index: int, block: Block, measure: int, lead: str) -> list[Line]:
    """Lay out a table as lines, with a rule below the first row.

    Args:
        text: The article's text.
        index: Index of the block.
        block: The table: rows on lines, cells separated by tabs.
        measure: Width of the page, in cells.
        lead: The characters before each line, such as quotation bars.
    """
    rows: list[list[Break]] = []
    offset = block.start
    for row in text[block.start : block.end].split("\n"):
        cells: list[Break] = []
        for cell in row.split("\t"):
            cells.append((offset, offset + len(cell)))
            offset += len(cell) + 1
        rows.append(cells)
    widths = _column_widths(text, rows, measure - cell_len(lead))
    lines: list[Line] = []
    for number, row_cells in enumerate(rows):
        lines += _lay_out_row(text, index, row_cells, widths, lead)
        if not number and len(rows) > 1:
            rule = "─┼─".join("─" * width for width in widths)
            lines.append(blank_line(index, row_cells[-1][1], lead + rule))
    return [lines[0]._replace(first=True), *lines[1:]]


def _column_widths(text: str, rows: list[list[Break]], measure: int) -> list[int]:
    """Return the width of each column: that of its widest cell, with the widest columns narrowed to fit the measure."""
    count = max(map(len, rows))
    wanted = [
        max(
            (
                sum(map(WIDTHS.__getitem__, clusters_of(text[slice(*row[k])], Script.COMPLEX)))
                for row in rows
                if k < len(row)
            ),
            default=0,
        )
        for k in range(count)
    ]
    widths = [max(1, width) for width in wanted]
    available = measure - len(CELL_BORDER) * (count - 1)
    while sum(widths) > available:
        widest = max(range(count), key=widths.__getitem__)
        if widths[widest] <= _MIN_COLUMN_WIDTH:
            break
        widths[widest] -= 1
    return widths


def _lay_out_row(text: str, index: int, cells: list[Break], widths: list[int], lead: str) -> list[Line]:
    """Return the lines of a row: the first lines of all its cells, then the second lines, and so on."""
    broken = [
        break_wide(text, start, end, width, Script.COMPLEX)
        for (start, end), width in zip(cells, widths, strict=False)
    ]
    last = len(cells) - 1
    lines: list[Line] = []
    for number in range(max(map(len, broken))):
        line = _RowLine(lead)
        for k, (parts, (_, end), width) in enumerate(zip(broken, cells, widths, strict=False)):
            edge = line.column + width
            if number < len(parts):
                line.add_text(text, *parts[number])
            padding = " " * (edge - line.column) + (CELL_BORDER if k < last else "")
            line.add_padding(padding, tab=end if number == 0 and k < last else None)
        lines.append(line.build(index, empty_at=cells[0][0]))
    return lines


class _RowLine:
    """A builder of one line of a row, from left to right."""

    def __init__(self, lead: str) -> None:
        self.column = cell_len(lead)
        self._lead = lead
        self._offsets: list[int] = []
        self._columns: list[int] = []
        self._drawn: list[str] = []
        self._fillers: set[int] = set()

    def add_text(self, text: str, start: int, end: int) -> None:
        """Append a line of a cell's text."""
        offsets, columns, drawn = cells_of(text, start, end, self.column, Script.COMPLEX)
        self._offsets += offsets[:-1]
        self._columns += columns[:-1]
        self._drawn += drawn
        self.column = columns[-1]

    def add_padding(self, padding: str, *, tab: int | None) -> None:
        """Append padding between cells. It shows the tab at this offset of the text, or no character if `None`."""
        if tab is None and not self._drawn:
            self._lead += padding
        elif padding:
            if tab is None:
                self._fillers.add(len(self._drawn))
            self._offsets.append(self._offsets[-1] if tab is None else tab)
            self._columns.append(self.column)
            self._drawn.append(padding)
        self.column += len(padding)

    def build(self, index: int, *, empty_at: int) -> Line:
        """Return the line, in the block with this index; without text, it is at the offset `empty_at`."""
        if not self._drawn:
            return Line(index, empty_at, empty_at, self._lead, (empty_at,), (cell_len(self._lead),), ())
        start, end = self._offsets[0], self._offsets[-1] + 1
        offsets, columns = [*self._offsets, end], [*self._columns, self.column]
        return Line(index, start, end, self._lead, offsets, columns, self._drawn, frozenset(self._fillers))
