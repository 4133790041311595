"""The search for the passages of anchors in a text."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.annotation import Anchor
from pactreader.core.article import text_hash_of

_MAX_CANDIDATES: Final = 2_000
"""The greatest number of occurrences of a quote that are compared, as a quote of one letter has very many."""


class Locator:
    """A finder of the passages of anchors in one text. Its methods may be called from several threads."""

    def __init__(self, text: str, former_texts: Mapping[str, str] | None = None) -> None:
        """Create the locator of a text. The text is indexed, and former texts are read, when they are first needed.

        Args:
            text: The text.
            former_texts: Former texts of the article by their hashes, from `text_hash_of`. An anchor that was made on
                one of them is placed by its alignment with the text.
        """
        self._text = text
        self._former_texts = former_texts or {}

    @cached_property
    def _text_hash(self) -> str:
        return text_hash_of(self._text)

    def place_at_once(self, anchor: Anchor) -> Placement | None:
        """Return the placement of an anchor whose quote and context are unchanged at its offsets; `None` for others.

        The time does not depend on the length of the text.
        """
        start, end = anchor.start, anchor.end
        if not (
            0 <= start < end
            and self._text.startswith(anchor.exact, start)
            and len(anchor.exact) == end - start
        ):
            return None
        if anchor.text_hash != self._text_hash:
            prefix_start = start - len(anchor.prefix)
            if prefix_start < 0 or not self._text.startswith(anchor.prefix, prefix_start):
                return None
            if not self._text.startswith(anchor.suffix, end):
                return None
        return Placement(PlacementKind.EXACT, start, end, 1.0)

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
