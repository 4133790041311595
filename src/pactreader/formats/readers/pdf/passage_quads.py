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
from pactreader.formats.readers.pdf.messages import PassageQuads, Passages, Quad

if TYPE_CHECKING:
    import pypdfium2

_GREATEST_GAP: Final = 3.0
"""The greatest gap between two characters in one rectangle, in heights of the line: a wide space of a justified line is
within it, the gap between the cells of a table often is not."""
_HALF_PI: Final = 1.5707963


class _Characters(NamedTuple):
    """Successive characters of a page in a passage."""

    passage: int
    """The index of the passage."""
    first: int
    """The index of the first one on the page."""
    length: int


class _Box(NamedTuple):
    """The place of a character or of a line of them, along the line and across it.

    In text that runs up or down the page these are the coordinates on its height and on its width.
    """

    is_upright: bool
    """True if the line runs from side to side."""
    start: float
    end: float
    low: float
    high: float

    @property
    def quad(self) -> Quad:
        """The rectangle on the page."""
        if self.is_upright:
            return self.start, self.low, self.end, self.high
        return self.low, self.start, self.high, self.end

    def on_line(self, other: "_Box") -> bool:
        """Return whether another box is on the same line, next to this one."""
        height = min(self.high - self.low, other.high - other.low)
        shared = min(self.high, other.high) - max(self.low, other.low)
        gap = max(self.start, other.start) - min(self.end, other.end)
        return self.is_upright == other.is_upright and shared > height / 2 and gap < _GREATEST_GAP * height

    def joined(self, other: "_Box") -> "_Box":
        """Return the box around this one and another one."""
        return _Box(
            self.is_upright,
            min(self.start, other.start),
            max(self.end, other.end),
            min(self.low, other.low),
            max(self.high, other.high),
        )


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
    with closing(document[index]) as page, closing(page.get_textpage()) as text_page:
        lines: dict[int, list[_Box]] = defaultdict(list)
        for passage, first, length in all_characters:
            own = lines[passage]
            for at in range(first, first + length):
                box = _box(text_page, at)
                if box is None:
                    continue
                if own and own[-1].on_line(box):
                    own[-1] = own[-1].joined(box)
                else:
                    own.append(box)
    return {passage: tuple(box.quad for box in boxes) for passage, boxes in lines.items() if boxes}


def _box(text_page: "pypdfium2.PdfTextPage", index: int) -> _Box | None:
    """Return the place of a character, as high as its font; `None` if it takes none, as the spaces that pdfium adds."""
    from pypdfium2 import raw

    rectangle = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text_page, index, rectangle):
        return None
    left, right = sorted((rectangle.left, rectangle.right))
    bottom, top = sorted((rectangle.bottom, rectangle.top))
    if not (left < right and bottom < top):
        return None
    quarter_turns = round(raw.FPDFText_GetCharAngle(text_page, index) / _HALF_PI)
    if quarter_turns % 2:
        return _Box(False, bottom, top, left, right)
    return _Box(True, left, right, bottom, top)
