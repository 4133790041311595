"""The time for which changes are on the screen, after which they count as read."""

from pactreader.core.article import Passage
from pactreader.core.text_changes.unread_changes import UnreadChanges


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
