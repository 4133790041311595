"""The frames that the app draws, told from its other output: held back, or not written a second time."""

from typing import Final

_FIRST_CELL: Final = "\x1b[1;1H"
"""The beginning of a frame of the whole screen: the cursor moves to the first cell."""


class Frames:
    """A filter of the frames among the output to the terminal.

    A frame begins by moving the cursor. One that is written again in a row changes nothing.
    """

    def __init__(self) -> None:
        self.is_held = False
        """True while frames are held back."""
        self.held = ""
        """The last frame that was held back."""
        self._last = ""
        self._awaited_lines = 0
        """The number of line ends in the frame of the whole screen that must come next; 0 if any frame may."""

    def hold(self, *, behind: str = "") -> None:
        """Hold frames back from now on.

        Args:
            behind: The frame that is on the screen, if it is known.
        """
        self.is_held, self.held, self._last = True, "", behind

    def release(self) -> None:
        """Hold frames back only until the next one of the whole screen, which the caller has drawn now."""
        self.is_held, self._awaited_lines = False, self._last.count("\n")

    def passes(self, output: str) -> bool:
        """Return whether some output is to be written."""
        if not output.startswith("\x1b[") or not output[2:3].isdigit():
            return True
        if self.is_held:
            self.held = output
            return False
        if self._awaited_lines:
            if not output.startswith(_FIRST_CELL) or output.count("\n") < self._awaited_lines:
                return False
            self._awaited_lines = 0
        is_new, self._last = output != self._last, output
        return is_new
