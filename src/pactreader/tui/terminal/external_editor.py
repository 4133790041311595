"""The reader's own editor, which has the terminal and a note for a while, and gives both back however it ends."""

import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from pactreader.core.errors import PactReaderError
from pactreader.core.printable_text import printable, unix_line_ends

_KEYBOARD_SIGNALS: Final = ("SIGINT", "SIGQUIT")
"""What ctrl+c and ctrl+\\ send to every program of the terminal: they are the editor's."""
_JOB_SIGNALS: Final = ("SIGTSTP", "SIGCONT")
"""What stops a job, ctrl+z among it, and continues it: the editor and us alike, with nothing to be done by us."""
_ENDING_SIGNALS: Final = ("SIGTERM", "SIGHUP")
"""What ends us: the editor is told, and what it has written by then is kept."""
_GRACE: Final = 2.0
"""Seconds that an editor has to end once it was told to; less than `endings` leaves us from the loss of a terminal."""


def edit(note: str, path: Path) -> tuple[str | None, PactReaderError | None]:
    """Let the reader's own editor (`$VISUAL`, `$EDITOR`, vi) have a note until it ends, or we are to end.

    Args:
        note: The note as it is.
        path: A file for it to be in meanwhile, which is not there yet.

    Returns:
        What the editor made of it, and what went wrong. Nothing is raised, as Textual does not come back from an
        error while it is suspended. An editor that failed and left nothing has made nothing of the note: `None`.
        Otherwise its file is still there, for the caller to remove once what is in it is kept elsewhere.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        path.touch(0o600, exist_ok=False)
        path.write_text(note, "utf-8")
        status = _run([*shlex.split(command), str(path)])
        edited = _written(path)
    except FileExistsError:
        return None, PactReaderError(
            "This note is open in another editor.", "Close it there, or start PactReader again."
        )
    except (OSError, ValueError) as error:
        _remove(path)
        return None, PactReaderError(
            f"{printable(command)} could not be used: {error}.", "Set EDITOR to your editor's command."
        )
    if not status:
        return edited, None
    if not edited:
        _remove(path)
    return edited or None, PactReaderError(f"{printable(command)} {_how_it_ended(status)}.")


def _written(path: Path) -> str | None:
    """What an editor has written; `None` if there is no file any more, as when another window took it for a draft."""
    try:
        return printable(unix_line_ends(path.read_text("utf-8", errors="replace"))).rstrip()
    except FileNotFoundError:
        return None


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _run(argv: list[str]) -> int:
    """Run an editor until it ends. A signal that is to end us ends it first, and then reaches us again.

    Returns:
        Its status, as `subprocess` has it.

    Raises:
        OSError: It could not be started.
    """
    editor: subprocess.Popen[bytes] | None = None
    told: int | None = None

    def tell(number: int, _frame: object = None) -> None:
        nonlocal told
        told = number
        if editor:
            editor.send_signal(number)
            deadline = threading.Timer(_GRACE, editor.kill)
            deadline.daemon = True
            deadline.start()

    with _terminal_lent(tell):
        editor = subprocess.Popen(argv)  # noqa: S603 - the reader's own editor
        if told is not None:  # before there was somebody to tell
            tell(told)
        status = editor.wait()
    if told is not None:
        signal.raise_signal(told)
    return status


def _how_it_ended(status: int) -> str:
    return f"ended with status {status}" if status > 0 else f"was ended by signal {-status}"


@contextmanager
def _terminal_lent(tell: Callable[[int, object], None]) -> Iterator[None]:
    """Leave the terminal to a child: what its keyboard sends is not for us, and how it is set comes back.

    Args:
        tell: Called with the number of a signal that is to end us, as a signal's handler.
    """
    # Not SIG_IGN, which the child would inherit: an editor could not be interrupted.
    wanted = (
        dict.fromkeys(_KEYBOARD_SIGNALS, lambda *_: None)
        | dict.fromkeys(_JOB_SIGNALS, signal.SIG_DFL)
        | dict.fromkeys(_ENDING_SIGNALS, tell)
    )
    handlers = {
        number: signal.signal(number, handler)
        for name, handler in wanted.items()
        if (number := getattr(signal, name, None))
    }
    wakeup = signal.set_wakeup_fd(-1)  # or asyncio would heed them all once the child has ended
    try:
        with _settings_kept():
            yield
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in handlers.items():
            signal.signal(number, handler)


@contextmanager
def _settings_kept() -> Iterator[None]:
    """Have the terminal echo, and break lines, as before: an editor that crashed leaves it as it needed it."""
    if sys.platform == "win32":
        yield
        return
    import termios

    try:
        settings = termios.tcgetattr(0)
    except termios.error:
        yield
        return
    try:
        yield
    finally:
        with suppress(termios.error):  # the terminal is gone
            termios.tcsetattr(0, termios.TCSANOW, settings)
