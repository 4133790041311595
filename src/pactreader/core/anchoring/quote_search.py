"""Placing by quote and context alone, where the text that an anchor was made for is not known."""

from collections.abc import Sequence
from heapq import nlargest
from itertools import islice, takewhile
from math import log
from typing import Final

from pactreader.core.alignment.folding import occurrences
from pactreader.core.anchoring.candidates import LEAST_SHARE, Candidate, Comparison, Quote
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
_MORE_ADJOINING: Final = 1.0
"""The weight of the words that adjoin it that it needs instead, where none adjoin the occurrence."""
_AT_HOME: Final = 2.0
"""The weight of the words that adjoin an occurrence over which nothing wins: it is where it was."""
_ADJOINED: Final = 0.25
"""The weight of adjoining words from which on they are more than a full stop."""
_FOREIGN: Final = 0.2
"""The share of the context below which an occurrence is in foreign surroundings: of several such, none is certain."""
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

    def comparison(self, anchor: Anchor) -> Comparison:
        """Return the comparison of an anchor's quote and context with the text."""
        return Comparison(Quote(anchor, self._index), self._index)

    def place(self, anchor: Anchor) -> Placement:
        """Find an anchor's passage.

        The occurrences of the quote compete with passages that are similar to it. The context decides: an occurrence
        in other surroundings gives way to a similar passage in the old ones.
        """
        comparison = self.comparison(anchor)
        ranked = self.ranked_occurrences(comparison)
        best = ranked[0] if ranked else None
        if best and best.context >= _SURROUNDED and best.adjoining >= _ADJOINED:
            return self.at_occurrence(comparison, ranked)
        similar = self.similar(comparison)
        if best:
            for passage in similar:
                if not _overlap(passage, best) and _is_in_old_surroundings(passage, best):
                    return Placement(
                        PlacementKind.CHANGED, passage.start, passage.end, max(passage.score, _CHANGED)
                    )
            return self.at_occurrence(comparison, ranked)
        if similar and similar[0].score >= _DOUBTFUL:
            return self._at_similar(comparison, similar)
        return Placement(PlacementKind.LOST, anchor.start, anchor.end, 0.0)

    def ranked_occurrences(self, comparison: Comparison) -> list[Candidate]:
        """Return the occurrences of a quote with the most similar contexts, the best first; of equal ones the nearest."""
        anchor = comparison.quote.anchor
        found = occurrences(self._index.folded, anchor.exact) if comparison.quote.own else ()
        passages = list(islice(found, _MAX_OCCURRENCES))
        if len(passages) > _COMPARED:
            passages = nlargest(_COMPARED, passages, key=lambda each: self._rough_context(anchor, *each))
        compared = [comparison.occurrence(*each) for each in passages]
        return sorted(compared, key=lambda each: -_likeness(each, anchor))

    def similar(self, comparison: Comparison) -> list[Candidate]:
        """Return the passages that are similar to a quote, the best first."""
        found = comparison.similar_passages() if comparison.quote.own else ()
        enough = (each for each in found if min(each.coverage, each.words, each.purity) >= LEAST_SHARE)
        kept: list[Candidate] = []
        for each in sorted(enough, key=lambda candidate: -candidate.score):
            if not any(_overlap(each, other) for other in kept):
                kept.append(each)
        return kept

    def at_occurrence(self, comparison: Comparison, ranked: Sequence[Candidate]) -> Placement:
        """Return the placement at the best occurrence; it is doubtful if another is as good or if it tells too little.

        It is in place also if it is there in the folded text: soft hyphens before it do not move it.
        """
        anchor, best = comparison.quote.anchor, ranked[0]
        is_tie = len(ranked) > 1 and _likeness(best, anchor) - _likeness(ranked[1], anchor) < _TIE
        told = best.matched + best.adjoining
        is_telling = told >= _TELLING_IF_REMOVED or (
            (told >= _TELLING or best.context >= _SURROUNDED) and not comparison.is_gap_closed()
        )
        is_one_of_many = len(ranked) > 1 and best.context < _FOREIGN and best.adjoining < _ADJOINED
        if is_tie or is_one_of_many or not is_telling:
            return Placement(PlacementKind.DOUBTFUL, best.start, best.end, min(best.score, _CHANGED))
        is_in_place = anchor.start in {best.start, self._index.folded.folded(best.start)}
        kind = PlacementKind.EXACT if is_in_place else PlacementKind.MOVED
        return Placement(kind, best.start, best.end, max(best.score, _CHANGED))

    def _at_similar(self, comparison: Comparison, similar: Sequence[Candidate]) -> Placement:
        """Return the placement at the best similar passage; it is doubtful if another is as good or it is not likely."""
        best = similar[0]
        is_tie = len(similar) > 1 and _logit(best.score) - _logit(similar[1].score) < _TIE_OF_SIMILAR
        is_likely = (
            best.score >= _CHANGED
            and not comparison.is_gap_closed()
            and (best.phrases >= _LEAST_PHRASES or len(self._index.tokens.keys) > _SMALL_TEXT)
        )
        if is_tie or not is_likely:
            return Placement(PlacementKind.DOUBTFUL, best.start, best.end, min(best.score, _CHANGED))
        return Placement(PlacementKind.CHANGED, best.start, best.end, best.score)

    def _rough_context(self, anchor: Anchor, start: int, end: int) -> tuple[int, int]:
        """Return the number of code points around a passage that are equal to the context, and its nearness."""
        text = self._index.text
        before = zip(
            reversed(anchor.prefix), reversed(text[max(0, start - len(anchor.prefix)) : start]), strict=False
        )
        behind = zip(anchor.suffix, text[end : end + len(anchor.suffix)], strict=False)
        equal = sum(sum(1 for _ in takewhile(_are_equal, pairs)) for pairs in (before, behind))
        return equal, -abs(start - anchor.start)


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


def _is_in_old_surroundings(similar: Candidate, occurrence: Candidate) -> bool:
    """Return whether a similar passage has so much of the context that it wins over an occurrence of the quote elsewhere."""
    if similar.coverage < _ALIKE or similar.context <= _AT_OLD_PLACE or occurrence.adjoining >= _AT_HOME:
        return False
    if occurrence.adjoining < _ADJOINED and similar.adjoining > occurrence.adjoining + _MORE_ADJOINING:
        return True
    is_surrounded = min(similar.before, similar.behind) > _SURROUNDED
    return is_surrounded and similar.context > occurrence.context + _MORE_CONTEXT


def _are_equal(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]
