"""The measures of a document's type: the size of its text, and the distances of its lines."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from pactreader.formats.readers.pdf.layout.lines import Line

_LEADING: Final = 1.2
"""The distance of baselines in sizes where a document does not show its own: that of most typesetters."""
_MIN_LEADING: Final = 0.8
"""The least distance of baselines in sizes within a paragraph."""
_MAX_LEADING: Final = 2.6
"""The greatest distance of baselines in sizes within a paragraph: that of double spacing and some more."""
_SMALLER: Final = 0.94
"""The size of footnotes in sizes of the text: it is less."""
_STEP: Final = 4
"""The steps to a PDF unit in which sizes and distances are counted."""
SAME_SIZE: Final = 0.07
"""The difference of two sizes that is none, as a share: 10 and 10.5 are of one text, 10 and 11 are not."""


class Measures:
    """The measures of a document's type, in PDF units."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Measure the type of a document."""
        sizes: Counter[float] = Counter()
        monospaced = 0
        for line in lines:
            sizes[round(line.size * _STEP) / _STEP] += len(line.text)
            monospaced += len(line.text) * line.is_monospaced
        self.size = sizes.most_common(1)[0][0] if sizes else 1.0
        """The size of most of its letters."""
        self.is_monospaced = 2 * monospaced > sizes.total()
        """True if most of it is in a monospaced font, as on a typewriter, so that such a font says nothing."""
        self._lines = lines

    def is_small(self, line: Line) -> bool:
        """Return whether a line is set smaller than the text, as footnotes are."""
        return line.size < _SMALLER * self.size

    def leading(self, size: float) -> float:
        """Return the distance of the baselines of a paragraph's lines of a size."""
        known = self._leadings.get(round(size))
        return known or size * self._ratio

    @cached_property
    def _ratio(self) -> float:
        return self._leadings.get(round(self.size), _LEADING * self.size) / self.size

    @cached_property
    def _leadings(self) -> dict[int, float]:
        """The commonest distances below lines that are full, or whose sentence goes on, by their rounded sizes."""
        found: dict[int, Counter[float]] = {}
        for before, line in pairwise(self._lines):
            distance = before.baseline - line.baseline
            if (
                (before.page, before.column) == (line.page, line.column)
                and same_size(before, line)
                and _MIN_LEADING * line.size < distance < _MAX_LEADING * line.size
                and (line.text[0].islower() or before.right > line.column_right - 2 * line.size)
            ):
                counts = found.setdefault(round(line.size), Counter())
                counts[round(distance * _STEP) / _STEP] += 1
        return {size: counts.most_common(1)[0][0] for size, counts in found.items()}


def same_size(line: Line, other: Line) -> bool:
    """Return whether two lines are set in one size."""
    return abs(line.size - other.size) <= SAME_SIZE * max(line.size, other.size)
