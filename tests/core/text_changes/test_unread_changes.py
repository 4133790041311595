"""The changes of a text since it was last read, and which of them are read."""

from pactreader.core.anchoring.alignment import Alignment
from pactreader.core.article import Passage
from pactreader.core.text_changes.unread_changes import Comparison, ScreenTime, UnreadChanges, compare

SENTENCES = [f"Sentence {n} says what it says, at some length." for n in range(20)]
FORMER = "\n\n".join(SENTENCES)


def edited(**words):
    """Return the text with another verb in some sentences: `edited(s3="denies")`."""
    lines = list(SENTENCES)
    for name, verb in words.items():
        number = int(name[1:])
        lines[number] = lines[number].replace("says", verb, 1)
    return "\n\n".join(lines)


def compared(text, read=(), opened=None):
    since = Alignment(opened, text) if opened else None
    return compare(FORMER, text, Alignment(FORMER, text), read, since)


def words(text, changes):
    return [text[slice(*change.present)] for change in changes.all]


def test_all_changes_are_unread_at_first():
    text = edited(s3="denies", s9="claims")
    changes = compared(text)
    assert changes.comparison is Comparison.CHANGED
    assert words(text, changes) == ["denies", "claims"]


def test_what_was_read_stays_read_when_the_text_changes_again():
    opened = edited(s3="denies", s9="claims", s15="hints")
    first = compared(opened)
    first.mark_read([0, 2])
    text = "A new beginning.\n\n" + edited(s3="denies", s9="claims", s15="shouts")
    again = compared(text, first.read_passages, opened)
    assert words(text, again) == ["A new beginning.", "claims", "shouts"]
    assert [text[slice(*passage)] for passage in again.read_passages] == ["denies"]


def test_a_removal_that_was_read_stays_read():
    opened = FORMER.replace(f"{SENTENCES[4]}\n\n", "")
    first = compared(opened)
    first.mark_read([0])
    text = opened.replace("Sentence 2 says", "Sentence 2 denies")
    again = compared(text, first.read_passages, opened)
    assert [change.kind.value for change in again.all] == ["changed"]


def test_a_change_that_is_taken_back_is_none():
    assert compared(FORMER, [Passage(0, 8)], edited(s3="denies")).comparison is Comparison.UNCHANGED


def test_a_text_of_which_all_is_read_is_unchanged():
    text = edited(s3="denies", s9="claims")
    first = compared(text)
    first.mark_read([0, 1])
    assert not first.has_unread
    assert compared(text, first.read_passages).comparison is Comparison.UNCHANGED


def test_a_rewritten_text_has_no_marks():
    changes = compared("\n\n".join(f"Quite another text, paragraph {n} of it." for n in range(40)))
    assert changes.comparison is Comparison.REWRITTEN
    assert not changes.has_unread


def test_neighbours_are_found_by_offset():
    text = edited(s3="denies", s9="claims")
    changes = compared(text)
    first, second = (change.present for change in changes.all)
    assert changes.after(-1) == 0
    assert changes.after(first.start) == 1
    assert changes.after(second.start) is None
    assert changes.before(second.start) == 0
    assert changes.before(first.start) is None
    assert list(changes.touching(first.end, second.start - 1)) == [0]
    assert list(changes.touching(first.end + 1, second.start - 1)) == []


def test_a_change_is_read_once_it_was_on_the_screen_for_long_enough():
    changes = compared(edited(s3="denies", s9="claims"))
    first, second = (change.present for change in changes.all)
    time = ScreenTime(changes, checks=3)
    whole = Passage(first.start, second.start - 1)
    assert [time.check(whole) for _ in range(2)] == [[], []]
    assert time.check(whole) == [0]


def test_time_that_is_interrupted_does_not_count():
    changes = compared(edited(s3="denies"))
    shown, elsewhere = changes.all[0].present, Passage(0, 0)
    for interruption in (None, elsewhere):
        time = ScreenTime(changes, checks=3)
        assert not any(time.check(visible) for visible in (shown, shown, interruption, shown, shown))


def test_a_change_longer_than_the_screen_is_read_at_both_ends():
    text = f"{FORMER}\n\n{'A new sentence. ' * 50}"
    changes = compared(text)
    start, end = changes.all[0].present
    time = ScreenTime(changes, checks=1)
    assert time.check(Passage(start, start + 100)) == []
    assert time.check(Passage(start + 100, start + 200)) == []
    assert time.check(Passage(end - 100, end)) == [0]


def test_no_changes_have_nothing_to_read():
    changes = UnreadChanges(Comparison.UNCHANGED)
    assert not changes.has_unread
    assert list(changes.touching(0, 100)) == []
    assert changes.after(-1) is None
