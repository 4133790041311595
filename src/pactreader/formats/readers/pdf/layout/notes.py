"""The notes beside the text: footnotes, and the captions of figures and tables."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from pactreader.formats.readers.pdf.layout.chunks import Chunk
from pactreader.formats.readers.pdf.layout.markers import begins_caption, has_number_apart, note_mark
from pactreader.formats.readers.pdf.layout.measures import Measures, same_size
from pactreader.formats.readers.pdf.layout.sentences import ends_sentence

_FOOT: Final = 0.66
"""The height on a page, as a share of the page's, below which footnotes begin."""
_HEADING: Final = 1.2
"""The size in sizes of the text above which a line with a number is a heading. Footnotes are larger than a small text."""
_MAX_LINES: Final = 12
"""The greatest number of lines of a caption."""


def footnotes_of(chunks: Sequence[Chunk], measures: Measures) -> set[int]:
    """Return the footnotes among chunks, by their identities: small type with marks at the foot of a column."""
    found: set[int] = set()
    last: Chunk | None = None
    for _place, group in groupby(chunks, lambda chunk: (chunk.lines[0].page, chunk.lines[0].column)):
        column = list(group)
        first = len(column)
        while first and _may_be_note(column[first - 1], measures):
            first -= 1
        while first < len(column) and not (note_mark(column[first].text) or _goes_on(last, column[first])):
            first += 1
        if (
            first < len(column)
            and column[first].lines[0].baseline < _FOOT * column[first].lines[0].page_height
        ):
            found.update(map(id, column[first:]))
            last = column[-1]
    return found


def _may_be_note(chunk: Chunk, measures: Measures) -> bool:
    line = chunk.lines[0]
    is_heading = chunk.is_bold or line.size > _HEADING * measures.size
    return (measures.is_small(line) or (has_number_apart(line) and not is_heading)) and not is_caption(chunk)


def _goes_on(note: Chunk | None, chunk: Chunk) -> bool:
    """Return whether a footnote goes on at the foot of the next column or page."""
    if not note or not same_size(note.lines[0], chunk.lines[0]):
        return False
    return chunk.lines[0].page - note.lines[0].page <= 1 and not ends_sentence(note.lines[-1].text)


def captions_of(chunks: Sequence[Chunk]) -> set[int]:
    """Return the captions among chunks, by their identities."""
    return {id(chunk) for chunk in chunks if is_caption(chunk)}


def is_caption(chunk: Chunk) -> bool:
    """Return whether a chunk is the caption of a figure or a table."""
    return len(chunk.lines) <= _MAX_LINES and begins_caption(chunk.lines[0].text)
