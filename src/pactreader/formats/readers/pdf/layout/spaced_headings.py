"""Headings that differ from the text only by the space above them, and perhaps by their colour."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pactreader.formats.readers.pdf.layout.chunks import Chunk
from pactreader.formats.readers.pdf.layout.measures import SAME_SIZE, Measures
from pactreader.formats.readers.pdf.layout.sentences import ends_sentence

_MIN_COUNT: Final = 3
"""The least number of them in a document: a single line between paragraphs may be anything."""
_MAX_LENGTH: Final = 60
"""The greatest length of one in code points."""
_MIN_PROSE: Final = 80
"""The least length in code points of the paragraph below it and the one above it."""
_MIN_GAP: Final = 1.25
"""The least distance to the line above in leadings."""
_NEARER: Final = 1.2
"""The least ratio of that to the distance of the line below: a heading is nearer to its text."""


def spaced_headings(chunks: Sequence[Chunk], measures: Measures) -> list[Chunk]:
    """Return short lines between paragraphs that are nearer to the one below, if there are several in a document."""
    found = [
        chunk
        for (above, chunk), (_chunk, below) in pairwise(pairwise(chunks))
        if _is_heading(chunk, measures) and _is_prose(below) and (not chunk.gap or _is_prose(above))
    ]
    return found if len(found) >= _MIN_COUNT else []


def _is_heading(chunk: Chunk, measures: Measures) -> bool:
    text = chunk.text
    return (
        len(chunk.lines) == 1
        and len(text) <= _MAX_LENGTH
        and not chunk.item
        and text[0].isalnum()
        and not text[0].islower()
        and all(letter.isalnum() or letter in " ,-–—&'’?" for letter in text)
        and text[-1] not in ",-–—"
        and (text[-1] == "?" or not ends_sentence(text))
        and abs(chunk.size - measures.size) < SAME_SIZE * measures.size
        and chunk.gap_below > 0
        and (not chunk.gap or chunk.gap >= max(_MIN_GAP, _NEARER * chunk.gap_below))
    )


def _is_prose(chunk: Chunk) -> bool:
    return len(chunk.text) >= _MIN_PROSE and not chunk.by_line
