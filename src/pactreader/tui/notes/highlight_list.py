"""The highlights around the caret, a line each, every one with a tag: the quickest way to one of them."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from pactreader.core.labels import Label
from pactreader.core.printable_text import printable_line
from pactreader.tui.page.painter import Painter
from pactreader.tui.page.typesetting import truncate

_HEADER_LINES = 2


class Row(NamedTuple):
    """A highlight."""

    tag: str
    """What is left of its tag to be typed; empty if it cannot be meant any more."""
    label: Label
    quote: str


class HighlightList(Widget):
    """A list over the notes, there only while one of its highlights is being picked."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._painter: Painter | None = None
        self._rows: Sequence[Row] = ()
        self.display = False

    @property
    def room(self) -> int:
        """How many highlights it can show: it is as high as the panes."""
        return max(1, self.screen.query_one("#panes").size.height - _HEADER_LINES)

    def paint_with(self, painter: Painter) -> None:
        """Draw in another palette from now on."""
        self._painter = painter
        self.refresh()

    def show(self, rows: Sequence[Row]) -> None:
        """Show these highlights; be gone if there are none."""
        self._rows = rows
        self.display = bool(rows)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The header, or a highlight's tag, mark and first words."""
        painter = self._painter
        assert painter is not None
        width = self.size.width
        if y < _HEADER_LINES or y - _HEADER_LINES >= len(self._rows):
            title = "" if y else "  Highlights"
            return Strip([Segment(title, painter.base + Style(bold=True))]).adjust_cell_length(
                width, painter.base
            )
        row = self._rows[y - _HEADER_LINES]
        label = row.label
        quote = truncate(printable_line(row.quote[:width]), width - 8)
        segments = [
            Segment("  ", painter.base),
            Segment(f"{row.tag:<2}", painter.base + painter.tag if row.tag else painter.base),
            Segment(" ", painter.base),
            Segment(f"{label.mark} ", painter.mark(label.colour)),
            Segment(quote, painter.base if row.tag else painter.muted),
        ]
        return Strip(segments).adjust_cell_length(width, painter.base)
