"""A one-line input."""

from typing import Final

from textual.events import Key
from textual.widgets import Input

from pactreader.core.printable_text import printable

JOINERS: Final = ("\u200c", "\u200d")
"""The zero-width characters that Persian and emoji are written with; Textual does not insert them by itself."""


def strip_slash(typed: str) -> str:
    """Return a search text without a leading slash, as typed by habit; a slash alone is a search text."""
    return typed[1:] if len(typed) > 1 and typed.startswith("/") else typed


class LineInput(Input):
    """An input that takes typed or pasted text code point for code point, made safe for the terminal."""

    def validate_value(self, value: str) -> str:
        """Return the value without control characters."""
        return printable(value).replace("\n", " ").replace("\t", " ")

    async def on_key(self, event: Key) -> None:
        """Handle enter and backspace at once: as bindings they would come after letters typed right behind them."""
        if event.key == "enter":
            event.stop()
            await self.action_submit()
        elif event.key == "backspace":
            event.stop()
            self.action_delete_left()
        elif event.character in JOINERS:
            event.stop()
            self.insert_text_at_cursor(event.character)
