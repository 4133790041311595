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

from pactreader.core.annotation import LABELS
from pactreader.tui.commands import BY_ID, COMMANDS, EDITOR_COMMANDS, Group, shown_key
from pactreader.tui.themes import Palette

_LABEL_COMMANDS = frozenset(f"label-{label.key}" for label in LABELS)


class HelpScreen(ModalScreen[None]):
    """Help, made from the commands."""

    BINDINGS = [Binding("escape,q,question_mark,f1,enter", "dismiss(None)", "Close")]  # noqa: RUF012 - Textual's declaration

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette

    def compose(self) -> ComposeResult:
        """One column of groups, which scrolls."""
        with VerticalScroll(id="help"):
            yield Static(_table(self._palette), id="keys")
            yield Static(Content("↑ ↓ scroll   esc closes"), id="says")


def _table(palette: Palette) -> Table:
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
        for keys, title, more in _rows(group):
            table.add_row(
                Text(keys, style=strong), Text.assemble(title, (f"  {more}" if more else "", muted))
            )
    return table


def _rows(group: Group) -> Iterator[tuple[str, str, str]]:
    """Keys, title and help of a group's commands; the labels are one row, as they do one thing."""
    if group is Group.MARK:
        label = BY_ID[f"label-{LABELS[0].key}"]
        names = ", ".join(f"{each.key} {each.name.lower()}" for each in LABELS)
        yield label.footer_keys, f"Highlight: {names}.", label.help
    for command in COMMANDS:
        if command.group is group and command.keys and command.id not in _LABEL_COMMANDS:
            yield command.shown_keys, command.title.removesuffix("…"), command.help
    if group is Group.NOTE:
        for typed in EDITOR_COMMANDS:
            yield " ".join(map(shown_key, typed.keys)), typed.title, "While it is typed."
