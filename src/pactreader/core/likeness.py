"""The likeness of two texts, told by the runs of three tokens that they share, and sketches to estimate it.

A sketch holds the smallest hashes of a text's shingles, which are a random sample of them (Broder, "On the resemblance
and containment of documents", 1997, https://doi.org/10.1109/SEQUEN.1997.666900). Two sketches tell how alike two texts
are without a look at the texts.
"""

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from heapq import nsmallest
from typing import Final, NamedTuple, Self

from pactreader.core.alignment.line_alignment import clauses
from pactreader.core.alignment.tokens import tokenise

FEWEST_TOKENS: Final = 200
"""The number of tokens from which two texts are compared by shingles. Shorter ones share too few by more than chance."""
SAME_SHARE: Final = 0.6
"""The share of each text's shingles in the other from which they are revisions of one text.

Of 120 pairs of real revisions nine in ten are above it, of 14,000 pairs of other articles none is.
"""
QUESTION_SHARE: Final = 0.35
"""The share from which only the user can tell. The greatest among 14,000 pairs of other articles was 0.344."""
_PART_SHARE: Final = 0.1
"""The share of the longer text below which only an excerpt is worth a question: a very long text has many shingles of
any other by chance."""
_SHORT_SHARE: Final = 0.35
"""The share of their tokens that a short text and an edited one have in common. 999 in 1,000 pairs of unlike ones have
less."""
_SHORT_PART: Final = 0.8
"""The share of the shorter text's tokens that a grown or cut text has in common with it."""
_UNCHANGED_SHARE: Final = 0.75
"""The share of the former text that is in unchanged lines or clauses from which on no tokens need to be compared: in 3 MB
that takes 20 or 200 milliseconds instead of 1.5 seconds. Most shingles, but not all, of such a text are unchanged."""
_SHORTEST_UNIT: Final = 20
"""Code points of a line or clause that counts as unchanged; shorter ones are in other texts by chance."""
_SHINGLE: Final = 3
"""Tokens in a shingle."""
_MIN_HASHES: Final = 128
_SAMPLING: Final = 32
"""A sketch has one of this many hashes, and at least 128, so that it tells of an excerpt of a long text too."""
_HASH_RANGE: Final = 1 << 64
_MASK: Final = _HASH_RANGE - 1
_FACTOR: Final = 0x9E3779B97F4A7C15
"""An odd number near 2**64 divided by the golden ratio, which spreads products over all 64 bits."""
_PIECE: Final = 50_000
"""The least length in code points of a piece that is searched for tokens at once, in a few milliseconds."""


class Likeness(NamedTuple):
    """The shares of two texts' shingles that are in the other one, from 0 to 1."""

    former: float
    """The share of the former text's shingles that are in the present text."""
    present: float
    """The share of the present text's shingles that are in the former text."""

    @property
    def smaller(self) -> float:
        """The smaller share: 1 for the same words, and little for a part of a long text."""
        return min(self)

    @property
    def is_revision(self) -> bool:
        """True if the texts are revisions of one text."""
        return self.smaller >= SAME_SHARE

    @property
    def needs_question(self) -> bool:
        """True if they may be revisions of one text, or one may be a part of the other."""
        return self.greater >= (QUESTION_SHARE if self.smaller >= _PART_SHARE else SAME_SHARE)

    @property
    def greater(self) -> float:
        """The greater share: 1 also for a part of a long text."""
        return max(self)


class Sketch(NamedTuple):
    """A sketch of a text."""

    tokens: int
    """The number of tokens in the text."""
    shingles: int
    """The number of different shingles in the text."""
    hashes: Sequence[int]
    """The smallest hashes of the shingles, in ascending order."""

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the sketch of a text, in about a second for 3 million code points."""
        tokens = words_of(text)
        shingles = shingle_hashes(tokens)
        hashes = sorted(one for one in shingles if one < _HASH_RANGE // _SAMPLING)
        if len(hashes) < _MIN_HASHES:
            hashes = nsmallest(_MIN_HASHES, shingles)
        return cls(len(tokens), len(shingles), array("Q", hashes))

    @property
    def _limit(self) -> int:
        """The hash up to which the sketch has all of the text's shingles."""
        return self.hashes[-1] if len(self.hashes) < self.shingles else _MASK

    def likeness(self, present: Self) -> Likeness:
        """Return the estimated likeness of this sketch's text, the former one, and another one."""
        limit = min(self._limit, present._limit)
        shared = len(set(self.hashes).intersection(present.hashes))
        counts = (bisect_right(sketch.hashes, limit) for sketch in (self, present))
        return Likeness(*(shared / count if count else 0.0 for count in counts))

    def has_same_words(self, other: Self) -> bool:
        """Return whether two texts have the same words, whatever signs and white space are between them."""
        return self.shingles > 0 and self == other


def likeness(former: str, present: str) -> Likeness:
    """Return the likeness of two texts by their shingles."""
    return _shares(*(shingle_hashes(words_of(text)) for text in (former, present)))


def is_edited(former: str, present: str) -> bool:
    """Return whether a text from the same address as a former one is likely to be an edited version of it.

    Most of the former text has to be there, however much was added. Short texts are compared by their tokens alone, as
    a few edits change most of the shingles.
    """
    if any(
        _unchanged_share(former, present, divide) >= _UNCHANGED_SHARE for divide in (str.splitlines, clauses)
    ):
        return True
    one, other = words_of(former), words_of(present)
    if min(len(one), len(other)) >= FEWEST_TOKENS:
        return _shares(shingle_hashes(one), shingle_hashes(other)).former >= SAME_SHARE
    if not one or not other:
        return former == present
    shared = (Counter(one) & Counter(other)).total()
    is_revised = 2 * shared >= _SHORT_SHARE * (len(one) + len(other))
    return is_revised or shared >= _SHORT_PART * min(len(one), len(other))


def _unchanged_share(former: str, present: str, divide: Callable[[str], Iterable[str]]) -> float:
    """Return the share of a former text that is in units, such as lines, that the present text has too."""
    units = set(divide(present))
    unchanged = sum(len(unit) for unit in divide(former) if len(unit) >= _SHORTEST_UNIT and unit in units)
    return unchanged / len(former) if former else 0.0


def _shares(former: set[int], present: set[int]) -> Likeness:
    shared = len(former & present)
    return Likeness(*(shared / len(shingles) if shingles else 0.0 for shingles in (former, present)))


def words_of(text: str) -> list[str]:
    """Return the words of a text, and grapheme clusters in scripts that put no blanks between words.

    Signs and white space are left out, and case is ignored: `“L’État” 北朝鮮` → `l`, `état`, `北`, `朝`, `鮮`.
    """
    return [token for piece in _pieces(text) for token in tokenise(piece).keys if token[0].isalnum()]


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces of whole lines, so that the search in one does not stop other threads for long."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE) + 1 or len(text)
        yield text[start:end]
        start = end


def shingle_hashes(tokens: Iterable[str]) -> set[int]:
    """Return 64-bit hashes of the runs of three tokens. They are the same on every computer."""
    numbers: dict[str, int] = {}
    hashed = []
    for token in tokens:
        number = numbers.get(token)
        if number is None:
            digest = blake2b(token.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            number = numbers[token] = int.from_bytes(digest)
        hashed.append(number)
    runs = zip(*(hashed[start:] for start in range(_SHINGLE)), strict=False)
    return {((one * _FACTOR + two) * _FACTOR + three) & _MASK for one, two, three in runs}
