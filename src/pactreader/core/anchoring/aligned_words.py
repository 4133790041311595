"""The words of a passage with their places in the other text of an alignment."""

from typing import NamedTuple

from pactreader.core.alignment.text_alignment import Alignment
from pactreader.core.alignment.tokens import tokenise


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
