"""The exit of PactReader by a signal or by the loss of its terminal."""

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from typing import Final

_GRACE: Final = 3.0
"""Seconds from a signal until the process is killed if it still runs. Textual exits in a third of one."""
_SIGNAL_STATUS: Final = 128
"""The number that a shell adds to that of a signal for the exit status."""


def handle_exit_signals(end: Callable[[int], None]) -> None:
    """Make SIGTERM, SIGHUP, SIGINT and the loss of the terminal end the program in order, within seconds.

    It must be called in the running event loop of the main thread. While the app is shown, ctrl+c is an ordinary key:
    SIGINT comes from other programs. On Windows, which has none of these, nothing is done.

    Args:
        end: A function that saves everything, and makes the app exit with a status. It is called in the loop, for
            each signal.
    """
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()

    def end_by(signal_number: signal.Signals) -> None:
        _force_exit_later(_SIGNAL_STATUS + signal_number)
        end(_SIGNAL_STATUS + signal_number)

    def end_with_terminal() -> None:
        if _wait_for_hangup(sys.__stdin__.fileno() if sys.__stdin__ else 0):
            _redirect_to_null()
            _force_exit_later(_SIGNAL_STATUS + signal.SIGHUP)  # the loop may be waiting for the terminal
            os.kill(os.getpid(), signal.SIGHUP)  # also reaches an editor that has the terminal

    for signal_number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        loop.add_signal_handler(signal_number, end_by, signal_number)
    threading.Thread(target=end_with_terminal, name="terminal-watch", daemon=True).start()


def _wait_for_hangup(terminal: int) -> bool:
    """Wait until a terminal is closed. Return `False` at once where the system cannot tell.

    This works also for a process that ignores SIGHUP, as under `nohup`, or is not in the terminal's session.
    """
    poll = select.poll()
    poll.register(terminal, 0)
    return any(events & select.POLLHUP for _, events in poll.poll())


def _redirect_to_null() -> None:
    """Redirect the standard streams from a lost terminal to the null device, so that writing does not fail."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(null, stream)
    os.close(null)


def _force_exit_later(status: int) -> None:
    """Kill the process after the grace period, if it still runs."""
    deadline = threading.Timer(_GRACE, os._exit, (status,))
    deadline.daemon = True
    deadline.start()
