"""The dialog with the former and the present words of a change in the article."""

from collections.abc import Callable, Container
from typing import ClassVar, Final, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from pactreader.core.printable_text import printable
from pactreader.tui.dialogs.dialog import Dialog

DIALOG_LINES: Final = 12
"""The height of the dialog, where the screen has twice as many lines."""


class ShownChange(NamedTuple):
    """A change as it is shown: each text's words before it, in it and behind it."""

    title: str
    former: tuple[str, str, str]
    """The words in the text that was last read; the middle is empty if they are new."""
    present: tuple[str, str, str]
    """The words in the present text; the middle is empty if they were removed."""


class ChangeDialog(Dialog):
    """The dialog that shows a change, and goes to the others with the keys of the page."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "close", "Close", priority=True)]
    AUTO_FOCUS = "VerticalScroll"

    def __init__(
        self,
        shown: Callable[[], ShownChange],
        *,
        step: Callable[[str], bool],
        closing_keys: Container[str],
        hint: str,
    ) -> None:
        """Create the dialog.

        Args:
            shown: Returns the change to show.
            step: Goes to another change by the name of a key, and returns whether the key is for that.
            closing_keys: The names of further keys that close the dialog.
            hint: The keys, for the last line.
        """
        super().__init__()
        self._shown = shown
        self._step = step
        self._closing_keys = closing_keys
        self._hint = hint

    def compose(self) -> ComposeResult:
        """Yield the title, the former and the present words, and the keys."""
        with Vertical(id="bottom"):
            yield Static(id="about")
            with VerticalScroll(id="change"):
                yield Static(id="former")
                yield Static(id="present")
            yield Static(Content(self._hint), id="hints")

    def on_mount(self) -> None:
        """Show the change."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Go to another change, or close the dialog."""
        names = (event.character or "", event.key)
        if any(name in self._closing_keys for name in names):
            event.stop()
            self.close()
        elif any(map(self._step, names)):
            event.stop()
            self._show()

    def _show(self) -> None:
        change = self._shown()
        self.query_one("#about", Static).update(Content(change.title))
        former = (
            Content("Nothing was here.")
            if not change.former[1]
            else _line("-", change.former, "strike $warned")
        )
        present = (
            Content("The words were removed.")
            if not change.present[1]
            else _line("+", change.present, "bold")
        )
        self.query_one("#former", Static).update(former)
        self.query_one("#present", Static).update(present)
        self.query_one(VerticalScroll).scroll_home(animate=False)


def _line(sign: str, words: tuple[str, str, str], style: str) -> Content:
    """Return words with those in the middle in a style, behind a sign that tells them without colours."""
    before, changed, after = (Content(printable(each)) for each in words)
    return Content.styled(f"{sign} ", "bold") + before + changed.stylize(style) + after
