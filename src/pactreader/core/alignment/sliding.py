"""The place of a gap between two runs of equal tokens, where the same tokens at its ends allow several places."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from pactreader.core.alignment.runs import Run
from pactreader.core.alignment.tokens import CLAUSE_ENDS, Tokens

_FARTHEST: Final = 40
"""The number of tokens by which a gap is moved at most."""


class TokenisedText(NamedTuple):
    """A text with the tokens of a passage of it."""

    text: str
    tokens: Tokens

    def space_before(self, index: int) -> str:
        """Return the white space before a token; a paragraph's end for the first and behind the last one."""
        if 0 < index < len(self.tokens.keys):
            return self.text[self.tokens.ends[index - 1] : self.tokens.starts[index]]
        return "\n\n"

    def boundary(self, index: int) -> int:
        """Return the strength of the boundary before a token: that of a paragraph, line, sentence, clause, word, or none."""
        space = self.space_before(index)
        if "\n" in space:
            return 5 if "\n\n" in space else 4
        if not space:
            return 2 if self.tokens.keys[index] in CLAUSE_ENDS else 0
        return 3 if self.tokens.keys[index - 1] in CLAUSE_ENDS else 1


def slide(runs: Sequence[Run], former: TokenisedText, present: TokenisedText) -> list[Run]:
    """Return runs with each gap of tokens in only one of the texts moved to where it is most likely.

    In `one. The cat. The dog.` the removal of `The cat.` is as well that of `cat. The`. Of both places, that with the
    same white space around it in both texts is taken, and then that which begins with a sentence or line.

    Args:
        runs: The runs in order.
        former: The former text and its tokens.
        present: The present one.
    """
    slid = list(runs)
    for index in range(len(slid) - 1):
        one, other = slid[index : index + 2]
        former_gap = range(one.former + one.length, other.former)
        present_gap = range(one.present + one.length, other.present)
        if former_gap and not present_gap:
            shift = _best_shift(former, former_gap, present, present_gap.start, (one.length, other.length))
        elif present_gap and not former_gap:
            shift = _best_shift(present, present_gap, former, former_gap.start, (one.length, other.length))
        else:
            continue
        slid[index] = one._replace(length=one.length + shift)
        slid[index + 1] = Run(other.former + shift, other.present + shift, other.length - shift)
    return [run for run in slid if run.length]


def _best_shift(
    longer: TokenisedText, gap: range, shorter: TokenisedText, place: int, lengths: tuple[int, int]
) -> int:
    """Return the number of tokens by which a gap is moved forwards, or back if it is negative.

    Args:
        longer: The text with the gap.
        gap: The indices of the tokens in the gap.
        shorter: The other text.
        place: The index of the token behind the gap in the other text.
        lengths: The lengths of the runs before and behind the gap.
    """
    keys = longer.tokens.keys
    back, forwards = (min(length, _FARTHEST) for length in lengths)
    back = _count_equal(keys, range(gap.start - 1, gap.start - 1 - back, -1), len(gap))
    forwards = _count_equal(keys, range(gap.start, gap.start + forwards), len(gap))
    if not back and not forwards:
        return 0
    indices = range(place - back, place + forwards + 1)
    spaces = [shorter.space_before(index) for index in indices]
    before = [
        longer.space_before(index + gap.start - place) == space
        for index, space in zip(indices, spaces, strict=True)
    ]
    behind = [
        longer.space_before(index + gap.stop - place) == space
        for index, space in zip(indices, spaces, strict=True)
    ]

    def rank(shift: int) -> tuple[int, int, int]:
        at = shift + back
        equal = sum(before[:at]) + (before[at] or behind[at]) + sum(behind[at + 1 :])
        boundaries = longer.boundary(gap.start + shift) + longer.boundary(gap.stop + shift)
        return equal, boundaries, -abs(shift)

    return max(range(-back, forwards + 1), key=rank)


def _count_equal(keys: Sequence[str], indices: range, distance: int) -> int:
    """Return the number of the first of some tokens that are equal to those at a distance behind them."""
    return sum(1 for _ in takewhile(lambda index: keys[index] == keys[index + distance], indices))
