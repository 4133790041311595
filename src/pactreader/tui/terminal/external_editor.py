"""The external editor of notes: the user's own, run in the terminal."""

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
"""The signals that ctrl+c and ctrl+\\ send to every program of the terminal. PactReader ignores them."""
_JOB_SIGNALS: Final = ("SIGTSTP", "SIGCONT")
"""The signals that stop and continue editor and PactReader. They have their default effect."""
_ENDING_SIGNALS: Final = ("SIGTERM", "SIGHUP")
"""The signals that end PactReader. They are forwarded to the editor, and what it has written is kept."""
_GRACE: Final = 2.0
"""Seconds after which an editor that was told to end is killed: fewer than `exit_signals` gives PactReader itself."""


def edit(note: str, path: Path) -> tuple[str | None, PactReaderError | None]:
    """Edit a note in the user's editor (`$VISUAL`, `$EDITOR`, vi), and wait until that ends.

    Args:
        note: The text of the note.
        path: A file to edit it in, which must not exist yet.

    Returns:
        The edited text, and the error if there was one. The error is not raised, as Textual does not resume after an
        exception while it is suspended. The text is `None` if the editor failed and left nothing; otherwise the caller
        removes the file once the text is saved.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    has_ended = False
    try:
        path.touch(0o600, exist_ok=False)
        path.write_text(note, "utf-8")
        status = _run([*shlex.split(command), str(path)])
        has_ended = True
        edited = _read_back(path)
    except FileExistsError:
        return None, PactReaderError(
            "This note is open in another editor.", "Close it there, or start PactReader again."
        )
    except (OSError, ValueError) as error:
        if not has_ended:  # else the file holds what the user wrote, and is recovered at the next start
            _remove(path)
        return None, PactReaderError(
            f"{printable(command)} could not be used: {error}.", "Set EDITOR to your editor's command."
        )
    if not status:
        return edited, None
    if not edited:
        _remove(path)
    return edited or None, PactReaderError(f"{printable(command)} {_describe(status)}.")


def _read_back(path: Path) -> str | None:
    """Return the content of an edited file; `None` if it is gone: another window may have made a draft of it."""
    try:
        return printable(unix_line_ends(path.read_text("utf-8", errors="replace"))).rstrip()
    except FileNotFoundError:
        return None


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _run(argv: list[str]) -> int:
    """Run an editor until it ends. A signal to end PactReader is sent to the editor, and raised again after that.

    Returns:
        The editor's exit status; negative for the signal that ended it.

    Raises:
        OSError: The editor could not be started.
    """
    editor: subprocess.Popen[bytes] | None = None
    received: int | None = None

    def forward(number: int, _frame: object = None) -> None:
        nonlocal received
        received = number
        if editor:
            editor.send_signal(number)
            deadline = threading.Timer(_GRACE, editor.kill)
            deadline.daemon = True
            deadline.start()

    with _lend_terminal(forward):
        editor = subprocess.Popen(argv)  # noqa: S603 - the user's own editor
        if received is not None:  # before the editor was started
            forward(received)
        status = editor.wait()
    if received is not None:
        signal.raise_signal(received)
    return status


def _describe(status: int) -> str:
    return f"ended with status {status}" if status > 0 else f"was ended by signal {-status}"


@contextmanager
def _lend_terminal(forward: Callable[[int, object], None]) -> Iterator[None]:
    """Give the terminal to a child process for a block: ignore keyboard signals, and restore the attributes.

    Args:
        forward: The handler of the signals that end PactReader.
    """
    # Not SIG_IGN, which the child would inherit: an editor could not be interrupted.
    wanted = (
        dict.fromkeys(_KEYBOARD_SIGNALS, lambda *_: None)
        | dict.fromkeys(_JOB_SIGNALS, signal.SIG_DFL)
        | dict.fromkeys(_ENDING_SIGNALS, forward)
    )
    handlers = {
        number: signal.signal(number, handler)
        for name, handler in wanted.items()
        if (number := getattr(signal, name, None))
    }
    wakeup = signal.set_wakeup_fd(-1)  # otherwise asyncio would handle them all once the child has ended
    try:
        with _restore_attributes():
            yield
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in handlers.items():
            signal.signal(number, handler)


@contextmanager
def _restore_attributes() -> Iterator[None]:
    """Restore the terminal's attributes, such as echo, after a block, as an editor that crashed does not."""
    if sys.platform == "win32":
        yield
        return
    import termios  # not on Windows

    try:
        attributes = termios.tcgetattr(0)
    except termios.error:
        yield
        return
    try:
        yield
    finally:
        with suppress(termios.error):  # the terminal is gone
            termios.tcsetattr(0, termios.TCSANOW, attributes)
