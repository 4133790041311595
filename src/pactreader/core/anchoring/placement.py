"""Placements: where the passages of anchors were found, and how certain that is."""

from enum import StrEnum
from typing import NamedTuple


class PlacementKind(StrEnum):
    """The certainty of a placement."""

    EXACT = "exact"
    """The quote is at the anchor's offsets, but for what the folding of signs has moved."""
    MOVED = "moved"
    """The quote is elsewhere in the text."""
    CHANGED = "changed"
    """The passage is found by similarity: its words have changed."""
    DOUBTFUL = "doubtful"
    """A passage may be the one, and the user has to decide. It is not drawn as a highlight."""
    LOST = "lost"
    """The passage is not in the text."""


class Placement(NamedTuple):
    """The passage `[start, end)` at which an anchor was found, in code points; for a lost one, where it was."""

    kind: PlacementKind
    start: int
    end: int
    score: float
    """Certainty that this is the anchor's passage, from 0 to 1."""

    @property
    def found(self) -> bool:
        """True if the passage is known: neither lost nor doubtful."""
        return self.kind not in {PlacementKind.LOST, PlacementKind.DOUBTFUL}
