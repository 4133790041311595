"""The layout of a whole plain text: the margin of its prose, its width, and the hyphens at its line ends."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from pactreader.formats.readers.hard_wraps import Unwrapper, cells
from pactreader.formats.readers.line_end_hyphens import LineEndHyphens
from pactreader.formats.readers.plain_text.chunks import Chunk, indent
from pactreader.formats.readers.plain_text.code_lines import looks_like_code
from pactreader.formats.readers.plain_text.headings import ends_sentence

_SAMPLE_SIZE: Final = 200
"""The approximate number of paragraphs that are measured."""
_MIN_PROSE_LENGTH: Final = 40
"""The least width in cells of a line that tells of the margin."""
_MAX_LINES: Final = 4
"""The number of lines of a paragraph that are measured."""
_MAX_MEASURED: Final = 400
"""The number of code points of a line that are measured."""


class Layout(NamedTuple):
    """The layout of a text."""

    unwrapper: Unwrapper
    margin: int
    """The indent of most of its prose, in columns."""

    @classmethod
    def measure(cls, chunks: Sequence[Chunk], text: str) -> "Layout":
        """Measure a text by paragraphs spread evenly over it."""
        several = [chunk.lines for chunk in chunks if len(chunk.lines) > 1]
        unwrapper = Unwrapper(several[:: len(several) // _SAMPLE_SIZE + 1], LineEndHyphens(text))
        return cls(unwrapper, _margin(chunks[:: len(chunks) // _SAMPLE_SIZE + 1]))


def _margin(chunks: Iterable[Chunk]) -> int:
    """Return the indent that most lines of prose have: those with a line like them below, or with a sentence."""
    indents: Counter[int] = Counter()
    for chunk in chunks:
        columns = list(map(indent, chunk.lines[: _MAX_LINES + 1]))
        for line, own, following in zip_longest(chunk.lines[:_MAX_LINES], columns[:_MAX_LINES], columns[1:]):
            shown = line[:_MAX_MEASURED]
            is_alike = own == following or (following is None and ends_sentence(line))
            if is_alike and cells(shown.strip()) >= _MIN_PROSE_LENGTH:
                indents[own] += not (own and looks_like_code([shown]))
    if not indents:
        return 0
    (margin, count), *_others = indents.most_common(1)
    return margin if count > sum(indents.values()) / 2 else 0
