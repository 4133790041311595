"""The keymap: the commands by their keys, and the entries of the footer."""

from collections.abc import Iterable, Iterator
from typing import Final

from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.tui.keys.key_names import shown_key, shown_range
from pactreader.tui.keys.registry import LABEL_PREFIX, Command
from pactreader.tui.keys.screen_state import ScreenState

_COMMAND_ID: Final = lazy_pattern(r"\{([a-z-]+)\}")
ANY_LABEL: Final = "label"
"""The id that stands for the commands of all labels, where `Keymap.key` takes the id of a command."""


class Keymap:
    """All commands, by id and by key."""

    def __init__(self, commands: Iterable[Command]) -> None:
        """Build the keymap.

        Args:
            commands: All commands. If several on one key can run, the first of them does.
        """
        self._by_id = {command.id: command for command in commands}
        self._by_key: dict[str, list[Command]] = {}
        for command in self:
            for key in command.keys:
                self._by_key.setdefault(key, []).append(command)
        self.labels = [command for command in self if command.id.startswith(LABEL_PREFIX)]
        """The commands of the labels."""
        self.label_keys = shown_range([key for command in self.labels for key in command.keys])
        """Their keys, consecutive ones as a range: `1-5`."""

    def __iter__(self) -> Iterator[Command]:
        return iter(self._by_id.values())

    def __contains__(self, command_id: object) -> bool:
        return command_id in self._by_id

    def __getitem__(self, command_id: str) -> Command:
        return self._by_id[command_id]

    def key(self, command_id: str) -> str:
        """Return the first key of a command as it is shown, for a message.

        For a command without a key it is that of the command palette, which lists them all.

        Args:
            command_id: The id of the command; `label` for the first label that has a key.
        """
        commands = self.labels if command_id == ANY_LABEL else [self[command_id]]
        keys = (key for command in (*commands, self["palette"]) for key in command.keys)
        return shown_key(next(keys))

    def disabled_reason(self, command: Command, state: ScreenState) -> str:
        """Return the reason why a command cannot run now, as a sentence; empty if it can."""
        return _COMMAND_ID.sub(lambda named: self.key(named[1]), command.disabled_reason(state))

    def command(self, names: Iterable[str], state: ScreenState) -> Command | None:
        """Return the command of a key: the first that can run; if none can, the last one of this pane.

        Args:
            names: The key's names: the character that it types, and Textual's name for it.
            state: The state of the screen.

        Returns:
            The command, which may be disabled now; `None` if no command has the key.
        """
        commands = [command for name in names for command in self._by_key.get(name, ())]
        able = (command for command in commands if not command.disabled_reason(state))
        here = (command for command in reversed(commands) if command.works_in(state))
        return next(able, None) or next(here, None) or next(iter(commands), None)

    def footer(self, state: ScreenState) -> list[tuple[str, str]]:
        """Return the footer's entries, a key and a word each, for the commands that can run now, in order of rank.

        The commands of the labels share one entry.
        """
        entries: dict[str, tuple[int, str]] = {}
        for command in self:
            footer = command.footer
            rank = footer.rank(state.mode) if footer else None
            if footer and rank is not None and command.keys and not command.disabled_reason(state):
                is_label = command.id.startswith(LABEL_PREFIX)
                key = self.label_keys if is_label else footer.keys or shown_key(command.keys[0])
                entries.setdefault(key, (rank, footer.word(state)))
        return [(key, word) for key, (_, word) in sorted(entries.items(), key=lambda entry: entry[1][0])]
