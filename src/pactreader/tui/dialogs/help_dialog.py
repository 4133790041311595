"""The keys of where the reader is now on one screen, and any other by a word."""

from collections.abc import Iterable
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from pactreader.core.labels import Labels
from pactreader.tui.dialogs.dialog import Dialog
from pactreader.tui.dialogs.line_input import LineInput, without_slash
from pactreader.tui.keys.help_layout import COLUMN, KEYS, Row, about, chart, columns, labels_row
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import ScreenState

_EDGES: Final = 4
"""Cells of the frame and the space inside it."""
_LINES_AROUND: Final = 4
"""Lines of the frame, the line to type into and the keys of the help itself."""
_MOST_COLUMNS: Final = 4


class HelpDialog(Dialog):
    """Help, made from the commands."""

    BINDINGS = [Binding("escape,f1,enter", "close", "Close", priority=True)]  # noqa: RUF012 - Textual's declaration
    AUTO_FOCUS = "Input"

    def __init__(self, keymap: Keymap, labels: Labels, state: ScreenState) -> None:
        """Args:
        keymap: What is shown.
        labels: What the labels on it are called.
        state: What the reader is in the middle of.
        """
        super().__init__()
        self._keymap = keymap
        self._labels = labels
        self._situation = state

    def compose(self) -> ComposeResult:
        """The labels, the chart, the line to type into."""
        with Vertical(id="help"):
            yield Static(self._label_names(), id="about")
            with VerticalScroll(can_focus=False):
                yield Static(id="keys")
            with Horizontal(id="line"):
                yield Static(Content("> "), id="sign")
                yield LineInput(placeholder="a word, to find any key", id="answer")
            yield Static(Content("↑↓ scroll   esc closes"), id="says")

    def on_mount(self) -> None:
        """Show the chart."""
        self._show("")

    def on_resize(self) -> None:
        """Set the chart anew."""
        self._show(self.query_one(LineInput).value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what is about that."""
        event.stop()
        self._show(without_slash(event.value))

    def on_key(self, event: events.Key) -> None:
        """Scroll, where there is not room for all."""
        scroll = self.query_one(VerticalScroll)
        page = max(1, scroll.size.height - 1)
        lines = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}.get(event.key)
        if lines:
            event.stop()
            scroll.scroll_relative(y=lines, animate=False)

    def _show(self, typed: str) -> None:
        about = self.query_one("#about").size.height or 1
        self.query_one(VerticalScroll).styles.max_height = max(
            1, self.app.size.height - _LINES_AROUND - about
        )
        content = self._found(typed) if typed.strip() else self._chart()
        self.query_one("#keys", Static).update(content)

    def _label_names(self) -> Content:
        pairs = labels_row(self._keymap, [label.name for label in self._labels])
        return Content("   ").join(_key(keys) + Content(f" {name}") for keys, name in pairs)

    def _chart(self) -> Content:
        """The keys of where the reader is, in as many columns as there is room for."""
        count = max(1, min(_MOST_COLUMNS, (self.app.size.width - _EDGES + 1) // COLUMN))
        filled = columns(chart(self._keymap, self._situation), count)
        lines = zip_longest(*filled, fillvalue=Row("", ""))
        return Content("\n").join(Content("").join(_row(row) for row in line) for line in lines)

    def _found(self, typed: str) -> Content:
        """Whatever is about a word, with all that there is to say of it."""
        found = about(typed, self._keymap)
        if not found:
            return Content.styled("There is no key for that. Every command is in the palette.", "$muted")
        return Content("\n").join(_in_full(found))


def _row(row: Row) -> Content:
    if not row.keys:
        return Content.styled(" " * (KEYS + 1) + row.words, "bold") + _space(COLUMN - KEYS - 1, row.words)
    gap = _space(KEYS, row.keys)
    used = f"{row.words}{' ' * max(0, cell_len(row.keys) - KEYS)}"
    return gap + _key(row.keys) + Content(f" {row.words}") + _space(COLUMN - KEYS - 1, used)


def _in_full(found: Iterable[tuple[str, str, str]]) -> Iterable[Content]:
    for keys, title, more in found:
        said = Content.styled(f"  {more}", "$muted") if more else Content("")
        yield _key(keys or "palette") + Content(f"  {title}.") + said


def _key(keys: str) -> Content:
    return Content.styled(keys, "bold $accent")


def _space(room: int, text: str) -> Content:
    return Content(" " * max(0, room - cell_len(text)))
