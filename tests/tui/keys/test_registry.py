from collections import Counter

import pytest

from pactreader.core.labels import LABELS
from pactreader.tui.commands import all_commands
from pactreader.tui.keys.help_layout import search, sections
from pactreader.tui.keys.key_names import shown_key
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import REGISTERED, Footer, Group, Pane, command
from pactreader.tui.keys.screen_state import ScreenState
from tui.keys.screen_states import screen_states

COMMANDS = all_commands(LABELS)
SHARED_KEYS = {"a", "enter", "escape", "o"}
DESIGNED_KEYS = (
    "k j h l w b e ( ) { } g G m a A t x v V o ] [ y E ? q p u 1 2 3 4 5 "
    "up down left right space pagedown pageup backspace ctrl+f ctrl+b ctrl+d ctrl+u home end "
    "delete shift+up shift+down shift+left shift+right escape tab ctrl+r f1 ctrl+p enter"
)


@pytest.fixture
def registered(monkeypatch):
    """Replace the registry by a copy, so that commands declared in a test are not kept."""
    monkeypatch.setattr("pactreader.tui.keys.registry.REGISTERED", extended := [*REGISTERED])
    monkeypatch.setattr("pactreader.tui.commands.REGISTERED", extended)


def test_every_id_is_there_once():
    assert [identifier for identifier, times in Counter(c.id for c in COMMANDS).items() if times > 1] == []
    keymap = Keymap(COMMANDS)
    assert [keymap[each.id] for each in COMMANDS] == list(COMMANDS)


def test_a_declaration_is_all_that_a_new_command_needs(registered):
    ran = []

    @command(
        "shout",
        "f12",
        "Shout it",
        group=Group.WRITE,
        short="shout",
        help="Loudly.",
        footer=Footer("shout", reading=1),
    )
    def shout(context):
        ran.append(context)

    keymap = Keymap(all_commands(LABELS))

    keymap.command(["f12"], ScreenState()).run("the context")
    assert ran == ["the context"]
    assert dict(keymap.footer(ScreenState()))["f12"] == "shout"
    assert ("f12", "shout") in [row[:2] for section in sections(keymap, ScreenState()) for row in section]
    assert [match.title for match in search("loudly", keymap)] == ["Shout it"]
    assert shout is not None


def test_an_id_that_is_taken_is_refused(registered):
    with pytest.raises(ValueError, match="two commands with the id undo"):
        command("undo", "z", "Undo again", group=Group.WRITE)(lambda _context: None)


def test_commands_share_a_key_only_if_one_can_run_when_others_cannot():
    for pane in (Pane.ARTICLE, Pane.NOTES):
        keys = Counter(key for c in COMMANDS if c.pane in {pane, Pane.BOTH} for key in c.keys)
        assert {key for key, times in keys.items() if times > 1} <= SHARED_KEYS


def test_the_keys_of_the_design_are_there():
    assert set(DESIGNED_KEYS.split()) <= {key for command in COMMANDS for key in command.keys}


@pytest.mark.slow
def test_a_command_that_cannot_run_says_why_in_a_sentence():
    for state in screen_states():
        for each in COMMANDS:
            reason = each.disabled_reason(state)
            assert not reason or ((reason[0].isupper() and reason.endswith((".", ":"))) or ":" in reason), (
                reason
            )


def test_keys_are_shown_as_users_know_them():
    shown = [shown_key(key) for key in ("down", "ctrl+d", "escape", "G", "shift+left")]
    assert shown == ["↓", "ctrl+d", "esc", "G", "shift+←"]
