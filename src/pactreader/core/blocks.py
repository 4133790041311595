"""Blocks: the slices that an article's text consists of, and their inline styles."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple, Self, overload


class BlockKind(StrEnum):
    """The kind of a block."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    QUOTATION = "quotation"
    CODE = "code"
    TABLE = "table"
    RULE = "rule"


class SpanKind(StrEnum):
    """The kind of an inline span."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    LINK = "link"
    STRUCK = "struck"
    MARKED = "marked"
    """Words that the author marked, as `==these==` in Markdown."""


class Span(NamedTuple):
    """An inline style on `[start, end)`, in code points of the article's text."""

    start: int
    end: int
    kind: SpanKind
    target: str = ""
    """The target of a link; empty for other kinds."""

    def shifted(self, distance: int) -> "Span":
        """Return the span so many code points further on, or further back if the distance is negative."""
        return Span(self.start + distance, self.end + distance, self.kind, self.target)


class Block(NamedTuple):
    """A slice `[start, end)` of the article's text, in code points, with a kind."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """The level of a heading, 1 to 6; for every other kind, the number of lists around it."""
    marker: str = ""
    """The marker of a list item (`•`, `3.`, `[1]`); empty on the item's later paragraphs."""
    quoted: int = 0
    """The number of quotations around the block. A `QUOTATION` is a paragraph in one or more."""
    spans: tuple[Span, ...] = ()
    """Inline styles in order of their start; they may nest."""


KINDS: Final = tuple(BlockKind)
"""The kinds of blocks by their numbers in `BlockColumns.kinds`. A new one goes to the end, as the numbers are stored."""
SPAN_KINDS: Final = tuple(SpanKind)
"""The kinds of spans by their numbers in `BlockColumns.span_kinds`. A new one goes to the end."""
KIND_NUMBERS: Final = {kind: number for number, kind in enumerate(KINDS)}
_SPAN_KIND_NUMBERS: Final = {kind: number for number, kind in enumerate(SPAN_KINDS)}


class BlockColumns(NamedTuple):
    """The fields of blocks, a column each, so that a hundred thousand of them are read and kept at little cost.

    Columns of what few blocks have begin with the numbers of those that have it, in ascending order.
    """

    kinds: bytearray
    """The numbers of the kinds in `KINDS`."""
    starts: "array[int]"
    ends: "array[int]"
    levels: "array[int]"
    quoted: "array[int]"
    marker_blocks: "array[int]"
    markers: list[str]
    span_blocks: "array[int]"
    """The number of the block of each span."""
    span_starts: "array[int]"
    span_ends: "array[int]"
    span_kinds: bytearray
    """The numbers of the kinds in `SPAN_KINDS`."""
    target_spans: "array[int]"
    """The numbers of the spans that have targets."""
    targets: list[str]

    @classmethod
    def empty(cls) -> Self:
        """Return the columns of no blocks."""
        return cls(
            bytearray(),
            array("I"),
            array("I"),
            array("I"),
            array("I"),
            array("I"),
            [],
            array("I"),
            array("I"),
            array("I"),
            bytearray(),
            array("I"),
            [],
        )

    def append(self, block: Block, *, spans_from: int = 0) -> None:
        """Add a block, whose spans' offsets are counted from an offset of the text."""
        kind, start, end, level, marker, quoted, spans = block
        number = len(self.kinds)
        self.kinds.append(KIND_NUMBERS[kind])
        self.starts.append(start)
        self.ends.append(end)
        self.levels.append(level)
        self.quoted.append(quoted)
        if marker:
            self.marker_blocks.append(number)
            self.markers.append(marker)
        if spans:
            self.append_spans(number, spans, spans_from=spans_from)

    def append_spans(self, number: int, spans: Iterable[Span], *, spans_from: int = 0) -> None:
        """Add the spans of the block with a number, the last one that has any."""
        for span_start, span_end, span_kind, target in spans:
            if target:
                self.target_spans.append(len(self.span_kinds))
                self.targets.append(target)
            self.span_blocks.append(number)
            self.span_starts.append(spans_from + span_start)
            self.span_ends.append(spans_from + span_end)
            self.span_kinds.append(_SPAN_KIND_NUMBERS[span_kind])


class Blocks(Sequence[Block]):
    """The blocks of an article in order. Each is made of the columns when it is asked for."""

    __slots__ = ("columns",)

    def __init__(self, columns: BlockColumns) -> None:
        """Take over columns, which must not change any more."""
        self.columns: Final = columns

    @classmethod
    def of(cls, blocks: Iterable[Block]) -> Self:
        """Return given blocks, in order of their offsets."""
        columns = BlockColumns.empty()
        for block in blocks:
            columns.append(block)
        return cls(columns)

    @classmethod
    def plain(cls, kinds: bytearray, starts: "array[int]", ends: "array[int]", levels: "array[int]") -> Self:
        """Return blocks without markers, quotations and spans."""
        zeros = array("I", bytes(starts.itemsize * len(starts)))
        empty = BlockColumns.empty()
        return cls(empty._replace(kinds=kinds, starts=starts, ends=ends, levels=levels, quoted=zeros))

    def __len__(self) -> int:
        return len(self.columns.kinds)

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> "Blocks": ...
    def __getitem__(self, index: int | slice) -> "Block | Blocks":
        if isinstance(index, slice):
            return Blocks.of(map(self._block, range(*index.indices(len(self)))))
        return self._block(index if index >= 0 else range(len(self))[index])

    def _block(self, index: int) -> Block:
        columns = self.columns
        return Block(
            KINDS[columns.kinds[index]],
            columns.starts[index],
            columns.ends[index],
            columns.levels[index],
            _value_at(index, columns.marker_blocks, columns.markers) if columns.markers else "",
            columns.quoted[index],
            self._spans(index) if columns.span_kinds else (),
        )

    def _spans(self, index: int) -> tuple[Span, ...]:
        owners = self.columns.span_blocks
        first = bisect_left(owners, index)
        return tuple(map(self._span, range(first, bisect_right(owners, index, lo=first))))

    def _span(self, index: int) -> Span:
        columns = self.columns
        target = _value_at(index, columns.target_spans, columns.targets)
        kind = SPAN_KINDS[columns.span_kinds[index]]
        return Span(columns.span_starts[index], columns.span_ends[index], kind, target)

    def __iter__(self) -> Iterator[Block]:
        columns = self.columns
        if columns.markers or columns.span_kinds:
            return map(self._block, range(len(self)))
        kinds = map(KINDS.__getitem__, columns.kinds)
        no_markers = iter(str, None)
        return map(Block, kinds, columns.starts, columns.ends, columns.levels, no_markers, columns.quoted)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Blocks):
            return self.columns == other.columns
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # they are compared by their columns, which can be large

    def __repr__(self) -> str:
        return f"Blocks({list(self)})"

    def kind(self, index: int) -> BlockKind:
        """Return the kind of a block, without the block being made."""
        return KINDS[self.columns.kinds[index]]

    def number_at(self, offset: int) -> int:
        """Return the number of the block at an offset, from 0; between two blocks, of the one before."""
        return (bisect_right(self.columns.starts, offset) or 1) - 1

    def numbers_of(self, kind: BlockKind) -> "array[int]":
        """Return the numbers of the blocks of a kind."""
        found, kinds, sought = array("I"), self.columns.kinds, KIND_NUMBERS[kind]
        number = kinds.find(sought)
        while number >= 0:
            found.append(number)
            number = kinds.find(sought, number + 1)
        return found


def _value_at(index: int, indices: "array[int]", values: Sequence[str]) -> str:
    """Return the value of an index, if it is among those that have one; else an empty string."""
    position = bisect_left(indices, index)
    return values[position] if position < len(indices) and indices[position] == index else ""
