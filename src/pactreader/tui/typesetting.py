"""Breaks an article's blocks into lines and maps every cell of a line back to a character of the text.

Line counts are exact from the start, and cheap: text of narrow characters is broken by `str.rfind`, other
text by running sums of cell widths and bisection. Where lines break is worked out again for what is in view.
"""

import re
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import accumulate
from typing import Final, NamedTuple

from rich.cells import cell_len

from pactreader.core.article import Article, Block, BlockKind

TAB_STOP: Final = 4
"""Cells between tab stops."""
LIST_INDENT: Final = 4
"""Cells a list is set in, its marker among them."""
QUOTE_BAR: Final = "│ "
CELL_BAR: Final = " │ "
_NARROWEST_CELL: Final = 8
"""Cells a table's column keeps however little room there is."""
_NARROWEST: Final = 8
"""Cells a line keeps however deep its block is nested."""
_REMEMBERED_BLOCKS: Final = 512

_NARROW_RANGES: Final = (
    r"\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482"
    r"\u048a-\u052f\u1e00-\u1eff\u2010-\u2015\u2018-\u2027\u2030-\u203b\u203d-\u2048\u20a0-\u20c0\u2190-\u21ff"
    r"\u2200-\u22ff\u2500-\u257f"
)
_WIDE_RANGES: Final = (
    r"\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
)
_NARROW: Final = re.compile(rf"[{_NARROW_RANGES}\n]*")
"""Text in which every code point is a grapheme cluster of one cell."""
_SIMPLE: Final = rf"[{_NARROW_RANGES}{_WIDE_RANGES}\n]*"
"""Text in which every code point is a grapheme cluster of one or two cells. Narrow text does without compiling it."""

_INVISIBLE: Final = frozenset("\xad\u200b\u2060\ufeff")
"""Clusters that terminals disagree about: they take no cell and are not sent."""
_NOT_FIRST: Final = frozenset("、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝〕〉》」』】〙〗,.:;?!)]}’”»…")
"""What may not begin a line (JIS X 4051, kinsoku)."""
_NOT_LAST: Final = frozenset("（［｛〔〈《「『【〘〖([{‘“«")
"""What may not end a line."""


class _Widths(dict[str, int]):
    """Cells of a grapheme cluster, as Rich measures them, as it is Rich that pads and crops; of a tab, the most."""

    def __missing__(self, cluster: str) -> int:
        width = TAB_STOP if cluster == "\t" else 0 if cluster in _INVISIBLE else cell_len(cluster)
        self[cluster] = width
        return width


_WIDTHS: Final = _Widths()


class _Script(Enum):
    """How a block's text has to be measured."""

    NARROW = 1
    SIMPLE = 2
    COMPLEX = 3


class Line(NamedTuple):
    """One line of the page.

    Its characters are `drawn[i]`, from offset `offsets[i]` of the text, at cell `columns[i]`, counted from
    the left edge of the measure. `offsets` and `columns` have one entry more than `drawn`: the end. What is
    drawn may differ from the character: a tab is drawn as spaces, a soft hyphen not at all.
    """

    block: int
    """The index of its block."""
    start: int
    end: int
    """It shows `[start, end)` of the text; the space or line feed that it breaks at is not shown."""
    lead: str
    """What stands before the text: indentation, list marker, quotation bars; a table's rule."""
    offsets: Sequence[int]
    columns: Sequence[int]
    drawn: Sequence[str]
    fillers: frozenset[int] = frozenset()
    """Indexes of `drawn` that are padding: they carry the offset of the character before."""
    first: bool = False
    """Whether it is the first line of its block."""
    blank: bool = False
    """Whether no caret can stand on it: it is space between blocks, or a table's rule."""

    def column_of(self, offset: int) -> int:
        """The cell of the cluster at an offset; of what is not shown, the cell behind the line."""
        index = bisect_right(self.offsets, offset) - 1
        while index in self.fillers:
            index -= 1
        return self.columns[max(0, index)]

    def offset_at(self, column: int) -> int:
        """The offset of the cluster that covers a cell; of the nearest one where there is none."""
        if not self.drawn:
            return self.start
        index = bisect_right(self.columns, column) - 1
        return self.offsets[min(max(0, index), len(self.drawn) - 1)]

    def slice(self, start: int, end: int) -> tuple[int, int]:
        """The indexes `[i, j)` of `drawn` that come from `[start, end)` of the text."""
        return bisect_left(self.offsets, start, hi=len(self.drawn)), bisect_left(
            self.offsets, end, hi=len(self.drawn)
        )


_Break = tuple[int, int]
"""`[start, end)` of a line's text."""


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
        self._all_narrow = _is_narrow(self._text)
        self._forced = -1 if self.begin_line_at is None else article.block_index(self.begin_line_at)
        self._breaks_kept: OrderedDict[int, list[_Break]] = OrderedDict()
        self._tables: dict[int, list[Line]] = {}
        self._tops = [0, *accumulate(self._heights())]

    @property
    def height(self) -> int:
        """Lines on the page, a blank one at its end among them."""
        return self._tops[-1] + 1

    # From lines to the text and back

    def line(self, y: int) -> Line:
        """The line at `y`, which may be the space before a block, or beyond the end."""
        blocks = self.article.blocks
        index = bisect_right(self._tops, y) - 1
        if not 0 <= index < len(blocks):
            end = blocks[-1].end if blocks and y > 0 else 0
            return _blank(max(0, len(blocks) - 1), end)
        block = blocks[index]
        position = y - self._tops[index] - self._space(index)
        if position < 0:
            bars = min(block.quoted, blocks[index - 1].quoted) if index else 0
            return _blank(index, block.start, QUOTE_BAR * bars)
        if block.kind is BlockKind.TABLE:
            return self._table(index)[position]
        return self._set(index, position)

    def line_at(self, offset: int) -> int:
        """The `y` of the line that an offset stands on."""
        if not self.article.blocks:
            return 0
        index = self.article.block_index(offset)
        top = self._tops[index] + self._space(index)
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
        return self._tops[index] + self._space(index)

    # How blocks stand

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
                yield 1 + _count_narrow(text, start, end, measure)
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

    def _script(self, block: Block) -> _Script:
        if self._all_narrow or _NARROW.fullmatch(self._text, block.start, block.end):
            return _Script.NARROW
        simple = re.compile(_SIMPLE).fullmatch(self._text, block.start, block.end)
        return _Script.SIMPLE if simple else _Script.COMPLEX

    # Where lines break

    def _breaks(self, index: int) -> list[_Break]:
        kept = self._breaks_kept.get(index)
        if kept is None:
            kept = self._breaks_kept[index] = self._break(index)
            if len(self._breaks_kept) > _REMEMBERED_BLOCKS:
                self._breaks_kept.popitem(last=False)
        return kept

    def _break(self, index: int) -> list[_Break]:
        block = self.article.blocks[index]
        room = self.measure if block.kind is BlockKind.RULE else self._room(block)
        if index == self._forced and self.begin_line_at is not None:
            middle = max(block.start, min(self.begin_line_at, block.end - 1))
            before = self._break_before(block, middle, room) if middle > block.start else []
            return before + self._break_slice(block, middle, block.end, room)
        return self._break_slice(block, block.start, block.end, room)

    def _break_before(self, block: Block, middle: int, room: int) -> list[_Break]:
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

    def _break_slice(self, block: Block, start: int, end: int, room: int) -> list[_Break]:
        at_spaces = block.kind is not BlockKind.CODE
        script = self._script(block)
        if script is _Script.NARROW:
            return _break_narrow(self._text, start, end, room, at_spaces=at_spaces)
        return _break_wide(self._text, start, end, room, script, at_spaces=at_spaces)

    # What stands on a line

    def _set(self, index: int, position: int) -> Line:
        block = self.article.blocks[index]
        start, end = self._breaks(index)[position]
        lead = self._lead(block, first=position == 0)
        column = cell_len(lead)
        script = self._script(block)
        if script is _Script.NARROW:
            offsets: Sequence[int] = range(start, end + 1)
            columns: Sequence[int] = range(column, column + end - start + 1)
            drawn: Sequence[str] = self._text[start:end]
        else:
            offsets, columns, drawn = _cells(self._text, start, end, column, script)
        return Line(index, start, end, lead, offsets, columns, drawn, first=position == 0)

    def _table(self, index: int) -> list[Line]:
        lines = self._tables.get(index)
        if lines is None:
            lines = self._tables[index] = _set_table(
                self._text,
                index,
                self.article.blocks[index],
                self.measure,
                self._lead(self.article.blocks[index], first=True),
            )
        return lines


def _break_start(lines: _Break) -> int:
    return lines[0]


def _blank(index: int, offset: int, lead: str = "") -> Line:
    return Line(index, offset, offset, lead, (offset,), (cell_len(lead),), (), blank=True)


def _clusters(text: str, script: _Script) -> Sequence[str]:
    """The grapheme clusters of a text."""
    if script is not _Script.COMPLEX:
        return text
    from regex import findall  # noqa: PLC0415 - narrow texts do without

    return findall(r"\X", text)


def _break_narrow(text: str, start: int, end: int, room: int, *, at_spaces: bool) -> list[_Break]:
    """Lines of at most `room` code points, broken at spaces where there are any."""
    lines: list[_Break] = []
    while True:
        stop = text.find("\n", start, end)
        if stop < 0:
            stop = end
        while stop - start > room:
            cut = text.rfind(" ", start + 1, start + room + 1) if at_spaces else -1
            if cut < 0:
                lines.append((start, start + room))
                start += room
                continue
            following = cut + 1
            while text[cut - 1] == " " and cut - 1 > start:
                cut -= 1
            while following < stop and text[following] == " ":
                following += 1
            lines.append((start, cut))
            start = following
        lines.append((start, stop))
        if stop == end:
            return lines
        start = stop + 1


def _count_narrow(text: str, start: int, end: int, room: int) -> int:
    """How many lines `_break_narrow` makes of a text without line feeds and double spaces.

    An archive has too many lines to make them all at the start.
    """
    count = 1
    rfind = text.rfind
    while end - start > room:
        cut = rfind(" ", start + 1, start + room + 1)
        start = cut + 1 if cut > 0 else start + room
        count += 1
    return count


def _break_wide(
    text: str, start: int, end: int, room: int, script: _Script, *, at_spaces: bool
) -> list[_Break]:
    """Lines of at most `room` cells, broken at spaces and between ideographs, never inside a cluster."""
    lines: list[_Break] = []
    while True:
        stop = text.find("\n", start, end)
        if stop < 0:
            stop = end
        clusters = _clusters(text[start:stop], script)
        ends = list(accumulate(map(_WIDTHS.__getitem__, clusters)))
        offsets = (
            range(start, stop + 1)
            if script is _Script.SIMPLE
            else [start, *accumulate(map(len, clusters), initial=start)][1:]
        )
        first, used = 0, 0
        while ends and ends[-1] - used > room:
            cut = max(first + 1, bisect_right(ends, used + room, lo=first))
            following = cut
            if at_spaces:
                cut, following = _good_break(clusters, first, cut)
            lines.append((offsets[first], offsets[cut]))
            first, used = following, ends[following - 1]
        if first < len(clusters) or not clusters:
            lines.append((offsets[first] if clusters else start, stop))
        if stop == end:
            return lines
        start = stop + 1


def _is_ideograph(cluster: str) -> bool:
    """Whether a line may break beside it without a space; Korean breaks at its spaces."""
    first = cluster[0]
    return (
        "\u3000" <= first <= "\u30ff"
        or "\u3400" <= first <= "\u4dbf"
        or "\u4e00" <= first <= "\u9fff"
        or "\uff01" <= first <= "\uff60"
    )


def _good_break(clusters: Sequence[str], first: int, cut: int) -> tuple[int, int]:
    """Where a line that has room for `[first, cut)` had better end, and where the next one begins."""
    for index in range(cut, first, -1):
        if clusters[index] == " ":
            following = index
            while following < len(clusters) and clusters[following] == " ":
                following += 1
            while index - 1 > first and clusters[index - 1] == " ":
                index -= 1  # noqa: PLW2901 - the line ends before all of them
            return index, following
        before, after = clusters[index - 1], clusters[index]
        if before == " ":
            continue
        ideographic = _is_ideograph(before) or _is_ideograph(after)
        if ideographic and before not in _NOT_LAST and after not in _NOT_FIRST:
            return index, index
    return cut, cut


def _cells(
    text: str, start: int, end: int, column: int, script: _Script
) -> tuple[list[int], list[int], list[str]]:
    """Offsets, columns and drawn clusters of a line."""
    offsets: list[int] = []
    columns: list[int] = []
    drawn: list[str] = []
    left, offset = column, start
    for cluster in _clusters(text[start:end], script):
        offsets.append(offset)
        columns.append(column)
        if cluster == "\t":
            width = TAB_STOP - (column - left) % TAB_STOP
            drawn.append(" " * width)
        else:
            width = _WIDTHS[cluster]
            drawn.append("" if cluster in _INVISIBLE else cluster)
        column += width
        offset += len(cluster)
    offsets.append(offset)
    columns.append(column)
    return offsets, columns, drawn


# Tables


def _set_table(text: str, index: int, block: Block, measure: int, lead: str) -> list[Line]:
    """The lines of a table: every row as high as its highest cell, a rule below the first."""
    rows: list[list[_Break]] = []
    offset = block.start
    for row in text[block.start : block.end].split("\n"):
        cells: list[_Break] = []
        for cell in row.split("\t"):
            cells.append((offset, offset + len(cell)))
            offset += len(cell) + 1
        rows.append(cells)
    widths = _column_widths(text, rows, measure - cell_len(lead))
    lines: list[Line] = []
    for number, row_cells in enumerate(rows):
        lines += _set_row(text, index, row_cells, widths, lead)
        if not number and len(rows) > 1:
            rule = "─┼─".join("─" * width for width in widths)
            lines.append(_blank(index, row_cells[-1][1], lead + rule))
    return [lines[0]._replace(first=True), *lines[1:]]


def _column_widths(text: str, rows: list[list[_Break]], measure: int) -> list[int]:
    """Cells for each column: what its widest cell asks for, the widest columns giving way to fit the measure."""
    count = max(map(len, rows))
    wanted = [
        max(
            (
                sum(map(_WIDTHS.__getitem__, _clusters(text[slice(*row[k])], _Script.COMPLEX)))
                for row in rows
                if k < len(row)
            ),
            default=0,
        )
        for k in range(count)
    ]
    widths = [max(1, width) for width in wanted]
    room = measure - len(CELL_BAR) * (count - 1)
    while sum(widths) > room:
        widest = max(range(count), key=widths.__getitem__)
        if widths[widest] <= _NARROWEST_CELL:
            break
        widths[widest] -= 1
    return widths


def _set_row(text: str, index: int, cells: list[_Break], widths: list[int], lead: str) -> list[Line]:
    parts = [
        _break_wide(text, start, end, width, _Script.COMPLEX, at_spaces=True)
        for (start, end), width in zip(cells, widths, strict=False)
    ]
    lines: list[Line] = []
    for number in range(max(map(len, parts))):
        offsets: list[int] = []
        columns: list[int] = []
        drawn: list[str] = []
        fillers: set[int] = set()
        own_lead = lead
        column = cell_len(lead)
        for k, (lines_of_cell, width) in enumerate(zip(parts, widths, strict=False)):
            edge = column + width
            if number < len(lines_of_cell):
                start, end = lines_of_cell[number]
                cell_offsets, cell_columns, cell_drawn = _cells(text, start, end, column, _Script.COMPLEX)
                offsets += cell_offsets[:-1]
                columns += cell_columns[:-1]
                drawn += cell_drawn
                column = cell_columns[-1]
            padding = " " * (edge - column)
            column = edge
            if k + 1 < len(parts):
                padding += CELL_BAR
                column += len(CELL_BAR)
            if not padding:
                continue
            if number == 0 and k + 1 < len(parts):
                offsets.append(cells[k][1])  # the tab itself
            elif drawn:
                fillers.add(len(drawn))
                offsets.append(offsets[-1])
            else:
                own_lead += padding
                continue
            columns.append(column - len(padding))
            drawn.append(padding)
        if not drawn:
            offsets, columns = [cells[0][0]], [cell_len(own_lead)]
            lines.append(Line(index, offsets[0], offsets[0], own_lead, offsets, columns, ()))
            continue
        end = offsets[-1] + 1
        lines.append(
            Line(
                index,
                offsets[0],
                end,
                own_lead,
                [*offsets, end],
                [*columns, column],
                drawn,
                frozenset(fillers),
            )
        )
    return lines
