"""One line to type into, at the bottom of the screen."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from pactreader.core.errors import PactReaderError
from pactreader.core.printable import printable
from pactreader.tui.sheets import SHEETS


class LineInput(Input):
    """A line that is typed into."""

    def validate_value(self, value: str) -> str:
        """What is typed or pasted, character for character, without what a terminal would obey."""
        return printable(value).replace("\n", " ").replace("\t", " ")

    async def on_key(self, event: Key) -> None:
        """Take enter and backspace in their turn: as bindings they would come after letters typed right behind them."""
        if event.key == "enter":
            event.stop()
            await self.action_submit()
        elif event.key == "backspace":
            event.stop()
            self.action_delete_left()


class Prompt(ModalScreen[None]):
    """Asks for one line. It closes when what was typed is taken, or when the reader lets it be."""

    BINDINGS = [Binding("escape", "dismiss(None)", "Let it be", priority=True)]  # noqa: RUF012 - Textual's declaration
    CSS = SHEETS
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
            says = self.query_one("#says", Static)
            says.update(Content(error.in_a_line))
            says.add_class("-warning")
        else:
            self.dismiss()
