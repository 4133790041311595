"""The changes of a text since it was last read, and which of them are read."""

from pactreader.core.article import Passage
from pactreader.core.text_changes.changed_passages import ChangedPassage, ChangeKind
from pactreader.core.text_changes.unread_changes import ComparisonState, UnreadChanges


def test_neighbours_are_found_by_offset():
    first, second = Passage(10, 20), Passage(50, 60)
    changed = (ChangedPassage(ChangeKind.NEW, Passage(0, 0), passage) for passage in (first, second))
    changes = UnreadChanges(ComparisonState.CHANGED, "", changed)
    assert changes.after(-1) == 0
    assert changes.after(first.start) == 1
    assert changes.after(second.start) is None
    assert changes.before(second.start) == 0
    assert changes.before(first.start) is None
    assert list(changes.touching(first.end, second.start - 1)) == [0]
    assert list(changes.touching(first.end + 1, second.start - 1)) == []


def test_no_changes_have_nothing_to_read():
    changes = UnreadChanges(ComparisonState.UNCHANGED)
    assert not changes.has_unread
    assert list(changes.touching(0, 100)) == []
    assert changes.after(-1) is None
