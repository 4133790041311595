"""The bar beside the article: where the window is, and a tick for every highlight."""

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from pactreader.tui.article_view import ArticleView
from pactreader.tui.labels import label_of
from pactreader.tui.painting import Painter

_TICK = "━"


class PositionBar(Widget):
    """One column, as high as the window, standing for the whole page."""

    ALLOW_SELECT = False

    def __init__(self, article_view: ArticleView, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view = article_view
        self._painter: Painter | None = None
        self._ticks: list[str] = []
        self._ticks_for: tuple[int, ...] = ()
        self._window = (0, 0, 0)

    def paint_with(self, painter: Painter) -> None:
        """Draw in another palette from now on."""
        self._painter = painter
        self.refresh()

    def refresh_if_moved(self) -> None:
        """Draw anew if the window shows another part of the page."""
        if self.size and self._view.is_measured and self._view.window != self._window:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One cell: the window's part of the page or not, with a tick where a highlight begins."""
        painter = self._painter
        assert painter is not None
        if not self._view.is_measured:
            return Strip([Segment(" ", Style(bgcolor=painter.palette.track.rich_color))], 1)
        top, height, page = self._window = self._view.window
        rows = max(1, self.size.height)
        inside = page > height and top * rows <= (y + 1) * page - 1 and (top + height) * rows > y * page
        ground = (painter.palette.thumb if inside else painter.palette.track).rich_color
        label = self._tick(y, page, rows)
        if not label:
            return Strip([Segment(" ", Style(bgcolor=ground))], 1)
        shown = label_of(label)
        sign = _TICK if painter.colourful else shown.mark
        return Strip([Segment(sign, painter.mark(shown.colour) + Style(bgcolor=ground))], 1)

    def _tick(self, row: int, page: int, rows: int) -> str:
        """The label of the first highlight that begins in a row's part of the page, or nothing."""
        wanted = (self._view.notebook.revision, page, rows)
        if self._ticks_for != wanted:
            self._ticks_for = wanted
            self._ticks = [self._label_between(y * page // rows, (y + 1) * page // rows) for y in range(rows)]
        return self._ticks[row]

    def _label_between(self, first_line: int, last_line: int) -> str:
        if first_line == last_line:
            return ""
        start, end = self._view.first_offset_between(first_line, last_line)
        highlight = self._view.notebook.next_after(start - 1)
        return highlight.annotation.label if highlight and highlight.start < end else ""

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go to that part of the page."""
        _, height, page = self._view.window
        self._view.scroll_window_to(event.y * page // max(1, self.size.height) - height // 2)
