"""Placing by a former text: where a passage of it is in the present text, by the alignment of both."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final

from pactreader.core.alignment.folding import fold_signs
from pactreader.core.alignment.text_alignment import Alignment
from pactreader.core.alignment.tokens import tokenise
from pactreader.core.anchoring.aligned_words import AlignedWord, aligned_shares, aligned_words
from pactreader.core.anchoring.candidates import LEAST_SHARE, Candidate
from pactreader.core.anchoring.counterparts import Counterpart, counterpart_of, verbatim_counterpart
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.anchoring.quote_search import QuoteSearch
from pactreader.core.annotation import Anchor

_DOUBTFUL: Final = 0.25
"""The share of a passage's words from which on the user is asked about its counterpart."""
_CLAIMED: Final = 0.5
"""The share of a passage from which on it is the counterpart of other text, and not what is looked for."""
_ELSEWHERE: Final = 0.75
"""The score that a similar passage elsewhere needs, as the former passage's own counterpart has gone."""
_IN_PLACE: Final = 0.3
"""The score that a similar passage needs between the counterparts of what was before and behind it."""


class FormerTextSearch:
    """A search for the passages of anchors by the alignment of the text that they were made for with the present one."""

    def __init__(self, alignment: Alignment, quotes: Callable[[], QuoteSearch]) -> None:
        """Create the search.

        Args:
            alignment: The alignment.
            quotes: Returns the search by quotes, which is for passages that are not where they were. It takes an index.
        """
        self.alignment = alignment
        self._quotes = quotes

    def has(self, anchor: Anchor) -> bool:
        """Return whether the former text has an anchor's quote, if it is not empty, at the anchor's offsets."""
        return anchor.exact != "" and self.alignment.former[anchor.start : anchor.end] == anchor.exact

    def place(self, anchor: Anchor) -> Placement:
        """Find an anchor's passage: its counterpart, or else a similar one that is not the counterpart of other text."""
        alignment = self.alignment
        whole = alignment.present_slice(anchor.start, anchor.end)
        if whole and alignment.text[slice(*whole)] == anchor.exact:
            return self._verbatim(anchor, *whole, 1.0)
        words = aligned_words(alignment, anchor.start, anchor.end)
        verbatim = verbatim_counterpart(alignment, anchor, words)
        if verbatim:
            return self._verbatim(anchor, *verbatim, 1.0)
        found = counterpart_of(alignment, (anchor.start, anchor.end), words)
        if found and found.is_likely:
            return Placement(PlacementKind.CHANGED, found.start, found.end, found.coverage)
        elsewhere = self._elsewhere(anchor) if self._share_left(words) >= LEAST_SHARE else None
        return elsewhere or self._not_found(anchor, found)

    def _verbatim(self, anchor: Anchor, start: int, end: int, score: float) -> Placement:
        """Return the placement of a verbatim passage: exact if only the folding of signs has moved it."""
        is_in_place = start == anchor.start or anchor.start < self._first_change
        return Placement(PlacementKind.EXACT if is_in_place else PlacementKind.MOVED, start, end, score)

    @cached_property
    def _first_change(self) -> int:
        """The offset in the former text up to which the texts are equal but for the folding of signs."""
        former, text = self.alignment.former, self.alignment.text
        changes = (
            change.former.start
            for change in self.alignment.changes
            if fold_signs(former[slice(*change.former)]) != fold_signs(text[slice(*change.present)])
        )
        return next(changes, len(former))

    def _elsewhere(self, anchor: Anchor) -> Placement | None:
        """Return the placement at a passage that is not the counterpart of other text of the former one."""
        search = self._quotes()
        comparison = search.comparison(anchor)
        ranked = [
            each for each in search.ranked_occurrences(comparison) if not self._is_claimed(each, anchor)
        ]
        if ranked:
            placement = search.at_occurrence(comparison, ranked)
            if placement.kind is PlacementKind.DOUBTFUL:
                return placement
            return self._verbatim(anchor, placement.start, placement.end, placement.score)
        for each in search.similar(comparison):
            least = _IN_PLACE if self._is_in_place(each, anchor) else _ELSEWHERE
            if each.score >= least and not self._is_claimed(each, anchor):
                return Placement(PlacementKind.CHANGED, each.start, each.end, each.score)
        return None

    def _share_left(self, words: Sequence[AlignedWord]) -> float:
        """Return the share of a passage's words, by weight, that are aligned or stand in new text."""
        weight = sum(word.weight for word in words)
        left = sum(word.weight for word in words if word.present or word.key in self._new_keys)
        return left / weight if weight else 0.0

    @cached_property
    def _new_keys(self) -> frozenset[str]:
        """The tokens of the passages of the present text that are the counterpart of no former text."""
        text = self.alignment.text
        return frozenset(
            key for start, end in self.alignment.new_passages() for key in tokenise(text, start, end).keys
        )

    def _is_in_place(self, passage: Candidate, anchor: Anchor) -> bool:
        """Return whether a passage is between the counterparts of what was before and behind the anchor's."""
        before = self.alignment.match_before(anchor.start)
        behind = self.alignment.match_behind(anchor.end)
        return before.present_end <= passage.start and passage.end <= behind.present_start

    def _not_found(self, anchor: Anchor, counterpart: Counterpart | None) -> Placement:
        """Return the placement of a passage that is neither at its counterpart nor elsewhere: doubtful or lost."""
        if counterpart and min(counterpart.coverage, counterpart.words) >= _DOUBTFUL:
            return Placement(PlacementKind.DOUBTFUL, counterpart.start, counterpart.end, counterpart.coverage)
        former, text = self.alignment.former, self.alignment.text
        where = self.alignment.counterpart(anchor.start)
        if not anchor.start or former[anchor.start - 1 : anchor.start] == "\n":
            # It began a paragraph, and the one before it ends here.
            where = next((each for each in range(where, len(text)) if not text[each].isspace()), where)
        return Placement(PlacementKind.LOST, where, where, 0.0)

    def _is_claimed(self, passage: Candidate, anchor: Anchor) -> bool:
        """Return whether most of a passage is the counterpart of other text than the anchor's."""
        own = anchor.start, anchor.end
        return aligned_shares(self.alignment, passage.start, passage.end, own).others >= _CLAIMED
