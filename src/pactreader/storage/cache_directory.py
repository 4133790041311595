"""A directory of the cache: files that can be made again at any time, and that are the user's alone."""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

_NO_LINKS: Final[int] = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Flags by which opening a link fails, and opening a pipe does not wait. Windows has neither."""


class CacheDirectory:
    """A directory of the cache. Unless it and a file are the user's own and closed to others, that is not read.

    A file may be damaged or cut off, as it is not synced: whoever reads it checks its content.
    """

    def __init__(self, path: Path, *, most_files: int, most_bytes: int) -> None:
        """Create the directory's representation without touching the disk.

        Args:
            path: The path of the directory.
            most_files: The number of files that are kept.
            most_bytes: The bytes that they may take together, and so the most that is read of one.
        """
        self.path = path
        """The path of the directory."""
        self._most_files = most_files
        self._most_bytes = most_bytes

    def read(self, name: str) -> bytes:
        """Return the content of a file.

        Raises:
            OSError: It cannot be read, is not private, or is too large.
        """
        _require_private(self.path.lstat(), stat.S_ISDIR)
        with open(self.path / name, "rb", opener=_open_private) as file:
            status = os.fstat(file.fileno())
            _require_private(status, stat.S_ISREG)
            if status.st_size > self._most_bytes:
                raise OSError(f"too large: {name}")
            return file.read()

    def write(self, name: str, content: bytes) -> None:
        """Replace a file, and delete those that were used longest ago beyond the limits.

        Raises:
            OSError: It is not written, or the directory is not private.
        """
        from pactreader.storage.journal.atomic_write import make_directory

        make_directory(self.path)
        _require_private(self.path.lstat(), stat.S_ISDIR)
        temporary = self.path / f"{name}.{os.getpid()}.new"
        temporary.unlink(missing_ok=True)
        try:
            with open(temporary, "xb", opener=_open_private) as file:
                file.write(content)
            temporary.replace(self.path / name)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        self._delete_oldest()

    def remove(self, name: str) -> None:
        """Delete a file, if it is there.

        Raises:
            OSError: It cannot be deleted.
        """
        (self.path / name).unlink(missing_ok=True)

    def _delete_oldest(self) -> None:
        """Delete the files that were used longest ago, by their times, beyond the limits."""
        found = []
        for path in self.path.iterdir():
            with suppress(OSError):
                status = path.lstat()
                found.append((status.st_mtime_ns, status.st_size, path))
        taken = 0
        for number, (_, size, path) in enumerate(sorted(found, reverse=True), start=1):
            taken += size
            if number > self._most_files or taken > self._most_bytes:
                with suppress(OSError):
                    path.unlink()


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags | _NO_LINKS, 0o600)


def _require_private(status: os.stat_result, is_kind: Callable[[int], bool]) -> None:
    """Check that a file or directory is of a kind, is the user's, and is closed to others, as far as the system tells.

    Raises:
        PermissionError: It is not.
    """
    is_own = not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o077)
    if not (is_own and is_kind(status.st_mode)):
        raise PermissionError("not the user's alone")
