"""The registry of commands, from which keymap, footer, help, palette, settings and the table of keys are made."""

from collections.abc import Awaitable, Callable
from copy import copy
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

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
    """The groups of commands, by their headings in the help and the table of keys."""

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
        """Create an entry.

        Args:
            word: The text after the key, or a function that returns it for a state.
            keys: Text in place of the command's key, such as `↑↓` for two commands, while it has its default keys.
            every: The rank in modes that `ranks` does not name; without it, the footer has no entry in those.
            ranks: The rank in each mode, by the mode's value. Entries are shown in ascending order.

        Raises:
            ValueError: A rank is for an unknown mode.
        """
        self._word = word
        self._ranks = {Mode(mode): rank for mode, rank in ranks.items()}
        if every is not None:
            self._ranks = dict.fromkeys(Mode, every) | self._ranks
        self.keys = keys

    def word(self, state: ScreenState) -> str:
        """Return the text after the key."""
        return self._word if isinstance(self._word, str) else self._word(state)

    def rank(self, mode: Mode) -> int | None:
        """Return the rank in a mode; `None` if the footer has no entry for the command in it."""
        return self._ranks.get(mode)

    def with_own_key(self) -> "Footer":
        """Return the entry for a command that does not have its default keys: it shows the command's key."""
        entry = copy(self)
        entry.keys = ""
        return entry


class Command(NamedTuple):
    """A command that the user can run with a key or from the palette."""

    id: str
    """The id in settings, which never changes."""
    keys: tuple[str, ...]
    """Textual's names of the keys, or the characters that they type; may be empty."""
    title: str
    """The title in the palette, the help and the table of keys."""
    run: "CommandFunction"
    group: Group
    pane: Pane = Pane.BOTH
    short: str = ""
    """Words for the help; `title` if empty. Commands of a group with the same words share a row."""
    help: str = ""
    """A sentence that explains the title further."""
    footer: Footer | None = None
    when: Condition = always
    momentary: bool = False
    """True to list it in the help only while it can run."""
    needs_notes: bool = True
    """False if it can run while the notes are still being loaded."""

    @property
    def shown_keys(self) -> str:
        """The keys as they are shown: `↓ j`."""
        return " ".join(map(shown_key, self.keys))

    def works_in(self, state: ScreenState) -> bool:
        """Return whether its keys work in the pane that has the focus."""
        return self.pane in {Pane.BOTH, Pane.NOTES if state.in_notes else Pane.ARTICLE}

    def disabled_reason(self, state: ScreenState) -> str:
        """Return the reason why it cannot run now, as a condition does; empty if it can."""
        if self.works_in(state):
            return self.when(state)
        return f"That works in the {'article' if state.in_notes else 'notes'}: {{panes}} goes there."


REGISTERED: Final[list[Command]] = []
"""The registered commands, in the order of their declarations."""


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
    needs_notes: bool = True,
) -> "Callable[[CommandFunction], CommandFunction]":
    """Register the decorated function, which takes the context, as a command.

    Args:
        id: The public id.
        keys: Default keys, separated by spaces: `"space pagedown ctrl+f"`.
        title: The title.
        group: The group it is listed in.
        pane: The pane in which its keys work.
        short: Words for the help.
        help: A sentence that explains the title further.
        footer: The entry in the footer.
        when: The condition under which it can run.
        momentary: True to list it in the help only while it can run.
        needs_notes: False if it can run while the notes are still being loaded.

    Raises:
        ValueError: Another command has this id.
    """

    def register(run: "CommandFunction") -> "CommandFunction":
        if any(each.id == id for each in REGISTERED):
            raise ValueError(f"two commands with the id {id}")
        REGISTERED.append(
            Command(
                id,
                tuple(keys.split()),
                title,
                run,
                group,
                pane,
                short,
                help,
                footer,
                when,
                momentary,
                needs_notes,
            )
        )
        return run

    return register


LABEL_PREFIX: Final = "label:"
"""The prefix of the ids of the labels' commands; the label's id follows."""


class EditorCommand(NamedTuple):
    """A command of the note editor, which binds it to its text area."""

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
