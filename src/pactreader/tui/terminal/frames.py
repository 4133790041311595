"""The frames that the app draws, told from its other output, and held back behind a screen that is shown already."""

from typing import Final

_FIRST_CELL: Final = "\x1b[1;1H"
"""The beginning of a frame of the whole screen: the cursor moves to the first cell."""


class Frames:
    """A filter of the frames among the output to the terminal. A frame begins by moving the cursor."""

    def __init__(self) -> None:
        self.is_held = False
        """True while frames are held back."""
        self.held = ""
        """The last frame that was held back."""
        self._shown = ""
        """The frame of the whole screen that is on it; empty if others may be written."""

    def hold(self, *, behind: str = "") -> None:
        """Hold frames back from now on.

        Args:
            behind: The frame that is on the screen, if it is known.
        """
        self.is_held, self.held, self._shown = True, "", behind

    def release(self) -> None:
        """Hold frames back until the next one of the whole screen, which is not written if it is on the screen already.

        The caller has it drawn.
        """
        self.is_held = False

    def forget(self) -> None:
        """Let all frames pass, as the screen has another size, or is empty."""
        self.is_held, self._shown = False, ""

    def passes(self, output: str) -> bool:
        """Return whether some output is to be written."""
        if not output.startswith("\x1b[") or not output[2:3].isdigit():
            return True
        if self.is_held:
            self.held = output
            return False
        shown = self._shown
        if shown and output.startswith(_FIRST_CELL) and output.count("\n") >= shown.count("\n"):
            self._shown = ""
            return output != shown
        return not shown
