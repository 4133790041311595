"""Search for a phrase in a folded text, piece by piece."""

import time
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final

from pactreader.core.article import Passage
from pactreader.core.folded_text import FoldedText, fold_with_offsets
from pactreader.core.folding import lower
from pactreader.core.hits import Hits
from pactreader.core.lazy_patterns import lazy_pattern

_PIECES_AT_ONCE: Final = 3
"""Pieces that are searched at least, so that what is in view and small articles are searched in one step."""
_NO_HYPHEN: Final = r"[^\s\-‐\xad]"
_PLAIN_LETTER: Final = r"[A-Za-z0-9\u0410-\u044f\u3041-\u3093\u30a1-\u30f3\u4e00-\u9fff\uac00-\ud7a3]"
_PIECE_BEGINNING: Final = lazy_pattern(
    rf"(?<={_NO_HYPHEN}\n\n){_PLAIN_LETTER}|(?<={_NO_HYPHEN}\s){_PLAIN_LETTER}"
)
"""A place at which a text can be divided so that both parts are folded as they are together: no hyphen divides a word
there, and the white space before it is in the first part as a whole."""


def piece_starts(text: str, length: int) -> list[int]:
    """Return the offsets at which the pieces of a text begin, each of at least so many code points, and its end."""
    starts = [0]
    while begin := _PIECE_BEGINNING.search(text, starts[-1] + length):
        starts.append(begin.start())
    return [*starts, len(text)]


class FoldedPieces:
    """The folded pieces of a text."""

    def __init__(self, text: str, starts: Sequence[int], *, hyphen: str) -> None:
        """Take a text.

        Args:
            text: The text.
            starts: The offsets at which its pieces begin, and its end.
            hyphen: The replacement of a hyphen at the end of a line, as of `fold_with_offsets`.
        """
        self._text = text
        self._starts = starts
        self._hyphen = hyphen
        self._folded: list[FoldedText | None] = [None] * len(self)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, index: int) -> FoldedText:
        folded = self._folded[index]
        if folded is None:
            text = self._text[self._starts[index] : self._starts[index + 1]]
            folded = self._folded[index] = fold_with_offsets(text, hyphen=self._hyphen)
        return folded

    def index_at(self, offset: int) -> int:
        """Return the index of the piece at an offset of the text."""
        return min(bisect_right(self._starts, offset), len(self)) - 1

    def beginning(self, index: int, length: int) -> str:
        """Return so many folded code points from the start of a piece, fewer at the end of the text."""
        parts: list[str] = []
        while length > 0 and index < len(self):
            parts.append(self[index].cased[:length])
            length -= len(parts[-1])
            index += 1
        return "".join(parts)

    def passage(self, index: int, start: int, end: int) -> Passage:
        """Return the passage of the text that `[start, end)` of a folded piece is made of; it may end in a later one."""
        first, last = index, index
        last_start = end - 1
        while last_start >= len(self[last].cased):
            last_start -= len(self[last].cased)
            last += 1
        begin = self[first].offsets.original(start, start + 1).start
        final = self[last].offsets.original(last_start, last_start + 1).end
        return Passage(self._starts[first] + begin, self._starts[last] + final)


class PhraseSearch(Hits):
    """A search for a phrase, piece by piece from that of an offset on, and the hits that it found.

    Hits are counted first, and found again when they are accessed.
    """

    def __init__(self, pieces: FoldedPieces, wanted: str, start: int) -> None:
        """Begin a search.

        Args:
            pieces: The folded text.
            wanted: The folded phrase; empty to find nothing.
            start: An offset in the first piece to search.
        """
        self._pieces = pieces
        self._ignores_case = wanted == wanted.lower()
        self._wanted = lower(wanted) if self._ignores_case else wanted
        self._counts = [0] * len(pieces)
        """For each piece that was searched, the number of hits that begin in it."""
        self._ends: dict[int, array[int]] = {}
        """For pieces whose hits were accessed, the ends of these in the folded piece."""
        first = pieces.index_at(start)
        self._order = [*range(first, len(pieces)), *range(first)] if wanted else []
        self._searched = 0
        """The number of pieces that were searched."""
        self._first = first

    @property
    def hits(self) -> Hits:
        """The hits found so far: the search itself. Later ones are added to it."""
        return self

    @property
    def is_complete(self) -> bool:
        """True once the whole text is searched."""
        return self._searched == len(self._order)

    @property
    def has_reached_end(self) -> bool:
        """True once the text is searched from where the search began to the end."""
        return self._searched >= len(self._order) - self._first

    def advance(self, seconds: float) -> bool:
        """Search on for about so many seconds, at least three pieces; return whether the whole text is searched."""
        end = time.perf_counter() + seconds
        at_least = self._searched + _PIECES_AT_ONCE
        while not self.is_complete and (self._searched < at_least or time.perf_counter() < end):
            index = self._order[self._searched]
            text, begin = self._folded(index)
            self._counts[index] = text.count(self._wanted, begin)
            self._searched += 1
        self.__dict__.pop("_totals", None)
        return self.is_complete

    def cancel(self) -> None:
        """Do nothing, as nothing runs in the background."""

    def _folded(self, index: int) -> tuple[str, int]:
        """Return a folded piece with the beginning of the next one, and the end of a hit that begins before it."""
        following = self._pieces.beginning(index + 1, len(self._wanted) - 1)
        return self._cased(self._pieces[index].cased + following), self._overlap(index)

    def _ends_in(self, index: int) -> "array[int]":
        """Return the ends of the hits that begin in a piece."""
        ends = self._ends.get(index)
        if ends is None:
            text, begin = self._folded(index)
            # Splitting and summing run in C, and so are three times as fast as calling `str.find` for each match.
            steps = map(len(self._wanted).__add__, map(len, text[begin:].split(self._wanted)))
            ends = self._ends[index] = array("I", list(accumulate(steps, initial=begin))[1:-1])
        return ends

    def _overlap(self, index: int) -> int:
        """Return the end, in a piece, of a hit that begins before it; 0 if there is none."""
        around = len(self._wanted) - 1
        if not index or not around:
            return 0
        before = self._pieces[index - 1].cased[-around:]
        found = self._cased(before + self._pieces.beginning(index, around)).find(self._wanted)
        return max(0, found + len(self._wanted) - len(before)) if found >= 0 else 0

    def _cased(self, folded: str) -> str:
        return lower(folded) if self._ignores_case else folded

    @cached_property
    def _totals(self) -> list[int]:
        """The number of hits before each piece, and of all."""
        return list(accumulate(self._counts, initial=0))

    def __len__(self) -> int:
        return self._totals[-1]

    def index_from(self, offset: int) -> int:
        """Return the index of the first hit that begins at or after an offset; their number if none does."""
        piece = self._pieces.index_at(offset)
        first, end = self._totals[piece : piece + 2]
        return bisect_left(range(end), offset, lo=first, key=lambda index: self[index].start)

    def _passage(self, index: int) -> Passage:
        piece = bisect_right(self._totals, index) - 1
        end = self._ends_in(piece)[index - self._totals[piece]]
        return self._pieces.passage(piece, end - len(self._wanted), end)
