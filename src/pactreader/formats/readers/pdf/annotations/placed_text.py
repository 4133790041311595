"""The text of a file with the characters of its pages, to tell which passage some characters are."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from pactreader.core.article import BLOCK_SEPARATOR
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock
from pactreader.formats.readers.pdf.text_positions import TextPositions

_BRIDGED: Final = 2
"""Code points between two marked ones that are marked too, as a character whose box is not where it is drawn."""
_LONGEST_GAP: Final = 200
"""Code points between two marked ones above which they are of two passages, whatever is between them."""


class PlacedText:
    """The text of blocks, with the offsets of the characters of pages."""

    def __init__(self, blocks: Sequence[LaidOutBlock], positions: TextPositions) -> None:
        self._blocks = blocks
        self._positions = positions
        self._starts: list[int] = []
        texts = []
        start = 0
        for block in blocks:
            self._starts.append(start)
            if text := block.piece.text:  # `Article.assemble` leaves out those without
                texts.append(text)
                start += len(text) + len(BLOCK_SEPARATOR)
        self.text = BLOCK_SEPARATOR.join(texts)

    def is_divided(self, start: int, end: int) -> bool:
        """Return whether a mark that has what is before and behind `[start, end)` leaves out words between them."""
        if end - start <= _BRIDGED:
            return False
        words = (offset for offset in range(start, end) if self.text[offset].isalnum())
        return end - start > _LONGEST_GAP or any(map(self._is_on_page, words))

    def _is_on_page(self, offset: int) -> bool:
        """Return whether a code point is a character of a page, and none that the layout wrote."""
        index = bisect_right(self._starts, offset) - 1
        runs, own = self._blocks[index].runs, offset - self._starts[index]
        at = bisect_right(runs, own, key=lambda run: run.offset) - 1
        return at >= 0 and own < runs[at].offset + runs[at].length

    @lru_cache(maxsize=1)  # noqa: B019 - it is as short-lived as the process
    def offsets(self, page: int) -> dict[int, int]:
        """Return the offsets in the text of the characters of a page, by their indices; those of the last page are kept."""
        found: dict[int, int] = {}
        for (block, offset), first, length in self._positions.runs(page):
            start = self._starts[block] + offset
            found.update(zip(range(first, first + length), range(start, start + length), strict=True))
        return found
