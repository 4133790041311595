"""How PactReader pauses: the shell has the terminal, until it goes on with PactReader."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Final

from textual.app import App, SuspendNotSupported

_TERMINAL: Final = 0
"""The descriptor of the terminal, which Textual reads keys from."""
_SOON: Final = 0.05
"""Seconds in which we learn that we were continued: another thread may be the first to hear of it."""


def heed_pauses(app: App[None], pause: Callable[[], object]) -> None:
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
    loop.add_signal_handler(signal.SIGCONT, _come_back, app)


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
            return _stop_until_shown()
    except SuspendNotSupported:
        return False


def _come_back(app: App[None]) -> None:
    """Take the terminal again if a shell had it meanwhile: what stopped us was SIGSTOP, of which nobody is told."""
    if app.return_code is None and _is_cooked():
        with app.suspend():
            if not _is_shown():
                _stop_until_shown()


def _stop_until_shown() -> bool:
    """Stop until continued in the foreground: continued behind the shell (`bg`), there is no page to be shown."""
    while stopped := _stop():
        if _is_shown():
            break
    return stopped


def _stop() -> bool:
    """Stop the job until it is continued. What ends it meanwhile ends it where it is: everything is kept by then.

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
    os.kill(0, signal.SIGTSTP)
    if not continued:
        time.sleep(_SOON)
    for number, handler in handlers.items():
        signal.signal(number, handler)
    return continued


def _is_shown() -> bool:
    """Whether the terminal is ours. One that is lost is nobody's, and ends us soon."""
    try:
        return os.tcgetpgrp(_TERMINAL) == os.getpgrp()
    except OSError:
        return True


def _is_cooked() -> bool:
    """Whether the terminal waits for whole lines: shells have it so when they start a program, the page never."""
    import termios  # noqa: PLC0415 - not on Windows

    try:
        return bool(termios.tcgetattr(_TERMINAL)[3] & termios.ICANON)
    except termios.error:
        return False
