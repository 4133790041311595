"""The division of lines into chunks."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from pactreader.core.article import SpanKind
from pactreader.formats.readers.pdf.layout.chunks import Chunk, are_in_one_column, has_room, is_centred
from pactreader.formats.readers.pdf.layout.columns import INDENT, is_aligned, right_edges
from pactreader.formats.readers.pdf.layout.lines import Line
from pactreader.formats.readers.pdf.layout.markers import Item, has_number_apart, is_note
from pactreader.formats.readers.pdf.layout.measures import Measures, same_size
from pactreader.formats.readers.pdf.layout.sentences import ends_sentence, goes_on

_MAX_HANGING: Final = 4.0
"""The greatest indent in sizes of the lines below the first one of an item."""
_GAP: Final = 1.18
"""The distance of baselines in leadings above which there is a gap between two lines."""
_GAP_IN_SENTENCE: Final = 1.5
"""The same where a sentence goes on: a line with a fraction or a tall sign needs room."""
_MOST: Final = 0.6
"""The share of short lines from which they are lines of their own, as in a verse."""


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
        self._edges = right_edges(lines)

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
                    chunk.add(line, self._edges[index])
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
        if not are_in_one_column(before, line):
            return 0.0
        return max(
            0.0, (before.baseline - line.baseline) / self._measures.leading(min(before.size, line.size))
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
        or has_number_apart(line)
        or gap > (_GAP_IN_SENTENCE if flows else _GAP)
    ):
        return True
    is_full = not has_room(before, line, chunk.edge)
    if before.is_bold != line.is_bold and not (flows and is_full):
        return True
    if is_centred(before) and is_centred(line):
        return False
    tolerance = INDENT * line.size
    if chunk.left_below is None:
        return not (flows and is_full) and _begins_after_first(chunk, line, following, is_full=is_full)
    distance = line.left - chunk.left_below
    if distance > tolerance:
        return True
    return distance < -tolerance and not (flows and is_full and not chunk.item)


def _begins_after_first(chunk: Chunk, line: Line, following: Line | None, *, is_full: bool) -> bool:
    """Return whether a line begins another chunk, where the chunk has only one line so far."""
    before = chunk.lines[0]
    distance = (line.left - before.left) / line.size
    if distance < -INDENT:
        is_whole = chunk.item and (ends_sentence(before.text) or not is_full)
        return bool(is_whole) or distance < -2 * _MAX_HANGING
    if distance < INDENT:
        return False
    if chunk.item:
        return distance > _MAX_HANGING
    if not is_full or distance > _MAX_HANGING:
        return True
    hangs = following is not None and is_aligned(line, following)
    has_term = bool(before.spans) and before.spans[0].start == 0 and before.spans[0].kind is SpanKind.STRONG
    return not hangs and not has_term and ends_sentence(before.text)


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
