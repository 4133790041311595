"""The changes of a file on the disk, reported once the file has come to rest."""

import os
import stat
import time
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from typing import Final

from pactreader.core.file_stamp import FileStamp

REST: Final = 0.3
"""Seconds for which a file must be unchanged before it is read, so that half-written ones are not."""
_RECENT: Final = 5.0
"""Seconds after a write for which a file may have been changed since the program read it."""


class FileChange(Enum):
    """A change of a file."""

    WRITTEN = auto()
    """The file was written, replaced, or is there again."""
    GONE = auto()
    """There is no file any more."""


def _stamp_of(path: str) -> FileStamp | None:
    """Return the stamp of the regular file that a path leads to; `None` if there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - as `Path.stat`, with fewer objects, twice a second
    except (OSError, ValueError):
        return None
    return FileStamp.of(found) if stat.S_ISREG(found.st_mode) else None


def is_monitorable(source: str) -> bool:
    """Return whether an article's source is the path of a regular file, or of one that may come back.

    Pipes, standard input and the bundled article are not.
    """
    path = Path(source)
    return path.is_absolute() and (path.is_file() or not os.path.lexists(path))


class FileChanges:
    """The changes of the file at a path since its content was accepted. Each check costs one `stat`."""

    def __init__(self, path: str, *, now: Callable[[], float] = time.monotonic) -> None:
        """Accept the present content of a file.

        Args:
            path: The path; links are followed at each check.
            now: Returns the time in seconds.
        """
        self._path = path
        self._now = now
        self._accepted = self._seen = _stamp_of(path)
        self._seen_at = now()

    @property
    def is_recent(self) -> bool:
        """True if the accepted content was written a moment ago, maybe after the program read it."""
        if self._accepted is None:
            return False
        return time.time_ns() - self._accepted.written_ns < _RECENT * 1_000_000_000

    @property
    def is_accepted(self) -> bool:
        """True if the file is now as it was when its content was accepted."""
        return _stamp_of(self._path) == self._accepted

    @property
    def is_pending(self) -> bool:
        """True if a change has been seen that is not accepted yet."""
        return self._seen != self._accepted

    def check(self) -> FileChange | None:
        """Return the change since the last accepted content once it has rested; `None` without one, or until then."""
        stamp = _stamp_of(self._path)
        if stamp != self._seen:
            self._seen, self._seen_at = stamp, self._now()
            return None
        if not self.is_pending or self._now() - self._seen_at < REST:
            return None
        return FileChange.WRITTEN if stamp else FileChange.GONE

    def accept(self) -> bool:
        """Accept the content as of the last check, unless the file has changed since; return whether it is accepted."""
        if _stamp_of(self._path) != self._seen:
            return False
        self._accepted = self._seen
        return True
