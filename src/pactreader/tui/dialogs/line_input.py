"""A line that is typed into."""

from typing import Final

from textual.events import Key
from textual.widgets import Input

from pactreader.core.printable_text import printable

JOINERS: Final = ("\u200c", "\u200d")
"""Characters that join others or part them, which Persian and emoji are written with: Textual takes them for no letters."""


def without_slash(typed: str) -> str:
    """What is looked for in a list: who is used to type a slash first finds the same."""
    return typed[1:] if len(typed) > 1 and typed.startswith("/") else typed


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
        elif event.character in JOINERS:
            event.stop()
            self.insert_text_at_cursor(event.character)
