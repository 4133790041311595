"""The user's key bindings. Invalid ones are reported, and their commands keep their default keys."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final

from pactreader.core.labels import LABELS, Labels
from pactreader.core.printable_text import printable_line
from pactreader.tui.keys.key_names import ALIASES, CONTROL_LETTERS, NAMED_KEYS, key_named, shown_key
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import LABEL_PREFIX, Command, Pane

FIXED_KEYS: Final = {"quit": "ctrl+q", "help": "f1", "palette": "ctrl+p"}
"""Keys that these commands always have besides the user's, so that the program can be left and all keys found."""
_RESERVED: Final = {"ctrl+c": "what other programs end with: it says how to quit"}
"""Keys that cannot be bound, each with the reason for a message."""

_SettingPath = tuple[str, ...]
"""The path of a setting in config.toml: `("keys", "pick")`."""


def build_keymap(
    commands_for: Callable[[Labels], Sequence[Command]],
    labels: Labels,
    keys: Mapping[str, tuple[str, ...]],
    locations: Mapping[_SettingPath, str],
) -> tuple[Keymap, list[str]]:
    """Return the keymap with the user's bindings, and the problems with these as sentences.

    Args:
        commands_for: A function that returns every command, on its default keys, for these labels.
        labels: The user's labels, with their keys.
        keys: The keys of other commands as the user set them, by command id.
        locations: The line of each setting, in words, in the order of the file.
    """
    if labels == LABELS and not keys:
        return Keymap(commands_for(LABELS)), []
    bindings = _Bindings(commands_for(labels), commands_for(LABELS), locations)
    bindings.bind_labels(labels)
    bindings.bind(keys)
    bindings.resolve_clashes()
    return Keymap(bindings.commands), bindings.problems


class _Bindings:
    """The keys of every command, and the problems with the user's bindings."""

    def __init__(
        self, commands: Sequence[Command], defaults: Sequence[Command], locations: Mapping[_SettingPath, str]
    ) -> None:
        self._locations = locations
        self._order = {path: number for number, path in enumerate(locations)}
        self._commands = commands
        self._by_id = {command.id: command for command in self._commands}
        self._default_keys = {command.id: command.keys for command in defaults}
        self._bound: dict[str, tuple[str, ...]] = {}
        """The valid keys that the user bound, by command id."""
        self._paths: dict[str, _SettingPath] = {}
        """The paths of the settings that bound them, by command id."""
        self._problems: list[tuple[int, str]] = []

    @property
    def problems(self) -> list[str]:
        """The problems as sentences, in the order of the file."""
        return [sentence for _, sentence in sorted(self._problems, key=itemgetter(0))]

    @property
    def commands(self) -> Iterator[Command]:
        """Every command with its keys."""
        for command in self._commands:
            keys, footer = self._keys(command), command.footer
            if footer and keys != self._default_keys.get(command.id):
                footer = footer.with_own_key()
            yield command._replace(keys=keys, footer=footer)

    def bind_labels(self, labels: Labels) -> None:
        """Bind the commands of labels to the keys that the user set for the labels."""
        for label in labels:
            path = ("labels", label.id, "key")
            if path in self._locations:
                self._bind(LABEL_PREFIX + label.id, (label.key,) if label.key else (), path)

    def bind(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Bind commands to keys, as the user typed them."""
        for command_id, typed in keys.items():
            path = ("keys", command_id)
            if command_id.startswith(LABEL_PREFIX) and command_id in self._by_id:
                label_id = command_id.removeprefix(LABEL_PREFIX)
                self._report(path, f"is set as labels.{printable_line(label_id)}.key")
            elif command_id in self._by_id:
                self._bind(command_id, typed, path)
            else:
                self._report(path, f"is the key of no command{_suggestion(command_id, self._by_id)}")

    def resolve_clashes(self) -> None:
        """Drop bindings, the last in the file first, until no two commands of a pane share a key.

        Commands that share a key by default may go on sharing it.
        """
        while clashes := {
            command_id: found for command_id in self._bound if (found := self._clash(self._by_id[command_id]))
        }:
            last = max(clashes, key=lambda command_id: self._order[self._paths[command_id]])
            key, other = clashes[last]
            whose = f"“{other.title.removesuffix('…')}” ({other.id})"
            stays = self._shown_default(last)
            self._report(self._paths[last], f"is “{shown_key(key)}”, a key of {whose}: it stays {stays}")
            del self._bound[last]

    def _keys(self, command: Command) -> tuple[str, ...]:
        """Return the present keys of a command."""
        return self._bound.get(command.id, self._default_keys.get(command.id, ()))

    def _bind(self, command_id: str, typed: tuple[str, ...], path: _SettingPath) -> None:
        keys = []
        for each in typed:
            key = key_named(each)
            if not key:
                name = printable_line(each)[:40]
                self._report(path, f"is “{name}”: there is no such key{_key_suggestion(each)}")
            elif key in _RESERVED:
                self._report(path, f"is {key}, {_RESERVED[key]}")
            else:
                keys.append(key)
        if keys or not typed:
            fixed = FIXED_KEYS.get(command_id)
            self._bound[command_id] = tuple(dict.fromkeys([*keys, fixed] if fixed else keys))
            self._paths[command_id] = path

    def _clash(self, command: Command) -> tuple[str, Command] | None:
        """Return a key of a command that another one has too, and that other command; `None` if there is none."""
        for key in self._keys(command):
            for other in self._commands:
                if other is not command and key in self._keys(other) and not self._may_share(command, other):
                    return key, other
        return None

    def _may_share(self, one: Command, other: Command) -> bool:
        """Return whether two commands may share a key: they are of different panes, or share one by default."""
        in_different_panes = {one.pane, other.pane} == {Pane.ARTICLE, Pane.NOTES}
        first, second = (set(self._default_keys.get(each.id, ())) for each in (one, other))
        return in_different_panes or bool(first & second)

    def _shown_default(self, command_id: str) -> str:
        keys = self._default_keys.get(command_id, ())
        return " ".join(f"“{shown_key(key)}”" for key in keys) or "without a key"

    def _report(self, path: _SettingPath, problem: str) -> None:
        name = printable_line(".".join(path))[:80]
        end = "" if problem.endswith("?") else "."
        self._problems.append(
            (self._order[path], f"{self._locations[path]} sets {name}, which {problem}{end}")
        )


def _suggestion(typed: str, known: Mapping[str, object], *, most: int = 3) -> str:
    """Return a question with the known names most similar to what was typed; empty if none is."""
    from difflib import get_close_matches

    near = get_close_matches(typed, known, most)
    return f": did you mean {' or '.join(near)}?" if near else ""


def _key_suggestion(typed: str) -> str:
    modifier, _, letter = typed.rpartition("+")
    if modifier.lower() == "shift" and len(letter) == 1:
        return f", {letter.upper()} is one"
    known = dict.fromkeys([*NAMED_KEYS, *ALIASES, *(f"ctrl+{letter}" for letter in CONTROL_LETTERS)])
    return _suggestion(typed.lower(), known, most=1)
