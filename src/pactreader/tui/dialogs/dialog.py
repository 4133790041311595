"""The base of all dialogs."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar, Final

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

_GAP: Final = "   "
"""The gap between two hints."""


class Dialog(ModalScreen[None]):
    """A modal screen over the page."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "Quit", priority=True)]
    CSS = Path(__file__).with_name("dialogs.tcss").read_text("utf-8")
    """The style sheet of dialogs. It is read when this module is imported, as later no more files may be opened."""

    def close(self) -> None:
        """Close the dialog; do nothing if it is closed already."""
        if self.is_active:
            self.dismiss()

    def action_close(self) -> None:
        """Close the dialog."""
        self.close()

    def prepare_to_quit(self) -> bool:
        """Save the dialog's text, or warn once that it would be lost; return whether the app may quit."""
        return True

    async def action_quit(self) -> None:
        """Close all dialogs from the topmost on, and quit; stop at a dialog that warned of a loss."""
        for screen in reversed(self.app.screen_stack):
            if isinstance(screen, Dialog):
                if not screen.prepare_to_quit():
                    return
                screen.close()
        await self.app.action_quit()


def hint_lines(hints: Iterable[str], width: int) -> list[str]:
    """Join hints to lines of at most so many cells, so that none is broken."""
    lines: list[str] = []
    for hint in hints:
        if lines and cell_len(lines[-1]) + len(_GAP) + cell_len(hint) <= width:
            lines[-1] += _GAP + hint
        else:
            lines.append(hint)
    return lines
