"""The rows of a table of data, with the cells that others reach into left empty."""

from typing import Final

from pactreader.formats.readers.inline_text import InlineText

MAX_SPAN: Final = 50
"""The greatest number of columns or rows that a cell reaches over, as a page may ask for a billion."""
_MAX_COLUMNS: Final = 100
"""The number of columns behind which no cell reaches over others."""


class TableRows:
    """The rows of a table that have been read."""

    def __init__(self) -> None:
        self._rows: list[InlineText] = []
        self._row: list[InlineText] = []
        self._reaching: dict[int, int] = {}
        """The numbers of further rows that cells above reach into, by column."""
        self._next_reaching: dict[int, int] = {}

    def add(self, cell: InlineText, columns: int, rows: int) -> None:
        """Add a cell to the present row, with the numbers of columns and rows that it reaches over."""
        self._skip()
        start = len(self._row)
        columns = min(columns, max(1, _MAX_COLUMNS - start))
        self._row += [cell, *[InlineText()] * (columns - 1)]
        if rows > 1:
            for column in range(start, min(start + columns, _MAX_COLUMNS)):
                self._next_reaching[column] = rows - 1

    def end_row(self) -> None:
        """End the present row."""
        if not self._row:
            return
        self._skip()
        self._rows.append(InlineText.join(self._row, "\t"))
        self._row = []
        for column, rows in self._reaching.items():
            if rows > 1:
                self._next_reaching.setdefault(column, rows - 1)
        self._reaching, self._next_reaching = self._next_reaching, {}

    def finish(self) -> InlineText:
        """Return the table's text, a line a row, and begin the next table."""
        table = InlineText.join(self._rows, "\n")
        self._rows, self._row = [], []
        self._reaching, self._next_reaching = {}, {}
        return table

    def _skip(self) -> None:
        """Leave the cells empty that a cell above reaches into."""
        while self._reaching.get(len(self._row), 0):
            self._row.append(InlineText())
