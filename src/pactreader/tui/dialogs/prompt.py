"""A question that is answered with a line, at the bottom of the screen."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from pactreader.core.errors import PactReaderError
from pactreader.tui.dialogs.dialog import Dialog
from pactreader.tui.dialogs.line_input import LineInput


class Prompt(Dialog):
    """Asks for one line. It closes when what was typed is taken, or when the reader lets it be."""

    BINDINGS = [Binding("escape", "close", "Let it be", priority=True)]  # noqa: RUF012 - Textual's declaration
    AUTO_FOCUS = "Input"

    def __init__(
        self, question: str, *, value: str = "", hint: str = "", take: Callable[[str], None]
    ) -> None:
        """Args:
        question: What is asked for.
        value: What stands there at the beginning.
        hint: What helps to answer.
        take: Takes the answer; raises PactReaderError if it will not do, and the prompt stays.
        """
        super().__init__()
        self._question = question
        self._value = value
        self._hint = hint
        self._take = take

    def compose(self) -> ComposeResult:
        """The question, the line, the hint."""
        with Vertical(id="sheet"):
            yield Static(Content(self._question), id="about")
            yield LineInput(self._value, select_on_focus=False, id="answer")
            yield Static(Content(self._hint), id="says")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand the answer over."""
        event.stop()
        try:
            self._take(event.value)
        except PactReaderError as error:
            hints = self.query_one("#says", Static)
            hints.update(Content(error.one_line))
            hints.add_class("-warning")
        else:
            self.close()
