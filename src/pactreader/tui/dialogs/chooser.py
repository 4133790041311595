"""A dialog with a list of options, filtered by typing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from inspect import isawaitable
from typing import ClassVar, Final, Generic, NamedTuple, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input, Static

from pactreader.core.errors import PactReaderError
from pactreader.core.printable_text import printable_line
from pactreader.tui.dialogs.dialog import Dialog, hint_lines
from pactreader.tui.dialogs.line_input import LineInput, strip_slash
from pactreader.tui.notes.row_list import RowList
from pactreader.tui.page.painter import Painter
from pactreader.tui.page.typesetting import truncate
from pactreader.tui.themes import palette_of

_Value = TypeVar("_Value")
_Value_co = TypeVar("_Value_co", covariant=True)
_MAX_LINES: Final = 24
_MIN_LINES: Final = 3
_RESERVED_LINES: Final = 8
"""Lines of the screen that the list cannot use: frame, title, input, hints, and some of the page."""
_MAX_WIDTH: Final = 92
"""Cells of the dialog on a wide screen, as in the style sheet."""
_FRAME_WIDTH: Final = 4
"""Cells of the dialog's border and padding."""
_FILLING: Final = "being read…"
"""The status while the first options are not found yet."""
_MIN_DETAIL_WIDTH: Final = 50
"""The least width of a line in cells for its detail to be shown."""


@dataclass(frozen=True, slots=True)
class Option(Generic[_Value_co]):
    """A line of the list."""

    value: _Value_co
    title: str
    detail: str = ""
    """The text at the right end of the line, if the line is wide enough."""
    level: int = 0
    """The level of indentation."""
    description: str = ""
    """The text below the list while this option is current."""


class RowAction(NamedTuple):
    """An action that a key runs on the current option, or without one. The options are updated after it."""

    label: str = ""
    """The name in the hints; empty if it cannot run now."""
    run: Callable[[], object] = lambda: None
    """A function or a coroutine function, which may raise PactReaderError."""
    message: str = ""
    """The message to show after it has run."""


class OptionRows(RowList):
    """The list of options, one per line."""

    @dataclass
    class Clicked(Message):
        """The user clicked an option."""

        index: int

    class Scrolled(Message):
        """The user made another option current with the mouse wheel."""

    def __init__(self) -> None:
        super().__init__(id="options")
        self._options: Sequence[Option[object]] = ()
        self._empty_message = ""

    def on_mount(self) -> None:
        """Subscribe to changes of the theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._repaint())
        self._repaint()

    def _repaint(self) -> None:
        palette = palette_of(self.app.current_theme)
        self.paint_with(Painter(palette, palette.panel), Painter(palette, palette.chosen))

    def update(self, options: Sequence[Option[object]], current_index: int, empty_message: str) -> None:
        """Show options, one of them current, or a message if there are none."""
        self._options, self._empty_message = options, empty_message
        self._first = max(0, min(self._first, len(options) - self._viewport_height))
        self.current_index = 0
        self.move_to(current_index)
        self.redraw()

    @property
    def _row_count(self) -> int:
        return len(self._options)

    def _row_height(self, _index: int) -> int:
        return 1

    def _draw_row(self, index: int) -> list[Strip]:
        option, is_current, width = self._options[index], index == self.current_index, self.size.width
        painter = self.current_painter if is_current else self.painter
        lead, indent = "▌ " if is_current else "  ", "  " * option.level
        detail = f"  {printable_line(option.detail)}" if option.detail and width >= _MIN_DETAIL_WIDTH else ""
        available = width - cell_len(f"{lead}{indent}{detail} ")
        title = truncate(printable_line(option.title), available)
        accent = Style(color=painter.palette.accent.rich_color)
        segments = [
            Segment(lead, painter.base + accent),
            Segment(indent + title, painter.base + Style(bold=is_current)),
            Segment(" " * max(0, available - cell_len(title)) + detail, painter.muted),
        ]
        return [self._fill(segments, painter)]

    def _draw_below(self, y: int) -> Iterable[Segment]:
        return () if y or self._options else [Segment(self._empty_message, self.painter.muted)]

    def on_click(self, event: events.Click) -> None:
        """Post that an option was clicked."""
        index = self.row_at(event.y)
        if index is not None:
            self.post_message(self.Clicked(index))

    def scroll_rows(self, lines: int) -> None:
        """Make the option so many lines below the current one current, above if negative."""
        self.move_by(lines)
        self.post_message(self.Scrolled())


class Chooser(Dialog, Generic[_Value]):
    """A dialog to choose one option. It closes when the choice is accepted or the user cancels."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Cancel", priority=True)]
    AUTO_FOCUS = "Input"

    def __init__(
        self,
        title: str,
        *,
        options: Callable[[str], Sequence[Option[_Value]]],
        on_choose: Callable[[_Value], None],
        confirm_label: str = "goes there",
        current_index: int = 0,
        is_filling: bool = False,
        empty_message: str = "Nothing is like that.",
        placeholder: str = "type to find",
        row_actions: Mapping[str, Callable[[_Value | None], RowAction]] | None = None,
    ) -> None:
        """Create a chooser.

        Args:
            title: The heading.
            options: A function that returns the options that match a typed text, the best first; for no text, all.
            on_choose: A function called with the value of the chosen option. It raises PactReaderError to reject it,
                and the dialog stays open.
            confirm_label: The effect of enter, for the hints.
            current_index: The index of the first current option.
            is_filling: True if the first options are found later; `finish_filling` is called then.
            empty_message: The message in place of options, if none match.
            placeholder: A hint at what can be typed.
            row_actions: By key, functions that return the action for the value of the current option, or for `None`
                without one.
        """
        super().__init__()
        self.options = options
        self.empty_message = empty_message
        self._title = title
        self._on_choose = on_choose
        self._confirm_label = confirm_label
        self._first_index = current_index
        self._is_filling = is_filling
        self._is_confirmed = False
        """True if enter was pressed while there were no options yet."""
        self._placeholder = placeholder
        self._row_actions = row_actions or {}
        self._shown: Sequence[Option[_Value]] = ()
        self._rows = OptionRows()

    def compose(self) -> ComposeResult:
        """Yield the title, the input, the list, the description and the hints."""
        with Vertical(id="chooser"):
            yield Static(Content(self._title), id="about")
            with Horizontal(id="line"):
                yield Static(Content("> "), id="sign")
                yield LineInput(placeholder=self._placeholder, id="answer")
            yield self._rows
            yield Static(id="description")
            yield Static(id="hints")

    def on_mount(self) -> None:
        """Show all options, and fix the height of the list for them."""
        self._show_options(self._first_index)
        available = max(1, min(_MAX_LINES, self.size.height - _RESERVED_LINES))
        needed = available if self._is_filling else len(self._shown)
        self._rows.styles.height = max(min(needed, available), min(_MIN_LINES, available))
        if self._is_filling:
            self.show_status(_FILLING)

    @property
    def current(self) -> Option[_Value] | None:
        """The current option; `None` if there are none."""
        return self._shown[self._rows.current_index] if self._shown else None

    def refresh_options(self) -> None:
        """Update the options and the hints, as an action may have changed them."""
        if self._rows.is_attached:
            self._update_rows()
            self._show_hints()

    def add_options(self) -> None:
        """Update the options, as more may have been found; a message stays while the same option is current."""
        if self._rows.is_attached:
            former = self.current
            self._update_rows()
            if (self.current and self.current.value) != (former and former.value):
                self._show_hints()

    async def finish_filling(self) -> None:
        """Tell that the first options are found, and choose the first one if enter was pressed for it."""
        self._is_filling = False
        if self._rows.is_attached:
            self.show_status("")
            if self._is_confirmed:
                await self._choose_current()

    def _update_rows(self) -> None:
        """Update the options. The current one stays current, but the first one may be replaced by a better."""
        former, index = self.current, self._rows.current_index
        self._show_rows(index)
        if index and former and self.current and self.current.value != former.value:
            found = (at for at, option in enumerate(self._shown) if option.value == former.value)
            self._rows.move_to(next(found, index))

    def show_status(self, text: str) -> None:
        """Show a text behind the title, as on what is still being searched; an empty one shows nothing."""
        if self._rows.is_attached:
            self.query_one("#about", Static).update(Content(f"{self._title}{text and f' · {text}'}"))

    def on_screen_resume(self) -> None:
        """Update the options, as another dialog may have changed them."""
        self.refresh_options()

    def _show_options(self, current_index: int) -> None:
        self._show_rows(current_index)
        self._show_hints()

    def _show_rows(self, current_index: int) -> None:
        self._shown = self.options(strip_slash(self.query_one(LineInput).value))
        self._rows.update(self._shown, current_index, self.empty_message)

    def _action(self, key: str) -> RowAction:
        return self._row_actions[key](self.current.value if self.current else None)

    def _show_hints(self) -> None:
        """Show the current option's description and the hints of its keys."""
        description = printable_line(self.current.description) if self.current else ""
        self.query_one("#description", Static).update(Content(description))
        labels = ((key, self._action(key).label) for key in self._row_actions)
        enter, others = f"enter {self._confirm_label}", [f"{key} {label}" for key, label in labels if label]
        width = min(self.size.width, _MAX_WIDTH) - _FRAME_WIDTH
        lines = hint_lines([enter, "esc closes", *others], width)
        if len(lines) > 1:
            lines = hint_lines([enter, *others], width)
        self.show_message("\n".join(lines))

    def show_message(self, text: str, *, warning: bool = False) -> None:
        """Show a message in place of the hints."""
        hints = self.query_one("#hints", Static)
        hints.update(Content(text))
        hints.set_class(warning, "-warning")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the options that match what is typed."""
        event.stop()
        self._is_confirmed = False
        self._show_options(0)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose the current option, or the first one as soon as there are options."""
        event.stop()
        self._is_confirmed = self._is_filling
        await self._choose_current()

    async def on_option_rows_clicked(self, message: OptionRows.Clicked) -> None:
        """Choose the option that is clicked."""
        self._rows.move_to(message.index)
        await self._choose_current()

    def on_option_rows_scrolled(self) -> None:
        """Show the hints of the new current option."""
        self._show_hints()

    async def _choose_current(self) -> None:
        if self.current and self.is_active:
            await self._try(partial(self._on_choose, self.current.value), then=self.close)

    async def _try(self, run: Callable[[], object], then: Callable[[], object]) -> None:
        """Run a function or a coroutine function, then another function; if the first one fails, show its error."""
        try:
            result = run()
            if isawaitable(result):
                await result
        except PactReaderError as error:
            self.show_message(error.one_line, warning=True)
        else:
            then()

    async def on_key(self, event: events.Key) -> None:
        """Handle the keys that make another option current, and those of row actions."""
        height = max(1, self._rows.size.height - 1)
        steps = {"down": 1, "ctrl+n": 1, "up": -1, "ctrl+p": -1, "pagedown": height, "pageup": -height}
        if event.key in steps:
            event.stop()
            self._rows.move_by(steps[event.key])
            self._show_hints()
        elif event.key in self._row_actions:
            event.stop()
            action = self._action(event.key)
            await self._try(action.run, partial(self._finish, action))

    def _finish(self, action: RowAction) -> None:
        self.refresh_options()
        if action.message:
            self.show_message(action.message)
