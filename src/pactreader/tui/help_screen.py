"""The keys of every command, by what they are for."""

from collections.abc import Iterator

from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pactreader.core.labels import Labels
from pactreader.tui.commands import EDITOR_COMMANDS, LABEL, Group, shown_key
from pactreader.tui.keymap import Keymap
from pactreader.tui.themes import Palette


class HelpScreen(ModalScreen[None]):
    """Help, made from the commands."""

    BINDINGS = [Binding("escape,q,question_mark,f1,enter", "dismiss(None)", "Close")]  # noqa: RUF012 - Textual's declaration

    def __init__(self, keymap: Keymap, labels: Labels, palette: Palette) -> None:
        """Args:
        keymap: What is shown.
        labels: What the labels on it are called.
        palette: What it is drawn with.
        """
        super().__init__()
        self._keymap = keymap
        self._labels = labels
        self._palette = palette

    def compose(self) -> ComposeResult:
        """One column of groups, which scrolls."""
        with VerticalScroll(id="help"):
            yield Static(_table(self._keymap, self._labels, self._palette), id="keys")
            yield Static(Content("↑ ↓ scroll   esc closes"), id="says")


def _table(keymap: Keymap, labels: Labels, palette: Palette) -> Table:
    """Every group with its commands."""
    strong = Style(color=palette.accent.rich_color, bold=True)
    muted = Style(color=palette.muted.rich_color)
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    for number, group in enumerate(Group):
        if number:
            table.add_row()
        table.add_row(Text(group.value, style=Style(bold=True)))
        for keys, title, more in _rows(group, keymap, labels):
            table.add_row(
                Text(keys, style=strong), Text.assemble(title, (f"  {more}" if more else "", muted))
            )
    return table


def _rows(group: Group, keymap: Keymap, labels: Labels) -> Iterator[tuple[str, str, str]]:
    """Keys, title and help of a group's commands; the labels are one row, as they do one thing."""
    if group is Group.MARK:
        keyed = [
            (command.shown_keys, label.name) for command, label in zip(keymap.labels, labels, strict=True)
        ]
        names = ", ".join(f"{keys} {name}" for keys, name in keyed if keys)
        yield keymap.label_keys, f"Highlight: {names}.", keymap.labels[0].help
    for command in keymap:
        if command.group is group and command.keys and not command.id.startswith(LABEL):
            yield command.shown_keys, command.title.removesuffix("…"), command.help
    if group is Group.NOTE:
        for typed in EDITOR_COMMANDS:
            yield " ".join(map(shown_key, typed.keys)), typed.title, "While it is typed."
