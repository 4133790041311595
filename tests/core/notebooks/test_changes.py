from pactreader.core.annotation import Annotation
from pactreader.core.notebooks.changes import Change, ChangeHistory, Edit

ADDED = Edit(None, Annotation("a", "doubt"))


def numbered_change(number: int, *, follows: int, undone: bool = False) -> Change:
    return Change(f"change{number}", number, "title", "", (ADDED,), undone, follows)


def test_a_change_without_edits_is_not_in_the_history():
    history = ChangeHistory([numbered_change(1, follows=0)._replace(edits=())])

    assert (history.next_to_undo, history.next_number) == (None, 1)


def test_changes_are_undone_and_redone_in_order():
    done, undone = numbered_change(1, follows=0), numbered_change(2, follows=1, undone=True)
    later = numbered_change(3, follows=2, undone=True)

    history = ChangeHistory([later, done, undone])

    assert (history.next_to_undo, history.next_to_redo, history.next_number) == (done, undone, 4)


def test_redo_is_given_up_by_a_change_on_the_same_one():
    first, second, third = (
        numbered_change(1, follows=0),
        numbered_change(2, follows=1, undone=True),
        numbered_change(3, follows=2, undone=True),
    )
    fourth = numbered_change(4, follows=1, undone=True)

    assert ChangeHistory([first, second, third, fourth]).next_to_redo == fourth


def test_a_change_undone_elsewhere_is_not_undone_again():
    history = ChangeHistory([numbered_change(1, follows=0), numbered_change(2, follows=1)])

    history.merge_remote([numbered_change(2, follows=1, undone=True), numbered_change(9, follows=2)])

    assert history.next_to_undo == numbered_change(1, follows=0)
    assert history.next_to_redo is None
    assert history.next_number == 10
