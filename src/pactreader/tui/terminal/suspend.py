"""Suspension of PactReader, and its resumption by the shell."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Final

from textual.app import App, SuspendNotSupported

_SIGNAL_DELAY: Final = 0.05
"""Seconds until this thread has handled a SIGCONT that another thread received."""


def handle_suspend_signals(app: App[None], suspend: Callable[[], object]) -> None:
    """Make SIGTSTP suspend the app as its own key does, and SIGCONT resume it after a SIGSTOP.

    It must be called in the running event loop of the main thread. It replaces the handlers of Textual's driver, which
    must be set by then. On Windows, which has no such signals, nothing is done.

    Args:
        app: The app.
        suspend: A function called for SIGTSTP.
    """
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTSTP, suspend)

    def resume(*_: object) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(_resume, app)

    # Not a handler of the loop, which would be called after `suspend_process` too.
    signal.signal(signal.SIGCONT, resume)


def suspend_process(app: App[None]) -> bool:
    """Release the terminal, stop the whole job until the shell continues it, and show the app again.

    Textual's own method stops one process only: a program that started it, such as `uv run`, still runs, the shell
    waits for that, and nothing reads the terminal (https://github.com/Textualize/textual/issues/6298).

    Returns:
        False if the job was not stopped, as no shell could continue it; on Windows always.
    """
    if sys.platform == "win32":
        return False
    try:
        with app.suspend():
            return _stop_job()
    except SuspendNotSupported:
        return False


def _resume(app: App[None]) -> None:
    """Set up the terminal and show the app again, as a shell may have used the terminal since a SIGSTOP.

    If the job was continued in the background (`bg`), the system stops it again.
    """
    if app.return_code is None:
        with app.suspend():
            pass


def _stop_job() -> bool:
    """Stop the job until it is continued in the foreground; when continued in the background (`bg`), stop again.

    Signals that end the process have their default effect meanwhile, as everything is saved.

    Returns:
        False if it was not stopped. The system ignores SIGTSTP, unlike SIGSTOP, for a job that no shell could
        continue: an orphaned process group (POSIX, 2.4.3 Signal Actions).
    """
    continued = False

    def set_continued(*_: object) -> None:
        nonlocal continued
        continued = True

    defaults = (signal.SIGTSTP, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    handlers = {number: signal.signal(number, signal.SIG_DFL) for number in defaults}
    handlers[signal.SIGCONT] = signal.signal(signal.SIGCONT, set_continued)
    while True:
        continued = False
        os.kill(0, signal.SIGTSTP)
        if not continued:
            time.sleep(_SIGNAL_DELAY)
        if not continued or _is_in_foreground():
            break
    for number, handler in handlers.items():
        signal.signal(number, handler)
    return continued


def _is_in_foreground() -> bool:
    """Return whether the job is in the foreground of its terminal; True too if the terminal is gone."""
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return True
