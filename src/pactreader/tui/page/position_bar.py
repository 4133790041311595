"""The scroll bar beside the article, with a tick for every highlight and every hit of a search."""

from itertools import pairwise, zip_longest
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
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
        self._strips: list[Strip] = []
        """The rows as drawn last; none if they are to be drawn again."""

    def paint_with(self, painter: Painter) -> None:
        """Redraw in another palette."""
        self._painter = painter
        self._strips = []
        self.refresh()

    def refresh_if_changed(self) -> None:
        """Redraw the rows that show another part of the page or other marks now."""
        if not self.size or not self._view.height_known:
            return
        drawn = self._view.scroll_metrics, *self._source
        if drawn == self._drawn and self._strips:
            return
        self._drawn = drawn
        before, self._strips = self._strips, self._draw()
        for y, (former, strip) in enumerate(zip_longest(before, self._strips)):
            if former != strip:
                self.refresh(Region(0, y, 1, 1))

    @property
    def _source(self) -> tuple[object, ...]:
        view = self._view
        return view.notebook.revision, view.hits, len(view.hits), view.scroll_metrics.page_height, self.size

    def render_line(self, y: int) -> Strip:
        """Render a row: the thumb or the track, with a tick where a highlight or a hit begins."""
        if len(self._strips) != self.size.height:
            self._strips = self._draw()
        return self._strips[y]

    def _draw(self) -> list[Strip]:
        """Draw all rows: the plain track until the height of the page is known."""
        painter, rows = self._painter, self.size.height
        assert painter is not None
        track, thumb = painter.palette.track.rich_color, painter.palette.thumb.rich_color
        if not self._view.height_known:
            return [Strip([Segment(" ", Style(bgcolor=track))], 1)] * rows
        self._update_ticks(rows)
        top, height, page = self._view.scroll_metrics
        strips: list[Strip] = []
        for y, tick in enumerate(self._ticks):
            is_thumb = page > height and top * rows <= (y + 1) * page - 1 and (top + height) * rows > y * page
            background = Style(bgcolor=thumb if is_thumb else track)
            if tick.label:
                label = self._view.notebook.labels.get(tick.label)
                sign, style = _TICK if painter.colourful else label.mark, painter.mark(label.colour)
            else:
                sign, style = _HIT_TICK if tick.has_hit else " ", painter.found_tick
            strips.append(Strip([Segment(sign, style + background)], 1))
        return strips

    def _update_ticks(self, rows: int) -> None:
        source = self._source
        if self._ticks_source != source:
            self._ticks_source = source
            page = self._view.scroll_metrics.page_height
            edges = [y * page // rows for y in range(rows + 1)]
            self._ticks = [self._tick_between(*lines) for lines in pairwise(edges)]

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
        if not self._view.height_known:
            self._view.go_to(event.y * len(self._view.article.text) // max(1, self.size.height))
            return
        _, height, page = self._view.scroll_metrics
        self._view.scroll_window_to(event.y * page // max(1, self.size.height) - height // 2)
