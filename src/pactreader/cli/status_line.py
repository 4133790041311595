"""A line on the terminal that says how far some work is."""

import sys


class StatusLine:
    """A line of standard error that is rewritten, and erased at the end. It is only shown on a terminal."""

    def __init__(self) -> None:
        self._stream = sys.stderr if sys.stderr and sys.stderr.isatty() else None
        self._shown = ""

    def show(self, text: str) -> None:
        """Show a text in place of the present one, as far as it fits into the terminal's width."""
        if self._stream is None:
            return
        from shutil import get_terminal_size

        line = text[: get_terminal_size().columns - 1]
        if line != self._shown:
            self._stream.write(f"\r{line:<{len(self._shown)}}")
            self._stream.flush()
            self._shown = line

    def erase(self) -> None:
        """Erase the line, so that something else can be printed."""
        if self._stream and self._shown:
            self._stream.write(f"\r{'':<{len(self._shown)}}\r")
            self._stream.flush()
            self._shown = ""
