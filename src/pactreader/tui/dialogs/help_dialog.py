"""The help: the keys of the focused pane, and a search for any command."""

from collections.abc import Iterable
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
from pactreader.tui.dialogs.line_input import LineInput, strip_slash
from pactreader.tui.keys.help_layout import (
    Match,
    Row,
    key_padding,
    label_names,
    lay_out,
    lines,
    search,
    sections,
)
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.screen_state import ScreenState

_WIDTH: Final = 104
"""The greatest width of the dialog in cells, for four columns."""
_FRAME_WIDTH: Final = 5
"""Cells of the frame, the space inside it and the scrollbar."""
_FRAME_HEIGHT: Final = 4
"""Lines of the frame, the input and the hints."""


class HelpDialog(Dialog):
    """The dialog with the commands and their keys, by group."""

    BINDINGS = [Binding("escape,f1,enter", "close", "Close", priority=True)]  # noqa: RUF012 - Textual's declaration
    AUTO_FOCUS = "Input"

    def __init__(self, keymap: Keymap, labels: Labels, state: ScreenState) -> None:
        """Create the help.

        Args:
            keymap: The commands and their keys.
            labels: The labels, for their names.
            state: The state of the reading screen.
        """
        super().__init__()
        self._keymap = keymap
        self._labels = labels
        self._state = state

    def compose(self) -> ComposeResult:
        """Yield the labels, the keys and the input."""
        with Vertical(id="help") as frame:
            frame.styles.width = _WIDTH
            yield Static(self._label_names(), id="about")
            with VerticalScroll(can_focus=False):
                yield Static(id="keys")
            with Horizontal(id="line"):
                yield Static(Content("> "), id="sign")
                yield LineInput(placeholder="a word, to find any key", id="answer")
            yield Static(Content("↑↓ scroll   esc closes"), id="hints")

    def on_mount(self) -> None:
        """Show the keys."""
        self._show("")

    def on_resize(self) -> None:
        """Lay out again."""
        self._show(self.query_one(LineInput).value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the commands that match what is typed."""
        event.stop()
        self._show(strip_slash(event.value))

    def on_key(self, event: events.Key) -> None:
        """Scroll by lines and by pages."""
        scroll = self.query_one(VerticalScroll)
        page = max(1, scroll.size.height - 1)
        count = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}.get(event.key)
        if count:
            event.stop()
            scroll.scroll_relative(y=count, animate=False)

    def _show(self, typed: str) -> None:
        labels_height = self.query_one("#about").size.height or 1
        room = self.app.size.height - _FRAME_HEIGHT - labels_height
        self.query_one(VerticalScroll).styles.max_height = max(1, room)
        content = self._matches(typed) if typed.strip() else self._keys()
        self.query_one("#keys", Static).update(content)

    def _label_names(self) -> Content:
        pairs = label_names(self._keymap, [label.name for label in self._labels])
        return Content("   ").join(_key(keys) + Content(f" {name}") for keys, name in pairs)

    def _keys(self) -> Content:
        width = min(_WIDTH, self.app.size.width) - _FRAME_WIDTH
        grid = lay_out(sections(self._keymap, self._state), width)
        drawn = (Content("").join(_cell(row, grid.width) for row in line) for line in lines(grid))
        return Content("\n").join(drawn)

    def _matches(self, typed: str) -> Content:
        matches = search(typed, self._keymap)
        if not matches:
            return Content.styled("There is no key for that. Every command is in the palette.", "$muted")
        return Content("\n").join(_in_full(matches))


def _cell(row: Row, width: int) -> Content:
    """Return a row of the grid, padded to a width in cells."""
    words = Content.styled(row.words, "bold") if row.is_heading else Content(row.words)
    padding = key_padding(row)
    used = padding + cell_len(row.keys) + 1 + cell_len(row.words)
    return (
        Content(" " * padding) + _key(row.keys) + Content(" ") + words + Content(" " * max(0, width - used))
    )


def _in_full(matches: Iterable[Match]) -> Iterable[Content]:
    for keys, title, help_text in matches:
        more = Content.styled(f"  {help_text}", "$muted") if help_text else Content("")
        yield _key(keys or "palette") + Content(f"  {title}.") + more


def _key(keys: str) -> Content:
    return Content.styled(keys, "bold $accent")
