"""The scroll bar beside the article, with a tick for every highlight and every hit of a search."""

from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from pactreader.tui.page.article_view import ArticleView
from pactreader.tui.page.painter import Painter

_TICK = "━"
_HIT_TICK = "╌"


class _Tick(NamedTuple):
    """The marks of one row of the bar, which represents several lines of the page."""

    label: str
    """The label id of the first highlight that begins on them; empty if none does."""
    has_hit: bool


class PositionBar(Widget):
    """A scroll bar of one column, as high as the window."""

    ALLOW_SELECT = False

    def __init__(self, article_view: ArticleView, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view = article_view
        self._painter: Painter | None = None
        self._ticks: list[_Tick] = []
        self._ticks_source: tuple[object, ...] = ()
        """The revision of the notebook, the hits and the heights that the ticks were computed from."""
        self._drawn: tuple[object, ...] = ()
        """The part of the page in view and the ticks' source, as drawn last."""

    def paint_with(self, painter: Painter) -> None:
        """Redraw in another palette."""
        self._painter = painter
        self.refresh()

    def refresh_if_changed(self) -> None:
        """Redraw if the window shows another part of the page, or other hits are marked."""
        if self.size and self._view.height_known and self._shown != self._drawn:
            self._drawn = self._shown
            self.refresh()

    @property
    def _shown(self) -> tuple[object, ...]:
        return self._view.scroll_metrics, *self._source

    @property
    def _source(self) -> tuple[object, ...]:
        view = self._view
        return view.notebook.revision, view.hits, len(view.hits), view.scroll_metrics.page_height, self.size

    def render_line(self, y: int) -> Strip:
        """Render a row: the thumb or the track, with a tick where a highlight or a hit begins."""
        painter = self._painter
        assert painter is not None
        palette = painter.palette
        if not self._view.height_known:
            return Strip([Segment(" ", Style(bgcolor=palette.track.rich_color))], 1)
        top, height, page = self._view.scroll_metrics
        rows = max(1, self.size.height)
        is_thumb = page > height and top * rows <= (y + 1) * page - 1 and (top + height) * rows > y * page
        background = Style(bgcolor=(palette.thumb if is_thumb else palette.track).rich_color)
        tick = self._tick(y, page, rows)
        if tick.label:
            label = self._view.notebook.labels.get(tick.label)
            sign = _TICK if painter.colourful else label.mark
            return Strip([Segment(sign, painter.mark(label.colour) + background)], 1)
        return Strip([Segment(_HIT_TICK if tick.has_hit else " ", painter.found_tick + background)], 1)

    def _tick(self, row: int, page: int, rows: int) -> _Tick:
        if self._ticks_source != self._source:
            self._ticks_source = self._source
            edges = [y * page // rows for y in range(rows + 1)]
            self._ticks = [self._tick_between(*lines) for lines in pairwise(edges)]
        return self._ticks[row]

    def _tick_between(self, first_line: int, last_line: int) -> _Tick:
        if first_line == last_line:
            return _Tick("", has_hit=False)
        view = self._view
        start, end = view.offsets_between(first_line, last_line)
        highlight = view.notebook.highlight_after(start - 1)
        index = view.hits.index_from(start)
        return _Tick(
            highlight.annotation.label if highlight and highlight.start < end else "",
            has_hit=index < len(view.hits) and view.hits[index].start < end,
        )

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Scroll to the clicked part of the page."""
        _, height, page = self._view.scroll_metrics
        self._view.scroll_window_to(event.y * page // max(1, self.size.height) - height // 2)
