"""Chunks: the successive lines of one column that make a block, or a part of one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from pactreader.core.article import SpanKind
from pactreader.formats.readers.pdf.layout.lines import Line
from pactreader.formats.readers.pdf.layout.markers import Item, is_note
from pactreader.formats.readers.pdf.layout.measures import Measures, same_size
from pactreader.formats.readers.pdf.layout.sentences import ends_sentence, goes_on

_INDENT: Final = 0.4
"""The least indent in sizes. The left end of a letter's ink differs by up to a fifth."""
_MAX_HANGING: Final = 4.0
"""The greatest indent in sizes of the lines below the first one of an item."""
_GAP: Final = 1.18
"""The distance of baselines in leadings above which there is a gap between two lines."""
_GAP_IN_SENTENCE: Final = 1.5
"""The same where a sentence goes on: a line with a fraction or a tall sign needs room."""
_SPARE: Final = 0.4
"""The room in sizes that is left over where the next word would have had room on a line."""
_MOST: Final = 0.6
"""The share of short lines from which they are lines of their own, as in a verse."""
_CENTRED: Final = 1.0
"""The greatest distance in sizes of the middles of centred lines."""


@dataclass(slots=True, eq=False)
class Chunk:
    """Successive lines of one column."""

    lines: list[Line]
    gap: float
    """The distance to the line above in leadings; 0 if it is the first one in its column."""
    item: Item | None = None
    """The marker that it begins with, if it is an item of a list."""
    edge: float = 0.0
    """The right end that its lines could have."""
    by_line: bool = False
    """True if its lines are lines of their own, as those of a verse or an address."""
    gap_below: float = field(default=0.0)
    """The distance to the line below in leadings; 0 if it is the last one in its column."""

    @property
    def size(self) -> float:
        """The size of its first line."""
        return self.lines[0].size

    @property
    def text(self) -> str:
        """Its text, with spaces between its lines."""
        return " ".join([line.text for line in self.lines])

    @property
    def is_bold(self) -> bool:
        """True if all of it is bold."""
        return all(line.is_bold for line in self.lines)

    @property
    def is_italic(self) -> bool:
        """True if all of it is italic."""
        return all(line.is_italic for line in self.lines)

    @property
    def indent(self) -> float:
        """The distance of its first line to the left of the column."""
        line = self.lines[0]
        return (line.left if line.bullet is None else line.bullet) - line.column_left

    @property
    def body_indent(self) -> float:
        """The distance of its other lines to the left of the column; of the first one, if there is no other."""
        return min([line.left - line.column_left for line in self.lines[1:] or self.lines])

    @property
    def is_centred(self) -> bool:
        """True if its lines stand in the middle of the column, and none fills it."""
        return all(_is_centred(line) for line in self.lines)


class Chunker:
    """Divides lines into chunks."""

    def __init__(self, lines: Sequence[Line], items: Mapping[int, Item], measures: Measures) -> None:
        """Create it.

        Args:
            lines: The lines in reading order.
            items: The lines that begin items of lists, by their indices.
            measures: The measures of the document.
        """
        self._lines = lines
        self._items = items
        self._measures = measures
        self._edges = _right_edges(lines)

    def chunks(self, start: int, end: int) -> Iterator[Chunk]:
        """Yield the chunks of the lines from one index to another."""
        chunk: Chunk | None = None
        for index in range(start, end):
            line, gap = self._lines[index], self.gap(index)
            if chunk:
                following = self._lines[index + 1] if index + 1 < len(self._lines) else None
                if gap and not _begins(
                    chunk,
                    line,
                    following,
                    gap,
                    is_item=index in self._items,
                    is_small=self._measures.is_small(line),
                ):
                    chunk.lines.append(line)
                    chunk.edge = max(chunk.edge, self._edges[index])
                    continue
                chunk.gap_below = gap
                yield from _split_at_short_lines(chunk)
            chunk = Chunk([line], gap, self._items.get(index), self._edges[index])
        if chunk:
            chunk.gap_below = self.gap(end) if end < len(self._lines) else 0.0
            yield from _split_at_short_lines(chunk)

    def gap(self, index: int) -> float:
        """Return the distance of a line to the one above in leadings; 0 if that is in another column."""
        if not index:
            return 0.0
        before, line = self._lines[index - 1], self._lines[index]
        if (before.page, before.column) != (line.page, line.column):
            return 0.0
        return max(
            0.0, (before.baseline - line.baseline) / self._measures.leading(min(before.size, line.size))
        )


def _right_edges(lines: Sequence[Line]) -> list[float]:
    """Return the right end that each line could have: that of its column, or of the lines around it that are set in."""
    edges: list[float] = []
    start = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and _is_aligned(lines[index - 1], lines[index]):
            continue
        run = lines[start:index]
        rights = [line.right for line in run]
        column = min(run[0].column_right, run[0].page_width)
        widest = max(rights)
        is_narrow = (
            len(run) > 2 and widest < column - run[0].size and sorted(rights)[-2] > widest - run[0].size
        )
        edges += [widest if is_narrow else column] * len(run)
        start = index
    for index in range(len(edges) - 1):
        line, following = lines[index], lines[index + 1]
        if (line.page, line.column) == (following.page, following.column) and line.right <= edges[
            index + 1
        ] + 1:
            is_first = index == 0 or not _is_aligned(lines[index - 1], line)
            if (
                is_first
                and not _is_aligned(line, following)
                and abs(line.left - following.left) < 3 * line.size
            ):
                edges[index] = edges[index + 1]
    return edges


def _is_aligned(line: Line, other: Line) -> bool:
    return (
        (line.page, line.column) == (other.page, other.column)
        and same_size(line, other)
        and abs(line.left - other.left) < _INDENT * line.size
    )


def _begins(
    chunk: Chunk, line: Line, following: Line | None, gap: float, *, is_item: bool, is_small: bool
) -> bool:
    """Return whether a line begins another chunk."""
    before = chunk.lines[-1]
    flows = goes_on(before.text, line.text)
    if (
        not same_size(before, line)
        or is_item
        or is_note(line.text, is_small=is_small)
        or gap > (_GAP_IN_SENTENCE if flows else _GAP)
    ):
        return True
    is_full = not has_room(before, line, chunk.edge)
    if before.is_bold != line.is_bold and not (flows and is_full):
        return True
    if _is_centred(before) and _is_centred(line):
        return False
    tolerance = _INDENT * line.size
    if len(chunk.lines) == 1:
        return not (flows and is_full) and _begins_after_first(chunk, line, following, is_full)
    distance = line.left - min([each.left for each in chunk.lines[1:]])
    if distance > tolerance:
        return True
    return distance < -tolerance and not (flows and is_full and not chunk.item)


def _begins_after_first(chunk: Chunk, line: Line, following: Line | None, is_full: bool) -> bool:
    """Return whether a line begins another chunk, where the chunk has only one line so far."""
    before = chunk.lines[0]
    distance = (line.left - before.left) / line.size
    if distance < -_INDENT:
        is_whole = chunk.item and (ends_sentence(before.text) or not is_full)
        return bool(is_whole) or distance < -2 * _MAX_HANGING
    if distance < _INDENT:
        return False
    if chunk.item:
        return distance > _MAX_HANGING
    if not is_full or distance > _MAX_HANGING:
        return True
    hangs = following is not None and _is_aligned(line, following)
    has_term = bool(before.spans) and before.spans[0].start == 0 and before.spans[0].kind is SpanKind.STRONG
    return not hangs and not has_term and ends_sentence(before.text)


def has_room(line: Line, following: Line, edge: float) -> bool:
    """Return whether a line has room for the first word of the next one, so that its end is the author's."""
    text = following.text
    end = text.find(" ")
    width = (following.right - following.left) / len(text) * (len(text) if end < 0 else end)
    if end < 0 and not text.isascii():
        width = following.size
    return edge - line.right > width + _SPARE * line.size


def _is_centred(line: Line) -> bool:
    left, right = line.left - line.column_left, line.column_right - line.right
    return abs(left - right) < 2 * _CENTRED * line.size and left > _CENTRED * line.size


def _split_at_short_lines(chunk: Chunk) -> Iterator[Chunk]:
    """Yield the paragraphs of a chunk, which end with short lines; or the chunk, if all of its lines are short."""
    lines, edge = chunk.lines, chunk.edge
    short = [has_room(line, lines[index + 1], edge) for index, line in enumerate(lines[:-1])]
    if short and sum(short) > _MOST * len(short) and not chunk.item:
        flows = any(goes_on(above.text, line.text) for above, line in pairwise(lines))
        chunk.by_line = not flows or (len(lines) > 2 and all(short))
        if chunk.by_line:
            yield chunk
            return
    start = 0
    for index, is_short in enumerate(short):
        if is_short and _is_end(lines[index], lines[index + 1], edge):
            yield Chunk(
                lines[start : index + 1],
                chunk.gap if not start else 1.0,
                chunk.item if not start else None,
                edge,
                gap_below=1.0,
            )
            start = index + 1
    if start:
        yield Chunk(lines[start:], 1.0, None, edge, gap_below=chunk.gap_below)
    else:
        yield chunk


def _is_end(line: Line, following: Line, edge: float) -> bool:
    if ends_sentence(line.text):
        return True
    return not goes_on(line.text, following.text) and edge - line.right > (edge - line.left) / 4
