"""The layout of an article as lines, each cell of which maps to an offset of the text.

All lines are counted, but only as far as needed, and without keeping their breaks. These are computed for the blocks in
view, and cached.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Final

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
    is_narrow,
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


class Layout:
    """The lines of an article for a measure in cells. Lines and columns are counted from 0."""

    def __init__(self, article: Article, measure: int, begin_line_at: int | None = None) -> None:
        """Lay out an article.

        Args:
            article: The article.
            measure: Length of the longest line, in cells.
            begin_line_at: An offset at which a line must begin, so that the top line keeps its text when the measure
                changes; `None` for no such offset.
        """
        self.article = article
        self.measure = max(_MIN_TEXT_WIDTH, measure)
        self.begin_line_at = begin_line_at if article.blocks else None
        self._text = article.text
        self._all_narrow = is_narrow(self._text)
        self._forced_block = -1 if self.begin_line_at is None else article.block_index(self.begin_line_at)
        self._cached_breaks: OrderedDict[int, list[Break]] = OrderedDict()
        self._tables: dict[int, list[Line]] = {}
        self._tops = [0]
        """The first line of each block, blank lines before it included, and the line after the last block counted."""
        self._uncounted = self._heights()

    @property
    def height(self) -> int:
        """Number of lines, including a blank one at the end. The first call counts them all."""
        self._count(to_block=len(self.article.blocks))
        return self._tops[-1] + 1

    def line(self, y: int) -> Line:
        """Return line `y`, which may be blank: before a block, or past the end."""
        blocks = self.article.blocks
        self._count(to_line=y)
        index = bisect_right(self._tops, y) - 1
        if not 0 <= index < len(blocks):
            end = blocks[-1].end if blocks and y > 0 else 0
            return blank_line(max(0, len(blocks) - 1), end)
        block = blocks[index]
        position = y - self._tops[index] - self._space(index)
        if position < 0:
            bars = min(block.quoted, blocks[index - 1].quoted) if index else 0
            return blank_line(index, block.start, QUOTE_BAR * bars)
        if block.kind is BlockKind.TABLE:
            return self._table(index)[position]
        return self._text_line(index, position)

    def line_at(self, offset: int) -> int:
        """Return the number of the line that an offset is on."""
        if not self.article.blocks:
            return 0
        index = self.article.block_index(offset)
        top = self.first_line(index)
        block = self.article.blocks[index]
        if block.kind is BlockKind.TABLE:
            lines = self._table(index)
            last_before = [
                line.offsets[max(0, bisect_right(line.offsets, offset, hi=len(line.drawn)) - 1)]
                for line in lines
            ]
            shown = [k for k, at in enumerate(last_before) if at <= offset and not lines[k].blank]
            return top + max(shown, key=lambda k: (last_before[k], -k), default=0)
        return top + max(0, bisect_right(self._breaks(index), offset, key=_break_start) - 1)

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
        block = self.article.blocks[index]
        if block.kind is not BlockKind.TABLE:
            return line
        start = self._text.rfind("\n", block.start, offset) + 1 or block.start
        ends = self._text.find("\n", offset, block.end)
        row = range(start, (block.end if ends < 0 else ends) + 1)
        lines = enumerate(self._table(index), start=self.first_line(index))
        return choose((number for number, one in lines if one.start in row and not one.blank), default=line)

    def first_line(self, index: int) -> int:
        """Return the number of a block's first line of text."""
        self._count(to_block=index)
        return self._tops[index] + self._space(index)

    def _count(self, *, to_line: int = -1, to_block: int = -1) -> None:
        """Count lines as far as the block of a line, or the first line of a block."""
        tops = self._tops
        while tops[-1] <= to_line or len(tops) <= to_block:
            height = next(self._uncounted, None)
            if height is None:
                return
            tops.append(tops[-1] + height)

    def _space(self, index: int) -> int:
        """Return the number of blank lines before a block."""
        block = self.article.blocks[index]
        if not index:
            return 1
        before = self.article.blocks[index - 1]
        if block.kind is BlockKind.LIST_ITEM and block.marker and before.kind is BlockKind.LIST_ITEM:
            return 0
        if block.kind is BlockKind.HEADING and block.level <= 2 and before.kind is not BlockKind.HEADING:
            return 2
        return 1

    def _heights(self) -> Iterator[int]:
        """Yield the height in lines of every block with the blank lines before it.

        Plain paragraphs, the most of a large article, are counted by a faster function.
        """
        text, measure, forced = self._text, self.measure, self._forced_block
        single = (
            self._all_narrow and "  " not in text and text.count("\n") == 2 * (len(self.article.blocks) - 1)
        )
        before = None
        for index, (kind, start, end, level, _marker, quoted, _spans) in enumerate(self.article.blocks):
            prose = kind is BlockKind.PARAGRAPH and not level and not quoted
            if single and prose and before is not None and index != forced:
                yield 1 + count_narrow(text, start, end, measure)
            else:
                yield self._height(index)
            before = kind

    def _height(self, index: int) -> int:
        block = self.article.blocks[index]
        if block.kind is BlockKind.TABLE:
            return self._space(index) + len(self._table(index))
        return self._space(index) + len(self._break(index))

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

    def _script(self, block: Block) -> Script:
        return Script.NARROW if self._all_narrow else script_of(self._text, block.start, block.end)

    def _breaks(self, index: int) -> list[Break]:
        kept = self._cached_breaks.get(index)
        if kept is None:
            kept = self._cached_breaks[index] = self._break(index)
            if len(self._cached_breaks) > _CACHED_BLOCKS:
                self._cached_breaks.popitem(last=False)
        return kept

    def _break(self, index: int) -> list[Break]:
        block = self.article.blocks[index]
        width = self.measure if block.kind is BlockKind.RULE else self._text_width(block)
        if index == self._forced_block and self.begin_line_at is not None:
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
        script = self._script(block)
        if script is Script.NARROW:
            return break_narrow(self._text, start, end, width)
        return break_wide(self._text, start, end, width, script)

    def _text_line(self, index: int, position: int) -> Line:
        block = self.article.blocks[index]
        start, end = self._breaks(index)[position]
        lead = self._lead(block, first=position == 0)
        column = cell_len(lead)
        script = Script.NARROW if self._all_narrow else script_of(self._text, start, end)
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


def wrap_text(text: str, measure: int) -> list[str]:
    """Break a text into lines of at most so many cells, without spaces at their ends."""
    layout = Layout(Article.assemble([Piece(BlockKind.PARAGRAPH, text)], title=""), measure)
    return ["".join(layout.line(y).drawn).rstrip() for y in range(1, layout.height - 1)]


def truncate(text: str, width: int) -> str:
    """Return a text cut to so many cells with an ellipsis; unchanged if it fits."""
    return text if cell_len(text) <= width else set_cell_size(text, max(0, width - 1)) + "…"


def _break_start(lines: Break) -> int:
    return lines[0]
