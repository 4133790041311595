"""The changes of an article's text since it was last read, and which of them have been read meanwhile."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from itertools import accumulate

from pactreader.core.article import Passage
from pactreader.core.text_changes.changed_passages import ChangedPassage


class ComparisonState(StrEnum):
    """The state of the comparison of an article's text with the text that was last read."""

    PENDING = "pending"
    """The texts are not compared yet."""
    FIRST_READING = "first reading"
    """There is no earlier text."""
    NOT_KEPT = "not kept"
    """The earlier text is not stored any more."""
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    REWRITTEN = "rewritten"
    """So much has changed that no passage is marked."""


class UnreadChanges:
    """The changes of an article's text that were unread when it was opened, in order. Each may be read by now."""

    def __init__(
        self,
        comparison: ComparisonState,
        former: str = "",
        changes: Iterable[ChangedPassage] = (),
        read: Collection[Passage] = (),
    ) -> None:
        """Create the changes.

        Args:
            comparison: The result of the comparison.
            former: The text that was last read.
            changes: The changes in the order of the present text.
            read: The passages of the present text of the changes that were read before. They are left out.
        """
        self.comparison = comparison
        self.former = former
        """The text that was last read."""
        every = tuple(changes)
        self.all: Sequence[ChangedPassage] = [change for change in every if change.present not in read]
        """The changes in the order of the present text."""
        self._read_before = [change.present for change in every if change.present in read]
        self._read: set[int] = set()
        """The indices of the changes that are read by now."""
        self._starts = [change.present.start for change in self.all]
        self._greatest_ends = list(accumulate((change.present.end for change in self.all), max))

    @property
    def has_unread(self) -> bool:
        """True if any change is unread."""
        return len(self._read) < len(self.all)

    @property
    def unread(self) -> list[int]:
        """The indices of the changes that are unread."""
        return [index for index in range(len(self.all)) if index not in self._read]

    @property
    def read_passages(self) -> list[Passage]:
        """The passages of the present text of the changes that are read, now or before."""
        return sorted([*self._read_before, *(self.all[index].present for index in self._read)])

    def is_read(self, index: int) -> bool:
        """Return whether the change at an index is read."""
        return index in self._read

    def mark_read(self, indices: Iterable[int]) -> None:
        """Mark the changes at these indices as read."""
        self._read.update(indices)

    def touching(self, start: int, end: int) -> range:
        """Return the indices of the changes that overlap or adjoin `[start, end]`, in code points."""
        return range(bisect_left(self._greatest_ends, start), bisect_right(self._starts, end))

    def after(self, offset: int) -> int | None:
        """Return the index of the first change that begins after an offset; `None` if there is none."""
        index = bisect_right(self._starts, offset)
        return index if index < len(self.all) else None

    def before(self, offset: int) -> int | None:
        """Return the index of the last change that begins before an offset; `None` if there is none."""
        index = bisect_left(self._starts, offset) - 1
        return index if index >= 0 else None
