"""The characters of pages, found in the blocks of the text."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock


class BlockPosition(NamedTuple):
    """A position in the text."""

    block: int
    """The index of the block."""
    offset: int
    """The offset in the block's text, in code points."""


class _PlacedRun(NamedTuple):
    first: int
    length: int
    position: BlockPosition


class TextPositions:
    """The positions of the characters of all pages in a text."""

    def __init__(self, blocks: Sequence[LaidOutBlock]) -> None:
        """Note where each run is.

        Args:
            blocks: The blocks of the text.
        """
        self._runs: dict[int, list[_PlacedRun]] = defaultdict(list)
        self._beginnings: dict[int, BlockPosition] = {}
        for index, block in enumerate(blocks):
            for offset, page, first, length in block.runs:
                position = BlockPosition(index, offset)
                self._runs[page].append(_PlacedRun(first, length, position))
                self._beginnings.setdefault(page, position)
        for runs in self._runs.values():
            runs.sort()
        self._pages = sorted(self._runs)

    def beginning(self, page: int) -> BlockPosition | None:
        """Return the first position on a page, or on the next one that has a text; `None` if there is none."""
        index = bisect_right(self._pages, page - 1)
        return self._beginnings[self._pages[index]] if index < len(self._pages) else None

    def at(self, page: int, character: int) -> BlockPosition | None:
        """Return the position of a character of a page; if it is not in the text, of the next one on the page that is.

        Args:
            page: The index of the page.
            character: The index of the character on the page.

        Returns:
            The position; that of the next page if no further character of this one is in the text, `None` if there is none.
        """
        runs = self._runs.get(page, [])
        index = bisect_right(runs, character, key=lambda run: run.first)
        if index:
            first, length, position = runs[index - 1]
            if character < first + length:
                return position._replace(offset=position.offset + character - first)
        return runs[index].position if index < len(runs) else self.beginning(page + 1)

    def runs(self, page: int) -> Iterator[tuple[BlockPosition, int, int]]:
        """Yield the positions, first characters and lengths of the runs of a page."""
        for first, length, position in self._runs.get(page, ()):
            yield position, first, length

    def slices(self, page: int, start: int, end: int) -> Iterator[tuple[BlockPosition, int]]:
        """Yield where the characters `[start, end)` of a page are: the position and length of each stretch of them."""
        runs = self._runs.get(page, [])
        index = max(0, bisect_right(runs, start, key=lambda run: run.first) - 1)
        for first, length, position in runs[index:]:
            if first >= end:
                break
            cut = max(0, start - first)
            rest = min(length, end - first) - cut
            if rest > 0:
                yield position._replace(offset=position.offset + cut), rest
