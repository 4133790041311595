"""Translation of the system's errors on writing a file into errors with a message and a hint for the user."""

import errno
from pathlib import Path
from typing import Final

from pactreader.core.errors import NotSavedError

_NO_ROOM: Final = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_NO_PERMISSION: Final = {errno.EACCES, errno.EPERM, errno.EROFS}
_TOO_MANY_FILES: Final = {errno.EMFILE, errno.ENFILE}


def not_saved(what: str, error: OSError, path: Path) -> NotSavedError:
    """Return the error for a failed write, with the cause and a hint for the user.

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
