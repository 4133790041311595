"""Atomic and synced writes of files, and the system calls they are made of."""

import errno
import os
import sys
import time
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from stat import S_IMODE
from typing import Final

_BINARY: Final[int] = getattr(os, "O_BINARY", 0)
"""The flag that keeps Windows from turning line feeds into CRLF."""
_CANNOT_SYNC: Final = {errno.EINVAL, errno.EBADF, errno.ENOTSUP}
"""Errors of file systems that cannot sync a directory, as some network file systems; they are ignored."""
_RETRY_SECONDS: Final = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between attempts to replace a file that a virus scanner or a sync client holds open on Windows."""


def make_directory(path: Path) -> None:
    """Create a directory and its missing parents, accessible to the owner only, and sync them to the disk.

    An existing directory keeps its mode.

    Raises:
        OSError: The directory cannot be created.
    """
    if path.is_dir():
        return
    make_directory(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    sync_directory(path.parent)


def atomic_write(path: Path, content: bytes, *, mode: int = 0o600) -> os.stat_result:
    """Replace a file atomically: at any moment, even after a power cut, it has the old or the new content.

    An existing file keeps its mode. If the path is a symbolic link, its target is replaced.

    Args:
        path: The path of the file.
        content: The new content.
        mode: The mode of a new file, before the umask.

    Returns:
        The status of the new file.

    Raises:
        OSError: The file is not safely on the disk. It has its old content, or its new content if only the sync
            of the directory failed.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f"{target.name}.{os.getpid()}.new")
    with suppress(FileNotFoundError):
        os.unlink(temporary)
    kept_mode = None
    with suppress(FileNotFoundError):
        kept_mode = S_IMODE(os.stat(target).st_mode)
        mode = 0o600  # until the content is complete
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    try:
        try:
            write_at(descriptor, content, 0)
            sync(descriptor)
            written = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        if kept_mode is not None:
            os.chmod(temporary, kept_mode)
        _replace(temporary, target)
    except (OSError, KeyboardInterrupt):
        with suppress(OSError):
            os.unlink(temporary)
        raise
    sync_directory(target.parent)
    return written


def write_at(descriptor: int, content: bytes, offset: int) -> None:
    """Write bytes at an offset in a file, with one system call if possible.

    Raises:
        OSError: Not all of it was written.
    """
    os.lseek(descriptor, offset, os.SEEK_SET)
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def open_in_place(path: Path) -> int:
    """Open an existing file to write into it, and return its descriptor.

    Raises:
        OSError: There is no such file, or it is not writable.
    """
    return os.open(path, os.O_RDWR | _BINARY)


def sync(descriptor: int) -> None:
    """Sync the content of a file to the disk, past the disk's own cache.

    Raises:
        OSError: The content may not be on the disk. A retry on the same file could succeed without writing it, as
            the system drops pages that it cannot write (https://lwn.net/Articles/752063/).
    """
    os.fsync(descriptor)
    if sys.platform == "darwin":
        import fcntl

        # On macOS, fsync leaves the data in the drive's cache: see its fsync(2).
        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in {errno.ENOTSUP, errno.EINVAL, errno.ENOTTY}:
                raise


def sync_directory(path: Path) -> None:
    """Sync the entries of a directory to the disk, where that is possible, which it is not on Windows.

    Raises:
        OSError: The entries may not be on the disk.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise
    finally:
        os.close(descriptor)


def damaged_name(path: Path, at: datetime) -> Path:
    """Return an unused path for a copy of a damaged file: `library.damaged-20261123T201011Z.json` beside it."""
    stem = f"{path.stem}.damaged-{at:%Y%m%dT%H%M%SZ}"
    names = (path.with_name(f"{stem}{f'-{number}' if number else ''}{path.suffix}") for number in count())
    return next(name for name in names if not name.exists())


def _replace(temporary: Path, target: Path) -> None:
    """Rename a file over another one, with retries on Windows while other programs hold that one open."""
    for pause in _RETRY_SECONDS:
        try:
            os.replace(temporary, target)
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(pause)
        else:
            return
    os.replace(temporary, target)
