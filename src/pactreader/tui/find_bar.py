"""The line that a search is typed into, with what came of it."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from pactreader.tui.dialogs.line_input import LineInput


class FindBar(Horizontal):
    """A line above the keys. It reports what is typed and which hit is wanted; it finds nothing itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "let_be", "Let it be"),
        Binding("down,ctrl+n", "step(1)", "Next"),
        Binding("up,ctrl+p", "step(-1)", "Previous"),
    ]

    @dataclass
    class Typed(Message):
        """What is looked for is another."""

        text: str

    @dataclass
    class Stepped(Message):
        """The reader wants another hit: the next one, or the previous one if negative."""

        count: int

    class Taken(Message):
        """The reader has what they looked for."""

    class LetBe(Message):
        """The reader wants to be where they were."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.line = LineInput(id="typed")
        self._hints = Static(id="found")

    def compose(self) -> ComposeResult:
        """A slash, the line, what came of it."""
        yield Static(Content("/ "), id="slash")
        yield self.line
        yield self._hints

    def begin(self, value: str = "", *, last: str = "", hint: str = "") -> None:
        """Begin anew.

        Args:
            value: What stands there already.
            last: What was looked for last, and can be looked for again by typing nothing.
            hint: What can be typed.
        """
        self.line.value = value
        self.line.cursor_position = len(value)
        self.line.placeholder = last
        self.show(hint)

    def show(self, words: str, *, warning: bool = False) -> None:
        """Say what came of it."""
        self._hints.update(Content(words))
        self._hints.set_class(warning, "-warning")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Report every key."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Report the end."""
        event.stop()
        self.post_message(self.Taken())

    def action_step(self, count: int) -> None:
        """Ask for another hit."""
        self.post_message(self.Stepped(count))

    def action_let_be(self) -> None:
        """Ask to go back."""
        self.post_message(self.LetBe())
