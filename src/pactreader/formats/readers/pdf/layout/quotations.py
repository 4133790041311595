"""Block quotations: paragraphs that are set in on both sides."""

from typing import Final

from pactreader.formats.readers.pdf.layout.chunks import Chunk
from pactreader.formats.readers.pdf.layout.measures import Measures

_MIN_INDENT: Final = 0.9
"""The least indent on both sides in sizes."""
_MAX_SIZE: Final = 1.05
"""The greatest size in sizes of the text."""
_MIN_LENGTH: Final = 60
"""The length in code points up to which it may be a formula or a line in the middle."""


def is_quotation(chunk: Chunk, measures: Measures) -> bool:
    """Return whether a chunk is a block quotation: some lines, set in on both sides, and no larger than the text."""
    lines = chunk.lines
    if len(lines) < 2 or chunk.size > _MAX_SIZE * measures.size or chunk.by_line or chunk.is_bold:
        return False
    least = _MIN_INDENT * measures.size
    left = min(line.left - line.column_left for line in lines)
    right = min(line.column_right - line.right for line in lines)
    starts = {round(line.left) for line in lines[1:]}
    return (
        left > least
        and right > least
        and len(starts) <= 2
        and sum(len(line.text) for line in lines) > _MIN_LENGTH
    )
