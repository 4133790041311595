"""Errors of the system on writing a file, as errors with a message and a hint for the user."""

import errno
from pathlib import Path
from typing import Final

from pactreader.core.errors import NotSavedError

_NO_ROOM: Final = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_NO_PERMISSION: Final = {errno.EACCES, errno.EPERM, errno.EROFS}
_TOO_MANY_FILES: Final = {errno.EMFILE, errno.ENFILE}


def not_saved(what: str, error: OSError, path: Path) -> NotSavedError:
    """Return the error that tells the user why something is not on the disk, and what to do.

    Args:
        what: The beginning of the message: `The library could not be written`.
        error: The error of the system.
        path: The file, or its directory.
    """
    if error.errno in _NO_ROOM:
        hint = f"Make room on the disk of {path}."
    elif error.errno in _NO_PERMISSION:
        hint = f"See that you may write to {path}."
    elif error.errno in _TOO_MANY_FILES:
        hint = "Close other programs: too many files are open."
    else:
        hint = f"See that the disk of {path} is well."
    return NotSavedError(f"{what}: {error.strerror or error}.", hint)
