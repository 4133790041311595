"""Placing by quote and context alone, where the text that an anchor was made for is not known."""

from collections.abc import Sequence
from heapq import nlargest
from itertools import islice, takewhile
from math import log
from typing import Final

from pactreader.core.anchoring.candidates import LEAST_SHARE, Candidate, Comparison, Quote
from pactreader.core.anchoring.description import CONTEXT
from pactreader.core.anchoring.folding import occurrences
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.anchoring.text_index import TextIndex
from pactreader.core.annotation import Anchor

_MAX_OCCURRENCES: Final = 2_000
"""The number of occurrences of a quote that are compared by their context: a quote of one letter has very many."""
_COMPARED: Final = 8
"""The number of occurrences whose context is compared word by word."""
_SMALL_TEXT: Final = 400
"""The number of tokens up to which a text does not show which of its words are rare."""
_LEAST_PHRASES: Final = 0.5
"""The share of a quote's words that have to stand beside each other in a passage of a small text: single ones, in order
and close to each other, may just be the words of its subject."""
_CHANGED: Final = 0.4
"""The score from which on the most similar passage is taken for the quote's."""
_DOUBTFUL: Final = 0.25
"""The score from which on the user is asked about it."""
_TIE: Final = 0.01
"""The difference of the contexts of two occurrences below which they are equally likely."""
_TIE_OF_SIMILAR: Final = 0.1
"""The difference of the logits of the scores of two similar passages below which they are equally likely."""
_ADJOINING: Final = 0.03
"""The weight of a rare word that adjoins an occurrence beside that of the context."""
_NEARNESS: Final = 0.04
"""The weight of nearness to the anchor's offset beside that of the context: half the distance is worth 0.03 of it."""
_NEAR: Final = 100
"""The distance up to which a passage is near, in code points."""
_SURROUNDED: Final = 0.5
"""The share of the context with which an occurrence of a quote is at home, so that nothing else is looked for."""
_MORE_CONTEXT: Final = 0.4
"""The share of the context that a similar passage has more than an occurrence over which it wins."""
_AT_OLD_PLACE: Final = 0.7
"""The share of the context that it needs."""
_ALIKE: Final = 0.6
"""The share of the quote's words that it needs to win."""
_TELLING: Final = 1.25
"""The weight of the quote and the words that adjoin it from which on an occurrence in other surroundings is taken for the
quote's: some two rare words."""
_TELLING_IF_REMOVED: Final = 1.75
"""The same where what was around the quote adjoins now, so that the quote was removed there."""


class QuoteSearch:
    """A search for the passages of anchors in one text by their quotes and contexts."""

    def __init__(self, index: TextIndex) -> None:
        self._index = index

    def place(self, anchor: Anchor) -> Placement:
        """Find an anchor's passage.

        The occurrences of the quote compete with passages that are similar to it. The context decides: an occurrence
        in other surroundings gives way to a similar passage in the old ones.
        """
        lost = Placement(PlacementKind.LOST, anchor.start, anchor.end, 0.0)
        ranked = self.ranked_occurrences(anchor)
        best = ranked[0] if ranked else None
        if best and best.context >= _SURROUNDED:
            return self.at_occurrence(anchor, ranked)
        similar = self.similar(anchor)
        if best:
            context = max([best.context, *(each.context for _, each in similar if _overlap(each, best))])
            for score, passage in similar:
                if _is_in_old_surroundings(passage, context):
                    return Placement(PlacementKind.CHANGED, passage.start, passage.end, score)
            return self.at_occurrence(anchor, ranked)
        if not similar or similar[0][0] < _DOUBTFUL:
            return lost
        score, passage = similar[0]
        is_tie = len(similar) > 1 and _logit(similar[0][0]) - _logit(similar[1][0]) < _TIE_OF_SIMILAR
        is_likely = (
            score >= _CHANGED
            and not self._is_removed(anchor)
            and (passage.phrases >= _LEAST_PHRASES or len(self._index.tokens.keys) > _SMALL_TEXT)
        )
        kind = PlacementKind.CHANGED if is_likely and not is_tie else PlacementKind.DOUBTFUL
        return Placement(kind, passage.start, passage.end, score)

    def _is_removed(self, anchor: Anchor) -> bool:
        """Return whether what was around a quote adjoins in the text now."""
        return Comparison(Quote(anchor, self._index), self._index).is_gap_closed()

    def similar(self, anchor: Anchor) -> list[tuple[float, Candidate]]:
        """Return the passages that are similar to a quote with their scores, the best first."""
        quote = Quote(anchor, self._index)
        if not quote.own:
            return []
        found = [
            (each.score, each)
            for each in Comparison(quote, self._index).similar_passages()
            if min(each.coverage, each.words, each.purity) >= LEAST_SHARE
        ]
        ranked = sorted(found, key=lambda pair: -pair[0])
        kept: list[tuple[float, Candidate]] = []
        for score, each in ranked:
            if not any(_overlap(each, other) for _, other in kept):
                kept.append((score, each))
        return kept

    def ranked_occurrences(self, anchor: Anchor) -> list[Candidate]:
        """Return the occurrences of a quote with the most similar contexts, the best first; of equal ones the nearest."""
        quote = Quote(anchor, self._index)
        found = occurrences(self._index.folded, anchor.exact) if quote.own else ()
        passages = list(islice(found, _MAX_OCCURRENCES))
        if len(passages) > _COMPARED:
            passages = nlargest(_COMPARED, passages, key=lambda each: self._rough_context(anchor, *each))
        comparison = Comparison(quote, self._index)
        compared = [comparison.occurrence(*each) for each in passages]
        return sorted(compared, key=lambda each: -_likeness(each, anchor))

    def _rough_context(self, anchor: Anchor, start: int, end: int) -> tuple[int, int]:
        """Return the number of code points around a passage that are equal to the context, and its nearness."""
        whole = f"{anchor.prefix}{anchor.exact}{anchor.suffix}"
        equal = common_surroundings(whole, len(anchor.prefix), self._index.text, start, end - start)
        return equal, -abs(start - anchor.start)

    def at_occurrence(self, anchor: Anchor, ranked: Sequence[Candidate]) -> Placement:
        """Return the placement at the best occurrence; it is doubtful if another is as good or if it tells too little.

        It is in place also if it is there in the folded text: soft hyphens before it do not move it.
        """
        best = ranked[0]
        score = best.score
        is_tie = len(ranked) > 1 and _likeness(best, anchor) - _likeness(ranked[1], anchor) < _TIE
        told = best.matched + best.adjoining
        is_telling = told >= _TELLING_IF_REMOVED or (
            (told >= _TELLING or best.context >= _SURROUNDED) and not self._is_removed(anchor)
        )
        if is_tie or not is_telling:
            return Placement(PlacementKind.DOUBTFUL, best.start, best.end, min(score, 0.5))
        is_in_place = anchor.start in {best.start, self._index.folded.folded(best.start)}
        kind = PlacementKind.EXACT if is_in_place else PlacementKind.MOVED
        return Placement(kind, best.start, best.end, score)


def _likeness(occurrence: Candidate, anchor: Anchor) -> float:
    """Return how likely an occurrence of the quote is the anchor's among all.

    It is told by the context, and a little by what adjoins the occurrence and by nearness.
    """
    return (
        occurrence.context
        + _ADJOINING * occurrence.adjoining
        - _NEARNESS * log(_distance(occurrence, anchor))
    )


def _logit(score: float) -> float:
    return log(score / (1 - score))


def _distance(passage: Candidate, anchor: Anchor) -> int:
    return _NEAR + abs(passage.start - anchor.start)


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.start < other.end and other.start < one.end


def _is_in_old_surroundings(similar: Candidate, context: float) -> bool:
    """Return whether a similar passage has so much of the context that it wins over an occurrence of the quote elsewhere.

    Args:
        similar: The similar passage.
        context: The share of the context that the occurrence has.
    """
    return (
        similar.coverage >= _ALIKE
        and min(similar.before, similar.behind) > _SURROUNDED
        and similar.context > max(context + _MORE_CONTEXT, _AT_OLD_PLACE)
    )


def common_surroundings(one: str, one_start: int, other: str, other_start: int, length: int) -> int:
    """Return the number of equal code points around two passages of a length, up to 64 on either side."""
    before = zip(
        reversed(one[max(0, one_start - CONTEXT) : one_start]),
        reversed(other[max(0, other_start - CONTEXT) : other_start]),
        strict=False,
    )
    one_end, other_end = one_start + length, other_start + length
    behind = zip(one[one_end : one_end + CONTEXT], other[other_end : other_end + CONTEXT], strict=False)
    return sum(sum(1 for _ in takewhile(_are_equal, pairs)) for pairs in (before, behind))


def _are_equal(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]
