"""Fragments: what stands on a line of a page without a wide gap."""

from collections.abc import Sequence
from typing import Final, NamedTuple, Self

from pactreader.formats.readers.line_end_hyphens import HYPHENS
from pactreader.formats.readers.pdf.characters.page_characters import PageCharacters, Stretch

MAX_GAP: Final = 0.9
"""The widest space between words of one fragment, in sizes of the letters. A space is 0.25 wide, in a loosely justified
line up to 0.7; two columns are 1 apart at least, as in LaTeX's `twocolumn` (10 points)."""
_MAX_OVERLAP: Final = 0.5
"""The greatest overlap of successive words, as of an accent with its letter."""
_MAX_RAISED_GAP: Final = 0.4
"""The widest gap between a word and what is raised beside it."""
RAISED_SIZE: Final = 0.87
"""The greatest size of raised letters, in sizes of the others. TeX has 7 of 10 or 5 of 7, Word 65 %, browsers 83 %."""
_MIN_RAISED_SIZE: Final = 0.42
"""The least size of raised letters. TeX has 5 of 10; text beside an initial of two lines has 10 of 25."""
_SAME_BASELINE: Final = 0.12
"""The greatest distance between the baselines of words on one line."""
_TOUCHING, _LOWERED = 0.15, 0.25
"""The gap up to which letters touch, and the distance of the baselines of those that do, as in TeX's own name (0.22)."""
_MAX_RISE, _MAX_FALL = 0.7, 0.4
"""The greatest distance of a raised baseline above and below that of the line, in sizes of its letters."""


class Fragment(NamedTuple):
    """Stretches beside each other."""

    stretches: tuple[Stretch, ...]
    """From left to right or, in scripts that run so, from right to left."""
    left: float
    right: float
    baseline: float
    """That of the largest letters."""
    size: float
    """The size of the largest letters."""
    length: int
    """The number of characters."""
    is_divided: bool
    """True if it ends with a hyphen."""

    @classmethod
    def of(cls, stretches: Sequence[Stretch], *, is_divided: bool) -> Self:
        """Return the fragment of some stretches."""
        main = max(stretches, key=lambda each: each.style.size)
        return cls(
            tuple(stretches),
            min([each.left for each in stretches]),
            max([each.right for each in stretches]),
            main.baseline,
            main.style.size,
            sum([each.end - each.first for each in stretches]),
            is_divided,
        )

    @property
    def first(self) -> int:
        """The index of the first character."""
        return self.stretches[0].first

    @property
    def top(self) -> float:
        """The upper end of its letters, about."""
        return self.baseline + 0.75 * self.size

    @property
    def bottom(self) -> float:
        """The lower end of its letters, about."""
        return self.baseline - 0.22 * self.size


def fragments_of(page: PageCharacters) -> list[Fragment]:
    """Return the fragments of a page in the order of the file."""
    found: list[Fragment] = []
    open_fragment: _OpenFragment | None = None
    for stretch in page.stretches:
        if open_fragment is None or not open_fragment.take(stretch):
            if open_fragment:
                found.append(open_fragment.close(page.text))
            open_fragment = _OpenFragment(stretch)
    if open_fragment:
        found.append(open_fragment.close(page.text))
    return found


def is_raised_beside(size: float, baseline: float, line_size: float, line_baseline: float) -> bool:
    """Return whether letters are raised or lowered on a line."""
    rise = baseline - line_baseline
    return (
        _MIN_RAISED_SIZE * line_size <= size <= RAISED_SIZE * line_size
        and -_MAX_FALL * line_size <= rise <= _MAX_RISE * line_size
    )


class _OpenFragment:
    """A fragment that further stretches may belong to."""

    def __init__(self, stretch: Stretch) -> None:
        self._stretches = [stretch]
        self._left, self._right = stretch.left, stretch.right
        self._baseline, self._size = stretch.baseline, stretch.style.size

    def take(self, stretch: Stretch) -> bool:
        """Add a stretch, if it stands beside the last one."""
        size, baseline, left, right = stretch.style.size, stretch.baseline, stretch.left, stretch.right
        gap = left - self._right
        if size == self._size and baseline == self._baseline and 0 <= gap <= MAX_GAP * size:
            self._right = right
            self._stretches.append(stretch)  # as most of them
            return True
        smaller, largest = (size, self._size) if size < self._size else (self._size, size)
        if gap < -_MAX_OVERLAP * largest:
            gap = self._left - right  # from right to left
        if not -_MAX_OVERLAP * largest <= gap <= MAX_GAP * largest:
            return False
        near = _SAME_BASELINE if gap > _TOUCHING * largest else _LOWERED
        if abs(baseline - self._baseline) > near * smaller and (
            gap > _MAX_RAISED_GAP * largest
            or not (
                is_raised_beside(size, baseline, self._size, self._baseline)
                or is_raised_beside(self._size, self._baseline, size, baseline)
            )
        ):
            return False
        if size > self._size:
            self._size, self._baseline = size, baseline
        self._left = min(self._left, left)
        self._right = max(self._right, right)
        self._stretches.append(stretch)
        return True

    def close(self, text: str) -> Fragment:
        end = self._stretches[-1].end
        is_divided = text[end - 1] in HYPHENS and text[end - 2 : end - 1].isalpha()
        length = sum([stretch.end - stretch.first for stretch in self._stretches])
        return Fragment(
            tuple(self._stretches), self._left, self._right, self._baseline, self._size, length, is_divided
        )
