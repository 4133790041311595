"""The comparison of a text with the one that was last read."""

from pactreader.core.alignment.text_alignment import Alignment
from pactreader.core.article import Passage
from pactreader.core.text_changes.comparison import compare
from pactreader.core.text_changes.unread_changes import ComparisonState

SENTENCES = [f"Sentence {n} says what it says, at some length." for n in range(20)]
FORMER = "\n\n".join(SENTENCES)


def with_verbs(**words):
    """Return the text with another verb in some sentences: `with_verbs(s3="denies")`."""
    lines = list(SENTENCES)
    for name, verb in words.items():
        number = int(name[1:])
        lines[number] = lines[number].replace("says", verb, 1)
    return "\n\n".join(lines)


def compared(text, read=(), opened=None):
    since = Alignment(opened, text) if opened else None
    return compare(Alignment(FORMER, text), read, since)


def words(text, changes):
    return [text[slice(*change.present)] for change in changes.all]


def test_all_changes_are_unread_at_first():
    text = with_verbs(s3="denies", s9="claims")
    changes = compared(text)
    assert changes.comparison is ComparisonState.CHANGED
    assert words(text, changes) == ["denies", "claims"]


def test_what_was_read_stays_read_when_the_text_changes_again():
    opened = with_verbs(s3="denies", s9="claims", s15="hints")
    first = compared(opened)
    first.mark_read([0, 2])
    text = "A new beginning.\n\n" + with_verbs(s3="denies", s9="claims", s15="shouts")
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
    assert compared(FORMER, [Passage(0, 8)], with_verbs(s3="denies")).comparison is ComparisonState.UNCHANGED


def test_a_text_of_which_all_is_read_is_unchanged():
    text = with_verbs(s3="denies", s9="claims")
    first = compared(text)
    first.mark_read([0, 1])
    assert not first.has_unread
    assert compared(text, first.read_passages).comparison is ComparisonState.UNCHANGED


def test_a_rewritten_text_has_no_marks():
    changes = compared("\n\n".join(f"Quite another text, paragraph {n} of it." for n in range(40)))
    assert changes.comparison is ComparisonState.REWRITTEN
    assert not changes.has_unread


def test_a_text_that_was_only_continued_is_not_rewritten():
    other = "\n\n".join(f"Quite another text, paragraph {n} of it." for n in range(40))
    assert compared(f"{FORMER}\n\n{other}").comparison is ComparisonState.CHANGED
