"""The progress of long work, in one line on the terminal's standard error."""

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from types import TracebackType
from typing import Final, Self, TypeVar

from pactreader.cli.output import print_warning

_Item = TypeVar("_Item")
_DELAY: Final = 1.0
"""Seconds after which the line appears: what is done before needs none."""
_INTERVAL: Final = 0.1
"""Seconds between two updates, so that the line costs nothing beside the work."""
_START_OF_EMPTY_LINE: Final = "\r\x1b[K"
"""The control sequence that moves the cursor to the start of the line and erases it: ECMA-48, 8.3.41."""


class Progress:
    """A line that says how far some work is, rewritten while a `with` block does it, and erased at its end.

    It is only shown on a terminal.
    """

    def __init__(self, doing: str, if_stopped: str) -> None:
        """Create the line, which is not shown yet.

        Args:
            doing: The work: `Exporting notes`.
            if_stopped: A sentence that is printed if the user stops it with ctrl+c: `Nothing was written.`
        """
        self.doing = doing
        self.if_stopped = if_stopped
        self._is_terminal = bool(sys.stderr and sys.stderr.isatty())
        self._next_update = monotonic() + _DELAY
        self._is_shown = False

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
        if not self._is_terminal or (now := monotonic()) < self._next_update:
            return
        self._next_update = now + _INTERVAL
        self._is_shown = True
        sys.stderr.write(f"{_START_OF_EMPTY_LINE}{self.doing}: {done:,} of {total:,}, ctrl+c stops")
        sys.stderr.flush()

    def of(self, items: Iterable[_Item], total: int) -> Iterator[_Item]:
        """Yield items, and show how many were taken."""
        for done, item in enumerate(items):
            self.show(done, total)
            yield item

    def erase(self) -> None:
        """Erase the line, so that something else can be printed."""
        if self._is_shown:
            sys.stderr.write(_START_OF_EMPTY_LINE)
            sys.stderr.flush()
            self._is_shown = False
