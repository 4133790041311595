"""Placing by a former text: where a passage of it is in the present text, by the alignment of both."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from pactreader.core.anchoring.alignment import Alignment
from pactreader.core.anchoring.candidates import LEAST_SHARE, Candidate
from pactreader.core.anchoring.folding import fold_signs, occurrences
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.core.anchoring.quote_search import QuoteSearch
from pactreader.core.anchoring.stretches import MatchedWord, heaviest_stretch
from pactreader.core.anchoring.tokens import tokenise, word_count
from pactreader.core.annotation import Anchor

_NEIGHBOURS: Final = 100
"""Code points on either side of a passage whose alignment tells whether its surroundings are where its counterpart is."""
_ALONE: Final = 0.45
"""The share of a passage's words from which on its counterpart is the passage, whatever is around it."""
_SURROUNDED: Final = 0.4
"""The share of the words on one side that lets a lesser share of the passage's own suffice."""
_DOUBTFUL: Final = 0.25
"""The share of a passage's words from which on the user is asked about its counterpart."""
_LEAST_PURITY: Final = 0.3
"""The share of a counterpart's words that have to be the passage's: else they are just spread over another text."""
_MOST: Final = 0.5
"""The share of a passage from which on it is the counterpart of one text and not of another."""
_FARTHEST: Final = 4
"""The lengths of a quote within which a verbatim passage is looked for between its aligned words: white space may have
made it longer."""
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
        """Return whether the former text has an anchor's quote at the anchor's offsets."""
        return self.alignment.former[anchor.start : anchor.end] == anchor.exact

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
            return Placement(PlacementKind.CHANGED, found.start, found.end, found.score)
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
        occurrences = [
            each for each in search.ranked_occurrences(anchor) if not self._is_claimed(each, anchor)
        ]
        if occurrences:
            placement = search.at_occurrence(anchor, occurrences)
            if placement.kind is PlacementKind.DOUBTFUL:
                return placement
            return self._verbatim(anchor, placement.start, placement.end, placement.score)
        similar = [pair for pair in search.similar(anchor) if not self._is_claimed(pair[1], anchor)]
        for score, passage in similar:
            if score >= (_IN_PLACE if self._is_in_place(passage, anchor) else _ELSEWHERE):
                return Placement(PlacementKind.CHANGED, passage.start, passage.end, score)
        return None

    def _share_left(self, words: Sequence["AlignedWord"]) -> float:
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

    def _not_found(self, anchor: Anchor, counterpart: "Counterpart | None") -> Placement:
        """Return the placement of a passage that is neither at its counterpart nor elsewhere: doubtful or lost."""
        if counterpart and min(counterpart.coverage, counterpart.words) >= _DOUBTFUL:
            return Placement(PlacementKind.DOUBTFUL, counterpart.start, counterpart.end, counterpart.score)
        text = self.alignment.text
        where = self.alignment.counterpart(anchor.start)
        where = next((each for each in range(where, len(text)) if not text[each].isspace()), where)
        return Placement(PlacementKind.LOST, where, where, 0.0)

    def _is_claimed(self, passage: Candidate, anchor: Anchor) -> bool:
        """Return whether most of a passage is the counterpart of other text than the anchor's."""
        own = anchor.start, anchor.end
        return aligned_shares(self.alignment, passage.start, passage.end, own).others >= _MOST


class AlignedWord(NamedTuple):
    """A token of the former text with its weight, and its counterpart in the present text."""

    key: str
    weight: float
    start: int
    end: int
    present: tuple[int, int] | None


def aligned_words(alignment: Alignment, start: int, end: int) -> list[AlignedWord]:
    """Return the tokens of a passage of the former text."""
    weights, slice_of = alignment.weights, alignment.present_slice
    tokens = tokenise(alignment.former, start, end)
    return [
        AlignedWord(key, weights[key], first, last, slice_of(first, last))
        for key, first, last in zip(*tokens, strict=True)
    ]


class Counterpart(NamedTuple):
    """The counterpart `[start, end)` of a passage of the former text in the present one, in code points."""

    start: int
    end: int
    coverage: float
    """The share of the passage's words that are in the counterpart, by weight, from 0 to 1."""
    words: float
    """The same by number."""
    purity: float
    """The share of the counterpart's words that are in the passage, by weight."""
    before: float
    """The share of the words before the passage that are before the counterpart, from 0 to 1."""
    behind: float
    """The share of the words behind the passage that are behind the counterpart."""

    @property
    def is_likely(self) -> bool:
        """True if the counterpart has enough of the passage to be the same sentence, rewritten."""
        share = min(self.coverage, self.words)
        return (
            self.purity >= _LEAST_PURITY
            and share >= LEAST_SHARE
            and (self.coverage >= _ALONE or max(self.before, self.behind) >= _SURROUNDED)
        )

    @property
    def score(self) -> float:
        """The certainty that this is the passage, from 0 to 1."""
        return min(1.0, 0.7 * self.coverage + 0.15 * (self.before + self.behind))


def counterpart_of(
    alignment: Alignment, passage: tuple[int, int], words: Sequence[AlignedWord]
) -> Counterpart | None:
    """Return the counterpart of a passage `(start, end)` of the former text; `None` if none of its words is aligned.

    It reaches from the first to the last aligned word, and takes its share of the words that replaced the passage's
    first and last ones. It is not in more lines than the passage.
    """
    start, end = passage
    stretch = _stretch(alignment, words, start, end)
    if not stretch:
        return None
    weight = sum(word.weight for word in words)
    before = aligned_words(alignment, max(0, start - _NEIGHBOURS), start)
    behind = aligned_words(alignment, end, end + _NEIGHBOURS)
    present_start, present_end = stretch[0].present_start, stretch[-1].present_end
    return Counterpart(
        _start_with_replaced(alignment, stretch[0], start),
        _end_with_replaced(alignment, stretch[-1], end),
        sum(word.weight for word in stretch) / weight,
        _word_share(alignment.former, stretch, words),
        sum(word.weight for word in stretch) / _weight(alignment, present_start, present_end),
        _share_within(before, present_start - 2 * _NEIGHBOURS, present_start),
        _share_within(behind, present_end, present_end + 2 * _NEIGHBOURS),
    )


def verbatim_counterpart(
    alignment: Alignment, anchor: Anchor, words: Sequence[AlignedWord]
) -> tuple[int, int] | None:
    """Return the passage that is equal to a quote but for the folding of signs, and is its counterpart; `None` if none is.

    The counterpart itself may be a word short: where the text around repeats the passage's first or last word, an
    alignment cannot tell which of both is new. So the passage of which most words are aligned with the quote's counts.

    Args:
        alignment: The alignment.
        anchor: The anchor of a passage of the former text.
        words: The words of that passage.
    """
    text, own = alignment.text, (anchor.start, anchor.end)
    present = [word.present for word in words if word.present]
    if not present or present[-1][1] - present[0][0] > _FARTHEST * len(anchor.exact) + _NEIGHBOURS:
        return None
    margin = len(anchor.exact)
    first = max(0, present[0][0] - margin)
    best, best_share = None, _MOST
    for start, end in occurrences(text[first : present[-1][1] + margin], anchor.exact):
        share = aligned_shares(alignment, first + start, first + end, own).own
        if share > best_share:
            best, best_share = (first + start, first + end), share
    return best


class AlignedShares(NamedTuple):
    """The shares of a passage of the present text, by weight, that are the counterpart of former text."""

    own: float
    """The share that is the counterpart of one passage of the former text."""
    others: float
    """The share that is the counterpart of other text."""


def aligned_shares(alignment: Alignment, start: int, end: int, passage: tuple[int, int]) -> AlignedShares:
    """Return the shares of the passage `[start, end)` of the present text that are the counterparts of former text.

    Args:
        alignment: The alignment.
        start: The start of the passage of the present text.
        end: Its end.
        passage: The passage of the former text whose share is told from that of other text.
    """
    weights = alignment.weights
    tokens = tokenise(alignment.text, start, end)
    total = own = others = 0.0
    for key, first, last in zip(*tokens, strict=True):
        weight = weights[key]
        total += weight
        former = alignment.former_slice(first, last)
        if not former:
            continue
        if former[0] < passage[1] and passage[0] < former[1]:
            own += weight
        else:
            others += weight
    return AlignedShares(own / total, others / total) if total else AlignedShares(0.0, 0.0)


def _stretch(
    alignment: Alignment, words: Sequence[AlignedWord], start: int, end: int
) -> Sequence[MatchedWord]:
    """Return the aligned words of a passage whose counterparts stand close together."""
    aligned = [
        MatchedWord(word.weight, word.start, word.end, *word.present) for word in words if word.present
    ]
    return aligned[slice(*heaviest_stretch(aligned, alignment.former[start:end], start, alignment.text))]


def _weight(alignment: Alignment, start: int, end: int) -> float:
    """Return the weight of a passage of the present text."""
    return sum(alignment.weights[key] for key in tokenise(alignment.text, start, end).keys)


def _word_share(text: str, some: Sequence[MatchedWord], words: Sequence[AlignedWord]) -> float:
    """Return the share of the words, without signs, that are among some of them; of signs, if there are only these."""
    count = word_count(text[word.start] for word in words)
    if not count:
        return len(some) / len(words)
    return word_count(text[word.start] for word in some) / count


def _share_within(words: Sequence[AlignedWord], start: int, end: int) -> float:
    """Return the share of words, by weight, whose counterparts are in a passage of the present text; 1 without words."""
    weight = sum(word.weight for word in words)
    within = sum(
        word.weight for word in words if word.present and start <= word.present[0] and word.present[1] <= end
    )
    return within / weight if weight else 1.0


def _start_with_replaced(alignment: Alignment, first: MatchedWord, start: int) -> int:
    """Return the start of a counterpart with its share of the words that replaced those before its first aligned word.

    Of three words in a gap of which two are the passage's, two thirds of the new words in the gap are the counterpart's.
    """
    match = alignment.match_before(first.start)
    present_start = first.present_start
    if match.end > first.start:  # the word and the one before it are in the same match
        return present_start
    replaced = tokenise(alignment.former, match.end, first.start)
    own = sum(offset >= start for offset in replaced.starts)
    if not own:
        return present_start
    line_start = alignment.text.rfind("\n", match.present_end, present_start) + 1
    new = tokenise(alignment.text, max(match.present_end, line_start), present_start)
    count = min(round(len(new.starts) * own / len(replaced.starts)), 2 * own + 1)
    return new.starts[-count] if count else present_start


def _end_with_replaced(alignment: Alignment, last: MatchedWord, end: int) -> int:
    """Return the end of a counterpart with its share of the words that replaced those behind its last aligned word."""
    match = alignment.match_behind(last.end)
    present_end = last.present_end
    if match.start < last.end:
        return present_end
    replaced = tokenise(alignment.former, last.end, match.start)
    own = sum(offset <= end for offset in replaced.ends)
    if not own:
        return present_end
    line_end = alignment.text.find("\n", present_end, match.present_start)
    new = tokenise(alignment.text, present_end, match.present_start if line_end < 0 else line_end)
    count = min(round(len(new.starts) * own / len(replaced.starts)), 2 * own + 1)
    return new.ends[count - 1] if count else present_end
