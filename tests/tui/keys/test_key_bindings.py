"""The user's key bindings: invalid ones are reported, all others take effect."""

import re
import subprocess
import sys
from collections import defaultdict
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.core.labels import LABELS
from pactreader.settings.config_file import read_settings
from pactreader.tui.commands import all_commands
from pactreader.tui.keys.key_bindings import FIXED_KEYS, build_keymap
from pactreader.tui.keys.key_names import key_named
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import Pane
from pactreader.tui.keys.screen_state import ScreenState

COMMANDS = all_commands(LABELS)


def keys_of(tmp_path, text):
    """Return the keymap for a config file, and the problems with the file."""
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    settings, problems = read_settings(path)
    assert problems == ()
    return build_keymap(all_commands, settings.labels, settings.keys, settings.locations)


def test_without_settings_the_keys_are_those_of_pactreader():
    keymap, problems = build_keymap(all_commands, LABELS, {}, {})
    assert problems == []
    assert [command.keys for command in keymap] == [command.keys for command in COMMANDS]


def test_a_command_is_where_the_reader_has_put_it_and_nowhere_else(tmp_path):
    keymap, problems = keys_of(
        tmp_path, '[keys]\npick = ["f9", "Ctrl+F9"]\npage-up = "f8"\nversion-join = ""\nundo = []\n'
    )
    assert problems == []
    assert (keymap["pick"].keys, keymap["undo"].keys) == (("f9", "ctrl+f9"), ())
    assert keymap.command(["ctrl+f9"], ScreenState()).id == "pick"
    assert keymap.command(["f"], ScreenState()) is None
    assert keymap.command(["u"], ScreenState()) is None
    assert keymap.command(["f8"], ScreenState()).id == "page-up"


def test_a_wrong_key_among_others_costs_itself(tmp_path):
    keymap, problems = keys_of(tmp_path, '[keys]\npick = ["f9", "esc+x"]\n')
    assert problems == [
        "config.toml, line 2 sets keys.pick, which is “esc+x”: there is no such key: did you mean esc?"
    ]
    assert keymap["pick"].keys == ("f9",)


def test_keys_are_found_under_what_readers_call_them():
    for typed, key in {
        "F": "F",
        ",": ",",
        "é": "é",
        " ": "space",
        "Esc": "escape",
        "PgUp": "pageup",
        "return": "enter",
        "f12": "f12",
        "Ctrl+T": "ctrl+t",
        "shift+ctrl+up": "ctrl+shift+up",
        "alt+left": "alt+left",
        "shift+tab": "shift+tab",
    }.items():
        assert key_named(typed) == key
    for typed in (
        "",
        "ff",
        "shift+f",
        "alt+f",
        "ctrl+i",
        "ctrl+m",
        "ctrl+h",
        "ctrl+1",
        "f25",
        "+",
        "ctrl+",
        "\x1b",
        "ctrl+ctrl+a",
    ):
        assert key_named(typed) == ("+" if typed == "+" else "")


def test_a_key_may_be_given_away_and_taken_by_another(tmp_path):
    keymap, problems = keys_of(
        tmp_path,
        '[keys]\nselect = "f"\npick = "v"\nundo = "f7"\n[labels.doubt]\nkey = "u"\n[labels.quote]\nkey = "4"\n',
    )
    assert problems == []
    assert (keymap["select"].keys, keymap["pick"].keys, keymap["undo"].keys) == (("f",), ("v",), ("f7",))
    assert (keymap["label:doubt"].keys, keymap["label:quote"].keys) == (("u",), ("4",))
    assert keymap.label_keys == "1-3 u 5 4"
    assert keymap.command(["u"], ScreenState()).id == "label:doubt"
    assert dict(keymap.footer(ScreenState()))["f"] == "select"


@pytest.mark.parametrize(
    ("text", "line", "words", "unchanged"),
    [
        ('[keys]\npick = "s"', 2, "is “s”, a key of “Pick a sentence” (pick-sentence): it stays “f”.", "pick"),
        ('[keys]\n\ntags = "down"', 3, "is “↓”, a key of “Line down” (caret-down): it stays “t”.", "tags"),
        ('labels.doubt.key = "5"', 1, "is “5”, a key of “Highlight as Term” (label:term): it stays “4”.", "label:doubt"),
        ('labels.quote.key = "5"', 1, "(label:term): it stays without a key", "label:quote"),
        ('keys.pick = "f9"\nkeys.grow = "f9"', 2, "is “f9”, a key of “Pick words” (pick): it stays “.”.", "grow"),
        ('keys.pick = "ctrl+q"', 1, "a key of “Quit” (quit)", "pick"),
        ('keys.pick = "f1"', 1, "a key of “Help” (help)", "pick"),
        ('keys.help = "f9"\nkeys.pick = "f1"', 2, "a key of “Help” (help)", "pick"),
        ('keys.pick = "ctrl+c"', 1, "is ctrl+c, what other programs end with", "pick"),
        ('keys.pick = "ctrl+i"', 1, "is “ctrl+i”: there is no such key", "pick"),
        ('keys.pick = "shift+f"', 1, "there is no such key, F is one", "pick"),
        ('keys.pick = "pagedwn"', 1, "no such key: did you mean pagedown", "pick"),
        ('keys.pikc = "f9"', 1, "is the key of no command: did you mean pick", "pick"),
        ('keys."label:doubt" = "d"', 1, "is set as labels.doubt.key", "label:doubt"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_with_its_line_and_stays_as_it_was(tmp_path, text, line, words, unchanged):
    keymap, problems = keys_of(tmp_path, text)

    assert len(problems) == 1
    assert problems[0].startswith(f"config.toml, line {line} sets ")
    assert words in problems[0]
    assert re.search(r"[^?.][?.]$", problems[0])
    usual = {command.id: command.keys for command in COMMANDS}
    assert keymap[unchanged].keys == usual.get(unchanged, ())


def test_a_chain_of_keys_that_hangs_on_a_wrong_one_falls_with_it(tmp_path):
    keymap, problems = keys_of(tmp_path, '[keys]\npick = "f8"\nselect = "f"\ngrow = "v"\nlink = "f8"\n')
    assert len(problems) == 1
    assert keymap["link"].keys == ("L",)

    keymap, problems = keys_of(tmp_path, '[keys]\ngrow = "v"\nselect = "f"\npick = "ctrl+q"\n')
    assert len(problems) == 3
    assert [keymap[each].keys for each in ("grow", "select", "pick")] == [(".",), ("v",), ("f",)]


def test_commands_that_share_a_key_may_share_another(tmp_path):
    both = '[keys]\ntext-object-around = "f8"\nnote = "f8"\n'
    keymap, problems = keys_of(tmp_path, both)
    assert problems == []
    assert (
        keymap.command(["f8"], ScreenState(selecting=True, selection_is_fresh=True)).id
        == "text-object-around"
    )
    assert keymap.command(["f8"], ScreenState()).id == "note"
    assert len(keys_of(tmp_path, both + 'undo = "f8"\n')[1]) == 1


def test_commands_of_different_panes_do_not_clash(tmp_path):
    keymap, problems = keys_of(tmp_path, '[keys]\ngo = "f"\n')
    assert problems == []
    assert keymap.command(["f"], ScreenState(in_notes=True, has_target=True)).id == "go"
    assert keymap.command(["f"], ScreenState()).id == "pick"


def test_nobody_locks_themselves_in(tmp_path):
    keymap, problems = keys_of(tmp_path, '[keys]\nquit = ""\nhelp = "f9"\npalette = []\n')
    assert problems == []
    for command_id, key in FIXED_KEYS.items():
        assert Keymap(COMMANDS).command([key], ScreenState()).id == command_id
        assert keymap.command([key], ScreenState()).id == command_id
    assert keymap.command(["f9"], ScreenState()).id == "help"
    assert keymap.command(["q"], ScreenState()) is None
    assert keymap.key("quit") == "ctrl+q"


_KEYS = st.sampled_from(["f", "v", "a", "1", "2", "ctrl+q", "f1", "f8", "Z", "enter", "", "ctrl+i"])


@given(
    st.dictionaries(
        st.sampled_from([c.id for c in COMMANDS if ":" not in c.id]), st.lists(_KEYS, max_size=3)
    ),
    st.dictionaries(st.sampled_from([label.id for label in LABELS] + ["quote", "idea"]), _KEYS),
)
def test_no_setting_puts_two_new_commands_on_a_key(tmp_path_factory, keys, labels):
    text = "".join(f"keys.{id_} = {list(wanted)!r}\n" for id_, wanted in keys.items())
    text += "".join(f"labels.{id_}.key = {key!r}\n" for id_, key in labels.items())
    keymap, problems = keys_of(tmp_path_factory.getbasetemp(), text)

    usual = {command.id: set(command.keys) for command in COMMANDS}
    on = defaultdict(list)
    for command in keymap:
        for key in command.keys:
            on[key].append(command)
    for key, commands in on.items():
        for one, other in combinations(commands, 2):
            apart = {one.pane, other.pane} == {Pane.ARTICLE, Pane.NOTES}
            assert apart or usual.get(one.id, set()) & usual.get(other.id, set()), key
    for command_id, key in FIXED_KEYS.items():
        assert all(each.id == command_id for each in on[key])
    assert all(re.match(r"config.toml, line \d+ sets .*[^?.][?.]$", said) for said in problems)


def test_the_keys_are_looked_at_without_textual():
    code = "import sys, pactreader.tui.keys.key_bindings; print([each for each in sys.modules if 'textual' in each])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_unchanged_is_shown_as_always(tmp_path):
    keymap, _ = keys_of(tmp_path, '[keys]\nundo = "f7"\n')
    state = ScreenState(in_notes=True, has_cards=True, has_target=True)
    assert list(keymap.footer(state)) == list(Keymap(COMMANDS).footer(state))
    moved, _ = keys_of(tmp_path, '[keys]\nchoose-next = "f9"\n')
    assert dict(moved.footer(state))["f9"] == "choose"
