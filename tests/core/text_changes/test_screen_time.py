"""The time for which changes are on the screen."""

from pactreader.core.article import Passage
from pactreader.core.text_changes.changed_passages import ChangedPassage, ChangeKind
from pactreader.core.text_changes.screen_time import ScreenTime
from pactreader.core.text_changes.unread_changes import ComparisonState, UnreadChanges

FIRST, SECOND = Passage(10, 20), Passage(50, 60)


def changes_at(*passages):
    """Return unread changes at passages of the present text."""
    changed = (ChangedPassage(ChangeKind.NEW, Passage(0, 0), passage) for passage in passages)
    return UnreadChanges(ComparisonState.CHANGED, "", changed)


def test_a_change_is_read_once_it_was_shown_for_long_enough():
    changes = changes_at(FIRST, SECOND)
    time = ScreenTime(changes, checks=3)
    whole = Passage(FIRST.start, SECOND.start - 1)
    assert [time.check(whole) for _ in range(2)] == [[], []]
    assert time.check(whole) == [0]


def test_time_that_is_interrupted_does_not_count():
    changes = changes_at(FIRST)
    shown, elsewhere = FIRST, Passage(0, 0)
    for interruption in (None, elsewhere):
        time = ScreenTime(changes, checks=3)
        assert not any(time.check(visible) for visible in (shown, shown, interruption, shown, shown))


def test_a_change_longer_than_the_screen_is_read_at_both_ends():
    start, end = 1_000, 1_800
    changes = changes_at(Passage(start, end))
    time = ScreenTime(changes, checks=1)
    assert time.check(Passage(start, start + 100)) == []
    assert time.check(Passage(start + 100, start + 200)) == []
    assert time.check(Passage(end - 100, end)) == [0]
