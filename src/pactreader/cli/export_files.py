"""The files that exports go to."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pactreader.cli.output import print_line
from pactreader.core.errors import PactReaderError

if TYPE_CHECKING:
    from pactreader.storage.paths import Paths


def is_directory(output: str, files: int) -> bool:
    """Return whether a name is that of a directory: it is one, ends as one, or is to take several files without a suffix."""
    if output.endswith(("/", os.sep)) or Path(output).is_dir():
        return True
    return files > 1 and not Path(output).suffix and not Path(output).exists()


def numbered(name: str, used: dict[str, int]) -> str:
    """Return a file name that is not used yet, with a number if it is: `a.md`, `a-2.md`, and add it to the used ones.

    Args:
        name: The file name.
        used: The names that are used, each with the last number that was given to it.
    """
    unique = name
    while unique in used:
        used[name] += 1
        unique = f"{Path(name).stem}-{used[name]}{Path(name).suffix}"
    used[unique] = 1
    return unique


def check_replaceable(path: Path, *, force: bool) -> None:
    """Check that a file can be written.

    Args:
        path: The path of the file.
        force: True if it may replace one.

    Raises:
        PactReaderError: A file exists and may not be replaced.
    """
    # Directories on the way that are missing, as in `new/../notes.md`, are made when it is written.
    present = path.parent.resolve() / path.name
    if os.path.lexists(present) and not present.is_file():
        raise PactReaderError(f"{path} is no file that could be replaced.", "Give -o another name.")
    if os.path.lexists(present) and not force:
        raise PactReaderError(f"{path} exists.", "Give -o another name, or --force to replace it.")


def write_file(path: Path, content: bytes, paths: "Paths") -> None:
    """Write a file atomically, and print its path.

    Raises:
        PactReaderError: It cannot be written.
    """
    from pactreader.storage.journal.atomic_write import atomic_write

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(path, content, mode=paths.mode_for(path))
    except OSError as error:
        raise PactReaderError(
            f"{path} cannot be written: {error.strerror or error}.", "Give -o another name."
        ) from error
    print_line(str(path))
