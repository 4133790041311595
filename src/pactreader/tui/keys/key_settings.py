"""The reader's own keys: what cannot be is said and left as it was, everything else holds."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from operator import itemgetter
from typing import Final

from pactreader.core.labels import LABELS, Labels
from pactreader.core.printable_text import printable_line
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import COMMANDS, LABEL, Command, Pane, commands_of, shown_key

KEPT: Final = {"quit": "ctrl+q", "help": "f1", "palette": "ctrl+p"}
"""Keys that commands have whatever the reader sets: with these, everything else can be found and left."""
_TAKEN: Final = {"ctrl+c": "what other programs end with: it says how to quit"}
"""Keys that no command can have."""

_NAMED: Final = frozenset(
    [
        "up",
        "down",
        "left",
        "right",
        "home",
        "end",
        "pageup",
        "pagedown",
        "insert",
        "delete",
        "backspace",
        "enter",
        "tab",
        "escape",
        "space",
    ]
) | {f"f{number}" for number in range(1, 25)}
_OTHERWISE: Final = {
    "esc": "escape",
    "return": "enter",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "del": "delete",
    "ins": "insert",
    "bs": "backspace",
}
"""What else keys are called."""
_MODIFIERS: Final = ((), ("ctrl",), ("shift",), ("alt",), ("ctrl", "shift"))
_CONTROL_LETTERS: Final = frozenset("abcdefgjklnopqrstuvwxyz")
"""Letters that can be told behind ctrl: to a terminal, with h it is backspace, with i tab, with m enter."""

_Setting = tuple[str, ...]


def keymap_of(
    labels: Labels, keys: Mapping[str, tuple[str, ...]], where: Mapping[_Setting, str]
) -> tuple[Keymap, list[str]]:
    """Every command on its keys, and what is wrong with those that the reader has set, in sentences.

    Args:
        labels: The reader's, with their keys.
        keys: Those of other commands, by their ids, as the reader has set them.
        where: Where each setting stands, in the order of the file.
    """
    if labels == LABELS and not keys:
        return Keymap(), []
    own = _OwnKeys(labels, where)
    own.take(keys)
    own.let_go_of_clashes()
    return Keymap(own.commands), own.problems


def key_named(typed: str) -> str:
    """A key as Textual names it, from what a reader calls it; empty if there is no such key."""
    if len(typed) == 1:
        return "space" if typed == " " else typed if typed.isprintable() else ""
    *modifiers, name = typed.lower().split("+")
    name = _OTHERWISE.get(name, name)
    if name in _NAMED and tuple(sorted(modifiers)) in _MODIFIERS:
        return "+".join((*sorted(modifiers), name))
    if modifiers == ["ctrl"] and name in _CONTROL_LETTERS:
        return f"ctrl+{name}"
    return ""


class _OwnKeys:
    """Finds out which keys commands have, and gathers what is wrong with the reader's."""

    def __init__(self, labels: Labels, where: Mapping[_Setting, str]) -> None:
        self._where = where
        self._order = {setting: number for number, setting in enumerate(where)}
        self._commands = commands_of(labels)
        self._by_id = {command.id: command for command in self._commands}
        self._usual = {command.id: command.keys for command in COMMANDS}
        self._wanted: dict[str, tuple[str, ...]] = {}
        self._settings: dict[str, _Setting] = {}
        """By the ids of the commands whose keys are the reader's, the settings that say so."""
        self._found: list[tuple[int, str]] = []
        for label in labels:
            setting = ("labels", label.id, "key")
            if setting in where:
                self._want(LABEL + label.id, (label.key,) if label.key else (), setting)

    @property
    def problems(self) -> list[str]:
        """What is wrong, in the order of the file."""
        return [said for _, said in sorted(self._found, key=itemgetter(0))]

    @property
    def commands(self) -> Iterator[Command]:
        """Every command, on its keys."""
        for command in self._commands:
            keys = self._keys(command)
            is_usual = keys == self._usual.get(command.id)
            yield replace(command, keys=keys, footer_keys=command.footer_keys if is_usual else "")

    def take(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Take in what the reader has set of commands."""
        for command_id, wanted in keys.items():
            setting = ("keys", command_id)
            if command_id.startswith(LABEL) and command_id in self._by_id:
                label_id = command_id.removeprefix(LABEL)
                self._wrong(setting, f"is set as labels.{printable_line(label_id)}.key")
            elif command_id in self._by_id:
                self._want(command_id, wanted, setting)
            else:
                self._wrong(setting, f"is the key of no command{_meant(command_id, self._by_id)}")

    def let_go_of_clashes(self) -> None:
        """Have no two commands on a key of one pane, but for those that PactReader has there."""
        while clashes := {
            command_id: found
            for command_id in self._wanted
            if (found := self._clash(self._by_id[command_id]))
        }:
            last = max(clashes, key=lambda command_id: self._order[self._settings[command_id]])
            key, other = clashes[last]
            whose = f"“{other.title.removesuffix('…')}” ({other.id})"
            self._wrong(
                self._settings[last], f"is “{shown_key(key)}”, a key of {whose}: it stays {self._stays(last)}"
            )
            del self._wanted[last]

    def _keys(self, command: Command) -> tuple[str, ...]:
        """The keys of a command, as it looks now."""
        return self._wanted.get(command.id, self._usual.get(command.id, ()))

    def _want(self, command_id: str, typed: tuple[str, ...], setting: _Setting) -> None:
        found = []
        for each in typed:
            key = key_named(each)
            if not key:
                self._wrong(
                    setting, f"is “{printable_line(each)[:40]}”: there is no such key{_meant_key(each)}"
                )
            elif key in _TAKEN:
                self._wrong(setting, f"is {key}, {_TAKEN[key]}")
            else:
                found.append(key)
        if found or not typed:
            kept = KEPT.get(command_id)
            keys = dict.fromkeys([*found, kept] if kept else found)
            self._wanted[command_id] = tuple(keys)
            self._settings[command_id] = setting

    def _clash(self, command: Command) -> tuple[str, Command] | None:
        """A key of a command that is another's already, and whose."""
        for key in self._keys(command):
            for other in self._commands:
                if other is not command and key in self._keys(other) and not self._may_share(command, other):
                    return key, other
        return None

    def _may_share(self, one: Command, other: Command) -> bool:
        """Whether two commands can be on one key: in different panes, or as PactReader has them on one."""
        apart = {one.pane, other.pane} == {Pane.ARTICLE, Pane.NOTES}
        usual = [set(self._usual.get(each.id, ())) for each in (one, other)]
        return apart or bool(usual[0] & usual[1])

    def _stays(self, command_id: str) -> str:
        keys = self._usual.get(command_id, ())
        return " ".join(f"“{shown_key(key)}”" for key in keys) or "without a key"

    def _wrong(self, setting: _Setting, why: str) -> None:
        name = printable_line(".".join(setting))[:80]
        end = "" if why.endswith("?") else "."
        said = f"{self._where[setting]} sets {name}, which {why}{end}"
        self._found.append((self._order[setting], said))


def _meant(typed: str, known: Mapping[str, object], *, most: int = 3) -> str:
    """What somebody may have meant who typed something else."""
    from difflib import get_close_matches  # noqa: PLC0415 - few files have problems

    near = get_close_matches(typed, known, most)
    return f": did you mean {' or '.join(near)}?" if near else ""


def _meant_key(typed: str) -> str:
    modifier, _, letter = typed.rpartition("+")
    if modifier.lower() == "shift" and len(letter) == 1:
        return f", {letter.upper()} is one"
    known = dict.fromkeys([*_NAMED, *_OTHERWISE, *(f"ctrl+{letter}" for letter in _CONTROL_LETTERS)])
    return _meant(typed.lower(), known, most=1)
