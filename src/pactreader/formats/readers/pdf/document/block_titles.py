"""The titles of an outline, found in the text."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from pactreader.core.article import BlockKind
from pactreader.formats.readers.pdf.laid_out_text import LaidOutBlock
from pactreader.formats.readers.pdf.text_positions import BlockPosition
from pactreader.formats.readers.pdf.title_letters import title_letters

_MAX_LENGTH: Final = 400
"""The greatest length of a block that may be a title, in code points."""
_MIN_LENGTH: Final = 3
"""The least number of letters and digits of a title that is known without its number."""


class BlockTitles:
    """The blocks that may be what an outline names, by the page that they begin on."""

    def __init__(self, blocks: Sequence[LaidOutBlock]) -> None:
        """Note the short blocks.

        Args:
            blocks: The blocks of the text.
        """
        self._pieces = [block.piece for block in blocks]
        self._short: dict[int, list[int]] = defaultdict(list)
        for index, (piece, runs) in enumerate(blocks):
            if runs and len(piece.text) <= _MAX_LENGTH:
                self._short[runs[0].page].append(index)

    def find(self, title: str, page: int, near: BlockPosition) -> BlockPosition:
        """Return the position of a title.

        Args:
            title: The title as the outline has it.
            page: The page that it is on.
            near: The position that the outline leads to: many programs give the page alone, or a line above or below.

        Returns:
            That of the heading on the page which has these words, or else of any block with them; or else `near`.
        """
        words = title_letters(title)
        found = [
            index
            for index in self._short.get(page, ())
            if (letters := self._letters(index)) == words
            or (self._is_heading(index) and _is_same(letters, words))
        ]
        if found:
            best = min(found, key=lambda index: (not self._is_heading(index), abs(index - near.block)))
            return BlockPosition(best, 0)
        return near._replace(offset=0) if self._is_heading(near.block) else near

    def _letters(self, index: int) -> str:
        piece = self._pieces[index]
        return title_letters(piece.marker + piece.text)

    def _is_heading(self, index: int) -> bool:
        return self._pieces[index].kind is BlockKind.HEADING


def _is_same(one: str, other: str) -> bool:
    """Return True if two titles are the same but for the number before one of them."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _MIN_LENGTH and longer.endswith(shorter)
