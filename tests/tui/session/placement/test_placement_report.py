from pactreader.core.anchoring.placement import PlacementKind
from pactreader.core.labels import LABELS
from pactreader.tui.commands import all_commands
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import Command, Group
from pactreader.tui.session.placement.placement_report import changed_sentence, lost_sentence

COMMANDS = [one for one in all_commands(LABELS) if one.id != "review"]
KEYMAP = Keymap(COMMANDS)
CHANGE = "The article changed since you read it"
ALL = dict(zip(PlacementKind, (41, 3, 2, 1, 1), strict=True))


def test_a_change_is_told_with_the_number_of_each_kind():
    assert changed_sentence(CHANGE, ALL, KEYMAP) == (
        f"{CHANGE}: 41 in place, 3 moved, 2 changed, 1 doubtful, 1 lost."
    )


def test_kinds_without_a_highlight_are_left_out():
    assert changed_sentence(CHANGE, {PlacementKind.EXACT: 2}, KEYMAP) == f"{CHANGE}: 2 in place."
    assert changed_sentence(CHANGE, {}, KEYMAP) == f"{CHANGE}."


def test_the_review_is_named_if_there_is_anything_to_review():
    review = Command("review", ("Z",), "Review", lambda _context: None, Group.MARK)
    keymap = Keymap([*COMMANDS, review])

    assert changed_sentence(CHANGE, ALL, keymap).endswith("1 lost. Z reviews them.")
    assert changed_sentence(CHANGE, {PlacementKind.MOVED: 1}, keymap) == f"{CHANGE}: 1 moved."


def test_changes_of_the_text_are_told_with_their_key():
    assert changed_sentence(CHANGE, {}, KEYMAP, text_changes=1) == f"{CHANGE}: + goes to 1 change."
    review = Command("review", ("Z",), "Review", lambda _context: None, Group.MARK)
    keymap = Keymap([*COMMANDS, review])

    assert changed_sentence(CHANGE, {PlacementKind.LOST: 1}, keymap, text_changes=3) == (
        f"{CHANGE}: 1 lost. Z reviews them, + goes to 3 changes."
    )


def test_lost_highlights_of_an_unchanged_text_are_told():
    assert lost_sentence({PlacementKind.LOST: 1}, KEYMAP).startswith("1 highlight is not in the text as it")
    assert lost_sentence({PlacementKind.LOST: 2}, KEYMAP).startswith("2 highlights are not in the text as")
    assert lost_sentence({PlacementKind.DOUBTFUL: 2}, KEYMAP) == "2 highlights have a doubtful place."
    assert lost_sentence({PlacementKind.EXACT: 5}, KEYMAP) == ""
