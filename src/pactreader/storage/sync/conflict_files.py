"""Reading of other copies of the library: conflict files of synchronisers, and copies that the user names."""

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from pactreader.core.errors import LibraryError, UsageError
from pactreader.core.printable_text import printable_line
from pactreader.storage.journal.atomic_write import make_directory
from pactreader.storage.journal.file_contents import FileState, read_contents, with_shadowed_records
from pactreader.storage.journal.file_format import RECORDS
from pactreader.storage.journal.migrations import migrated

_CONFLICT: Final = re.compile(r".*(?:\.sync-conflict-|conflicted copy|_conflict-)", re.IGNORECASE)
"""The beginnings of conflict files' names, in order of Syncthing, Dropbox and Nextcloud, ownCloud."""


class LibraryCopy(NamedTuple):
    """The records of another copy of the library."""

    path: Path
    records: Mapping[str, Any]
    """The records by key, migrated to the present format version."""
    notice: str
    """A sentence for the user about damage of the copy; empty if it is whole."""


def find_conflict_files(library: Path) -> list[Path]:
    """Return the conflict files beside a library file, sorted by name.

    `library.json` → `library.sync-conflict-20261124-101112-ABCDEFG.json`, but not `library.json.bak`.
    """
    directory = library.resolve().parent
    with suppress(OSError):
        return sorted(
            path
            for path in directory.iterdir()
            if path.name.startswith(library.stem)
            and path.suffix == library.suffix
            and _CONFLICT.match(path.name)
            and path.is_file()
        )
    return []


def read_library_copy(path: Path, library: Path) -> LibraryCopy:
    """Read a copy of a library.

    Args:
        path: The copy, or a directory that contains one.
        library: The library of which it is a copy. It may not exist.

    Raises:
        UsageError: The path is that of the library itself.
        LibraryError: The copy cannot be read, is not a library, or has a later format version.
    """
    if path.is_dir():
        path /= library.name
    name = printable_line(str(path))
    try:
        content = path.read_bytes()
        is_itself = library.exists() and path.samefile(library)
    except OSError as error:
        raise LibraryError(
            f"{name} cannot be read: {error.strerror or error}.", "Name a copy of a library.json."
        ) from error
    if is_itself:
        raise UsageError(f"{name} is the library itself.", "Name another copy of it.")
    found, _ = with_shadowed_records(read_contents(content), content)
    if found.state is FileState.LATER:
        raise LibraryError(
            f"{name} was written by a later PactReader (file version {found.version}).",
            "Update PactReader to merge it.",
        )
    if found.state not in {FileState.WHOLE, FileState.DAMAGED}:
        raise LibraryError(f"{name} is no PactReader library.", "Name a copy of a library.json.")
    records = migrated(found.tables, found.version)[RECORDS]
    damaged = f"{name} is damaged: {len(records):,} records of it could be read."
    return LibraryCopy(path, records, damaged if found.state is FileState.DAMAGED else "")


def move_to_backups(path: Path, directory: Path) -> None:
    """Move a merged conflict file to the directory of the backups if possible, so that it is not offered again."""
    with suppress(OSError):
        make_directory(directory)
        path.chmod(0o600)
        path.replace(directory / f"merged-{path.name}")
