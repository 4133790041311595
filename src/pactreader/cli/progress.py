"""The progress of long work, in one line on the terminal's standard error."""

from time import monotonic
from types import TracebackType
from typing import Final, Self

from pactreader.cli.output import print_warning
from pactreader.cli.status_line import StatusLine

_DELAY: Final = 1.0
"""Seconds after which the line appears: what is done before needs none."""
_INTERVAL: Final = 0.1
"""Seconds between two updates, so that the line costs nothing beside the work."""


class Progress:
    """A status line with the progress of some work, while a `with` block does it."""

    def __init__(self, doing: str, if_stopped: str) -> None:
        """Create the line, which is not shown yet.

        Args:
            doing: The work: `Exporting notes`.
            if_stopped: A sentence that is printed if the user stops it with ctrl+c: `Nothing was written.`
        """
        self.doing = doing
        self.if_stopped = if_stopped
        self._line = StatusLine()
        self._next_update = monotonic() + _DELAY

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, error: type[BaseException] | None, _value: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.erase()
        if error is KeyboardInterrupt:
            print_warning(f"Stopped. {self.if_stopped}")

    def show(self, done: int, total: int) -> None:
        """Show how much of the work is done, if it takes long and the line was not just rewritten."""
        if (now := monotonic()) >= self._next_update:
            self._next_update = now + _INTERVAL
            self._line.show(f"{self.doing}: {done:,} of {total:,}, ctrl+c stops")

    def erase(self) -> None:
        """Erase the line, so that something else can be printed."""
        self._line.erase()
