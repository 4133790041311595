"""Breaks an article's blocks into lines and maps every cell of a line back to a character of the text.

Line counts are exact, cheap, and made as far as they are asked for. Where lines break is worked out again for
what is in view.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len, set_cell_size

from pactreader.core.article import Article, Block, BlockKind, Piece
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
from pactreader.tui.page.tables import set_table

LIST_INDENT: Final = 4
"""Cells a list is set in, its marker among them."""
QUOTE_BAR: Final = "│ "
_NARROWEST: Final = 8
"""Cells a line keeps however deep its block is nested."""
_REMEMBERED_BLOCKS: Final = 512


class Layout:
    """An article set in a measure, a number of cells. Lines are counted from 0, in cells from the left.

    One offset can be made to begin a line (`begin_line_at`), so that the top of the window keeps its text
    when the measure changes.
    """

    def __init__(self, article: Article, measure: int, begin_line_at: int | None = None) -> None:
        self.article = article
        self.measure = max(_NARROWEST, measure)
        self.begin_line_at = begin_line_at if article.blocks else None
        self._text = article.text
        self._all_narrow = is_narrow(self._text)
        self._forced = -1 if self.begin_line_at is None else article.block_index(self.begin_line_at)
        self._breaks_kept: OrderedDict[int, list[Break]] = OrderedDict()
        self._tables: dict[int, list[Line]] = {}
        self._tops = [0]
        """The first lines of the blocks, and of what follows them, as far as they are counted."""
        self._uncounted = self._heights()

    @property
    def height(self) -> int:
        """Lines on the page, a blank one at its end among them. Asking for it counts them all."""
        self._count(to_block=len(self.article.blocks))
        return self._tops[-1] + 1

    # From lines to the text and back

    def line(self, y: int) -> Line:
        """The line at `y`, which may be the space before a block, or beyond the end."""
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
        return self._set(index, position)

    def line_at(self, offset: int) -> int:
        """The `y` of the line that an offset stands on."""
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

    def first_line(self, index: int) -> int:
        """The `y` of a block's first line of text."""
        self._count(to_block=index)
        return self._tops[index] + self._space(index)

    # How blocks stand

    def _count(self, *, to_line: int = -1, to_block: int = -1) -> None:
        """Count lines until a line's block, or the first line of a block, is known."""
        tops = self._tops
        while tops[-1] <= to_line or len(tops) <= to_block:
            height = next(self._uncounted, None)
            if height is None:
                return
            tops.append(tops[-1] + height)

    def _space(self, index: int) -> int:
        """Blank lines before a block."""
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
        """The lines of every block, with the space before it. Prose, most of an archive, takes a short cut."""
        text, measure, forced = self._text, self.measure, self._forced
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
            return bars + " " * max(0, (self.measure - len(bars) - len("* * *")) // 2)
        if block.kind is BlockKind.HEADING or not block.level:
            return bars
        marker = f"{block.marker} " if block.marker else ""
        indent = max(LIST_INDENT, cell_len(marker)) + LIST_INDENT * (block.level - 1)
        indent = min(indent, max(cell_len(marker), self.measure // 2))
        return bars + (" " * (indent - cell_len(marker)) + marker if first and marker else " " * indent)

    def _room(self, block: Block) -> int:
        """Cells for the text of a block's lines."""
        if not block.level and not block.quoted:
            return self.measure
        return max(_NARROWEST, self.measure - cell_len(self._lead(block, first=True)))

    def _script(self, block: Block) -> Script:
        return Script.NARROW if self._all_narrow else script_of(self._text, block.start, block.end)

    # Where lines break

    def _breaks(self, index: int) -> list[Break]:
        kept = self._breaks_kept.get(index)
        if kept is None:
            kept = self._breaks_kept[index] = self._break(index)
            if len(self._breaks_kept) > _REMEMBERED_BLOCKS:
                self._breaks_kept.popitem(last=False)
        return kept

    def _break(self, index: int) -> list[Break]:
        block = self.article.blocks[index]
        room = self.measure if block.kind is BlockKind.RULE else self._room(block)
        if index == self._forced and self.begin_line_at is not None:
            middle = max(block.start, min(self.begin_line_at, block.end - 1))
            before = self._break_before(block, middle, room) if middle > block.start else []
            return before + self._break_slice(block, middle, block.end, room)
        return self._break_slice(block, block.start, block.end, room)

    def _break_before(self, block: Block, middle: int, room: int) -> list[Break]:
        """The lines of a block before one that is made to begin at an offset.

        What the last of them breaks at stands on no line, as at every other break.
        """
        end = middle
        if self._text[end - 1] == "\n":
            end -= 1
        elif block.kind is not BlockKind.CODE:
            while end > block.start and self._text[end - 1] == " ":
                end -= 1
        return self._break_slice(block, block.start, end, room)

    def _break_slice(self, block: Block, start: int, end: int, room: int) -> list[Break]:
        at_spaces = block.kind is not BlockKind.CODE
        script = self._script(block)
        if script is Script.NARROW:
            return break_narrow(self._text, start, end, room, at_spaces=at_spaces)
        return break_wide(self._text, start, end, room, script, at_spaces=at_spaces)

    # What stands on a line

    def _set(self, index: int, position: int) -> Line:
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
            lines = self._tables[index] = set_table(
                self._text,
                index,
                self.article.blocks[index],
                self.measure,
                self._lead(self.article.blocks[index], first=True),
            )
        return lines


def broken(text: str, measure: int) -> list[str]:
    """A line of text broken to a number of cells, without the spaces that hang at the lines' ends."""
    layout = Layout(Article.assemble([Piece(BlockKind.PARAGRAPH, text)], title=""), measure)
    return ["".join(layout.line(y).drawn).rstrip() for y in range(1, layout.height - 1)]


def fitted(text: str, room: int) -> str:
    """A text that takes no more than so many cells, with an ellipsis where it is cut."""
    return text if cell_len(text) <= room else set_cell_size(text, max(0, room - 1)) + "…"


def _break_start(lines: Break) -> int:
    return lines[0]
