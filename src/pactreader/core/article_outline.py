"""The outline of an article: its places, as the pages of a paper or the chapters of a book, and its table of contents."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class Places(NamedTuple):
    """The places of an article by which a passage is cited, by their first offsets in its text."""

    offsets: Sequence[int] = ()
    """Offsets in the text, in ascending order, in code points."""
    labels: Sequence[str] = ()
    """For each offset, the place that begins there as it is cited: `p. 12`, `Chapter 3`. Printable, on one line."""

    def at(self, offset: int) -> str:
        """Return the place at an offset of the text; empty if it has none."""
        index = bisect_right(self.offsets, offset) - 1
        return self.labels[index] if index >= 0 else ""


class ContentsEntry(NamedTuple):
    """An entry of a table of contents that comes with an article, as with a book."""

    title: str
    """Printable, on one line."""
    level: int
    """The depth in the table, from 1."""
    offset: int
    """The offset in the text that it leads to, in code points."""
