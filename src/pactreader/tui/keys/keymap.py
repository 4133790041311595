"""The commands on their keys: which one a key is for, what the footer offers, how a key is called in a sentence."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pactreader.tui.keys.registry import COMMANDS, LABEL, Command, ScreenState, shown_key

_NAMED: Final = re.compile(r"\{([a-z-]+)\}")
_ANY_LABEL: Final = "label"
"""Stands for all the commands that label."""
_SHORTENED: Final = 3
"""Keys in a row that are shown by their ends: `1-5`."""


class Keymap:
    """Every command on its keys."""

    def __init__(self, commands: Iterable[Command] = COMMANDS) -> None:
        """Args:
        commands: Of those on one key, one that stands further in front goes first.
        """
        self._by_id = {command.id: command for command in commands}
        self._on: dict[str, list[Command]] = {}
        for command in self:
            for key in command.keys:
                self._on.setdefault(key, []).append(command)
        self.labels = [command for command in self if command.id.startswith(LABEL)]
        """The commands that label."""
        self.label_keys = in_short([key for command in self.labels for key in command.keys])
        """Their keys, in short: `1-5`."""

    def __iter__(self) -> Iterator[Command]:
        return iter(self._by_id.values())

    def __getitem__(self, command_id: str) -> Command:
        return self._by_id[command_id]

    def key(self, command_id: str) -> str:
        """What to press for a command, as a sentence says it; the key of the palette, which has them all, if it has none.

        Args:
            command_id: The command; `label` for any that labels.
        """
        commands = self.labels if command_id == _ANY_LABEL else [self[command_id]]
        keys = (key for command in (*commands, self["palette"]) for key in command.keys)
        return shown_key(next(keys))

    def why_not(self, command: Command, state: ScreenState) -> str:
        """Why a command cannot run now, in a sentence; empty when it can."""
        return _NAMED.sub(lambda named: self.key(named[1]), command.why_not(state))

    def command(self, names: Iterable[str], state: ScreenState) -> Command | None:
        """The command that a key is for: the first that can run; if none can, the last that works in this pane.

        Args:
            names: The key's: the character that it types, Textual's name for it.
            state: What the reader is in the middle of.

        Returns:
            The command, which may have to say why it cannot run; `None` if there is nothing on the key.
        """
        commands = [command for name in names for command in self._on.get(name, ())]
        able = (command for command in commands if not command.why_not(state))
        here = (command for command in reversed(commands) if command.works_in(state))
        return next(able, None) or next(here, None) or next(iter(commands), None)

    def footer(self, state: ScreenState) -> Iterable[tuple[str, str]]:
        """Keys and words for the footer: what can be done now, what is wanted most first, help before quitting."""
        order: tuple[str, ...]
        if state.reshaping:
            order = ("keep-ends", "let-go", "grow", "shrink", "pick", "swap-ends", _ANY_LABEL, "help")
        elif state.selecting:
            order = (_ANY_LABEL, "note", "grow", "shrink", "pick", "swap-ends", "copy", "let-go", "help")
        elif state.has_selected_notes:
            order = (_ANY_LABEL, "tags", "remove", "export", "copy", "choose-also", "let-go", "undo", "help")
        elif state.in_notes:
            order = (
                "choose-next",
                "go",
                "panes",
                "filter",
                "choose-also",
                "note",
                "remove",
                "tags",
                _ANY_LABEL,
                "undo",
                "help",
                "quit",
            )
        elif state.has_target:
            order = (
                "follow",
                _ANY_LABEL,
                "note",
                "panes",
                "remove",
                "tags",
                "reshape",
                "undo",
                "select",
                "pick",
                "export",
                "help",
                "quit",
            )
        else:
            order = (
                "follow",
                _ANY_LABEL,
                "note",
                "select",
                "pick",
                "find",
                "panes",
                "undo",
                "export",
                "help",
                "quit",
            )
        if state.has_versions and not state.selecting:
            order = ("version-keep", "version-take", "version-join", *order)
        if state.has_unsaved:
            order = ("save", *order)
        other_words = {
            _ANY_LABEL: "relabel all"
            if state.has_selected_notes
            else "relabel"
            if state.has_target and not state.selecting
            else "label",
            "let-go": "leave it as it was" if state.reshaping else self["let-go"].footer,
            "panes": "article" if state.in_notes else "notes",
        }
        for command_id in order:
            commands = self.labels if command_id == _ANY_LABEL else [self[command_id]]
            able = [command for command in commands if command.keys and not command.why_not(state)]
            if able:
                key = self.label_keys if command_id == _ANY_LABEL else shown_key(able[0].keys[0])
                yield able[0].footer_keys or key, other_words.get(command_id, able[0].footer)


def in_short(keys: list[str]) -> str:
    """Keys, those of characters in a row by the ends of the row: `1-5 d`."""
    rows: list[list[str]] = []
    for key in keys:
        if rows and len(key) == len(rows[-1][-1]) == 1 and ord(key) == ord(rows[-1][-1]) + 1:
            rows[-1].append(key)
        else:
            rows.append([key])
    return " ".join(
        f"{row[0]}-{row[-1]}" if len(row) >= _SHORTENED else " ".join(map(shown_key, row)) for row in rows
    )
