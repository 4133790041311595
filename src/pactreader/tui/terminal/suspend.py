"""How PactReader pauses: the shell has the terminal, until it goes on with PactReader."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Final

from textual.app import App, SuspendNotSupported

_SOON: Final = 0.05
"""Seconds in which we learn that we were continued: another thread may be the first to hear of it."""


def handle_suspend_signals(app: App[None], pause: Callable[[], object]) -> None:
    """Have SIGTSTP pause the app as its own key does, and SIGCONT bring it back after a SIGSTOP.

    To be called in the running event loop, of the main thread, in the place of the handlers that Textual's driver
    has set by then. Windows has no such signals.

    Args:
        app: The app.
        pause: What its key does.
    """
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTSTP, pause)

    def come_back(*_: object) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(_come_back, app)

    signal.signal(signal.SIGCONT, come_back)  # not by the loop, which would hear of it after a pause too


def pause(app: App[None]) -> bool:
    """Give the terminal back, stop with the whole job until the shell goes on with it, and show the page again.

    Textual's own way stops one process alone: whatever had started it, such as `uv run`, runs on, the shell goes on
    waiting for that, and nobody reads the terminal (https://github.com/Textualize/textual/issues/6298).

    Returns:
        Whether it was stopped. Nothing is where nobody could go on with it: in a window without a shell, on Windows.
    """
    if sys.platform == "win32":
        return False
    try:
        with app.suspend():
            return _stop()
    except SuspendNotSupported:
        return False


def _come_back(app: App[None]) -> None:
    """Take the terminal again, and show the page: a shell may have had it since a SIGSTOP, of which nobody is told.

    If the shell still has it (`bg`), the system stops us again.
    """
    if app.return_code is None:
        with app.suspend():
            pass


def _stop() -> bool:
    """Stop the job until it is continued with the terminal: a shell may also do so behind itself (`bg`).

    What ends it meanwhile ends it where it is: everything is kept by then.

    Returns:
        Whether it was stopped. The system lets SIGTSTP, unlike SIGSTOP, stop no job that no shell could continue: an
        orphaned process group (POSIX, 2.4.3 Signal Actions).
    """
    continued = False

    def note(*_: object) -> None:
        nonlocal continued
        continued = True

    by_default = (signal.SIGTSTP, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    handlers = {number: signal.signal(number, signal.SIG_DFL) for number in by_default}
    handlers[signal.SIGCONT] = signal.signal(signal.SIGCONT, note)
    while True:
        continued = False
        os.kill(0, signal.SIGTSTP)
        if not continued:
            time.sleep(_SOON)
        if not continued or _has_terminal():
            break
    for number, handler in handlers.items():
        signal.signal(number, handler)
    return continued


def _has_terminal() -> bool:
    """Whether the job is in the foreground, or there is no terminal any more to be had."""
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return True
