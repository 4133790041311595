from collections import Counter
from itertools import product

from textual.keys import Keys

from pactreader.tui.commands.annotations import Annotating
from pactreader.tui.commands.bookmarks import Bookmarking
from pactreader.tui.commands.export import Outgoing
from pactreader.tui.commands.find import Finding
from pactreader.tui.commands.hyperlinks import Following
from pactreader.tui.commands.motion import Moving
from pactreader.tui.commands.navigation import Leaping
from pactreader.tui.commands.notes import Writing
from pactreader.tui.commands.panel import Filtering
from pactreader.tui.commands.selection import Selecting
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import (
    COMMANDS,
    Pane,
    ScreenState,
    shown_key,
)
from pactreader.tui.panes import Panes
from pactreader.tui.reading_screen import ReadingScreen

SHARED_KEYS = {"a", "enter", "o"}


def test_every_id_is_there_once():
    assert [identifier for identifier, times in Counter(c.id for c in COMMANDS).items() if times > 1] == []
    assert [Keymap()[command.id] for command in COMMANDS] == list(COMMANDS)


def test_two_commands_share_a_key_only_where_one_of_them_can_run_when_the_other_cannot():
    for pane in (Pane.ARTICLE, Pane.NOTES):
        keys = Counter(key for c in COMMANDS if c.pane in {pane, Pane.BOTH} for key in c.keys)
        assert {key for key, times in keys.items() if times > 1} <= SHARED_KEYS


def test_every_command_is_done_by_one_room_of_the_screen():
    for command in COMMANDS:
        action = f"action_{command.action.partition('(')[0]}"
        doers = [
            room
            for room in (
                ReadingScreen,
                Annotating,
                Bookmarking,
                Filtering,
                Finding,
                Following,
                Leaping,
                Moving,
                Outgoing,
                Panes,
                Selecting,
                Writing,
            )
            if hasattr(room, action)
        ]
        assert len(doers) == 1, command.id


def test_the_keys_of_the_design_are_there():
    keys = {key for command in COMMANDS for key in command.keys}

    wanted = [
        "k",
        "j",
        "h",
        "l",
        "w",
        "b",
        "e",
        "(",
        ")",
        "{",
        "}",
        "g",
        "G",
        "m",
        "a",
        "A",
        "t",
        "x",
        "v",
        "V",
        "o",
        "]",
        "[",
        "y",
        "E",
        "?",
        "q",
        "p",
        "u",
        "1",
        "2",
        "3",
        "4",
        "5",
    ]
    wanted += [
        "up",
        "down",
        "left",
        "right",
        "space",
        "pagedown",
        "pageup",
        "backspace",
        "ctrl+f",
        "ctrl+b",
        "ctrl+d",
        "ctrl+u",
        "home",
        "end",
    ]
    wanted += [
        "delete",
        "shift+up",
        "shift+down",
        "shift+left",
        "shift+right",
        "escape",
        "tab",
        "ctrl+r",
        "f1",
        "ctrl+p",
        "enter",
    ]
    assert set(wanted) <= keys


def test_a_command_that_cannot_run_says_why_in_a_sentence():
    flags = ScreenState.__dataclass_fields__
    for values in product([False, True], repeat=len(flags)):
        state = ScreenState(**dict(zip(flags, values, strict=True)))
        for command in COMMANDS:
            reason = command.why_not(state)
            assert not reason or ((reason[0].isupper() and reason.endswith((".", ":"))) or ":" in reason), (
                reason
            )


def test_keys_are_shown_as_readers_know_them():
    assert [shown_key(key) for key in ("down", "ctrl+d", "escape", "G", "shift+left")] == [
        "↓", "ctrl+d", "esc", "G", "shift+←",
    ]  # fmt: skip
    assert Keys.Escape.value == "escape"
