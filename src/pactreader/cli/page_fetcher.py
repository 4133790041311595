"""Fetching of pages on the command line, with its progress on the terminal and a key to stop it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Final

from pactreader.cli.status_line import StatusLine
from pactreader.core.errors import UsageError

if TYPE_CHECKING:
    from types import FrameType

    from pactreader.core.fetched_page import FetchedPage
    from pactreader.core.web_addresses import TypedAddress
    from pactreader.formats.fetching.limits import FetchProgress

_SHOWN_FROM: Final = 0.3
"""Seconds from the beginning until progress is shown: most pages are there by then."""
_ESCAPE: Final = b"\x1b"
_SIGNAL_STATUS: Final = 128
"""The number that a shell adds to that of a signal for the exit status."""


class PageFetcher:
    """A fetcher of pages that shows their progress on standard error, if that is a terminal."""

    def __init__(self, *, anew: bool = False) -> None:
        """Create the fetcher.

        Args:
            anew: True if a page is to be fetched although it is kept.
        """
        self.anew = anew
        self.typed = b""
        """The keys typed meanwhile, for the program that goes on."""

    def fetch(self, address: "TypedAddress") -> "FetchedPage":
        """Fetch a page.

        Raises:
            FetchStoppedError: The user pressed escape.
            UnreadableError: It cannot be fetched.
        """
        from pactreader.formats.fetching.fetch import fetch

        with ExitStack() as stack:
            keyboard = stack.enter_context(_quiet_keyboard())
            show = stack.enter_context(_status_line(can_stop=keyboard is not None))
            return fetch(
                address, progress=show, stop=lambda: keyboard is not None and self._is_stopped(keyboard)
            )

    def refuse_anew(self) -> None:
        """Refuse to fetch anew, for an article that is none of the web.

        Raises:
            UsageError: A page is to be fetched although it is kept.
        """
        if self.anew:
            raise UsageError(
                "--fetch is for articles of the web, and this is none.",
                "Leave it out: a file is always read anew.",
            )

    def _is_stopped(self, keyboard: int) -> bool:
        """Return whether escape was pressed; other keys are kept."""
        import select

        if not select.select([keyboard], [], [], 0)[0]:
            return False
        typed = os.read(keyboard, 1 << 12)
        if typed.endswith(_ESCAPE):  # other sequences that begin with it go on
            return True
        self.typed += typed
        return False


@contextmanager
def _status_line(*, can_stop: bool) -> Iterator[Callable[["FetchProgress"], None]]:
    """Yield a function that shows progress on the terminal, which is cleared at the end.

    Args:
        can_stop: True to name the key that stops the fetch.
    """
    status = StatusLine()

    def show(progress: "FetchProgress") -> None:
        if progress.seconds >= _SHOWN_FROM:
            status.show(progress.line + (" · esc stops it" if can_stop else ""))

    try:
        yield show
    finally:
        status.erase()


@contextmanager
def _quiet_keyboard() -> Iterator[int | None]:
    """Yield the file descriptor of the keyboard, which gives each key at once and shows none for a block.

    The terminal is as before at the end, also when a signal ends the program. `None` is yielded where there is no
    keyboard, or another program may be reading it: in a pipe, or in the background.
    """
    keyboard = sys.__stdin__
    if (
        sys.platform == "win32"
        or not all(stream and stream.isatty() for stream in (keyboard, sys.__stdout__, sys.__stderr__))
        or keyboard is None
    ):
        yield None
        return
    import termios  # not on Windows

    terminal = keyboard.fileno()
    try:
        if os.tcgetpgrp(terminal) != os.getpgrp():
            yield None
            return
        before, quiet = termios.tcgetattr(terminal), termios.tcgetattr(terminal)
        quiet[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(terminal, termios.TCSANOW, quiet)
    except (OSError, termios.error):
        yield None
        return
    try:
        with _exit_on_signals():
            yield terminal
    finally:
        with suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(terminal, termios.TCSANOW, before)


@contextmanager
def _exit_on_signals() -> Iterator[None]:
    """Exit in order on SIGTERM and SIGHUP in a block, as Python would end at once."""
    import signal

    def end(number: int, _frame: "FrameType | None") -> None:
        raise SystemExit(_SIGNAL_STATUS + number)

    former = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
