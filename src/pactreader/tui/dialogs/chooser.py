"""A list to choose from, which gets shorter as the reader types."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from inspect import isawaitable
from typing import Final, Generic, NamedTuple, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from pactreader.core.errors import PactReaderError
from pactreader.core.printable_text import printable_line
from pactreader.tui.dialogs.dialog import Dialog
from pactreader.tui.dialogs.line_input import LineInput, without_slash
from pactreader.tui.page.painter import Painter
from pactreader.tui.page.typesetting import truncate
from pactreader.tui.themes import palette_of

_Value = TypeVar("_Value")
_Kept_co = TypeVar("_Kept_co", covariant=True)
_WHEEL_LINES: Final = 3
_MOST_LINES: Final = 24
_FEWEST_LINES: Final = 3
_LINES_AROUND: Final = 8
"""Lines of the frame and of what stands in it above and below the list, and some of the page to see."""
_DETAILS_FROM: Final = 50
"""Cells of a row from which there is room for details."""


@dataclass(frozen=True, slots=True)
class Choice(Generic[_Kept_co]):
    """One line of the list."""

    value: _Kept_co
    title: str
    details: str = ""
    """What stands at the right, where there is room."""
    level: int = 0
    """How far it stands in."""
    more: str = ""
    """What stands below the list while it is the chosen one."""


class RowAction(NamedTuple):
    """What a key does with the chosen line, or with none; the list is then asked for anew."""

    word: str = ""
    """For the hint; empty if there is nothing to do."""
    do: Callable[[], object] = lambda: None
    """May be a coroutine function."""
    said: str = ""
    """What there is to say when it is done."""


class _Rows(Widget):
    """The lines in view, drawn from the choices; ten thousand of them cost no more than ten."""

    ALLOW_SELECT = False

    @dataclass
    class Pointed(Message):
        """The mouse chose a line."""

        index: int

    def __init__(self) -> None:
        super().__init__(id="rows")
        self._choices: Sequence[Choice[object]] = ()
        self.chosen = 0
        self._first = 0
        self._otherwise = ""

    def show(self, choices: Sequence[Choice[object]], chosen: int, otherwise: str) -> None:
        """Show these choices, one of them chosen; if there are none, why."""
        self._choices, self._otherwise = choices, otherwise
        self.chosen = max(0, min(chosen, len(choices) - 1))
        self._first = min(self._first, max(0, len(choices) - 1))
        self.refresh()

    def choose_by(self, count: int) -> None:
        """Choose the line so many further down, up if negative."""
        if self._choices:
            self.chosen = max(0, min(self.chosen + count, len(self._choices) - 1))
            self.refresh()

    def _bring_into_view(self) -> None:
        height = max(1, self.size.height)
        self._first = max(0, min(self._first, len(self._choices) - height))
        if self.chosen < self._first:
            self._first = self.chosen
        elif self.chosen >= self._first + height:
            self._first = self.chosen - height + 1

    def render_line(self, y: int) -> Strip:
        """A choice."""
        palette = palette_of(self.app.current_theme)
        if not y:
            self._bring_into_view()
        width, index = self.size.width, self._first + y
        if index >= len(self._choices):
            said = self._otherwise if not self._choices and not y else ""
            muted = Painter(palette, palette.panel).muted
            return Strip([Segment(said, muted)]).adjust_cell_length(width, muted)
        is_chosen = index == self.chosen
        painter = Painter(palette, palette.chosen if is_chosen else palette.panel)
        choice = self._choices[index]
        details = printable_line(choice.details) if width >= _DETAILS_FROM else ""
        bar, inset = ("▌ " if is_chosen else "  "), "  " * choice.level
        room = width - len(bar) - len(inset) - (cell_len(details) + 2 if details else 0) - 1
        title = truncate(printable_line(choice.title), room)
        gap = " " * (max(0, room - cell_len(title)) + (2 if details else 0))
        accent = Style(color=palette.accent.rich_color)
        segments = [
            Segment(bar, painter.base + accent),
            Segment(inset + title, painter.base + Style(bold=is_chosen)),
            Segment(gap + details, painter.muted),
        ]
        return Strip(segments).adjust_cell_length(width, painter.base)

    def on_click(self, event: events.Click) -> None:
        """Choose the line that the mouse points at."""
        index = self._first + event.y
        if index < len(self._choices):
            self.post_message(self.Pointed(index))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Further down."""
        event.stop()
        self.choose_by(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Further up."""
        event.stop()
        self.choose_by(-_WHEEL_LINES)


class Chooser(Dialog, Generic[_Value]):
    """Has the reader choose one of many. It closes when that is taken, or when the reader lets it be."""

    BINDINGS = [Binding("escape", "close", "Let it be", priority=True)]  # noqa: RUF012 - Textual's declaration
    AUTO_FOCUS = "Input"

    def __init__(
        self,
        question: str,
        *,
        find: Callable[[str], Sequence[Choice[_Value]]],
        take: Callable[[_Value], None],
        takes: str = "goes there",
        chosen: int = 0,
        otherwise: str = "Nothing is like that.",
        placeholder: str = "type to find",
        row_actions: Mapping[str, Callable[[_Value | None], RowAction]] | None = None,
    ) -> None:
        """Args:
        question: What is chosen.
        find: The choices for what is typed so far, the best first; all of them for nothing.
        take: Takes the value of the choice; raises PactReaderError if it will not do, and the list stays.
        chosen: The index of the choice that the list begins with.
        otherwise: What stands there if there is nothing to choose.
        placeholder: What can be typed.
        row_actions: What else can be done with a choice, by Textual's names of keys.
        """
        super().__init__()
        self._question = question
        self._find = find
        self._take = take
        self._takes = takes
        self._begin_with = chosen
        self._otherwise = otherwise
        self._placeholder = placeholder
        self._row_actions = row_actions or {}
        self._choices: Sequence[Choice[_Value]] = ()
        self._rows = _Rows()

    def compose(self) -> ComposeResult:
        """The question, the line, the list, the keys."""
        with Vertical(id="choose"):
            yield Static(Content(self._question), id="about")
            with Horizontal(id="line"):
                yield Static(Content("> "), id="sign")
                yield LineInput(placeholder=self._placeholder, id="answer")
            yield self._rows
            yield Static(id="more")
            yield Static(id="says")

    def on_mount(self) -> None:
        """Show everything; the list stays as high as it is then."""
        self._show(self._begin_with)
        room = max(1, min(_MOST_LINES, self.size.height - _LINES_AROUND))
        self._rows.styles.height = max(min(len(self._choices), room), min(_FEWEST_LINES, room))

    @property
    def _chosen(self) -> Choice[_Value] | None:
        return self._choices[self._rows.chosen] if self._choices else None

    def find_again(self) -> None:
        """Ask for the choices anew, as there may be others now."""
        if self._rows.is_attached:
            self._show(self._rows.chosen)

    def on_screen_resume(self) -> None:
        """Something may have been done meanwhile."""
        self.find_again()

    def _show(self, chosen: int) -> None:
        self._choices = self._find(without_slash(self.query_one(LineInput).value))
        self._rows.show(self._choices, chosen, self._otherwise)
        self._say_keys()

    def _say_keys(self) -> None:
        chosen = self._chosen
        row_actions = {
            key: act(chosen.value if chosen else None).word for key, act in self._row_actions.items()
        }
        self.query_one("#more", Static).update(Content(printable_line(chosen.more) if chosen else ""))
        more = [f"{key} {word}" for key, word in row_actions.items() if word]
        said = "   ".join([f"enter {self._takes}", "esc closes", *more])
        if cell_len(said) > self._rows.size.width > 0:
            said = "   ".join([f"enter {self._takes}", *more])
        self.say(said)

    def say(self, words: str, *, warning: bool = False) -> None:
        """Say something below the list."""
        hints = self.query_one("#says", Static)
        hints.update(Content(words))
        hints.set_class(warning, "-warning")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what is like what is typed."""
        event.stop()
        self._show(0)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the choice."""
        event.stop()
        await self._take_chosen()

    async def on__rows_pointed(self, message: _Rows.Pointed) -> None:
        """Take the line that the mouse chose."""
        self._rows.choose_by(message.index - self._rows.chosen)
        await self._take_chosen()

    async def _take_chosen(self) -> None:
        if self._chosen and self.is_active:
            await self._try(partial(self._take, self._chosen.value), then=self.close)

    async def _try(self, do: Callable[[], object], then: Callable[[], object]) -> None:
        try:
            done = do()
            if isawaitable(done):
                await done
        except PactReaderError as error:
            self.say(error.one_line, warning=True)
        else:
            then()

    async def on_key(self, event: events.Key) -> None:
        """Choose another line, or do something with this one."""
        height = max(1, self._rows.size.height - 1)
        steps = {"down": 1, "ctrl+n": 1, "up": -1, "ctrl+p": -1, "pagedown": height, "pageup": -height}
        if event.key in steps:
            event.stop()
            self._rows.choose_by(steps[event.key])
            self._say_keys()
        elif event.key in self._row_actions:
            event.stop()
            act = self._row_actions[event.key](self._chosen.value if self._chosen else None)
            await self._try(act.do, partial(self._did, act))

    def _did(self, act: RowAction) -> None:
        self.find_again()
        if act.said:
            self.say(act.said)
