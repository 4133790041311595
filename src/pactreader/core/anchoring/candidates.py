"""Candidates: passages of a text that may be the one that a quote was made of, and what they have in common with it."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from math import exp, log
from typing import Final, NamedTuple

from pactreader.core.alignment.runs import Run, heaviest_chain, runs_of
from pactreader.core.alignment.token_alignment import align_tokens
from pactreader.core.alignment.tokens import is_unspaced, tokenise, word_share
from pactreader.core.anchoring.stretches import MatchedWord, heaviest_stretch, replacement_count
from pactreader.core.anchoring.text_index import TextIndex
from pactreader.core.annotation import Anchor

_WINDOWS: Final = 4
"""The number of windows that are compared with a quote word by word."""
LEAST_SHARE: Final = 0.4
"""The share of a quote's words, by weight and by number, without which no passage is taken for it, whatever its context:
between its old neighbours there may be just a full stop."""
_NEAR: Final = 1.25
"""The lengths of the context within which it is looked for beside an occurrence of the quote."""
_FAR: Final = 2.0
"""The same for a passage that is similar to the quote: where that was edited, its surroundings may have been too."""
_LARGE: Final = 200_000
"""The product of the lengths of a quote and a window, in tokens, from which on not all pairs of them are compared."""
_CUT: Final = 32
"""The length from which on a context may begin or end within a word; a shorter one ends with the text."""
_ADJOINING: Final = 5
"""The tokens on either side of a quote by which the place is recognised from which it was removed."""
_LINE_BREAK: Final = 0.5
"""The weight of a line break beside a passage that was beside the quote too."""

_Pair = tuple[int, int]
"""The indices of a token of the quote or its context and of an equal token of the text."""
_BEGINNING: Final = (-1, -1)
"""The beginnings of quote and text, which a quote without context before it began with."""


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
    matched: float
    """The weight of the quote's words that are in the passage, in words that stand once in the text."""
    phrases: float
    """The share of the quote's words that are in the passage next to another one of it, as in the quote, by weight."""
    adjoining: float
    """The weight of the words of the context that adjoin the passage as they adjoined the quote."""
    runs: int
    """The number of sequences in which the quote's words are in the passage."""
    score: float = 0.0
    """The certainty that it is the quote's passage."""

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
        self.anchor = anchor
        self.whole = prefix + exact + suffix
        self.keys: Sequence[str] = keys[first:last]
        """The tokens of prefix, quote and suffix, without those that may be cut."""
        self.key_set = frozenset(self.keys)
        self.starts = starts[first:last]
        self.ends = ends[first:last]
        self.first = sum(each <= start for each in self.ends) if exact.strip() else len(self.ends)
        """The index of the quote's first token."""
        self.last = sum(each < end for each in self.starts)
        """The index behind its last token."""
        self.head = start - self.starts[self.first] if self.first < self.last else 0
        """Code points of the first token that are before the quote, which may begin within a word."""
        self.tail = self.ends[self.last - 1] - end if self.first < self.last else 0
        """Code points of the last token that are behind the quote."""
        self.weights = [index.weights[key] for key in self.keys]
        self.begins_line = not prefix or "\n" in prefix[len(prefix.rstrip()) :]
        self.ends_line = not suffix or "\n" in suffix[: len(suffix) - len(suffix.lstrip())]

    def weigh(self, run: Run) -> float:
        """Return the weight of a run of the tokens."""
        return sum(self.weights[run.former : run.former + run.length])

    @property
    def own(self) -> range:
        """The indices of the quote's tokens."""
        return range(self.first, self.last)


class Comparison:
    """The comparison of a quote and its context with passages of a text."""

    def __init__(self, quote: Quote, index: TextIndex) -> None:
        self.quote = quote
        self._index = index
        self._own_weights = {quote.keys[each]: quote.weights[each] for each in quote.own}
        self._own_weight = sum(quote.weights[each] for each in quote.own)

    def similar_passages(self) -> Iterator[Candidate]:
        """Yield the passages of the text that have the most words in common with the quote and its context.

        The same passage may be yielded more than once.
        """
        seen: set[Sequence[_Pair]] = set()
        for chain in self._chains():
            stretch = self._stretch(chain)
            if stretch and stretch not in seen:
                seen.add(stretch)
                yield self._candidate(stretch)

    def _chains(self) -> Iterator[Sequence[_Pair]]:
        """Yield chains of quote and context where many words of both are, then of the quote where many of its own are."""
        quote, index = self.quote, self._index
        everything, own = range(len(quote.keys)), quote.own
        windows = index.densest_windows(quote.keys, len(everything) * 3 // 2 + 8, _WINDOWS)
        own_windows = index.densest_windows(self._own_weights, len(own) + len(own) // 4 + 4, _WINDOWS)
        for tokens, window in [
            *((everything, window) for window in windows),
            *((own, window) for window in own_windows),
        ]:
            margin = len(window) // 2
            widened = range(max(0, window.start - margin), min(window.stop + margin, len(index.tokens.keys)))
            if self._share_there(widened) >= LEAST_SHARE:
                yield self._chain(tokens, widened)

    def occurrence(self, start: int, end: int) -> Candidate:
        """Return a passage `[start, end)` that is equal to the quote as a candidate."""
        tokens = self._index.slice_of(start, end)
        before = self._before(self._chain_before(tokens.start, _NEAR), tokens.start)
        behind = self._behind(self._chain_behind(tokens.stop, _NEAR), tokens.stop)
        adjoining = self._adjoining(tokens)
        return self._scored(
            Candidate(start, end, 1.0, 1.0, 1.0, before, behind, self._own_weight, 1.0, adjoining, 1)
        )

    def is_gap_closed(self) -> bool:
        """Return whether what was before the quote and what was behind it adjoin in the text: the quote was removed there."""
        quote, index = self.quote, self._index
        before, behind = quote.keys[: quote.first][-_ADJOINING:], quote.keys[quote.last :][:_ADJOINING]
        return bool(before or behind) and index.has_adjoining(before, behind)

    def _candidate(self, stretch: Sequence[_Pair]) -> Candidate:
        """Return the passage with the matched tokens of the quote, and those that replaced its first and last ones."""
        quote, (keys, starts, ends) = self.quote, self._index.tokens
        (first, first_place), (last, last_place) = stretch[0], stretch[-1]
        before, behind = self._chain_before(first_place, _FAR), self._chain_behind(last_place + 1, _FAR)
        start_token = first_place - self._replaced_before(stretch[0], before)
        end_token = last_place + self._replaced_behind(stretch[-1], behind)
        start, end = starts[start_token], ends[end_token]
        if (first, first_place) == (quote.first, start_token):
            start = min(start + quote.head, end)
        if (last, last_place) == (quote.last - 1, end_token):
            end = max(end - quote.tail, start)
        weight = sum(quote.weights[each] for each, _ in stretch)
        weight_there = sum(self._index.weights[key] for key in keys[start_token : end_token + 1])
        coverage = weight / self._own_weight
        shares = self._before(before, start_token), self._behind(behind, end_token + 1)
        purity = weight / weight_there
        runs = runs_of(stretch)
        words = word_share([quote.keys[each] for each, _ in stretch], quote.keys[quote.first : quote.last])
        adjoining = self._adjoining(range(start_token, end_token + 1))
        phrases = sum(quote.weigh(run) for run in runs if run.length > 1) / self._own_weight
        return self._scored(
            Candidate(start, end, coverage, words, purity, *shares, weight, phrases, adjoining, len(runs))
        )

    def _scored(self, candidate: Candidate) -> Candidate:
        """Return a candidate with its score.

        The weights are those of a logistic regression on revisions of technical documents, rounded.
        """
        quote = self.quote
        distance = abs(candidate.start - quote.anchor.start)
        length = len(quote.anchor.exact)
        logit = (
            -2.2
            + 2.3 * candidate.coverage
            + 2.2 * candidate.purity
            + 3.25 * max(candidate.before, candidate.behind)
            + 2.0 * min(candidate.before, candidate.behind)
            + 0.6 * log(1 + candidate.matched)
            - 0.95 * log(1 + distance / 300)
            - 2.1 * candidate.runs / max(1.0, candidate.coverage * length / 6)
            - 0.75 * abs(log(max(1, candidate.end - candidate.start) / length))
        )
        return candidate._replace(score=1 / (1 + exp(-logit)))

    def _places(self, window: range) -> dict[str, list[int]]:
        """Return the places of the tokens of quote and context in a window of the text."""
        places: dict[str, list[int]] = {}
        wanted = self.quote.key_set
        for place, key in enumerate(self._index.tokens.keys[window.start : window.stop], window.start):
            if key in wanted:
                places.setdefault(key, []).append(place)
        return places

    def _share_there(self, window: range) -> float:
        """Return the share of the quote's tokens, by weight, that stand in a window of the text."""
        quote, there = self.quote, frozenset(self._index.tokens.keys[window.start : window.stop])
        return sum(quote.weights[each] for each in quote.own if quote.keys[each] in there) / self._own_weight

    def _chain(self, tokens: range, window: range) -> Sequence[_Pair]:
        """Return the heaviest chain of pairs of equal tokens, of some of the quote and context and a window of the text.

        A single grapheme between others tells nothing in a script without spaces, where it is but a part of a word.
        """
        keys = self.quote.keys
        if len(tokens) * len(window) > _LARGE:
            former, present = (
                keys[tokens.start : tokens.stop],
                self._index.tokens.keys[window.start : window.stop],
            )
            aligned = align_tokens(former, present, self._index.weights)
            chain = [Run(one + tokens.start, other + window.start, length) for one, other, length in aligned]
        else:
            places = self._places(window)
            pairs = ((each, place) for each in tokens for place in places.get(keys[each], ()))
            chain = heaviest_chain(runs_of(pairs), self.quote.weigh)
        return [
            (run.former + offset, run.present + offset)
            for run in chain
            if run.length > 1 or not is_unspaced(keys[run.former])
            for offset in range(run.length)
        ]

    def _stretch(self, chain: Sequence[_Pair]) -> Sequence[_Pair]:
        """Return the tokens of the quote in a chain that stand close together in the text."""
        quote, (_, starts, ends) = self.quote, self._index.tokens
        own = [pair for pair in chain if quote.first <= pair[0] < quote.last]
        words = [
            MatchedWord(quote.weights[each], quote.starts[each], quote.ends[each], starts[place], ends[place])
            for each, place in own
        ]
        return tuple(own[slice(*heaviest_stretch(words, quote.whole, 0, self._index.text))])

    # The context

    def _chain_before(self, place: int, within: float) -> Sequence[_Pair]:
        """Return the chain of the context before the quote with the tokens before a place, within so many lengths."""
        tokens = range(self.quote.first)
        return self._context_chain(tokens, place - int(len(tokens) * within) - 3, place)

    def _chain_behind(self, place: int, within: float) -> Sequence[_Pair]:
        """Return the chain of the context behind the quote with the tokens from a place on, within so many lengths."""
        tokens = range(self.quote.last, len(self.quote.keys))
        return self._context_chain(tokens, place, place + int(len(tokens) * within) + 3)

    def _context_chain(self, tokens: range, start: int, end: int) -> Sequence[_Pair]:
        return self._chain(tokens, range(max(0, start), end)) if tokens else ()

    def _before(self, chain: Sequence[_Pair], start: int) -> float:
        """Return the share of the context before the quote that is in a chain; without any, whether the text begins."""
        if not self.quote.first:
            return float(start == 0)
        return self._share(chain, range(self.quote.first))

    def _behind(self, chain: Sequence[_Pair], end: int) -> float:
        """Return the share of the context behind the quote that is in a chain; without any, whether the text ends."""
        if self.quote.last == len(self.quote.keys):
            return float(end == len(self._index.tokens.keys))
        return self._share(chain, range(self.quote.last, len(self.quote.keys)))

    def _share(self, chain: Sequence[_Pair], tokens: range) -> float:
        weights = self.quote.weights
        return sum(weights[each] for each, _ in chain) / sum(weights[tokens.start : tokens.stop])

    def _adjoining(self, tokens: range) -> float:
        """Return the weight of the context's words and line breaks that adjoin an occurrence as they adjoined the quote."""
        quote, keys = self.quote, self._index.tokens.keys
        lines = _LINE_BREAK * (quote.begins_line and self._index.begins_line(tokens.start))
        lines += _LINE_BREAK * (quote.ends_line and self._index.begins_line(tokens.stop))
        before = zip(reversed(range(quote.first)), reversed(range(tokens.start)), strict=False)
        behind = zip(range(quote.last, len(quote.keys)), range(tokens.stop, len(keys)), strict=False)
        return lines + sum(
            quote.weights[each]
            for side in (before, behind)
            for each, _ in takewhile(lambda pair: quote.keys[pair[0]] == keys[pair[1]], side)
        )

    # The edges

    def _replaced_before(self, first: _Pair, before: Sequence[_Pair]) -> int:
        """Return the number of tokens before a candidate's first matched one that replaced those of the quote."""
        own = first[0] - self.quote.first
        previous = before[-1] if before else None if self.quote.first else _BEGINNING
        if not own or not previous:
            return 0
        count = replacement_count(own, first[0] - previous[0] - 1, first[1] - previous[1] - 1)
        text, (_, starts, ends) = self._index.text, self._index.tokens
        while count and "\n" in text[ends[first[1] - count] : starts[first[1]]]:
            count -= 1
        return count

    @property
    def _end(self) -> _Pair:
        """The ends of quote and text, which a quote without context behind it reached."""
        return self.quote.last, len(self._index.tokens.keys)

    def _replaced_behind(self, last: _Pair, behind: Sequence[_Pair]) -> int:
        """Return the number of tokens behind a candidate's last matched one that replaced those of the quote."""
        own = self.quote.last - 1 - last[0]
        is_last = self.quote.last == len(self.quote.keys)
        following = behind[0] if behind else self._end if is_last else None
        if not own or not following:
            return 0
        count = replacement_count(own, following[0] - last[0] - 1, following[1] - last[1] - 1)
        text, (_, starts, ends) = self._index.text, self._index.tokens
        while count and "\n" in text[ends[last[1]] : starts[last[1] + count]]:
            count -= 1
        return count
