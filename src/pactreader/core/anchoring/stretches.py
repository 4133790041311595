"""The stretch of a text in which the words of a passage stand close together."""

from collections.abc import Sequence
from typing import Final, NamedTuple

_DISTANCE: Final = 0.015
"""The cost of each code point that is between two words and was not, in weights of words."""
_LINE: Final = 0.4
"""The cost of a line break between two words that was not there."""
_BLOCK: Final = 4.0
"""The cost of an empty line between two words that was not there, which ends a paragraph."""


class MatchedWord(NamedTuple):
    """A word of a passage and the same word in another text, with its weight. Offsets are in code points."""

    weight: float
    start: int
    """The offset in the passage, or in the text that this is in."""
    end: int
    present_start: int
    """The offset in the other text."""
    present_end: int


def heaviest_stretch(
    words: Sequence[MatchedWord], passage: str, passage_start: int, text: str
) -> tuple[int, int]:
    """Return the slice of words whose weight is greatest, less the costs of what was put between them.

    Args:
        words: The words in the order of both texts.
        passage: The passage.
        passage_start: The offset that the offsets of the words are counted from in the passage.
        text: The other text.
    """
    best = total = 0.0
    best_slice = 0, 0
    first = 0
    for index, word in enumerate(words):
        if index:
            before = words[index - 1]
            total -= _cost(
                passage[before.end - passage_start : word.start - passage_start],
                text[before.present_end : word.present_start],
            )
        if total <= 0:
            total, first = 0.0, index
        total += word.weight
        if total > best:
            best, best_slice = total, (first, index + 1)
    return best_slice


def _cost(former: str, present: str) -> float:
    """Return the cost of a gap between two words: what the passage had there, and what the other text has there."""
    if former == present:
        return 0.0
    cost = _DISTANCE * max(0, len(present) - len(former))
    if "\n" in present:
        blocks = max(0, present.count("\n\n") - former.count("\n\n"))
        lines = max(0, present.count("\n") - 2 * blocks - former.count("\n"))
        cost += _BLOCK * blocks + _LINE * lines
    return cost


def replacement_count(own: int, former: int, present: int) -> int:
    """Return the number of the present tokens of a gap that replaced the passage's own among the former ones.

    It is their share: of 6 new tokens, 4 replaced those of a passage that had 2 of the 3 former ones.

    Args:
        own: The number of the passage's tokens in the gap.
        former: The number of all former tokens in it.
        present: The number of present ones.
    """
    return min(round(present * own / former), 2 * own + 1)
