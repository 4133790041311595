"""The question whether an article is the same as one of the library."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from pactreader.core.errors import PactReaderError
from pactreader.core.printable_text import printable_line
from pactreader.tui.dialogs.dialog import Dialog

_HINTS = "y the same   n another one   esc asks again next time"


class IdentityQuestion(Dialog):
    """A dialog that asks for yes or no. It closes when the answer is saved or the user puts it off."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Later", priority=True),
        Binding("y", "answer_same", "Yes"),
        Binding("n", "answer_other", "No"),
    ]

    def __init__(
        self,
        title: str,
        descriptions: Iterable[str],
        *,
        on_same: Callable[[], None],
        on_other: Callable[[], None],
    ) -> None:
        """Create the question.

        Args:
            title: The title of the article that may be the same.
            descriptions: A line about each of the two articles.
            on_same: A function called when the user says that they are the same. It raises PactReaderError if that is
                not saved, and the dialog stays open.
            on_other: A function called when the user says that they are not, likewise.
        """
        super().__init__()
        self._title = title
        self._descriptions = tuple(descriptions)
        self._on_same = on_same
        self._on_other = on_other

    def compose(self) -> ComposeResult:
        """Yield the question, the articles and the hints."""
        with Vertical(id="bottom"):
            yield Static(
                Content(f"Is this the same article as “{printable_line(self._title)}”?"), id="question"
            )
            for description in self._descriptions:
                yield Static(Content(printable_line(description)), classes="article")
            yield Static(Content(_HINTS), id="hints")

    def action_answer_same(self) -> None:
        """Save that the articles are the same."""
        self._answer(self._on_same)

    def action_answer_other(self) -> None:
        """Save that the articles are not the same."""
        self._answer(self._on_other)

    def _answer(self, save: Callable[[], None]) -> None:
        """Save the answer and close the dialog, or show why it cannot be saved."""
        if not self.is_active:
            return
        try:
            save()
        except PactReaderError as error:
            hints = self.query_one("#hints", Static)
            hints.update(Content(error.one_line))
            hints.add_class("-warning")
        else:
            self.close()
