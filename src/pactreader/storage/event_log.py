"""The log of warnings and unexpected errors. It contains no text of articles or notes.

An event has a name, the classes and numbers of its errors, lines of code, and ids or paths of PactReader's own files.
Messages of errors are left out, as they may quote a note or a title.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from pactreader.core.errors import NotSavedError, PactReaderError
from pactreader.core.printable_text import printable_line

if TYPE_CHECKING:
    from logging.handlers import RotatingFileHandler

_LARGEST_FILE: Final = 256 * 1024
"""The size in bytes at which the file is renamed and a new one begins."""
_OLDER_FILES: Final = 2
"""The number of renamed files that are kept."""
_MOST_FRAMES: Final = 60
"""The number of innermost frames of a traceback that are logged, as an endless recursion has a thousand."""


class EventLog:
    """The log file. As events are rare, it is opened for each event and closed again."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def warning(self, event: str, error: BaseException | None = None, *, subject: str = "") -> None:
        """Log an error after which the program continues. A failure to log is ignored.

        Args:
            event: The name of the event, such as `save failed`.
            error: The error that caused it.
            subject: The id of a record or the path of a file of PactReader; never a title, label, tag or text.
        """
        about = f" {printable_line(subject)}" if subject else ""
        self._write("WARNING", f"{event}{about}{f': {_describe(error)}' if error else ''}")

    def fault(self, error: BaseException) -> None:
        """Log an unexpected error with its traceback. A failure to log is ignored."""
        frames = list(_frames(error.__traceback__))[-_MOST_FRAMES:]
        self._write("FAULT", "\n".join([_describe(error), *(f"  at {frame}" for frame in frames)]))

    @contextmanager
    def logging_errors(self) -> Iterator[None]:
        """Log a `NotSavedError` or an unexpected error that is raised inside the `with` block; it is raised again."""
        try:
            yield
        except NotSavedError as error:
            self.warning("not saved", error)
            raise
        except (PactReaderError, BrokenPipeError):
            raise
        except Exception as error:
            self.fault(error)
            raise

    def _write(self, level: str, message: str) -> None:
        """Append an event to the log file."""
        # Imported here, as most runs log nothing.
        from logging import makeLogRecord

        from pactreader.storage.journal.atomic_write import make_directory

        with suppress(OSError, ValueError):
            make_directory(self._path.parent)
            handler = _open_handler(self._path)
            try:
                handler.handle(makeLogRecord({"levelname": level, "msg": message}))
            finally:
                handler.close()


def _open_handler(path: Path) -> "RotatingFileHandler":
    """Return a handler that rotates files of limited size, which only their owner can read."""
    import os
    import time
    from io import TextIOWrapper
    from logging import Formatter, LogRecord
    from logging.handlers import RotatingFileHandler

    class PrivateHandler(RotatingFileHandler):
        def _open(self) -> TextIOWrapper:
            descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            return os.fdopen(descriptor, "a", encoding="utf-8")

        def handleError(self, record: LogRecord) -> None:  # noqa: N802 - logging calls it so
            """Do nothing: a full disk must not end the program or print into the screen."""

    handler = PrivateHandler(path, maxBytes=_LARGEST_FILE, backupCount=_OLDER_FILES, delay=True)
    formatter = Formatter("%(asctime)s %(levelname)s %(message)s", datefmt="%Y-%m-%dT%H:%M:%SZ")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    return handler


def _describe(error: BaseException | None) -> str:
    """Return the classes and error numbers of an error and its causes: `NotSavedError from OSError ENOSPC`."""
    from errno import errorcode

    names: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        code = error.errno if isinstance(error, OSError) else None
        names.append(f"{type(error).__name__}{f' {errorcode.get(code, code)}' if code else ''}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return " from ".join(names)


def _frames(traceback: TracebackType | None) -> Iterator[str]:
    """Yield the module, line and function of each frame, the outermost first: `pactreader.cli:43 run`."""
    while traceback is not None:
        frame = traceback.tb_frame
        module = frame.f_globals.get("__name__", "?")
        yield f"{module}:{traceback.tb_lineno} {frame.f_code.co_name}"
        traceback = traceback.tb_next
