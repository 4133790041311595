"""The line that a search or a filter is typed into."""

from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from pactreader.tui.dialogs.line_input import LineInput

_MESSAGE_WIDTH: Final = 32
"""The least width of the message in cells: that of the hint of a search, and of most numbers of hits."""


class FindBar(Horizontal):
    """A line above the footer to type a search or a filter into. It posts messages, and searches nothing itself."""

    DEFAULT_CSS = """
    FindBar {
        height: 1;
        width: 100%;
        background: $dialog;
        padding: 0 1;
    }

    #slash, #found {
        width: auto;
        color: $muted;
    }

    #found {
        text-align: right;
    }

    #found.-warning {
        color: $warned;
    }

    #typed {
        width: 1fr;
        height: 1;
        border: none;
        padding: 0;
        background: $dialog;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel"),
        Binding("down,ctrl+n", "step(1)", "Next"),
        Binding("up,ctrl+p", "step(-1)", "Previous"),
    ]

    @dataclass
    class Typed(Message):
        """The text changed."""

        text: str

    @dataclass
    class Stepped(Message):
        """The user pressed a key for the next hit, or the previous one if `count` is negative."""

        count: int

    class Submitted(Message):
        """The user pressed enter."""

    class Cancelled(Message):
        """The user pressed escape."""

    def __init__(self, *, id: str | None = None) -> None:
        self.line_input = LineInput(id="typed")
        self._message = Static(id="found")
        self._shown = "", False
        """The message, and whether it is a warning."""
        self._message_width = 0
        """The width of the message in cells."""
        super().__init__(Static(Content("/ "), id="slash"), self.line_input, self._message, id=id)

    def reset(self, value: str = "", *, placeholder: str = "", message: str = "") -> None:
        """Replace text, placeholder and message.

        Args:
            value: The text.
            placeholder: The text of the last search, which submitting an empty line repeats.
            message: A hint at what can be typed.
        """
        self.line_input.value = value
        self.line_input.cursor_position = len(value)
        self.line_input.placeholder = placeholder
        self.show_message(message)

    def show_message(self, text: str, *, warning: bool = False) -> None:
        """Show a message to the right of the text. Its width stays that of the longest one, so that less is laid out anew."""
        if (text, warning) == self._shown:
            return
        self._shown = text, warning
        width = max(_MESSAGE_WIDTH, cell_len(text))
        if width > self._message_width or self._message_width > self.size.width // 2:
            self._message.styles.width = self._message_width = width
        self._message.update(Content(text), layout=False)
        self._message.set_class(warning, "-warning")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Report the text."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Report that enter was pressed."""
        event.stop()
        self.post_message(self.Submitted())

    def action_step(self, count: int) -> None:
        """Report that another hit is wanted."""
        self.post_message(self.Stepped(count))

    def action_cancel(self) -> None:
        """Report that escape was pressed."""
        self.post_message(self.Cancelled())
