"""The layout of an article as lines, each cell of which maps to an offset of the text.

Lines are counted from the block in view, downwards and upwards, only as far as needed, and without keeping their breaks.
These are computed for the blocks in view, and cached.
"""

import time
from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence
from itertools import chain, repeat
from operator import add, sub
from typing import Final, NamedTuple, Self

from rich.cells import cell_len, set_cell_size

from pactreader.core.article import RULE, Article, Block, BlockKind, Piece
from pactreader.tui.page.line import Line, blank_line
from pactreader.tui.page.line_breaking import (
    Break,
    Script,
    break_narrow,
    break_wide,
    cells_of,
    count_narrow,
    is_plain,
    script_of,
)
from pactreader.tui.page.tables import lay_out_table

LIST_INDENT: Final = 4
"""The indentation of a list in cells, with its marker."""
QUOTE_BAR: Final = "│ "
_MIN_TEXT_WIDTH: Final = 8
"""The least width of a line's text in cells, however deep its block is nested."""
_CACHED_BLOCKS: Final = 512
"""The number of blocks whose breaks are cached."""
_SPACED_KINDS: Final = frozenset({BlockKind.HEADING, BlockKind.LIST_ITEM})
"""The kinds of blocks before which there may be another number of blank lines than one."""
_NEAR_BLOCKS: Final = 100
"""Blocks beyond those counted that are counted at once for an offset in them. They take less than a millisecond."""
_BLOCKS_PER_LOOK: Final = 16
"""Blocks that are counted between two looks at the clock: a look takes a tenth of the time of a block."""


class _Counts(NamedTuple):
    """The lines of the blocks around the origin of a layout, as far as they are counted."""

    below: "array[int]"
    """The lines of the blocks after it: of none, of the first, of the first two, …"""
    above: "array[int]"
    """The lines of the blocks before it: of none, of the last, of the last two, …"""


class _LaidOutBlock(NamedTuple):
    """A block that is or was in view."""

    block: Block
    space: int
    """The blank lines before it."""
    breaks: list[Break]
    """Its breaks; none for a table."""
    is_narrow: bool


class Layout:
    """The lines of an article for a measure in cells.

    Lines are numbered from the first one of a block, the origin, with the blank lines before it: that is line 0, and
    those of earlier blocks have negative numbers. So what is in view is laid out without counting what is above it.
    Columns are counted from 0.
    """

    def __init__(
        self,
        article: Article,
        measure: int,
        begin_line_at: int | None = None,
        *,
        origin: int = 0,
        counts: _Counts | None = None,
    ) -> None:
        """Lay out an article.

        Args:
            article: The article.
            measure: Length of the longest line, in cells.
            begin_line_at: An offset at which a line must begin, so that the top line keeps its text when the measure
                changes; `None` for no such offset. Its block is the origin.
            origin: The number of the block that lines are counted from.
            counts: The lines counted from the same origin by another layout, which share them.
        """
        self.article = article
        self.measure = max(_MIN_TEXT_WIDTH, measure)
        self.begin_line_at = begin_line_at if article.blocks else None
        self._text = article.text
        self._origin = origin if self.begin_line_at is None else article.block_index(self.begin_line_at)
        self._laid_out: OrderedDict[int, _LaidOutBlock] = OrderedDict()
        """The blocks that were in view last."""
        self._tables: dict[int, list[Line]] = {}
        self.origin_height = self._height(self._origin) if article.blocks else 0
        """The lines of the origin, with the blank lines before it."""
        self._counts = counts or _Counts(array("I", [0]), array("I", [0]))
        self._below, self._above = self._counts

    def without_forced_line(self) -> Self:
        """Return the layout in which no line must begin at an offset. It counts on where this one is."""
        return type(self)(self.article, self.measure, origin=self._origin, counts=self._counts)

    def moved(self, begin_line_at: int | None, *, origin: int) -> Self:
        """Return the layout for the same measure with another origin, which knows the lines that this one has counted.

        Args:
            begin_line_at: An offset at which a line must begin, as in the constructor.
            origin: The number of the block that lines are counted from.
        """
        if begin_line_at is not None and self.article.blocks:
            origin = self.article.block_index(begin_line_at)
        distance = origin - self._origin
        height = self.without_forced_line().origin_height
        counts = self._counts
        if 0 < distance < len(self._below):
            counts = _Counts(*_moved_counts(self._below, self._above, distance, height))
        elif 0 < -distance < len(self._above):
            above, below = _moved_counts(self._above, self._below, -distance, height)
            counts = _Counts(below, above)
        elif distance:
            return type(self)(self.article, self.measure, begin_line_at, origin=origin)
        return type(self)(self.article, self.measure, begin_line_at, origin=origin, counts=counts)

    # Counting

    @property
    def is_counted(self) -> bool:
        """True once all lines are counted."""
        return len(self._below) + len(self._above) > len(self.article.blocks)

    def count(self, seconds: float) -> bool:
        """Count lines for about so many seconds; return whether all are counted."""
        end = time.perf_counter() + seconds
        while not self.is_counted and time.perf_counter() < end:
            for _ in range(_BLOCKS_PER_LOOK):
                if not self._count_below():
                    self._count_above()
        return self.is_counted

    @property
    def first(self) -> int:
        """The number of the first line. It takes counting all lines above the origin."""
        while self._count_above():
            pass
        return -self._above[-1]

    @property
    def last(self) -> int:
        """The number of the last line, a blank one. It takes counting all lines below the origin."""
        while self._count_below():
            pass
        return self.origin_height + self._below[-1]

    @property
    def height(self) -> int:
        """Number of lines, including a blank one at the end. It takes counting them all."""
        return self.last - self.first + 1

    def nearest(self, y: int) -> int:
        """Return the number of a line; of one before the first, that of the first, and after the last, of the last."""
        self._count_to_line(y)
        return max(-self._above[-1], min(y, self.origin_height + self._below[-1]))

    def has_line(self, y: int) -> bool:
        """Return whether there is such a line."""
        return self.nearest(y) == y

    def is_near(self, offset: int) -> bool:
        """Return whether the lines as far as that of an offset are counted, or few are still to be counted for it."""
        distance = self.article.block_index(offset) - self._origin
        return -len(self._above) - _NEAR_BLOCKS < distance < len(self._below) + _NEAR_BLOCKS

    def _count_to_line(self, y: int) -> None:
        while y > self.origin_height + self._below[-1] and self._count_below():
            pass
        while y < -self._above[-1] and self._count_above():
            pass

    def _count_below(self) -> bool:
        """Count the lines of the next block below; return whether there is one."""
        below = self._below
        index = self._origin + len(below)
        if index >= len(self.article.blocks):
            return False
        below.append(below[-1] + self._height(index))
        return True

    def _count_above(self) -> bool:
        """Count the lines of the next block above; return whether there is one."""
        above = self._above
        index = self._origin - len(above)
        if index < 0:
            return False
        above.append(above[-1] + self._height(index))
        return True

    def _top(self, index: int) -> int:
        """Return the number of a block's first line, blank lines before it included."""
        distance = index - self._origin
        while distance > len(self._below) and self._count_below():
            pass
        while -distance >= len(self._above) and self._count_above():
            pass
        return self.origin_height + self._below[distance - 1] if distance > 0 else -self._above[-distance]

    def _block_of_line(self, y: int) -> int:
        """Return the number of a line's block; that beyond the first or last one if there is no such line."""
        if y < 0:
            self._count_to_line(y)
            return self._origin - bisect_left(self._above, -y)
        self._count_to_line(y + 1)
        below = y - self.origin_height
        return self._origin if below < 0 else self._origin + bisect_right(self._below, below)

    # Lines

    def line(self, y: int) -> Line:
        """Return line `y`, which may be blank: before a block, or past the end."""
        blocks = self.article.blocks
        index = self._block_of_line(y)
        if not 0 <= index < len(blocks):
            end = blocks[-1].end if blocks and y > 0 else 0
            return blank_line(max(0, len(blocks) - 1), end)
        laid_out = self._lay_out(index)
        block = laid_out.block
        position = y - self._top(index) - laid_out.space
        if position < 0:
            bars = min(block.quoted, blocks[index - 1].quoted) if index else 0
            return blank_line(index, block.start, QUOTE_BAR * bars)
        if block.kind is BlockKind.TABLE:
            return self._table(index)[position]
        return self._text_line(index, position, laid_out)

    def line_at(self, offset: int) -> int:
        """Return the number of the line that an offset is on."""
        if not self.article.blocks:
            return 0
        index = self.article.block_index(offset)
        block, space, breaks, _ = self._lay_out(index)
        top = self._top(index) + space
        if block.kind is BlockKind.TABLE:
            lines = self._table(index)
            last_before = [
                line.offsets[max(0, bisect_right(line.offsets, offset, hi=len(line.drawn)) - 1)]
                for line in lines
            ]
            shown = [k for k, at in enumerate(last_before) if at <= offset and not lines[k].blank]
            return top + max(shown, key=lambda k: (last_before[k], -k), default=0)
        return top + max(0, bisect_right(breaks, offset, key=_break_start) - 1)

    def lines_between(self, start: int, end: int) -> range:
        """Return the numbers of the lines that the text from one offset to before another is on.

        Of a table, these are all lines of its rows: the last words of one may be above the end of another cell.
        """
        last = max(start, end - 1)
        return range(self._outermost_line(start, min), self._outermost_line(last, max) + 1)

    def _outermost_line(self, offset: int, choose: Callable[..., int]) -> int:
        """Return the first or the last line of the row of a table that an offset is in; elsewhere, its line."""
        line = self.line_at(offset)
        index = self.article.block_index(offset)
        block = self._lay_out(index).block
        if block.kind is not BlockKind.TABLE:
            return line
        start = self._text.rfind("\n", block.start, offset) + 1 or block.start
        ends = self._text.find("\n", offset, block.end)
        row = range(start, (block.end if ends < 0 else ends) + 1)
        lines = enumerate(self._table(index), start=self.first_line(index))
        return choose((number for number, one in lines if one.start in row and not one.blank), default=line)

    def first_line(self, index: int) -> int:
        """Return the number of a block's first line of text."""
        return self._top(index) + self._space(index)

    def _space(self, index: int) -> int:
        """Return the number of blank lines before a block."""
        block = self.article.blocks[index]
        if not index or block.kind not in _SPACED_KINDS:
            return 1
        before = self.article.blocks[index - 1]
        if block.kind is BlockKind.LIST_ITEM and block.marker and before.kind is BlockKind.LIST_ITEM:
            return 0
        if block.kind is BlockKind.HEADING and block.level <= 2 and before.kind is not BlockKind.HEADING:
            return 2
        return 1

    def _height(self, index: int) -> int:
        """Return the height in lines of a block with the blank lines before it.

        Plain paragraphs, the most of a large article, are counted by a faster function.
        """
        kind, start, end, level, _marker, quoted, _spans = self.article.blocks[index]
        is_forced = index == self._origin and self.begin_line_at is not None
        if kind is BlockKind.PARAGRAPH and not (level or quoted or is_forced):
            text = self._text[start:end]
            if is_plain(text):
                return 1 + count_narrow(text, self.measure)
        lines = self._table(index) if kind is BlockKind.TABLE else self._break(index)
        return self._space(index) + len(lines)

    def _lead(self, block: Block, *, first: bool) -> str:
        bars = QUOTE_BAR * block.quoted
        if block.kind is BlockKind.RULE:
            return bars + " " * max(0, (self.measure - len(bars) - len(RULE)) // 2)
        if block.kind is BlockKind.HEADING or not block.level:
            return bars
        marker = f"{block.marker} " if block.marker else ""
        indent = max(LIST_INDENT, cell_len(marker)) + LIST_INDENT * (block.level - 1)
        indent = min(indent, max(cell_len(marker), self.measure // 2))
        return bars + (" " * (indent - cell_len(marker)) + marker if first and marker else " " * indent)

    def _text_width(self, block: Block) -> int:
        """Return the width of a block's text, in cells."""
        if not block.level and not block.quoted:
            return self.measure
        return max(_MIN_TEXT_WIDTH, self.measure - cell_len(self._lead(block, first=True)))

    def _lay_out(self, index: int) -> _LaidOutBlock:
        """Return a block with its breaks, and keep it."""
        kept = self._laid_out.get(index)
        if kept is None:
            block = self.article.blocks[index]
            breaks = [] if block.kind is BlockKind.TABLE else self._break(index)
            is_narrow = script_of(self._text, block.start, block.end) is Script.NARROW
            kept = self._laid_out[index] = _LaidOutBlock(block, self._space(index), breaks, is_narrow)
            if len(self._laid_out) > _CACHED_BLOCKS:
                self._laid_out.popitem(last=False)
        return kept

    def _break(self, index: int) -> list[Break]:
        block = self.article.blocks[index]
        width = self.measure if block.kind is BlockKind.RULE else self._text_width(block)
        if index == self._origin and self.begin_line_at is not None:
            middle = max(block.start, min(self.begin_line_at, block.end - 1))
            before = self._break_before(block, middle, width) if middle > block.start else []
            return before + self._break_slice(block, middle, block.end, width)
        return self._break_slice(block, block.start, block.end, width)

    def _break_before(self, block: Block, middle: int, width: int) -> list[Break]:
        """Break the part of a block before an offset at which a line must begin.

        As at every break, the space or newline before the offset is on no line.
        """
        end = middle
        if self._text[end - 1] == "\n":
            end -= 1
        else:
            while end > block.start and self._text[end - 1] == " ":
                end -= 1
        return self._break_slice(block, block.start, end, width)

    def _break_slice(self, block: Block, start: int, end: int, width: int) -> list[Break]:
        script = script_of(self._text, block.start, block.end)
        if script is Script.NARROW:
            return break_narrow(self._text, start, end, width)
        return break_wide(self._text, start, end, width, script)

    def _text_line(self, index: int, position: int, laid_out: _LaidOutBlock) -> Line:
        block = laid_out.block
        start, end = laid_out.breaks[position]
        lead = self._lead(block, first=position == 0)
        column = cell_len(lead)
        script = Script.NARROW if laid_out.is_narrow else script_of(self._text, start, end)
        if script is Script.NARROW:
            offsets: Sequence[int] = range(start, end + 1)
            columns: Sequence[int] = range(column, column + end - start + 1)
            drawn: Sequence[str] = self._text[start:end]
        else:
            offsets, columns, drawn = cells_of(self._text, start, end, column, script)
        return Line(index, start, end, lead, offsets, columns, drawn, first=position == 0)

    def _table(self, index: int) -> list[Line]:
        lines = self._tables.get(index)
        if lines is None:
            lines = self._tables[index] = lay_out_table(
                self._text,
                index,
                self.article.blocks[index],
                self.measure,
                self._lead(self.article.blocks[index], first=True),
            )
        return lines


def _moved_counts(
    ahead: "array[int]", behind: "array[int]", distance: int, height: int
) -> tuple["array[int]", "array[int]"]:
    """Return the lines counted ahead and behind of an origin that is moved ahead by some blocks.

    Example: blocks of 2, 3 and 5 lines, counted from the first of them, `[0, 3, 8]` and `[0]`, moved by one:
    `[0, 5]` and `[0, 2]`.

    Args:
        ahead: The lines counted on the side that it is moved to, as in `_Counts`.
        behind: Those on the other side.
        distance: The number of blocks.
        height: The lines of the block that was the origin.
    """
    passed, beyond = ahead[distance - 1], ahead[distance]
    between = map(sub, repeat(passed), reversed(ahead[:distance]))
    farther = map(add, repeat(passed + height), behind)
    return array("I", map(sub, ahead[distance:], repeat(beyond))), array("I", chain(between, farther))


def wrap_text(text: str, measure: int) -> list[str]:
    """Break a text into lines of at most so many cells, without spaces at their ends."""
    layout = Layout(Article.assemble([Piece(BlockKind.PARAGRAPH, text)], title=""), measure)
    return ["".join(layout.line(y).drawn).rstrip() for y in range(1, layout.height - 1)]


def truncate(text: str, width: int) -> str:
    """Return a text cut to so many cells with an ellipsis; unchanged if it fits."""
    return text if cell_len(text) <= width else set_cell_size(text, max(0, width - 1)) + "…"


def _break_start(lines: Break) -> int:
    return lines[0]
