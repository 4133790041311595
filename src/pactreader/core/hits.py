"""Hits: the passages that a search found."""

from abc import abstractmethod
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Final, overload

from pactreader.core.article import Passage


class Hits(Sequence[Passage]):
    """Passages that were found, in order and without overlaps."""

    @abstractmethod
    def _passage(self, index: int) -> Passage:
        """Return the hit with an index, from 0 to less than their number."""

    @overload
    def __getitem__(self, index: int) -> Passage: ...

    @overload
    def __getitem__(self, index: slice) -> list[Passage]: ...

    def __getitem__(self, index: int | slice) -> Passage | list[Passage]:
        found = range(len(self))[index]
        return self._passage(found) if isinstance(found, int) else list(map(self._passage, found))

    def index_from(self, offset: int) -> int:
        """Return the index of the first hit that begins at or after an offset; their number if none does."""
        return bisect_left(self, offset, key=attrgetter("start"))

    def touching(self, start: int, end: int) -> Iterator[Passage]:
        """Yield the hits that overlap `[start, end)`."""
        index = self.index_from(start)
        if index and self[index - 1].end > start:
            index -= 1
        while index < len(self) and (hit := self[index]).start < end:
            yield hit
            index += 1


class Passages(Hits):
    """Given passages, of which only offsets are stored. They can be read while a thread adds others."""

    def __init__(self, passages: Iterable[Passage] = ()) -> None:
        self._starts, self._ends = array("I"), array("I")
        for start, end in passages:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        """Add a passage behind the others unless it is empty."""
        if start < end:
            self._starts.append(start)
            self._ends.append(end)

    def __len__(self) -> int:
        return len(self._ends)  # which is the last to grow

    def _passage(self, index: int) -> Passage:
        return Passage(self._starts[index], self._ends[index])


NO_HITS: Final = Passages()
