"""The alignment of a former text with the present one: which passages are the same, and which have changed."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from pactreader.core.alignment.line_alignment import Match, equal_clauses, equal_lines
from pactreader.core.alignment.runs import Run
from pactreader.core.alignment.sliding import TokenisedText, slide
from pactreader.core.alignment.token_alignment import align_tokens
from pactreader.core.alignment.tokens import Tokens, tokenise
from pactreader.core.alignment.weights import Weights
from pactreader.core.article import Passage

_SAMPLE: Final = 200_000
"""Code points of a text up to which all its tokens are counted for their weights; of a longer one, as many from all over
it are."""
_SAMPLE_PARTS: Final = 40
_LONGEST_GAP: Final = 50_000
"""Code points between equal lines up to which all tokens are compared at once; in longer gaps, equal clauses are matched
first, so that only changed ones are divided into tokens."""
_LONGEST_SPACE: Final = 10
"""Code points of white space that two matches may have between them and be one."""


class TextChange(NamedTuple):
    """A replacement of a passage of the former text by one of the present text, both in code points."""

    former: Passage
    """The removed passage; empty, at the place between its neighbours, for an insertion."""
    present: Passage
    """The new passage; empty, at the place between its neighbours, for a removal."""


class Alignment:
    """The alignment of a former text with the present one.

    Lines that stand once in both texts are matched first, then the tokens between them; if there is much between them,
    clauses before tokens.
    """

    def __init__(self, former: str, text: str) -> None:
        """Align two texts: some 10 ms for 15,000 code points, two seconds for a book of which every line was changed."""
        self.former = former
        self.text = text
        self.weights = Weights(*(tokenise(sample).keys for sample in map(_sample, (former, text))))
        """The weights of the tokens of both texts."""
        self.matches: Sequence[Match] = _joined(self._match(), former, text)
        """The matches in order."""
        self._starts = [match.start for match in self.matches]

    @cached_property
    def _present_starts(self) -> list[int]:
        return [match.present_start for match in self.matches]

    @cached_property
    def changes(self) -> Sequence[TextChange]:
        """The changes in order, with at least one equal code point between two of them."""
        changes: list[TextChange] = []
        former_end = present_end = 0
        whole = Match(len(self.former), len(self.former), len(self.text), len(self.text))
        for match in (*self.matches, whole):
            start, end, present_start, following = match
            if self.former[start:end] != self.text[present_start:following]:
                continue
            if self.former[former_end:start] != self.text[present_end:present_start]:
                changes.append(TextChange(Passage(former_end, start), Passage(present_end, present_start)))
            former_end, present_end = end, following
        return changes

    def new_passages(self) -> Iterator[Passage]:
        """Yield the passages of the present text, without white space only, that are in no match."""
        end = 0
        for match in (*self.matches, Match(0, 0, len(self.text), len(self.text))):
            if not self.text[end : match.present_start].isspace() and end < match.present_start:
                yield Passage(end, match.present_start)
            end = match.present_end

    def counterpart(self, offset: int) -> int:
        """Return the offset in the present text for one in the former text; of a removed one, where it was."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return 0
        match = self.matches[index]
        return min(match.present_start + offset - match.start, match.present_end)

    def present_slice(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the counterpart of a passage of the former text that is in one match; `None` for any other."""
        index = bisect_right(self._starts, start) - 1
        if index < 0 or end > self.matches[index].end:
            return None
        match = self.matches[index]
        shift = match.present_start - match.start
        return start + shift, min(end + shift, match.present_end)

    def former_slice(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the counterpart of a passage of the present text that is in one match; `None` for any other."""
        index = bisect_right(self._present_starts, start) - 1
        if index < 0 or end > self.matches[index].present_end:
            return None
        match = self.matches[index]
        shift = match.start - match.present_start
        return start + shift, min(end + shift, match.end)

    def match_before(self, offset: int) -> Match:
        """Return the last match that begins before an offset of the former text; an empty one if there is none."""
        index = bisect_left(self._starts, offset) - 1
        return self.matches[index] if index >= 0 else Match(0, 0, 0, 0)

    def match_behind(self, offset: int) -> Match:
        """Return the first match that ends behind an offset of the former text; an empty one if there is none."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        while index < len(self.matches) and self.matches[index].end <= offset:
            index += 1
        if index < len(self.matches):
            return self.matches[index]
        return Match(len(self.former), len(self.former), len(self.text), len(self.text))

    def _match(self) -> Iterator[Match]:
        """Yield matches in order: those of lines, in long gaps between them those of clauses, then those of tokens."""
        whole = TextChange(Passage(0, len(self.former)), Passage(0, len(self.text)))
        yield from _filled(whole, equal_lines(self.former, self.text), self._match_gap)

    def _match_gap(self, gap: TextChange) -> Iterator[Match]:
        """Yield the matches of two passages between equal lines."""
        (start, end), (present_start, present_end) = gap
        if max(end - start, present_end - present_start) <= _LONGEST_GAP:
            yield from self._match_tokens(gap)
            return
        in_gap = equal_clauses(self.former[start:end], self.text[present_start:present_end])
        matches = (
            Match(start + one, start + other, present_start + first, present_start + last)
            for one, other, first, last in in_gap
        )
        yield from _filled(gap, matches, self._match_tokens)

    def _match_tokens(self, gap: TextChange) -> Iterator[Match]:
        """Yield the matches of the tokens of two passages between equal lines or clauses."""
        (start, end), (present_start, present_end) = gap
        if start == end or present_start == present_end:
            return
        former = tokenise(self.former, start, end)
        present = tokenise(self.text, present_start, present_end)
        runs = align_tokens(former.keys, present.keys, self.weights)
        for run in slide(runs, TokenisedText(self.former, former), TokenisedText(self.text, present)):
            yield from self._verbatim(former, present, run)

    def _verbatim(self, former: Tokens, present: Tokens, run: Run) -> Iterator[Match]:
        """Yield a run of tokens as one match if both passages are equal, else each token by itself."""
        start, end = former.starts[run.former], former.ends[run.former + run.length - 1]
        present_start, present_end = (
            present.starts[run.present],
            present.ends[run.present + run.length - 1],
        )
        if self.former[start:end] == self.text[present_start:present_end]:
            yield Match(start, end, present_start, present_end)
            return
        for one, other in zip(
            range(run.former, run.former + run.length), range(run.present, len(present.keys)), strict=False
        ):
            yield Match(former.starts[one], former.ends[one], present.starts[other], present.ends[other])


def _filled(
    whole: TextChange, matches: Iterable[Match], fill: Callable[[TextChange], Iterable[Match]]
) -> Iterator[Match]:
    """Yield matches in order, and those that a function finds in the gaps before, between and behind them.

    Args:
        whole: The passages of both texts that the matches are in.
        matches: The matches.
        fill: Returns the matches in a gap.
    """
    (start, end), (present_start, present_end) = whole
    for match in matches:
        yield from fill(TextChange(Passage(start, match.start), Passage(present_start, match.present_start)))
        yield match
        start, present_start = match.end, match.present_end
    yield from fill(TextChange(Passage(start, end), Passage(present_start, present_end)))


def _sample(text: str) -> str:
    """Return a text, or parts from all over it if it is long."""
    if len(text) <= _SAMPLE:
        return text
    length = _SAMPLE // _SAMPLE_PARTS
    return "\n".join(
        text[start : start + length] for start in range(0, len(text), len(text) // _SAMPLE_PARTS)
    )


def _joined(matches: Iterable[Match], former: str, text: str) -> list[Match]:
    """Return matches with those joined that are verbatim, and have nothing but equal white space between them."""
    joined: list[Match] = []
    was_verbatim = False
    for match in matches:
        start, end, present_start, present_end = match
        is_verbatim = former[start:end] == text[present_start:present_end]
        if is_verbatim and was_verbatim:
            before = joined[-1]
            between = former[before.end : start] if start - before.end <= _LONGEST_SPACE else None
            if between == text[before.present_end : present_start] and not between.strip():
                joined[-1] = before._replace(end=end, present_end=present_end)
                continue
        joined.append(match)
        was_verbatim = is_verbatim
    return joined
