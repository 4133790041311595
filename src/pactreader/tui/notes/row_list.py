"""A list widget that draws only the rows in view, so that it may have ten thousand."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from pactreader.tui.page.painter import Painter

_WHEEL_LINES: Final = 3
"""Lines that one step of the mouse wheel scrolls."""


class RowList(Widget):
    """Rows of one or more lines below a header, one of them current.

    The position of the viewport is its first row and the number of that row's lines above it, so that the heights of
    rows out of view need not be known. It follows the current row until it is scrolled.

    A subclass defines `_row_count` and `_draw_row`, and may define `_draw_header` and `_draw_below`.
    `paint_with` must be called before anything is drawn.
    """

    ALLOW_SELECT = False
    HEADER_LINES: ClassVar[int] = 0
    GAP_LINES: ClassVar[int] = 0
    """Empty lines at the end of every row, which need not be in view with it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.painter: Painter
        self.current_painter: Painter
        """The painter of the current row."""
        self.current_index = 0
        """The index of the current row; without one, that of the last current row."""
        self._first = 0
        """The index of the first row in view."""
        self._cut = 0
        """The number of lines of that row above the viewport."""
        self._follows_current = True
        self._lines: list[tuple[Strip, int]] | None = None
        """The drawn lines in view, each with the index of its row; `None` if they are to be drawn again."""
        self._lines_size = self.size
        """The size that they were drawn for."""
        self._painted: dict[int, Strip] = {}
        """The lines as they were painted last."""
        self._is_comparing = False
        """True while a comparison of the lines with those is due."""

    # Rows, for subclasses to define

    @property
    @abstractmethod
    def _row_count(self) -> int:
        """The number of rows."""

    @abstractmethod
    def _draw_row(self, index: int) -> Sequence[Strip]:
        """Draw the lines of a row, as wide as the list."""

    def _row_height(self, index: int) -> int:
        """Return the number of lines of a row."""
        return len(self._draw_row(index))

    def _draw_header(self, _y: int) -> Iterable[Segment]:
        """Draw a line of the header."""
        return ()

    def _draw_below(self, _y: int) -> Iterable[Segment]:
        """Draw a line below the last row; `_y` is counted from the end of the header."""
        return ()

    @property
    def _has_current(self) -> bool:
        """True if there is a current row."""
        return self._row_count > 0

    # The current row

    def move_by(self, count: int) -> None:
        """Make the row `count` rows below the current one current, above if negative."""
        self.move_to(self.current_index + count)

    def move_to(self, index: int) -> None:
        """Make a row current by its index; beyond the ends, the row at the end."""
        if self._row_count:
            self.current_index = min(max(0, index), self._row_count - 1)
            self._follows_current = True
            self.redraw()

    def row_at(self, y: int) -> int | None:
        """Return the index of the row on a line of the widget; `None` if there is none."""
        lines, y = self._lines_in_view(), y - self.HEADER_LINES
        return lines[y][1] if 0 <= y < len(lines) else None

    # The viewport

    @property
    def _viewport_height(self) -> int:
        """The height of the viewport in lines, at least one."""
        return max(1, self.size.height - self.HEADER_LINES)

    def scroll_rows(self, lines: int) -> None:
        """Move the viewport down by lines, up if negative; the current row stays current."""
        first, cut = self._first, self._cut + lines
        while cut < 0 and first:
            first -= 1
            cut += self._row_height(first)
        while first + 1 < self._row_count and cut >= self._row_height(first):
            cut -= self._row_height(first)
            first += 1
        self._first = first
        self._cut = max(0, min(cut, self._row_height(first) - 1)) if self._row_count else 0
        self._follows_current = False
        self.redraw()

    def _hidden_lines(self, step: int) -> int:
        """Return the number of lines of the current row below the viewport (`step` 1) or above it (-1).

        It is 0 for a row that begins far from the viewport.
        """
        index = self.current_index
        if not self._has_current or abs(index - self._first) > self._viewport_height:
            return 0
        top = self._height_between(self._first, index) - self._height_between(index, self._first) - self._cut
        bottom = top + self._row_height(index) - self.GAP_LINES
        return max(0, bottom - self._viewport_height if step > 0 else -top)

    def _height_between(self, first: int, end: int) -> int:
        return sum(map(self._row_height, range(first, end)))

    def _bring_current_into_view(self) -> None:
        if self._first >= self._row_count:
            self._first, self._cut = max(0, self._row_count - 1), 0
        if not self._has_current or not self._follows_current:
            return
        index, height = self.current_index, self._viewport_height
        if index < self._first or (index == self._first and self._cut):
            self._first, self._cut = index, 0
        elif (
            index - self._first > height
            or self._height_between(self._first, index + 1) - self._cut - self.GAP_LINES > height
        ):
            self._end_with(index)

    def _end_with(self, index: int) -> None:
        """Move the viewport so that it ends with a row; if the row is higher, so that it begins with it."""
        height, first = self._viewport_height, index
        lines = self._row_height(index) - self.GAP_LINES
        while lines < height and first:
            first -= 1
            lines += self._row_height(first)
        self._first = first
        self._cut = max(0, lines - height) if first < index else 0

    # Drawing

    def paint_with(self, painter: Painter, current_painter: Painter | None = None) -> None:
        """Set the painters, and redraw.

        Args:
            painter: The painter of the list.
            current_painter: The painter of the current row; the same if `None`.
        """
        self.painter, self.current_painter = painter, current_painter or painter
        self.redraw()

    def redraw(self) -> None:
        """Draw all rows in view again, and paint the lines that are another then, once for all changes of a key."""
        self._lines = None
        if not self._painted:
            self.refresh()
        elif not self._is_comparing:
            self._is_comparing = self.call_later(self.refresh_changed_lines)

    def refresh_changed_lines(self) -> None:
        """Paint the lines that are another since the last time, if the rows were drawn again."""
        if not self._is_comparing:
            return
        self._is_comparing = False
        for y in range(self.size.height):
            if self._painted.get(y) != self._draw_line(y):
                self.refresh(Region(0, y, self.size.width, 1))

    def _lines_in_view(self) -> list[tuple[Strip, int]]:
        if self._lines is None or self._lines_size != self.size:
            self._lines_size = self.size
            self._bring_current_into_view()
            self._lines, wanted = [], self._viewport_height + self._cut
            for index in range(self._first, self._row_count):
                self._lines += [(strip, index) for strip in self._draw_row(index)]
                if len(self._lines) >= wanted:
                    break
            self._lines = self._lines[self._cut :]
        return self._lines

    def render_line(self, y: int) -> Strip:
        """Render a line of the widget."""
        strip = self._painted[y] = self._draw_line(y)
        return strip

    def _draw_line(self, y: int) -> Strip:
        if y < self.HEADER_LINES:
            return self._fill(self._draw_header(y))
        lines, y = self._lines_in_view(), y - self.HEADER_LINES
        return lines[y][0] if y < len(lines) else self._fill(self._draw_below(y))

    def _fill(self, segments: Iterable[Segment], painter: Painter | None = None) -> Strip:
        """Return segments as a line of the widget, cut or padded to its width."""
        return Strip(segments).adjust_cell_length(self.size.width, (painter or self.painter).base)

    # Events

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        self.scroll_rows(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        self.scroll_rows(-_WHEEL_LINES)
