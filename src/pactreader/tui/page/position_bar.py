"""The bar beside the article: where the window is, and a tick for every highlight and every hit."""

from bisect import bisect_left
from itertools import pairwise
from operator import attrgetter

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from pactreader.tui.page.article_view import ArticleView
from pactreader.tui.page.painter import Painter

_TICK = "━"
_HIT_TICK = "╌"


class PositionBar(Widget):
    """One column, as high as the window, standing for the whole page."""

    ALLOW_SELECT = False

    def __init__(self, article_view: ArticleView, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view = article_view
        self._painter: Painter | None = None
        self._ticks: list[tuple[str, bool]] = []
        self._ticks_for: tuple[object, ...] = ()
        self._extent = (0, 0, 0)

    def paint_with(self, painter: Painter) -> None:
        """Draw in another palette from now on."""
        self._painter = painter
        self.refresh()

    def refresh_if_moved(self) -> None:
        """Draw anew if the window shows another part of the page."""
        if self.size and self._view.is_measured and self._view.extent != self._extent:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One cell: the window's part of the page or not, with a tick where a highlight begins."""
        painter = self._painter
        assert painter is not None
        if not self._view.is_measured:
            return Strip([Segment(" ", Style(bgcolor=painter.palette.track.rich_color))], 1)
        top, height, page = self._extent = self._view.extent
        rows = max(1, self.size.height)
        inside = page > height and top * rows <= (y + 1) * page - 1 and (top + height) * rows > y * page
        ground = Style(bgcolor=(painter.palette.thumb if inside else painter.palette.track).rich_color)
        label, is_hit = self._tick(y, page, rows)
        if label:
            shown = self._view.notebook.labels.of(label)
            sign = _TICK if painter.colourful else shown.mark
            return Strip([Segment(sign, painter.mark(shown.colour) + ground)], 1)
        return Strip([Segment(_HIT_TICK if is_hit else " ", painter.found_tick + ground)], 1)

    def _tick(self, row: int, page: int, rows: int) -> tuple[str, bool]:
        """The label of the first highlight that begins in a row's part of the page, and whether a hit does."""
        view = self._view
        wanted = (view.notebook.revision, view.hits, page, rows)
        if self._ticks_for != wanted:
            self._ticks_for = wanted
            edges = [y * page // rows for y in range(rows + 1)]
            self._ticks = [self._between(*lines) for lines in pairwise(edges)]
        return self._ticks[row]

    def _between(self, first_line: int, last_line: int) -> tuple[str, bool]:
        if first_line == last_line:
            return "", False
        view = self._view
        start, end = view.first_offset_between(first_line, last_line)
        highlight = view.notebook.next_after(start - 1)
        index = bisect_left(view.hits, start, key=attrgetter("start"))
        return (
            highlight.annotation.label if highlight and highlight.start < end else "",
            index < len(view.hits) and view.hits[index].start < end,
        )

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go to that part of the page."""
        _, height, page = self._view.extent
        self._view.scroll_window_to(event.y * page // max(1, self.size.height) - height // 2)
