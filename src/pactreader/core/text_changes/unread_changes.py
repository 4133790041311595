"""The changes of an article's text since it was last read, and which of them have been read meanwhile."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from itertools import accumulate

from pactreader.core.anchoring.alignment import Alignment
from pactreader.core.article import Passage
from pactreader.core.text_changes.changed_passages import (
    ChangedPassage,
    ChangeKind,
    changed_passages,
    is_rewritten,
)


class Comparison(StrEnum):
    """The result of comparing an article's text with the text that was last read."""

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
        comparison: Comparison,
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


def compare(
    former: str, text: str, alignment: Alignment, read: Iterable[Passage] = (), since: Alignment | None = None
) -> UnreadChanges:
    """Compare a text with the one that was last read.

    Args:
        former: The text that was last read.
        text: The present text.
        alignment: The alignment of both.
        read: Passages of changes that have been read meanwhile, in the text that was open then.
        since: The alignment of that text with the present one; `None` if it is the present one.
    """
    changes = changed_passages(former, text, alignment.changes)
    if is_rewritten(former, text, changes):
        return UnreadChanges(Comparison.REWRITTEN, former)
    changes = [change for change in changes if change.kind is not ChangeKind.MOVED]
    known = frozenset(read if since is None else _counterparts(read, since))
    if all(change.present in known for change in changes):
        return UnreadChanges(Comparison.UNCHANGED, former)
    return UnreadChanges(Comparison.CHANGED, former, changes, known)


def _counterparts(passages: Iterable[Passage], alignment: Alignment) -> list[Passage]:
    """Return the passages in the present text for those in the former one, without any that have changed."""
    changed = [
        change.former
        for change in alignment.changes
        if alignment.former[slice(*change.former)] != alignment.text[slice(*change.present)]
    ]
    ends = [passage.end for passage in changed]
    found: list[Passage] = []
    for start, end in passages:
        index = bisect_left(ends, start)
        if index < len(changed) and changed[index].start <= end:
            continue
        first = alignment.counterpart(start)
        found.append(Passage(first, first + end - start))
    return found


class ScreenTime:
    """A measure of the time for which changes are on the screen, by checks at regular intervals."""

    def __init__(self, changes: UnreadChanges, *, checks: int) -> None:
        """Create the measure.

        Args:
            changes: The changes.
            checks: The number of checks in a row after which what is on the screen at all of them is read.
        """
        self._changes = changes
        self._checks = checks
        self._counts: dict[int, int] = {}
        """The number of checks in a row at which the first or last character of a change was on the screen, by offset."""
        self._seen: set[int] = set()
        """The offsets of such characters that were on the screen for long enough."""

    def check(self, visible: Passage | None) -> list[int]:
        """Return the indices of the changes that are read now: both their ends were on the screen for long enough.

        Args:
            visible: The passage on the screen; `None` if nobody may be looking at it.
        """
        changes = self._changes
        if visible is None:
            self._counts.clear()
            return []
        unread = [index for index in changes.touching(*visible) if not changes.is_read(index)]
        ends = {end for index in unread for end in _ends(changes.all[index].present)}
        shown = [end for end in ends if visible.start <= end <= visible.end]
        self._counts = {end: self._counts.get(end, 0) + 1 for end in shown}
        self._seen.update(end for end, count in self._counts.items() if count >= self._checks)
        return [index for index in unread if self._seen.issuperset(_ends(changes.all[index].present))]


def _ends(passage: Passage) -> tuple[int, int]:
    """Return the offsets of the first and the last character of a passage."""
    return passage.start, max(passage.start, passage.end - 1)
