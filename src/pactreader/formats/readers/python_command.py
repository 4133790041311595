"""The command of a child process that runs code of this program."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_ROOT: Final = str(Path(__file__).parents[3])
"""The directory, or the archive, that the package is in."""


def python_command(code: str) -> Sequence[str]:
    """Return the command that runs Python code with the modules of this process.

    They are found where this process finds them, however it was installed, but never in the working directory.
    """
    places = dict.fromkeys(os.path.abspath(each) for each in sys.path if each)  # noqa: PTH100 - may be archives
    places.pop(os.path.abspath(os.curdir), None)  # noqa: PTH100 - as the others
    places[_ROOT] = None
    bootstrap = f"import sys; sys.path[:] = sys.argv[1:]; {code}"
    return (sys.executable, "-I", "-S", "-c", bootstrap, *places)
