"""The viewport: the size and position of the part of the page in view."""

from typing import Final

from pactreader.core.article import Article, Passage
from pactreader.tui.page.typesetting import Layout

_RIGHT_MARGIN: Final = 2
"""The free cells on the right: one for the caret on the space that a line breaks at, and one of margin."""


class Viewport:
    """A window on the page, `width` cells wide and `height` lines high. Lines have the numbers of the layout.

    When the size changes, the same text stays on the top line. The article is laid out once the width is known.
    """

    def __init__(self, article: Article, *, measure: int, top: int) -> None:
        """Create a viewport without a size.

        Args:
            article: The article.
            measure: Length of the longest line, in cells.
            top: The offset of the top line, in code points.
        """
        self._article = article
        self._measure = measure
        self._layout: Layout | None = None
        self.counted: Layout | None = None
        """A layout of the same article whose counted lines are used if it has the same measure."""
        self._initial_top_offset = top
        self.width = self.height = 0
        self.top = 0
        """The number of the top line."""

    def fit(self, width: int, height: int) -> bool:
        """Fit the layout to a size in cells and lines; return whether the size changed."""
        if self._layout and (self.width, self.height) == (width, height):
            return False
        top_offset = self.top_offset
        if self._layout is None or self.width != width:
            self.width = width
            begin = None if self._is_between_blocks(top_offset) else top_offset or None
            measure = max(1, min(self._measure, width - self.gutter - _RIGHT_MARGIN))
            origin = self._article.block_index(top_offset)
            former = self._layout or self.counted
            if former and former.measure == measure:
                self._layout = former.moved(begin, origin=origin)
            else:
                self._layout = Layout(self._article, measure, begin, origin=origin)
            self.top = self.line_of_top(top_offset)
        self.height = height
        return True

    @property
    def is_laid_out(self) -> bool:
        """True once the viewport has a size."""
        return self._layout is not None

    @property
    def layout(self) -> Layout:
        """The layout of the article. It must not be used before the viewport has a size."""
        assert self._layout is not None
        return self._layout

    @property
    def gutter(self) -> int:
        """The least number of cells left of the text, for the marks of labels.

        In a terminal of 80 columns it leaves room for the 72 of a measure and of texts that were set for terminals.
        """
        return 6 if self.width >= 80 else 4 if self.width >= 40 else 2

    @property
    def left(self) -> int:
        """The cell at which the text begins."""
        return max(self.gutter, (self.width - self.layout.measure) // 2)

    @property
    def bottom(self) -> int:
        """The first line below the viewport."""
        return self.top + self.height

    @property
    def top_offset(self) -> int:
        """The first visible offset; if the top line is the blank one before a block, the newline before that."""
        if self._layout is None:
            return self._initial_top_offset
        line = self._layout.line(self.top)
        return line.start - 1 if line.blank and line.start else line.start

    @property
    def passage(self) -> Passage:
        """The visible passage; a table row that is cut off is counted whole."""
        layout = self.layout
        return Passage(layout.line(self.top).start, layout.line(layout.nearest(self.bottom - 1)).end)

    def shows(self, y: int) -> bool:
        """Return whether a line is in view."""
        return self.top <= y < self.bottom

    def scroll_to(self, top: int, *, beyond: int = 0) -> bool:
        """Move the viewport so that it begins with a line, and ends at most `beyond` lines after the page.

        Returns:
            True if the viewport must be redrawn.
        """
        layout, is_laid_out_again = self.layout, False
        if layout.begin_line_at is not None:
            offset, below = self.top_offset, top - self.top
            layout = self._layout = layout.without_forced_line()
            self.top = self.line_of_top(offset)
            top = self.top + below
            is_laid_out_again = True
        visible = self.height - beyond
        before, self.top = self.top, layout.nearest(layout.nearest(top + visible - 1) + 1 - visible)
        return is_laid_out_again or self.top != before

    def approach(self, offset: int) -> bool:
        """Move the viewport to just below or above an offset if it is far from all lines that are counted.

        It is laid out there, so that the lines between need not be counted.

        Returns:
            True if it was moved.
        """
        layout = self.layout
        if layout.is_near(offset):
            return False
        is_below = offset > self.top_offset
        origin = self._article.block_index(offset)
        layout = self._layout = Layout(self._article, layout.measure, origin=origin)
        y = layout.line_at(offset)
        self.top = layout.nearest(y - self.height if is_below else y + 1)
        return True

    def line_of_top(self, offset: int) -> int:
        """Return the top line of a viewport whose `top_offset` is this offset."""
        index = self._article.block_index(offset) + 1
        if self._is_between_blocks(offset) and index < len(self._article.blocks):
            return self.layout.first_line(index) - 1
        if not offset and self._article.blocks:
            return self.layout.first_line(0) - 1
        return self.layout.line_at(offset)

    def column_of(self, offset: int) -> int:
        """Return the cell at which an offset is drawn, counted from the text's left edge."""
        return self.layout.line(self.layout.line_at(offset)).column_of(offset)

    def nearest_text(self, y: int, direction: int, column: int) -> int | None:
        """Find the offset in a column of a line, or of the next line with text.

        Args:
            y: The line.
            direction: 1 to go down to the next line with text, -1 to go up.
            column: The cell, counted from the text's left edge.

        Returns:
            The offset; `None` if no line in that direction has text.
        """
        layout = self.layout
        while layout.has_line(y):
            line = layout.line(y)
            if not line.blank:
                return line.offset_at(column)
            y += direction
        return None

    def offset_below(self, offset: int, lines: int, column: int) -> int:
        """Return the offset in a column so many lines below another offset, above if negative.

        If there is no such line, return that other offset.
        """
        y = self.layout.line_at(offset) + lines
        if not self.layout.has_line(y):
            return offset
        found = self.nearest_text(y, 1 if lines > 0 else -1, column)
        return offset if found is None else found

    def _is_between_blocks(self, offset: int) -> bool:
        return bool(self._article.blocks) and offset >= self._article.block_at(offset).end
