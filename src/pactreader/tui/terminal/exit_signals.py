"""How PactReader ends when no key asked for it: by a signal, or because its terminal is gone."""

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from typing import Final

_GRACE: Final = 3.0
"""Seconds from being told to end until the process is gone, whatever hangs. Textual takes a third of one."""
_BY_SIGNAL: Final = 128
"""What a shell adds to the number of the signal that ended a program."""


def handle_exit_signals(end: Callable[[int], None]) -> None:
    """Have SIGTERM, SIGHUP, SIGINT and the loss of the terminal end the program in order, and in time.

    While the page is shown, ctrl+c is a key like others and sends no SIGINT: that one comes from outside.

    To be called in the running event loop, of the main thread. Nothing is done on Windows, which has no such signals
    from outside, nor that loss.

    Args:
        end: Keeps, before it returns, what must not be lost, and begins the end with the exit status it is given.
            Called in the loop, and again if there is another reason to end.
    """
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()

    def end_by(signal_number: signal.Signals) -> None:
        _end_in_time(_BY_SIGNAL + signal_number)
        end(_BY_SIGNAL + signal_number)

    def end_with_terminal() -> None:
        if _is_lost(sys.__stdin__.fileno() if sys.__stdin__ else 0):
            _write_nowhere()
            _end_in_time(_BY_SIGNAL + signal.SIGHUP)  # the loop may be waiting for the terminal
            os.kill(os.getpid(), signal.SIGHUP)  # as if told: an editor that has the terminal is told too

    for signal_number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        loop.add_signal_handler(signal_number, end_by, signal_number)
    threading.Thread(target=end_with_terminal, name="terminal-watch", daemon=True).start()


def _is_lost(terminal: int) -> bool:
    """Wait until nobody shows a terminal any more; `False` where the system cannot tell.

    Whoever ignores SIGHUP, as below `nohup`, or is not in the terminal's session, learns of it in no other way.
    """
    poll = select.poll()
    poll.register(terminal, 0)
    return any(happened & select.POLLHUP for _, happened in poll.poll())


def _write_nowhere() -> None:
    """Let go of a terminal that is lost: what is still drawn fails no more, nor does Python's own last flush."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _end_in_time(status: int) -> None:
    deadline = threading.Timer(_GRACE, os._exit, (status,))
    deadline.daemon = True
    deadline.start()
