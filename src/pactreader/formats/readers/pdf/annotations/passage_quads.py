"""The places of passages of the text on the pages of a PDF."""

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from pactreader.core.article import BLOCK_SEPARATOR, text_hash_of
from pactreader.core.printable_text import printable
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock
from pactreader.formats.readers.pdf.process.messages import PassageQuads, Passages, Quad

if TYPE_CHECKING:
    import pypdfium2

_GREATEST_GAP: Final = 3.0
"""The greatest gap between two characters in one rectangle, in heights of the line: a wide space of a justified line is
within it, the gap between the cells of a table often is not."""
_QUARTER_TURN: Final = 1.5707963
"""A quarter of a turn, in radians."""


class _Characters(NamedTuple):
    """Successive characters of a page in a passage."""

    passage: int
    """The index of the passage."""
    first: int
    """The index of the first one on the page."""
    length: int


class _Line:
    """The rectangle around characters of one line, as it grows.

    Its start and end are along the line, low and high across it. In text that runs up or down the page, these are the
    coordinates on the page's height and on its width. It is as high as the font that takes most of it: fonts of formulas
    often say that they are several lines high.
    """

    def __init__(self, *, is_upright: bool, start: float, end: float, low: float, high: float) -> None:
        self.is_upright = is_upright
        """True if the line runs from side to side."""
        self._start, self._end, self._low, self._high = start, end, low, high
        self._last = start, end
        """The start and end of the last character."""
        self._lengths = {(low, high): end - start}
        """The length of the characters with each low and high."""

    @property
    def quad(self) -> Quad:
        """The rectangle on the page."""
        if self.is_upright:
            return self._start, self._low, self._end, self._high
        return self._low, self._start, self._high, self._end

    def take(self, start: float, end: float, low: float, high: float) -> bool:
        """Take in the next character, and return whether it is on this line, beside the last one."""
        height = min(self._high - self._low, high - low)
        if min(self._high, high) - max(self._low, low) < height / 2:
            return False
        last_start, last_end = self._last
        if max(start - last_end, last_start - end) > _GREATEST_GAP * height:
            return False
        self._last = start, end
        self._start, self._end = min(self._start, start), max(self._end, end)
        lengths, place = self._lengths, (low, high)
        lengths[place] = lengths.get(place, 0) + end - start
        if lengths[place] > lengths[self._low, self._high]:
            self._low, self._high = place
        return True


def find_quads(
    document: "pypdfium2.PdfDocument",
    blocks: Sequence[LaidOutBlock],
    passages: Passages,
    on_page: Callable[[int], None] = lambda _page: None,
) -> PassageQuads:
    """Find the places of passages, one rectangle a line as high as the line.

    Args:
        document: The file.
        blocks: The blocks of its text.
        passages: The passages, in code points of the article's text.
        on_page: A function that is told the index of each page in whose characters a passage is.
    """
    by_page: dict[int, list[_Characters]] = defaultdict(list)
    for page, characters in _characters(blocks, passages):
        by_page[page].append(characters)
    found: list[list[tuple[int, tuple[Quad, ...]]]] = [[] for _ in passages]
    for page in sorted(by_page):
        on_page(page)
        for passage, quads in _quads_on(document, page, by_page[page]).items():
            found[passage].append((page, quads))
    texts = (printable(block.piece.text) for block in blocks if block.piece.text)
    return PassageQuads(text_hash_of(BLOCK_SEPARATOR.join(texts)), tuple(map(tuple, found)))


def _characters(blocks: Sequence[LaidOutBlock], passages: Passages) -> Iterator[tuple[int, _Characters]]:
    """Yield the characters of the passages, each time with the index of their page."""
    blocks = [block for block in blocks if block.piece.text]
    lengths = (len(block.piece.text) + len(BLOCK_SEPARATOR) for block in blocks)
    starts = array("Q", accumulate(lengths, initial=0))
    for index, (start, end) in enumerate(passages):
        position = max(0, bisect_right(starts, start) - 1)
        while position < len(blocks) and starts[position] < end:
            offset, runs = starts[position], blocks[position].runs
            first_run = bisect_right(runs, start - offset, key=lambda run: run.offset) - 1
            for run in runs[max(0, first_run) :]:
                run_start = offset + run.offset
                first, last = max(start, run_start), min(end, run_start + run.length)
                if run_start >= end:
                    break
                if first < last:
                    yield run.page, _Characters(index, run.first + first - run_start, last - first)
            position += 1


def _quads_on(
    document: "pypdfium2.PdfDocument", index: int, all_characters: Sequence[_Characters]
) -> dict[int, tuple[Quad, ...]]:
    """Return the rectangles of each passage on a page, in reading order."""
    lines: dict[int, list[_Line]] = defaultdict(list)
    with closing(document[index]) as page, closing(page.get_textpage()) as text_page:
        for passage, first, length in all_characters:
            _add(lines[passage], text_page, range(first, first + length))
    return {passage: tuple(line.quad for line in found) for passage, found in lines.items() if found}


def _add(lines: list[_Line], text_page: "pypdfium2.PdfTextPage", characters: range) -> None:
    """Add characters of a page to the lines of their passage, as high as their font.

    Spaces that pdfium adds take no place.
    """
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    for index in characters:
        if not raw.FPDFText_GetLooseCharBox(text_page, index, box):
            continue
        left, right, bottom, top = box.left, box.right, box.bottom, box.top
        if not (left < right and bottom < top):
            continue
        last = lines[-1] if lines else None
        if last and last.is_upright and last.take(left, right, bottom, top):
            continue
        if round(raw.FPDFText_GetCharAngle(text_page, index) / _QUARTER_TURN) % 2 == 0:
            lines.append(_Line(is_upright=True, start=left, end=right, low=bottom, high=top))
        elif not (last and not last.is_upright and last.take(bottom, top, left, right)):
            lines.append(_Line(is_upright=False, start=bottom, end=top, low=left, high=right))
