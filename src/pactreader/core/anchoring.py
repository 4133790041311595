"""Anchoring: describing a passage and finding it again in a text that may have changed."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from pactreader.core.annotation import Anchor

CONTEXT: Final = 32
"""Code points kept on either side of a quote, as in Hypothesis' client (`anchoring/types.ts`)."""

_MAX_CANDIDATES: Final = 2_000
"""The greatest number of occurrences of a quote that are compared, as a quote of one letter has very many."""


class PlacementKind(StrEnum):
    """The certainty of a placement."""

    EXACT = "exact"
    """The quote is at the anchor's offsets."""
    MOVED = "moved"
    """The quote is elsewhere in the text."""
    LOST = "lost"
    """The quote is not in the text."""


class Placement(NamedTuple):
    """The passage `[start, end)` at which an anchor was found, in code points; for a lost one, the anchor's offsets."""

    kind: PlacementKind
    start: int
    end: int
    score: float
    """Similarity of the text found to the anchor, from 0 to 1."""

    @property
    def found(self) -> bool:
        """True unless the anchor is lost."""
        return self.kind is not PlacementKind.LOST


def describe(text: str, start: int, end: int) -> Anchor:
    """Return the anchor of the passage `[start, end)` of a text, in code points."""
    return Anchor(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
    )


class Locator:
    """A finder of the passages of anchors in one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def place(self, anchor: Anchor) -> Placement:
        """Find the anchor's passage.

        The anchor's offsets win if the quote is still there; otherwise the occurrence of the quote whose context is
        most similar to the anchor's, and of equally similar ones the nearest.
        """
        start, end = anchor.start, anchor.end
        exact = anchor.exact
        if 0 <= start < end and self._text[start:end] == exact:
            return Placement(PlacementKind.EXACT, start, end, 1.0)
        candidates = (
            (self._context_similarity(anchor, offset), -abs(offset - start), offset)
            for offset in self._occurrences(exact, start)
        )
        score, _, found = max(candidates, default=(0.0, 0, -1))
        if found < 0:
            return Placement(PlacementKind.LOST, start, end, 0.0)
        return Placement(PlacementKind.MOVED, found, found + len(exact), score)

    def _occurrences(self, exact: str, near: int) -> Iterator[int]:
        """Yield the offsets of the quote, up to a limit: first those from `near` on, then those before it backwards."""
        if not exact:
            return
        near = min(max(near, 0), len(self._text))
        offset = self._text.find(exact, near)
        for _ in range(_MAX_CANDIDATES // 2):
            if offset < 0:
                break
            yield offset
            offset = self._text.find(exact, offset + 1)
        offset = self._text.rfind(exact, 0, near + len(exact) - 1)
        for _ in range(_MAX_CANDIDATES // 2):
            if offset < 0:
                break
            yield offset
            offset = self._text.rfind(exact, 0, offset + len(exact) - 1)

    def _context_similarity(self, anchor: Anchor, offset: int) -> float:
        """Return the share of the anchor's context that also surrounds the quote at an offset; 1 without a context."""
        length = len(anchor.prefix) + len(anchor.suffix)
        if not length:
            return 1.0
        before = self._text[max(0, offset - len(anchor.prefix)) : offset]
        end = offset + len(anchor.exact)
        after = self._text[end : end + len(anchor.suffix)]
        return (
            _common_prefix_length(anchor.prefix[::-1], before[::-1])
            + _common_prefix_length(anchor.suffix, after)
        ) / length


def _common_prefix_length(one: str, other: str) -> int:
    for index, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return index
    return min(len(one), len(other))
