"""Atomic writes: a file is on the disk as a whole or not at all."""

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
"""A flag without which Windows would turn line feeds into CRLF."""
_CANNOT_SYNC: Final = {errno.EINVAL, errno.EBADF, errno.ENOTSUP}
"""Errors of a file system that cannot sync a directory, as some on a network: there is no more to be done there."""
_RETRY_SECONDS: Final = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between attempts to replace a file that a virus scanner or a sync client holds open on Windows."""


def make_directory(path: Path) -> None:
    """Make a directory for its owner alone, with the missing ones above it, that is there even after a power cut.

    One that exists is left as it is.

    Raises:
        OSError: The directory cannot be made.
    """
    if path.is_dir():
        return
    make_directory(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    sync_directory(path.parent)


def atomic_write(path: Path, content: bytes, *, mode: int = 0o600) -> os.stat_result:
    """Write a file whole in the place of another: other programs, and a power cut, see the old one or the new one.

    A file that was there keeps its mode, and a symbolic link stays one.

    Args:
        path: The file.
        content: Its new content.
        mode: The mode of a new file, from which the umask is taken: its owner's alone.

    Returns:
        The status of the new file.

    Raises:
        OSError: The file could not be written. The old one is still there, unless it was the directory that could
            not be synced.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f"{target.name}.{os.getpid()}.new")
    with suppress(FileNotFoundError):
        os.unlink(temporary)  # noqa: PTH108 - the tests of faults watch `os`
    kept_mode = None
    with suppress(FileNotFoundError):
        kept_mode = S_IMODE(os.stat(target).st_mode)  # noqa: PTH116
        mode = 0o600  # until all of it is written
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    try:
        try:
            write_at(descriptor, content, 0)
            sync(descriptor)
            written = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        if kept_mode is not None:
            os.chmod(temporary, kept_mode)  # noqa: PTH101
        _replace(temporary, target)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise
    sync_directory(target.parent)
    return written


def write_at(descriptor: int, content: bytes, offset: int) -> None:
    """Write all of a content at an offset in bytes, in one call if the system takes it in one.

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
    """Sync a file to the disk, and the disk's cache to its platters.

    Raises:
        OSError: The content may not be there. A second attempt on the same file would prove nothing: the system has
            dropped the pages it could not write (https://lwn.net/Articles/752063/).
    """
    os.fsync(descriptor)
    if sys.platform == "darwin":
        import fcntl

        # There, fsync leaves the data in the drive's cache: see fsync(2) of macOS.
        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in {errno.ENOTSUP, errno.EINVAL, errno.ENOTTY}:
                raise


def sync_directory(path: Path) -> None:
    """Sync the names in a directory to the disk, where a directory can be synced: not on Windows.

    Raises:
        OSError: The names may not be there.
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
    """Return a free name beside a damaged file to keep it under: `library.damaged-20261123T201011Z.json`."""
    stem = f"{path.stem}.damaged-{at:%Y%m%dT%H%M%SZ}"
    names = (path.with_name(f"{stem}{f'-{number}' if number else ''}{path.suffix}") for number in count())
    return next(name for name in names if not name.exists())


def _replace(temporary: Path, target: Path) -> None:
    """Give a file the name of another, which on Windows may take some attempts."""
    for pause in _RETRY_SECONDS:
        try:
            os.replace(temporary, target)  # noqa: PTH105
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(pause)
        else:
            return
    os.replace(temporary, target)  # noqa: PTH105
