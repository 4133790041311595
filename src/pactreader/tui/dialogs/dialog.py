"""The base of all dialogs."""

from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen


class Dialog(ModalScreen[None]):
    """A modal screen over the page."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "Quit", priority=True)]
    CSS = Path(__file__).with_name("dialogs.tcss").read_text("utf-8")
    """The style sheet, read once: it is there when no more files can be opened, and the first frame does without."""

    def close(self) -> None:
        """Close the dialog; do nothing if it is closed already."""
        if self.is_active:
            self.dismiss()

    def action_close(self) -> None:
        """Close the dialog."""
        self.close()

    def prepare_to_quit(self) -> bool:
        """Save what was typed here, or warn that it would be lost; return whether the app may quit."""
        return True

    async def action_quit(self) -> None:
        """Close all dialogs, the topmost first, and quit; stop at one that has something to lose."""
        for screen in reversed(self.app.screen_stack):
            if isinstance(screen, Dialog):
                if not screen.prepare_to_quit():
                    return
                screen.close()
        await self.app.action_quit()
