"""Placing by a former text: where a passage of it is in the present text, by the alignment of both."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from pactreader.core.anchoring.alignment import Alignment
from pactreader.core.anchoring.tokens import tokenise

_NEIGHBOURS: Final = 100
"""Code points on either side of a passage whose alignment tells whether its surroundings are where its counterpart is."""
_LONGEST: Final = 2.0
"""The greatest length of a passage's counterpart, in lengths of the passage."""


class Counterpart(NamedTuple):
    """The counterpart `[start, end)` of a passage of the former text in the present one, in code points."""

    start: int
    end: int
    coverage: float
    """The share of the passage's words that are in the counterpart, by weight, from 0 to 1."""
    words: float
    """The same by number."""
    before: float
    """The share of the words before the passage that are before the counterpart, from 0 to 1."""
    behind: float
    """The share of the words behind the passage that are behind the counterpart."""


class _Word(NamedTuple):
    """A token of the former text with its weight, and its counterpart in the present text."""

    weight: float
    start: int
    end: int
    present: tuple[int, int] | None


def counterpart_of(alignment: Alignment, start: int, end: int) -> Counterpart | None:
    """Return the counterpart of the passage `[start, end)` of the former text; `None` if none of its words is aligned.

    It reaches from the first to the last aligned word, and takes its share of the words that replaced the passage's
    first and last ones. It is not in more lines than the passage.
    """
    words = _words(alignment, start, end)
    stretch = _densest(alignment, words, end - start, alignment.former.count("\n\n", start, end))
    if not stretch:
        return None
    weight, count = sum(word.weight for word in words), len(words)
    before = _words(alignment, max(0, start - _NEIGHBOURS), start)
    behind = _words(alignment, end, end + _NEIGHBOURS)
    present_start, present_end = stretch[0].present[0], stretch[-1].present[1]
    return Counterpart(
        _start_with_replaced(alignment, stretch[0], start),
        _end_with_replaced(alignment, stretch[-1], end),
        sum(word.weight for word in stretch) / weight,
        len(stretch) / count,
        _share_within(before, present_start - 2 * _NEIGHBOURS, present_start),
        _share_within(behind, present_end, present_end + 2 * _NEIGHBOURS),
    )


def claimed_share(alignment: Alignment, start: int, end: int, passage: tuple[int, int]) -> float:
    """Return the share of a passage of the present text, by weight, that is the counterpart of other former text.

    Args:
        alignment: The alignment.
        start: The start of the passage of the present text.
        end: Its end.
        passage: The passage of the former text that is not other text.
    """
    weights = alignment.weights
    tokens = tokenise(alignment.text, start, end)
    total = claimed = 0.0
    for key, first, last in zip(*tokens, strict=True):
        total += weights[key]
        former = alignment.former_slice(first, last)
        if former and not (former[0] < passage[1] and former[1] > passage[0]):
            claimed += weights[key]
    return claimed / total if total else 0.0


def _words(alignment: Alignment, start: int, end: int) -> list[_Word]:
    """Return the tokens of a passage of the former text."""
    weights, slice_of = alignment.weights, alignment.present_slice
    tokens = tokenise(alignment.former, start, end)
    return [_Word(weights[key], first, last, slice_of(first, last)) for key, first, last in zip(*tokens, strict=True)]


def _densest(alignment: Alignment, words: Sequence[_Word], length: int, breaks: int) -> list[_Word]:
    """Return the heaviest aligned words that are within `_LONGEST` lengths and in no more lines than the passage."""
    aligned = [word for word in words if word.present]
    best: list[_Word] = []
    best_weight = 0.0
    longest = length * _LONGEST
    first = 0
    for last, word in enumerate(aligned):
        while (
            word.present[1] - aligned[first].present[0] > longest
            or alignment.text.count("\n\n", aligned[first].present[0], word.present[1]) > breaks
        ) and first < last:
            first += 1
        weight = sum(each.weight for each in aligned[first : last + 1])
        if weight > best_weight:
            best, best_weight = aligned[first : last + 1], weight
    return best


def _share_within(words: Sequence[_Word], start: int, end: int) -> float:
    """Return the share of words, by weight, whose counterparts are in a passage of the present text; 1 without words."""
    weight = sum(word.weight for word in words)
    within = sum(word.weight for word in words if word.present and start <= word.present[0] and word.present[1] <= end)
    return within / weight if weight else 1.0


def _start_with_replaced(alignment: Alignment, first: _Word, start: int) -> int:
    """Return the start of a counterpart with its share of the words that replaced those before its first aligned word.

    Of three words in a gap of which two are the passage's, two thirds of the new words in the gap are the counterpart's.
    """
    match = alignment.match_before(first.start)
    present_start = first.present[0]
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


def _end_with_replaced(alignment: Alignment, last: _Word, end: int) -> int:
    """Return the end of a counterpart with its share of the words that replaced those behind its last aligned word."""
    match = alignment.match_behind(last.end)
    present_end = last.present[1]
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
