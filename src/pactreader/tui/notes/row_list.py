"""A list that is drawn line by line, so that ten thousand rows cost what is in view."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from pactreader.tui.page.painter import Painter

_WHEEL_LINES: Final = 3
"""Lines that one step of the mouse wheel scrolls."""


class RowList(Widget):
    """Rows of one or more lines below a header, one of them current.

    The viewport is kept as its first row and the lines of that row above it, so rows out of view need no height.
    It follows the current row until it is scrolled.

    A subclass gives `_row_count` and `_draw_row`, and what it needs of `_draw_header` and `_draw_below`.
    `paint_with` is called before anything is drawn.
    """

    ALLOW_SELECT = False
    HEADER_LINES: ClassVar[int] = 0
    GAP_LINES: ClassVar[int] = 0
    """Lines at the end of every row that are empty, and need not be in view with it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.painter: Painter
        self.current_painter: Painter
        """The painter of the current row."""
        self.current_index = 0
        """The index of the current row, or of the one that was current before it went."""
        self._first = 0
        """The index of the first row in view."""
        self._cut = 0
        """Lines of that row above the viewport."""
        self._follows_current = True
        self._lines: list[tuple[Strip, int]] | None = None
        """Lines in view, each with the index of its row; `None` until they are drawn."""

    # Rows, as a subclass has them

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
        """Draw a line below the last row, counted from the header."""
        return ()

    @property
    def _has_current(self) -> bool:
        """True if there is a current row."""
        return self._row_count > 0

    # The current row

    def move_by(self, count: int) -> None:
        """Make the row `count` rows further down the current one, up if negative."""
        self.move_to(self.current_index + count)

    def move_to(self, index: int) -> None:
        """Make a row the current one; beyond the ends, the row at the end."""
        if self._row_count:
            self.current_index = min(max(0, index), self._row_count - 1)
            self._follows_current = True
            self.redraw()

    def row_at(self, y: int) -> int | None:
        """Return the index of the row that is drawn on a line of the widget; `None` if none is."""
        lines, y = self._lines_in_view(), y - self.HEADER_LINES
        return lines[y][1] if 0 <= y < len(lines) else None

    # The viewport

    @property
    def _viewport_height(self) -> int:
        """Lines for the rows, at least one."""
        return max(1, self.size.height - self.HEADER_LINES)

    def scroll_rows(self, lines: int) -> None:
        """Move the viewport so many lines down, up if negative; the current row stays current."""
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
        """Return the lines of the current row below the viewport (`step` 1) or above it (-1).

        0 for a row that begins far from the viewport.
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
        """Let the viewport end with a row; begin with it, if it is higher than the viewport."""
        height, first = self._viewport_height, index
        lines = self._row_height(index) - self.GAP_LINES
        while lines < height and first:
            first -= 1
            lines += self._row_height(first)
        self._first = first
        self._cut = max(0, lines - height) if first < index else 0

    # Drawing

    def paint_with(self, painter: Painter, current_painter: Painter | None = None) -> None:
        """Draw with other painters from now on.

        Args:
            painter: The painter of the list.
            current_painter: The painter of the current row, if it is another one.
        """
        self.painter, self.current_painter = painter, current_painter or painter
        self.redraw()

    def redraw(self) -> None:
        """Draw everything anew at the next refresh."""
        self._lines = None
        self.refresh()

    def _lines_in_view(self) -> list[tuple[Strip, int]]:
        if self._lines is None:
            self._bring_current_into_view()
            self._lines, wanted = [], self._viewport_height + self._cut
            for index in range(self._first, self._row_count):
                self._lines += [(strip, index) for strip in self._draw_row(index)]
                if len(self._lines) >= wanted:
                    break
            self._lines = self._lines[self._cut :]
        return self._lines

    def render_line(self, y: int) -> Strip:
        """Return a line of the widget."""
        if y < self.HEADER_LINES:
            return self._fill(self._draw_header(y))
        lines, y = self._lines_in_view(), y - self.HEADER_LINES
        return lines[y][0] if y < len(lines) else self._fill(self._draw_below(y))

    def _fill(self, segments: Iterable[Segment], painter: Painter | None = None) -> Strip:
        """Return segments as a line of the widget, cut or padded to its width."""
        return Strip(segments).adjust_cell_length(self.size.width, (painter or self.painter).base)

    # Events

    def on_resize(self) -> None:
        """Draw for another size."""
        self.redraw()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        self.scroll_rows(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        self.scroll_rows(-_WHEEL_LINES)
