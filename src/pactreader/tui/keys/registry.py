"""The registry of commands. Keymap, footer, help, palette, settings and the table of keys are made from it."""

from collections.abc import Awaitable, Callable
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pactreader.tui.keys.key_names import shown_key
from pactreader.tui.keys.screen_state import Condition, Mode, ScreenState, always

if TYPE_CHECKING:
    from pactreader.tui.context import Context

    CommandFunction = Callable[[Context], Awaitable[None] | None]


class Pane(StrEnum):
    """The pane in which a command's keys work."""

    ARTICLE = "article"
    NOTES = "notes"
    BOTH = "both"


class Group(StrEnum):
    """The headings of the help and of the table of keys."""

    MARK = "Mark"
    SELECT = "Select"
    FIND = "Find"
    WRITE = "Write"
    MOVE = "Move"
    NOTES = "In the notes"
    CONFLICTS = "Two versions of a note"
    APP = "PactReader"


class Footer:
    """The entry of a command in the footer."""

    def __init__(
        self,
        word: str | Callable[[ScreenState], str],
        *,
        keys: str = "",
        every: int | None = None,
        **ranks: int,
    ) -> None:
        """Declare an entry.

        Args:
            word: The text behind the key, or a function that gives it for a state.
            keys: Text in place of the command's key, as `↑↓` for two commands; only while it has its default keys.
            every: The position, from the left, in modes that `ranks` does not name.
            ranks: The position in each mode, by the mode's value. In other modes the footer does not offer it.

        Raises:
            ValueError: A rank is for an unknown mode.
        """
        self._word = word
        self._ranks = {Mode(mode): rank for mode, rank in ranks.items()}
        if every is not None:
            self._ranks = dict.fromkeys(Mode, every) | self._ranks
        self.keys = keys

    def word(self, state: ScreenState) -> str:
        """Return the text behind the key."""
        return self._word if isinstance(self._word, str) else self._word(state)

    def rank(self, mode: Mode) -> int | None:
        """Return the position in a mode; `None` if the footer does not offer the command there."""
        return self._ranks.get(mode)

    def with_own_key(self) -> "Footer":
        """Return this entry with the command's own key, for a command that is on other keys than the default ones."""
        entry = copy(self)
        entry.keys = ""
        return entry


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can ask for with a key or from the palette."""

    id: str
    """Public: settings bind keys to it."""
    keys: tuple[str, ...]
    """As Textual names them; printable characters stand for themselves. May be empty."""
    title: str
    """For palette, help and the table of keys."""
    run: "CommandFunction"
    group: Group
    pane: Pane = Pane.BOTH
    short: str = ""
    """Words for the help; commands of a group that stand together with the same words share a row. `title` if empty."""
    help: str = ""
    """A sentence on what the title leaves open."""
    footer: Footer | None = None
    when: Condition = always
    momentary: bool = False
    """Listed in the help only while it can run."""

    @property
    def shown_keys(self) -> str:
        """The keys as the user knows them: `↓ j`."""
        return " ".join(map(shown_key, self.keys))

    def works_in(self, state: ScreenState) -> bool:
        """Return whether its keys work in the pane that has the focus."""
        return self.pane in {Pane.BOTH, Pane.NOTES if state.in_notes else Pane.ARTICLE}

    def disabled_reason(self, state: ScreenState) -> str:
        """Return why it cannot run now, as conditions do; empty if it can."""
        if self.works_in(state):
            return self.when(state)
        return f"That works in the {'article' if state.in_notes else 'notes'}: {{panes}} goes there."


REGISTERED: Final[list[Command]] = []
"""The commands in the order of their declarations. Of commands on one key, an earlier one goes first."""


def command(
    id: str,
    keys: str,
    title: str,
    *,
    group: Group,
    pane: Pane = Pane.BOTH,
    short: str = "",
    help: str = "",
    footer: Footer | None = None,
    when: Condition = always,
    momentary: bool = False,
) -> "Callable[[CommandFunction], CommandFunction]":
    """Register the decorated function, which takes the context, as a command.

    Args:
        id: The public id.
        keys: Default keys, separated by spaces: `"space pagedown ctrl+f"`.
        title: The title.
        group: The heading it stands under.
        pane: The pane in which its keys work.
        short: Words for the help.
        help: A sentence on what the title leaves open.
        footer: The entry in the footer.
        when: The condition under which it can run.
        momentary: Listed in the help only while it can run.

    Raises:
        ValueError: Another command has this id.
    """

    def register(run: "CommandFunction") -> "CommandFunction":
        if any(each.id == id for each in REGISTERED):
            raise ValueError(f"two commands with the id {id}")
        REGISTERED.append(
            Command(id, tuple(keys.split()), title, run, group, pane, short, help, footer, when, momentary)
        )
        return run

    return register


LABEL_PREFIX: Final = "label:"
"""The beginning of the ids of the commands that label; the label's id follows."""


@dataclass(frozen=True, slots=True)
class EditorCommand:
    """A command of the note editor. It is a binding of the editor's text area."""

    keys: tuple[str, ...]
    title: str
    binding: str
    """The Textual action that the editor binds to the keys."""


EDITOR_COMMANDS: Final = (
    EditorCommand(("escape", "ctrl+s"), "Save the note and close", "screen.save"),
    EditorCommand(("ctrl+e",), "Write the note in $EDITOR", "screen.external_editor"),
    EditorCommand(("ctrl+q",), "Save the note and quit", "screen.quit"),
    EditorCommand(("tab",), "Indent", "indent"),
)
