"""Counterparts: where passages of the former text of an alignment are in the present one."""

from collections.abc import Sequence
from itertools import islice
from typing import Final, NamedTuple

from pactreader.core.alignment.folding import occurrences
from pactreader.core.alignment.text_alignment import Alignment
from pactreader.core.alignment.tokens import tokenise, word_share
from pactreader.core.anchoring.aligned_words import AlignedWord, aligned_shares, aligned_words
from pactreader.core.anchoring.candidates import LEAST_SHARE
from pactreader.core.anchoring.stretches import MatchedWord, heaviest_stretch, replacement_count
from pactreader.core.annotation import Anchor

_NEIGHBOURS: Final = 100
"""Code points on either side of a passage whose alignment tells whether its surroundings are where its counterpart is."""
_ALONE: Final = 0.45
"""The share of a passage's words from which on its counterpart is the passage, whatever is around it."""
_SURROUNDED: Final = 0.4
"""The share of the words on one side that lets a lesser share of the passage's own suffice."""
_LEAST_PURITY: Final = 0.3
"""The share of a counterpart's words that have to be the passage's: else they are just spread over another text."""
_FARTHEST: Final = 4
"""The lengths of a quote within which a verbatim passage is looked for between its aligned words: white space may have
made it longer."""
_COMPARED: Final = 20_000
"""Code points of verbatim passages that are compared: a text of one repeated sign has very many."""
_LONGEST_GAP: Final = 2_000
"""Code points of replaced text that are looked at beside a passage."""


class Counterpart(NamedTuple):
    """The counterpart `[start, end)` of a passage of the former text in the present one, in code points."""

    start: int
    end: int
    coverage: float
    """The share of the passage's words that are in the counterpart, by weight, from 0 to 1."""
    words: float
    """The same by number."""
    is_likely: bool
    """True if the counterpart has enough of the passage to be the same sentence, rewritten."""


def counterpart_of(
    alignment: Alignment, passage: tuple[int, int], words: Sequence[AlignedWord]
) -> Counterpart | None:
    """Return the counterpart of a passage `(start, end)` of the former text; `None` if none of its words is aligned.

    It reaches from the first to the last aligned word, and takes its share of the words that replaced the passage's
    first and last ones.
    """
    start, end = passage
    stretch = _stretch(alignment, words, start, end)
    if not stretch:
        return None
    present = stretch[0].present_start, stretch[-1].present_end
    weight = sum(word.weight for word in stretch)
    coverage = weight / sum(word.weight for word in words)
    former = alignment.former
    share = word_share([former[one.start] for one in stretch], [former[one.start] for one in words])
    is_likely = (
        min(coverage, share) >= LEAST_SHARE
        and weight / _weight(alignment, *present) >= _LEAST_PURITY
        and (coverage >= _ALONE or _is_surrounded(alignment, passage, present))
    )
    return Counterpart(
        _start_with_replaced(alignment, stretch[0], start),
        _end_with_replaced(alignment, stretch[-1], end),
        coverage,
        share,
        is_likely,
    )


def verbatim_counterpart(
    alignment: Alignment, anchor: Anchor, words: Sequence[AlignedWord]
) -> tuple[int, int] | None:
    """Return the passage that is equal to a quote but for the folding of signs, and is its counterpart; `None` if none is.

    The counterpart itself may be a word short: where the text around repeats the passage's first or last word, an
    alignment cannot tell which of both is new. So the passage counts of which more is aligned with the
    quote's than with other text.

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
    best, best_share = None, 0.0
    found = occurrences(text[first : present[-1][1] + margin], anchor.exact)
    for start, end in islice(found, 1 + _COMPARED // margin):
        shares = aligned_shares(alignment, first + start, first + end, own)
        if shares.own - shares.others > best_share:
            best, best_share = (first + start, first + end), shares.own - shares.others
    return best


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


def _is_surrounded(alignment: Alignment, passage: tuple[int, int], present: tuple[int, int]) -> bool:
    """Return whether the words on one side of a passage are on that side of its counterpart too."""
    before = aligned_words(alignment, max(0, passage[0] - _NEIGHBOURS), passage[0])
    behind = aligned_words(alignment, passage[1], passage[1] + _NEIGHBOURS)
    return (
        _share_within(before, present[0] - 2 * _NEIGHBOURS, present[0]) >= _SURROUNDED
        or _share_within(behind, present[1], present[1] + 2 * _NEIGHBOURS) >= _SURROUNDED
    )


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
    replaced = tokenise(alignment.former, max(match.end, first.start - _LONGEST_GAP), first.start)
    own = sum(offset >= start for offset in replaced.starts)
    if not own:
        return present_start
    line_start = alignment.text.rfind("\n", match.present_end, present_start) + 1
    new_start = max(match.present_end, line_start, present_start - _LONGEST_GAP)
    new = tokenise(alignment.text, new_start, present_start)
    count = replacement_count(own, len(replaced.starts), len(new.starts))
    return new.starts[-count] if count else present_start


def _end_with_replaced(alignment: Alignment, last: MatchedWord, end: int) -> int:
    """Return the end of a counterpart with its share of the words that replaced those behind its last aligned word."""
    match = alignment.match_behind(last.end)
    present_end = last.present_end
    if match.start < last.end:
        return present_end
    replaced = tokenise(alignment.former, last.end, min(match.start, last.end + _LONGEST_GAP))
    own = sum(offset <= end for offset in replaced.ends)
    if not own:
        return present_end
    gap_end = min(match.present_start, present_end + _LONGEST_GAP)
    line_end = alignment.text.find("\n", present_end, gap_end)
    new = tokenise(alignment.text, present_end, gap_end if line_end < 0 else line_end)
    count = replacement_count(own, len(replaced.starts), len(new.starts))
    return new.ends[count - 1] if count else present_end
