"""The list of highlights around the caret, each with a tag to pick it by."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from pactreader.core.labels import Label
from pactreader.core.printable_text import printable_line
from pactreader.tui.notes.row_list import RowList
from pactreader.tui.page.typesetting import truncate

_EDGES = 8
"""Cells of a line around its quote: the margins, the tag and the mark."""


class HighlightRow(NamedTuple):
    """A highlight that can be picked."""

    tag: str
    """The letters of its tag that are not typed yet; empty if its tag does not begin with those typed."""
    label: Label
    quote: str


class HighlightList(RowList):
    """A list over the notes panel, displayed while a highlight is being picked."""

    HEADER_LINES = 2

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[HighlightRow] = ()
        self.display = False

    @property
    def capacity(self) -> int:
        """The number of highlights that fit the list, also before it is displayed."""
        return max(1, self.screen.query_one("#panes").size.height - self.HEADER_LINES)

    def update(self, rows: Sequence[HighlightRow]) -> None:
        """Show these highlights; hide the list if there are none."""
        self._rows = rows
        self.display = bool(rows)
        self.redraw()

    @property
    def _row_count(self) -> int:
        return len(self._rows)

    def _draw_header(self, y: int) -> Iterable[Segment]:
        return [Segment("" if y else "  Highlights", self.painter.base + Style(bold=True))]

    def _draw_row(self, index: int) -> list[Strip]:
        tag, label, quote = self._rows[index]
        width, painter = self.size.width, self.painter
        shown = truncate(printable_line(quote[:width]), width - _EDGES)
        segments = [
            Segment("  ", painter.base),
            Segment(f"{tag:<2}", painter.base + painter.tag if tag else painter.base),
            Segment(" ", painter.base),
            Segment(f"{label.mark} ", painter.mark(label.colour)),
            Segment(shown, painter.base if tag else painter.muted),
        ]
        return [self._fill(segments)]

    def scroll_rows(self, _lines: int) -> None:
        """Do nothing, as only highlights in view have tags; a key lists the next ones."""
