"""A screen that lies over the page for a while."""

from pathlib import Path

from textual.screen import ModalScreen


class Dialog(ModalScreen[None]):
    """Lies over the page, until it is closed."""

    CSS = Path(__file__).with_name("dialogs.tcss").read_text("utf-8")
    """Read once, so that it is there when no more files can be opened; the first frame does without."""

    def close(self) -> None:
        """Go away; not a second time, for who asks twice before it is gone."""
        if self.is_active:
            self.dismiss()

    def action_close(self) -> None:
        """Go away."""
        self.close()
