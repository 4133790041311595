"""The keymap: the command of a key, the footer, the names of keys in messages."""

import pytest

from pactreader.core.labels import LABELS, Label, Labels
from pactreader.tui.commands import all_commands
from pactreader.tui.keys.key_names import shown_key
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import Command, Footer, Group, Pane
from pactreader.tui.keys.screen_state import Mode, ScreenState
from tui.keys.screen_states import screen_states

COMMANDS = all_commands(LABELS)
SHARED_KEYS = {"a", "enter", "escape"}


def do_nothing(_context):
    """Do nothing."""


def a_command(command_id, **fields):
    return Command(command_id, ("o",), command_id, do_nothing, Group.SELECT, **fields)


def test_a_key_is_for_the_command_of_the_focused_pane():
    keymap = Keymap(COMMANDS)
    for command in COMMANDS:
        for key in set(command.keys) - SHARED_KEYS:
            for in_notes in (False, True):
                found = keymap.command([key], ScreenState(in_notes=in_notes))
                assert found
                assert found is command or found.works_in(ScreenState(in_notes=in_notes))


def test_the_first_command_on_a_key_that_can_run_is_run():
    able = ScreenState(selecting=True)

    def when(state: ScreenState) -> str:
        return "" if state.selecting else "Nothing is selected."

    first = a_command("first", pane=Pane.ARTICLE, when=when)
    second = a_command("second")
    keymap = Keymap((first, second))

    assert keymap.command(["o"], able) is first
    assert keymap.command(["o"], ScreenState()) is second
    assert keymap.command(["o"], ScreenState(in_notes=True, selecting=True)) is second
    assert keymap.command(["x", "o"], able) is first
    assert keymap.command(["x"], able) is None


def test_a_key_without_a_command_that_can_run_has_the_last_one():
    commands = [
        a_command(each, pane=Pane.ARTICLE, when=lambda _state: "Not now.") for each in ("first", "second")
    ]
    assert Keymap(commands).command(["o"], ScreenState()) is commands[1]
    assert Keymap(commands[:1]).command(["o"], ScreenState(in_notes=True)) is commands[0]


@pytest.mark.parametrize(
    ("state", "command_id"),
    [
        (ScreenState(), "note"),
        (ScreenState(selecting=True, selection_is_fresh=True), "text-object-around"),
        (ScreenState(selecting=True), "note"),
    ],
)
def test_right_after_v_a_is_a_text_object_else_a_note(state, command_id):
    assert Keymap(COMMANDS).command(["a"], state).id == command_id


@pytest.mark.parametrize(
    ("state", "command_id"),
    [
        (ScreenState(selecting=True, reshaping=True, on_link=True), "keep-ends"),
        (ScreenState(on_link=True), "follow"),
        (ScreenState(in_notes=True, has_target=True), "go"),
        (ScreenState(attaching=True, on_link=True, has_target=True), "attach-here"),
        (ScreenState(attaching=True, selecting=True, reshaping=True), "keep-ends"),
    ],
)
def test_enter_keeps_ends_before_it_follows_a_link(state, command_id):
    assert Keymap(COMMANDS).command(["enter"], state).id == command_id


@pytest.mark.slow
def test_the_footer_offers_only_what_can_be_done_now():
    keymap = Keymap(COMMANDS)
    by_key: dict[str, list[Command]] = {keymap.label_keys: keymap.labels}
    for command in COMMANDS:
        if command.footer:
            by_key.setdefault(command.footer.keys or shown_key(command.keys[0]), []).append(command)
    for state in screen_states():
        offered = keymap.footer(state)
        assert all(word for _, word in offered)
        assert [key for key, _ in offered if all(one.disabled_reason(state) for one in by_key[key])] == []
        assert "?" in dict(offered)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ScreenState(), "label note select pick find notes export help quit"),
        (
            ScreenState(has_target=True, can_undo=True, on_link=True),
            "follow the link|relabel note notes remove tags reshape undo select pick export help quit",
        ),
        (
            ScreenState(in_notes=True, has_cards=True, has_target=True, can_undo=True),
            "choose|go there|article filter|choose several|note remove tags relabel undo help quit",
        ),
        (
            ScreenState(in_notes=True, has_cards=True, has_selected_notes=True, can_undo=True),
            "relabel all|tags remove export copy|choose several|let go|undo help",
        ),
        (ScreenState(selecting=True), "label note more less pick|other end|copy|let go|help"),
        (
            ScreenState(selecting=True, reshaping=True, has_target=True),
            "keep it|leave it as it was|more less pick|other end|label help",
        ),
        (
            ScreenState(has_target=True, on_conflict=True, has_unsaved=True),
            "save again|keep the upper|take the lower|both relabel note notes remove tags reshape undo select pick export help quit",
        ),
    ],
    ids=str,
)
def test_the_footer_begins_with_what_is_wanted_most(state, words):
    offered = " ".join(word for _, word in Keymap(COMMANDS).footer(state))
    assert offered == words.replace("|", " ")


def test_a_footer_entry_for_an_unknown_mode_is_refused():
    with pytest.raises(ValueError, match="nowhere"):
        Footer("word", nowhere=1)
    assert Footer("word", every=2, notes=1).rank(Mode.NOTES) == 1


def test_keys_of_labels_are_shown_in_short():
    assert Keymap(COMMANDS).label_keys == "1-5"
    own = Labels(
        (*LABELS, Label("quote", "d", "Quote", "#", "orange"), Label("idea", "", "Idea", "%", "red"))
    )
    assert Keymap(all_commands(own)).label_keys == "1-5 d"
    assert Keymap(all_commands(Labels([*own][4:]))).label_keys == "5 d"


def test_a_sentence_names_the_key_that_a_command_is_on():
    doubt = Labels([Label("doubt", "d", "Doubt", "!", "red")])
    moved = {"panes": ("f6",), "note": (), "select": ("left",)}
    keymap = Keymap(each._replace(keys=moved.get(each.id, each.keys)) for each in all_commands(doubt))

    assert keymap.key("select") == "←"
    assert keymap.key("label") == "d"
    assert keymap.key("note") == "ctrl+p", "the palette has what no key has"
    assert (
        keymap.disabled_reason(keymap["find"], ScreenState(in_notes=True))
        == "That works in the article: f6 goes there."
    )
    assert keymap.disabled_reason(keymap["choose-next"], ScreenState(in_notes=True)).startswith(
        "There are no notes yet: ctrl+p"
    )
    assert keymap.disabled_reason(keymap["highlight-next"], ScreenState()).endswith(
        ": d marks the tinted sentence."
    )


def test_every_key_named_in_a_sentence_is_that_of_a_command():
    keymap = Keymap(COMMANDS)
    for flag in ScreenState._fields:
        for state in (
            ScreenState(),
            ScreenState(**{flag: True}),
            ScreenState(in_notes=True, **{flag: True} if flag != "in_notes" else {}),
        ):
            for command in COMMANDS:
                assert "{" not in keymap.disabled_reason(command, state)


def test_a_command_without_a_key_is_not_in_the_footer():
    keymap = Keymap(each if each.id != "note" else each._replace(keys=()) for each in COMMANDS)
    assert "note" in dict(map(reversed, Keymap(COMMANDS).footer(ScreenState())))
    assert "note" not in dict(map(reversed, keymap.footer(ScreenState())))
