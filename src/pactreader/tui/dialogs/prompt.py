"""A dialog that asks for one line, at the bottom of the screen."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from pactreader.core.errors import PactReaderError
from pactreader.tui.dialogs.dialog import Dialog
from pactreader.tui.dialogs.line_input import LineInput


class Prompt(Dialog):
    """A dialog with a question and a line for the answer. It closes when the answer is accepted or the user cancels."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Cancel", priority=True)]
    AUTO_FOCUS = "Input"
    INPUT: ClassVar[type[LineInput]] = LineInput
    """The class of the line."""

    def __init__(
        self, question: str, *, value: str = "", hint: str = "", on_submit: Callable[[str], None]
    ) -> None:
        """Create a prompt.

        Args:
            question: The question.
            value: The proposed answer.
            hint: A hint about the answer.
            on_submit: A function called with the answer. It raises PactReaderError to reject it, and the dialog stays
                open.
        """
        super().__init__()
        self._question = question
        self._input = self.INPUT(value, select_on_focus=False, id="answer")
        self._hint_text = hint
        self._hint = Static(Content(hint), id="hints")
        self._on_submit = on_submit
        self._unsubmitted = self._input.value
        """The answer that may be lost on quitting: the proposed one, or the one that the user was warned about."""
        self._rejection = ""
        """The reason why the present answer was rejected."""

    def compose(self) -> ComposeResult:
        """Yield the question, the line and the hint."""
        with Vertical(id="bottom"):
            yield Static(Content(self._question), id="about")
            yield self._input
            yield self._hint

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the hint again in place of a message about another answer."""
        event.stop()
        if self._hint.has_class("-warning"):
            self._rejection = ""
            self._hint.update(Content(self._hint_text))
            self._hint.remove_class("-warning")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Submit the answer."""
        event.stop()
        try:
            self._on_submit(event.value)
        except PactReaderError as error:
            self._rejection = error.one_line
            self._warn(self._rejection)
        else:
            self.close()

    def prepare_to_quit(self) -> bool:
        """Warn once that a typed answer would be lost; return whether the app may quit.

        The answer is not submitted, as it may be unfinished or need to be confirmed.
        """
        if self._input.value.strip() == self._unsubmitted.strip():
            return True
        self._unsubmitted = self._input.value
        reason = self._rejection or "What you typed is not confirmed: enter confirms it."
        self._warn(f"{reason} ctrl+q again quits without it.")
        return False

    def _warn(self, message: str) -> None:
        self._hint.update(Content(message))
        self._hint.add_class("-warning")
