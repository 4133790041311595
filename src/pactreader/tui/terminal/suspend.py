"""Suspending PactReader: the shell has the terminal until it continues PactReader."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Final

from textual.app import App, SuspendNotSupported

_SIGNAL_DELAY: Final = 0.05
"""Seconds in which this thread learns that the process was continued: another may receive the signal first."""


def handle_suspend_signals(app: App[None], suspend: Callable[[], object]) -> None:
    """Let SIGTSTP suspend the app as its own key does, and SIGCONT resume it after a SIGSTOP.

    It has to be called in the running event loop of the main thread, and replaces the handlers that Textual's driver
    has set by then. Windows has no such signals.

    Args:
        app: The app.
        suspend: Called for SIGTSTP.
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
    """Give the terminal back, stop with the whole job until the shell continues it, and show the app again.

    Textual's own way stops one process alone: a program that started it, such as `uv run`, runs on, the shell goes on
    waiting for that, and nobody reads the terminal (https://github.com/Textualize/textual/issues/6298).

    Returns:
        False if it was not stopped, as nobody could continue it: in a window without a shell, on Windows.
    """
    if sys.platform == "win32":
        return False
    try:
        with app.suspend():
            return _stop_job()
    except SuspendNotSupported:
        return False


def _resume(app: App[None]) -> None:
    """Take the terminal again and show the app: a shell may have used it since a SIGSTOP, which sends no notice.

    If the shell still has it (`bg`), the system stops the process again.
    """
    if app.return_code is None:
        with app.suspend():
            pass


def _stop_job() -> bool:
    """Stop the job until it is continued with the terminal; a shell may also continue it in the background (`bg`).

    A signal that ends it meanwhile has its default effect: everything is saved by then.

    Returns:
        False if it was not stopped. The system ignores SIGTSTP, unlike SIGSTOP, for a job that no shell could
        continue: an orphaned process group (POSIX, 2.4.3 Signal Actions).
    """
    continued = False

    def note(*_: object) -> None:
        nonlocal continued
        continued = True

    defaults = (signal.SIGTSTP, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    handlers = {number: signal.signal(number, signal.SIG_DFL) for number in defaults}
    handlers[signal.SIGCONT] = signal.signal(signal.SIGCONT, note)
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
    """Return whether the job has the terminal, or there is no terminal any more."""
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return True
