"""Candidates: passages of a text that may be the one that a quote was made of, and what they have in common with it."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pactreader.core.anchoring.runs import Run, heaviest_chain, runs_of
from pactreader.core.anchoring.text_index import TextIndex
from pactreader.core.anchoring.tokens import tokenise
from pactreader.core.annotation import Anchor

_WINDOWS: Final = 4
"""The number of windows that are compared with a quote word by word."""
_LONGEST: Final = 2.0
"""The greatest length of a candidate, in lengths of the quote."""
_CUT: Final = 32
"""The length from which on a context may begin or end within a word; a shorter one ends with the text."""


class Candidate(NamedTuple):
    """A passage `[start, end)` of a text and what it has in common with a quote and its context, each from 0 to 1."""

    start: int
    end: int
    coverage: float
    """The share of the quote's words that are in the passage, by weight."""
    words: float
    """The same by number."""
    purity: float
    """The share of the passage's words that are in the quote, by weight."""
    before: float
    """The share of the words before the quote that are before the passage, by weight."""
    behind: float
    """The share of the words behind the quote that are behind the passage, by weight."""

    @property
    def context(self) -> float:
        """The mean of both sides' shares."""
        return (self.before + self.behind) / 2


class Quote:
    """The tokens of an anchor's quote and context, with their weights in a text."""

    def __init__(self, anchor: Anchor, index: TextIndex) -> None:
        prefix, exact, suffix = anchor.prefix, anchor.exact, anchor.suffix
        start, end = len(prefix), len(prefix) + len(exact)
        keys, starts, ends = tokenise(prefix + exact + suffix)
        first, last = 0, len(keys)
        if len(prefix) >= _CUT and ends and ends[0] <= start:
            first = 1
        if len(suffix) >= _CUT and last > first and starts[-1] >= end:
            last -= 1
        self.exact = exact
        self.keys: Sequence[str] = keys[first:last]
        """The tokens of prefix, quote and suffix, without those that may be cut."""
        self._starts = starts[first:last]
        self._ends = ends[first:last]
        self.first = sum(each <= start for each in self._ends)
        """The index of the quote's first token."""
        self.last = sum(each < end for each in self._starts)
        """The index behind its last token."""
        self.head = start - self._starts[self.first] if self.first < self.last else 0
        """Code points of the first token that are before the quote, which may begin within a word."""
        self.tail = self._ends[self.last - 1] - end if self.first < self.last else 0
        """Code points of the last token that are behind the quote."""
        self.weights = [index.weights[key] for key in self.keys]
        self.lines = exact.count("\n")

    def weigh(self, run: Run) -> float:
        """Return the weight of a run of the tokens."""
        return sum(self.weights[run.former : run.former + run.length])

    @property
    def own(self) -> range:
        """The indices of the quote's tokens."""
        return range(self.first, self.last)


def similar_passages(quote: Quote, index: TextIndex) -> Iterator[Candidate]:
    """Yield the passages of a text that have the most words in common with a quote and its context."""
    length = len(quote.keys) * 3 // 2 + 8
    for window in index.densest_windows(quote.keys, length, _WINDOWS):
        margin = length // 2
        start, end = max(0, window.start - margin), min(len(index.tokens.keys), window.stop + margin)
        candidate = _most_similar(quote, index, range(start, end))
        if candidate:
            yield candidate


def passage_as_candidate(quote: Quote, index: TextIndex, start: int, end: int) -> Candidate:
    """Return a passage `[start, end)` that is equal to the quote as a candidate."""
    own = index.slice_of(start, end)
    count = quote.first * 2 + 3
    before = _share(quote, index, range(quote.first), range(max(0, own.start - count), own.start))
    rest = len(quote.keys) - quote.last
    behind = _share(
        quote, index, range(quote.last, len(quote.keys)), range(own.stop, own.stop + rest * 2 + 3)
    )
    return Candidate(start, end, 1.0, 1.0, 1.0, before, behind)


def _share(quote: Quote, index: TextIndex, tokens: range, there: range) -> float:
    """Return the share of some tokens of a context that are in a slice of the text in the same order, by weight.

    Without tokens, it is 1 at the end of the text and 0 elsewhere.
    """
    keys = index.tokens.keys
    if not tokens:
        return float(there.start == 0 and not there if tokens.start == 0 else there.start >= len(keys))
    places: dict[str, list[int]] = {}
    for place in range(there.start, min(there.stop, len(keys))):
        places.setdefault(keys[place], []).append(place)
    pairs = [(each, place) for each in tokens for place in places.get(quote.keys[each], ())]
    chain = heaviest_chain(runs_of(pairs), quote.weigh)
    total = sum(quote.weights[tokens.start : tokens.stop])
    return sum(map(quote.weigh, chain)) / total


def _most_similar(quote: Quote, index: TextIndex, window: range) -> Candidate | None:
    """Return the passage in a window of the text's tokens that has the most in common with a quote."""
    keys = index.tokens.keys
    places: dict[str, list[int]] = {}
    wanted = set(quote.keys)
    for place in window:
        if (key := keys[place]) in wanted:
            places.setdefault(key, []).append(place)
    pairs = [(each, place) for each, key in enumerate(quote.keys) for place in places.get(key, ())]
    chain = heaviest_chain(runs_of(pairs), quote.weigh)
    matched = [(run.former + i, run.present + i) for run in chain for i in range(run.length)]
    stretch = _densest(quote, index, [pair for pair in matched if pair[0] in quote.own])
    if not stretch:
        return None
    first, last = stretch[0], stretch[-1]
    start_token = first[1] - _replaced_before(quote, index, matched, first)
    end_token = last[1] + _replaced_behind(quote, index, matched, last)
    weight_here = sum(index.weights[keys[place]] for place in range(start_token, end_token + 1))
    own_weight = sum(quote.weights[quote.first : quote.last])
    stretch_weight = sum(quote.weights[each] for each, _ in stretch)
    start, end = index.tokens.starts[start_token], index.tokens.ends[end_token]
    if first[0] == quote.first and start_token == first[1]:
        start = min(start + quote.head, end)
    if last[0] == quote.last - 1 and end_token == last[1]:
        end = max(end - quote.tail, start)
    near = quote.first * 2 + 3
    before = [each for each, place in matched if each < quote.first and start_token - near <= place < start_token]
    rest = len(quote.keys) - quote.last
    behind = [
        each for each, place in matched if each >= quote.last and end_token < place <= end_token + rest * 2 + 3
    ]
    return Candidate(
        start,
        end,
        stretch_weight / own_weight,
        len(stretch) / len(quote.own),
        stretch_weight / weight_here,
        _weight_share(quote, before, range(quote.first), at_end=start_token == 0),
        _weight_share(
            quote, behind, range(quote.last, len(quote.keys)), at_end=end_token == len(keys) - 1
        ),
    )


def _weight_share(quote: Quote, matched: Sequence[int], tokens: range, *, at_end: bool) -> float:
    """Return the share of some tokens of the context that are matched; without tokens, whether it is the text's end."""
    if not tokens:
        return float(at_end)
    return sum(quote.weights[each] for each in matched) / sum(quote.weights[tokens.start : tokens.stop])


def _densest(
    quote: Quote, index: TextIndex, matched: Sequence[tuple[int, int]]
) -> Sequence[tuple[int, int]]:
    """Return the heaviest of the matched tokens that are within `_LONGEST` lengths and in no more lines than the quote."""
    _, starts, ends = index.tokens
    longest = max(len(quote.exact) * _LONGEST, len(quote.exact) + 12)
    best: Sequence[tuple[int, int]] = ()
    best_weight = weight = 0.0
    first = 0
    for last, (own, place) in enumerate(matched):
        weight += quote.weights[own]
        end = ends[place]
        while first < last:
            start = starts[matched[first][1]]
            if end - start <= longest and index.text.count("\n", start, end) <= quote.lines * 2:
                break
            weight -= quote.weights[matched[first][0]]
            first += 1
        if weight > best_weight:
            best, best_weight = matched[first : last + 1], weight
    return best


def _replaced_before(
    quote: Quote, index: TextIndex, matched: Sequence[tuple[int, int]], first: tuple[int, int]
) -> int:
    """Return the number of tokens before a candidate's first matched one that replaced those of the quote before it."""
    own = first[0] - quote.first
    previous = max((pair for pair in matched if pair[0] < first[0] and pair[1] < first[1]), default=None)
    if not own or previous is None or first[0] - previous[0] == 1:
        return 0
    starts, ends = index.tokens.starts, index.tokens.ends
    new = first[1] - previous[1] - 1
    count = min(round(new * own / (first[0] - previous[0] - 1)), 2 * own + 1, new)
    while count and "\n" in index.text[ends[first[1] - count] : starts[first[1]]]:
        count -= 1
    return count


def _replaced_behind(
    quote: Quote, index: TextIndex, matched: Sequence[tuple[int, int]], last: tuple[int, int]
) -> int:
    """Return the number of tokens behind a candidate's last matched one that replaced those of the quote behind it."""
    own = quote.last - 1 - last[0]
    following = min((pair for pair in matched if pair[0] > last[0] and pair[1] > last[1]), default=None)
    if not own or following is None or following[0] - last[0] == 1:
        return 0
    starts, ends = index.tokens.starts, index.tokens.ends
    new = following[1] - last[1] - 1
    count = min(round(new * own / (following[0] - last[0] - 1)), 2 * own + 1, new)
    while count and "\n" in index.text[ends[last[1]] : starts[last[1] + count]]:
        count -= 1
    return count
