"""The frames that the app draws, told from its other output: held back, or not written a second time."""


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

    def hold(self, *, behind: str = "") -> None:
        """Hold frames back from now on.

        Args:
            behind: The frame that is on the screen, if it is known.
        """
        self.is_held, self.held, self._last = True, "", behind

    def release(self) -> None:
        """Hold no more frames back. The next one must cover the whole screen."""
        self.is_held = False

    def passes(self, output: str) -> bool:
        """Return whether some output is to be written."""
        if not output.startswith("\x1b[") or not output[2:3].isdigit():
            return True
        if self.is_held:
            self.held = output
            return False
        is_new, self._last = output != self._last, output
        return is_new
