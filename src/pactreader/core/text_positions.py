"""Positions in a text, such as that of the caret, as anchors: each is found again by the words that stand there."""

from typing import Final

from pactreader.core.anchoring.description import describe
from pactreader.core.anchoring.placement import Placement
from pactreader.core.annotation import Anchor
from pactreader.core.article import Article

_LENGTH: Final = 120
"""Code points of the quote from a position on: about two lines, of which most stay when a sentence is edited."""
_SHORTEST: Final = 40
"""Code points that a quote has at least, if its block has so many: before the end of a block it begins earlier."""
_LONGEST_WORD: Final = 20
"""Code points at the ends of a quote in which the end of a word is searched."""


def describe_position(article: Article, offset: int) -> Anchor | None:
    """Return the anchor of a position in the text of an article; `None` if the article has no text.

    Its quote is from the word at the position to the end of its block, or some 120 code points long; it has the last 40
    code points of the block at least. Between two blocks, the quote is of the next one.
    """
    if not article.blocks:
        return None
    index = article.block_index(offset)
    block = article.blocks[index]
    if offset >= block.end and index + 1 < len(article.blocks):
        block = article.blocks[index + 1]
    text = article.text
    start = _word_start(text, max(block.start, min(offset, block.end - _SHORTEST)), block.start)
    end = min(start + _LENGTH, block.end)
    space = text.rfind(" ", end - _LONGEST_WORD, end) if end < block.end else -1
    return describe(text, start, end if space < 0 else space, article.text_hash)


def _word_start(text: str, offset: int, block_start: int) -> int:
    """Return the start of the word at an offset, as far as there is a space or the start of the block close before."""
    first = max(block_start, offset - _LONGEST_WORD)
    space = text.rfind(" ", first, offset)
    if space >= 0:
        return space + 1
    return block_start if first == block_start else offset


def placed_position(offset: int, anchor: Anchor, placement: Placement) -> int:
    """Return a position in the present text: that of the placed quote, as far before or behind its start as it was.

    Args:
        offset: The position in the text that the anchor was made for, in code points.
        anchor: The anchor, from `describe_position`.
        placement: Its placement.
    """
    return max(0, placement.start + min(offset - anchor.start, placement.end - placement.start))
