"""A one-line input."""

from typing import Final

from textual.events import Key
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from pactreader.core.printable_text import printable

JOINERS: Final = ("\u200c", "\u200d")
"""The zero-width characters that Persian and emoji are written with, which Textual's inputs ignore."""


def strip_slash(typed: str) -> str:
    """Return a search text without the leading slash that users type by habit; a slash alone is kept."""
    return typed[1:] if len(typed) > 1 and typed.startswith("/") else typed


class LineInput(Input):
    """An input for one line, whose text is made printable."""

    virtual_size = Reactive(Size(0, 0))
    """The size of the text. Unlike in Textual's inputs, it lays out nothing when a letter is typed."""

    def validate_value(self, value: str) -> str:
        """Return the value with control characters made visible, and without newlines and tabs."""
        return printable(value).replace("\n", " ").replace("\t", " ")

    async def on_key(self, event: Key) -> None:
        """Handle enter, backspace and ctrl+u at once; as bindings they would be handled after letters typed next."""
        if event.key == "enter":
            event.stop()
            await self.action_submit()
        elif event.key == "backspace":
            event.stop()
            self.action_delete_left()
        elif event.key == "ctrl+u":
            event.stop()
            self.action_delete_left_all()
        elif event.character in JOINERS:
            event.stop()
            self.insert_text_at_cursor(event.character)
