"""The commands on their keys: which one a key is for, what the footer offers, what sentences call a key."""

from itertools import product

from pactreader.core.labels import LABELS, Label, Labels
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import COMMANDS, Command, Group, Pane, ScreenState, commands_of, shown_key

SHARED_KEYS = {"a", "enter"}


def test_a_key_is_for_the_command_of_the_pane_that_the_reader_is_in():
    keymap = Keymap()
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

    first = Command("first", ("o",), "First", "first", Group.SELECT, Pane.ARTICLE, when=when)
    second = Command("second", ("o",), "Second", "second", Group.APP)
    keymap = Keymap((first, second))

    assert keymap.command(["o"], able) is first
    assert keymap.command(["o"], ScreenState()) is second
    assert keymap.command(["o"], ScreenState(in_notes=True, selecting=True)) is second
    assert keymap.command(["x", "o"], able) is first
    assert keymap.command(["x"], able) is None


def test_a_key_whose_commands_cannot_run_has_the_last_one_say_why():
    commands = [
        Command(each, ("o",), each, each, Group.SELECT, Pane.ARTICLE, when=lambda _situation: "Not now.")
        for each in ("first", "second")
    ]
    assert Keymap(commands).command(["o"], ScreenState()) is commands[1]
    assert Keymap(commands[:1]).command(["o"], ScreenState(in_notes=True)) is commands[0]


def test_the_footer_offers_only_what_can_be_done_now():
    flags = ScreenState.__dataclass_fields__
    keymap = Keymap()
    by_key: dict[str, list[Command]] = {keymap.label_keys: keymap.labels}
    for command in COMMANDS:
        if command.footer:
            by_key.setdefault(command.footer_keys or shown_key(command.keys[0]), []).append(command)
    for values in product([False, True], repeat=len(flags)):
        state = ScreenState(**dict(zip(flags, values, strict=True)))
        offered = list(keymap.footer(state))
        assert all(word for _, word in offered)
        assert [key for key, _ in offered if all(one.why_not(state) for one in by_key[key])] == []
        assert "?" in dict(offered)


def test_keys_of_labels_are_shown_in_short():
    assert Keymap().label_keys == "1-5"
    own = Labels(
        (*LABELS, Label("quote", "d", "Quote", "#", "orange"), Label("idea", "", "Idea", "%", "red"))
    )
    assert Keymap(commands_of(own)).label_keys == "1-5 d"
    assert Keymap(commands_of(Labels([*own][4:]))).label_keys == "5 d"


def test_a_sentence_names_the_key_that_a_command_is_on():
    doubt = Labels([Label("doubt", "d", "Doubt", "!", "red")])
    commands = {command.id: command for command in commands_of(doubt)}
    moved = {"panes": ("f6",), "note": (), "select": ("left",)}
    keymap = Keymap(
        Command(
            each.id,
            moved.get(each.id, each.keys),
            each.title,
            each.action,
            each.group,
            each.pane,
            when=each.when,
        )
        for each in commands.values()
    )

    assert keymap.key("select") == "←"
    assert keymap.key("label") == "d"
    assert keymap.key("note") == "ctrl+p", "the palette has what no key has"
    assert (
        keymap.why_not(keymap["find"], ScreenState(in_notes=True))
        == "That works in the article: f6 goes there."
    )
    assert keymap.why_not(keymap["choose-next"], ScreenState(in_notes=True)).startswith(
        "There are no notes yet: ctrl+p"
    )
    assert keymap.why_not(keymap["highlight-next"], ScreenState()).endswith(": d marks the tinted sentence.")


def test_every_sentence_that_names_a_key_names_that_of_a_command():
    keymap = Keymap()
    flags = ScreenState.__dataclass_fields__
    for flag in flags:
        for state in (
            ScreenState(),
            ScreenState(**{flag: True}),
            ScreenState(in_notes=True, **{flag: True} if flag != "in_notes" else {}),
        ):
            for command in COMMANDS:
                assert "{" not in keymap.why_not(command, state)


def test_a_command_without_a_key_is_not_in_the_footer():
    keymap = Keymap(
        each if each.id != "note" else Command("note", (), "", "", Group.NOTE) for each in COMMANDS
    )
    assert "note" in dict(map(reversed, Keymap().footer(ScreenState())))
    assert "note" not in dict(map(reversed, keymap.footer(ScreenState())))
