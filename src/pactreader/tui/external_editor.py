"""The reader's own editor, which has the terminal and a note for a while, and gives both back however it ends."""

import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pactreader.core.errors import PactReaderError
from pactreader.core.printable import printable, unix_lines

_KEYBOARD_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGQUIT") if hasattr(signal, name)]
"""What ctrl+c and ctrl+\\ send to every program of the terminal."""


def edit(note: str) -> tuple[str | None, PactReaderError | None]:
    """Let the reader's own editor (`$VISUAL`, `$EDITOR`, vi) have a note until it ends.

    Args:
        note: The note as it is.

    Returns:
        What the editor made of it, and what went wrong. Nothing is raised, as Textual does not come back from an
        error while it is suspended. An editor that failed and left nothing has made nothing of the note: `None`.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    path: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", suffix=".md", prefix="pactreader-note-", encoding="utf-8", delete=False
        ) as file:
            path = Path(file.name)
            file.write(note)
        with _terminal_lent():
            status = subprocess.run([*shlex.split(command), str(path)], check=False).returncode  # noqa: S603 - the reader's own editor
        edited = printable(unix_lines(path.read_text("utf-8", errors="replace"))).rstrip()
    except (OSError, ValueError) as error:
        return None, PactReaderError(
            f"{printable(command)} could not be used: {error}.", "Set EDITOR to your editor's command."
        )
    finally:
        if path:
            path.unlink(missing_ok=True)
    if status:
        return edited or None, PactReaderError(f"{printable(command)} {_how_it_ended(status)}.")
    return edited, None


def _how_it_ended(status: int) -> str:
    return f"ended with status {status}" if status > 0 else f"was ended by signal {-status}"


@contextmanager
def _terminal_lent() -> Iterator[None]:
    """Leave the terminal to a child: what its keyboard sends is not for us, and how it is set comes back."""
    # Not SIG_IGN, which the child would inherit: an editor could not be interrupted.
    handlers = {number: signal.signal(number, lambda *_: None) for number in _KEYBOARD_SIGNALS}
    try:
        with _settings_kept():
            yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


@contextmanager
def _settings_kept() -> Iterator[None]:
    """Have the terminal echo, and break lines, as before: an editor that crashed leaves it as it needed it."""
    if sys.platform == "win32":
        yield
        return
    import termios  # noqa: PLC0415 - not on Windows

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
