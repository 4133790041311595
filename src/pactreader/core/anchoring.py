"""How a passage is described, and found again in a text that may have changed."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from pactreader.core.annotation import Anchor

CONTEXT: Final = 32
"""Code points kept on either side of a quote, as in Hypothesis' client (`anchoring/types.ts`)."""

_MOST_HITS: Final = 2_000
"""Occurrences weighed at the most, so that a one-letter quote in an archive costs no second."""


class PlacementKind(StrEnum):
    """How sure a place is."""

    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"
    DOUBTFUL = "doubtful"
    LOST = "lost"


class Placement(NamedTuple):
    """Where an anchor was found: `[start, end)` in code points; a lost one keeps where it was."""

    kind: PlacementKind
    start: int
    end: int
    score: float
    """Likeness of the text found to the anchor, 0 to 1."""

    @property
    def found(self) -> bool:
        """Whether there is a passage to show."""
        return self.kind is not PlacementKind.LOST


def describe(text: str, start: int, end: int) -> Anchor:
    """The anchor of the passage `[start, end)` of a text."""
    return Anchor(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
    )


class Locator:
    """Finds anchors in one text. What is computed once per text is computed once."""

    def __init__(self, text: str) -> None:
        self._text = text

    def place(self, anchor: Anchor) -> Placement:
        """Where the anchor's passage is now.

        The old offsets are taken if the quote still stands there; else the occurrence of the quote whose
        surroundings agree best with the anchor's, and among equals the nearest.
        """
        start, end = anchor.start, anchor.end
        exact = anchor.exact
        if 0 <= start < end and self._text[start:end] == exact:
            return Placement(PlacementKind.EXACT, start, end, 1.0)
        best: tuple[float, int] | None = None
        found = -1
        for hit in self._occurrences(exact, start):
            rank = (self._agreement(anchor, hit), -abs(hit - start))
            if best is None or rank > best:
                best, found = rank, hit
        if best is None:
            return Placement(PlacementKind.LOST, start, end, 0.0)
        return Placement(PlacementKind.MOVED, found, found + len(exact), best[0])

    def _occurrences(self, exact: str, near: int) -> Iterator[int]:
        """Where the quote stands in the text: the nearest, but no more than are worth weighing."""
        if not exact:
            return
        near = min(max(near, 0), len(self._text))
        hit = self._text.find(exact, near)
        for _ in range(_MOST_HITS // 2):
            if hit < 0:
                break
            yield hit
            hit = self._text.find(exact, hit + 1)
        hit = self._text.rfind(exact, 0, near + len(exact) - 1)
        for _ in range(_MOST_HITS // 2):
            if hit < 0:
                break
            yield hit
            hit = self._text.rfind(exact, 0, hit + len(exact) - 1)

    def _agreement(self, anchor: Anchor, hit: int) -> float:
        """How much of the anchor's context stands around a hit, from 0 to 1; 1 if it has no context."""
        wanted = len(anchor.prefix) + len(anchor.suffix)
        if not wanted:
            return 1.0
        before = self._text[max(0, hit - len(anchor.prefix)) : hit]
        end = hit + len(anchor.exact)
        after = self._text[end : end + len(anchor.suffix)]
        return (
            _common_prefix(anchor.prefix[::-1], before[::-1]) + _common_prefix(anchor.suffix, after)
        ) / wanted


def _common_prefix(one: str, other: str) -> int:
    """How many code points two texts have in common from their beginnings."""
    for index, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return index
    return min(len(one), len(other))
