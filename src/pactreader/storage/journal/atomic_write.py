"""Writing a file so that it is there whole or not at all."""

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
"""Windows would turn line feeds into CRLF without it."""
_NO_SYNC: Final = {errno.EINVAL, errno.EBADF, errno.ENOTSUP}
"""What a file system says that cannot sync a directory, as some on a network: there is no more to be done there."""
_PATIENCE: Final = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between attempts to replace a file that a virus scanner or a sync client holds open on Windows."""


def make_directory(path: Path) -> None:
    """A directory for its owner alone, with the missing ones above it, there even after a power cut.

    One that is there already is left as it is.

    Raises:
        OSError: It cannot be made.
    """
    if path.is_dir():
        return
    make_directory(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    sync_directory(path.parent)


def atomic_write(path: Path, content: bytes, *, mode: int = 0o600) -> os.stat_result:
    """Put a file in the place of another: readers see the old one or the new one, and so does a power cut.

    One that was there keeps its mode, and a symbolic link stays one.

    Args:
        path: The file.
        content: All that is to be in it.
        mode: Of a new file, from which the umask is taken: its owner's alone.

    Returns:
        What `os.fstat` says of the new file.

    Raises:
        OSError: It could not be written; the old file is still there, unless it is the directory that could
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
    """Write all of it at an offset, in one call if the system takes it in one.

    Raises:
        OSError: Not all of it was written.
    """
    os.lseek(descriptor, offset, os.SEEK_SET)
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def open_in_place(path: Path) -> int:
    """A descriptor to write into a file that is there.

    Raises:
        OSError: It is not there, or not writable.
    """
    return os.open(path, os.O_RDWR | _BINARY)


def sync(descriptor: int) -> None:
    """Have the system put what was written on the disk, and the disk on its platters.

    Raises:
        OSError: It may not be there. A second attempt on the same file would prove nothing: the system has
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
    """Have the names in a directory put on the disk, where a directory can be synced: not on Windows.

    Raises:
        OSError: They may not be there.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(descriptor)


def damaged_name(path: Path, at: datetime) -> Path:
    """A free name beside a damaged file to keep it under: `library.damaged-20261123T201011Z.json`."""
    stem = f"{path.stem}.damaged-{at:%Y%m%dT%H%M%SZ}"
    names = (path.with_name(f"{stem}{f'-{number}' if number else ''}{path.suffix}") for number in count())
    return next(name for name in names if not name.exists())


def _replace(temporary: Path, target: Path) -> None:
    for pause in _PATIENCE:
        try:
            os.replace(temporary, target)  # noqa: PTH105
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(pause)
        else:
            return
    os.replace(temporary, target)  # noqa: PTH105
