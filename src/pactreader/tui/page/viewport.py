"""What is seen of the article's lines: the size that they are set for, and the line that stands on top."""

from typing import Final

from pactreader.core.article import Article, Passage
from pactreader.tui.page.typesetting import Layout

_RIGHT_MARGIN: Final = 2
"""Cells kept free at the right: one for the space that hangs at a line's end, one for air."""


class Viewport:
    """A part of the page, so many cells wide and lines high. Lines are counted from 0, at the top of the page.

    The text on its top line stays there whatever becomes of the size. The page is set when it is first asked
    for, and only as far as it is seen: how long it is takes longer.
    """

    def __init__(self, article: Article, *, measure: int, top: int) -> None:
        """Args:
        article: What is seen.
        measure: The longest line, in cells.
        top: The offset that it begins with, in code points.
        """
        self._article = article
        self._measure = measure
        self._layout: Layout | None = None
        self._begins_with = top
        self.width = self.height = 0
        self.top = 0
        """The line that stands on top."""

    def fit(self, width: int, height: int) -> bool:
        """Have the lines set for a size, in cells; whether that is another size than before."""
        if self._layout and (self.width, self.height) == (width, height):
            return False
        top_offset = self.top_offset
        if self._layout is None or self.width != width:
            self.width = width
            begin = None if self._is_between_blocks(top_offset) else top_offset or None
            measure = max(1, min(self._measure, width - self.gutter - _RIGHT_MARGIN))
            self._layout = Layout(self._article, measure, begin)
            self.top = self.line_of_top(top_offset)
        self.height = height
        return True

    @property
    def layout(self) -> Layout:
        """The lines, once there is a size."""
        assert self._layout is not None
        return self._layout

    @property
    def gutter(self) -> int:
        """Cells left of the text at the least: the marks stand there."""
        return 6 if self.width >= 64 else 4 if self.width >= 40 else 2

    @property
    def left(self) -> int:
        """The cell at which the text begins."""
        return max(self.gutter, (self.width - self.layout.measure) // 2)

    @property
    def bottom(self) -> int:
        """The first line below it."""
        return self.top + self.height

    @property
    def top_offset(self) -> int:
        """The offset that it begins with; of the space before a block, that of the line feed there."""
        if self._layout is None:
            return self._begins_with
        line = self._layout.line(self.top)
        return line.start - 1 if line.blank and line.start else line.start

    @property
    def passage(self) -> Passage:
        """What it shows; of rows of tables that are cut, the whole."""
        layout = self.layout
        return Passage(layout.line(self.top).start, layout.line(min(self.bottom, layout.height) - 1).end)

    def shows(self, y: int) -> bool:
        """Whether a line is in it."""
        return self.top <= y < self.bottom

    # How it moves

    def show_from(self, top: int, *, beyond: int = 0) -> bool:
        """Begin with a line, as far as the page and some lines beyond its end reach.

        Returns:
            Whether anything is drawn otherwise by that.
        """
        layout, is_set_anew = self.layout, False
        if layout.begin_line_at is not None:
            offset, below = self.top_offset, top - self.top
            layout = self._layout = Layout(self._article, layout.measure)
            self.top = self.line_of_top(offset)
            top = self.top + below
            is_set_anew = True
        before, self.top = self.top, max(0, min(top, layout.height - self.height + beyond))
        return is_set_anew or self.top != before

    def line_of_top(self, offset: int) -> int:
        """The line that it begins with if it begins with an offset, as `top_offset` has it."""
        index = self._article.block_index(offset) + 1
        if self._is_between_blocks(offset) and index < len(self._article.blocks):
            return self.layout.first_line(index) - 1
        return self.layout.line_at(offset) if offset else 0

    def _is_between_blocks(self, offset: int) -> bool:
        return bool(self._article.blocks) and offset >= self._article.block_at(offset).end

    # What stands where

    def column_of(self, offset: int) -> int:
        """The cell of its line, counted from the text's left edge, that an offset is drawn in."""
        return self.layout.line(self.layout.line_at(offset)).column_of(offset)

    def nearest_text(self, y: int, step: int, column: int) -> int | None:
        """The offset in a column of a line, or of the next one in a direction that has text; `None` if none has."""
        layout = self.layout
        while 0 <= y < layout.height:
            line = layout.line(y)
            if not line.blank:
                return line.offset_at(column)
            y += step
        return None

    def offset_below(self, offset: int, lines: int, column: int) -> int:
        """The offset in a column so many lines below that of an offset, above if negative; that offset if there is none."""
        y = self.layout.line_at(offset) + lines
        if not 0 <= y < self.layout.height:
            return offset
        found = self.nearest_text(y, 1 if lines > 0 else -1, column)
        return offset if found is None else found
