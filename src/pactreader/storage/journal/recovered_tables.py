"""The tables of a library file after a recovery, and the recovery that recovers nothing."""

from collections.abc import Callable
from typing import NamedTuple

from pactreader.storage.journal.file_contents import FileState, read_contents
from pactreader.storage.journal.file_format import Tables
from pactreader.storage.journal.migrations import migrated


class Recovered(NamedTuple):
    """The tables of a library file, with what was missing of them."""

    tables: Tables
    """The tables, migrated to this version unless the file is of a later one; none of a foreign file."""
    state: FileState
    """The state of the file."""
    version: int
    """The version of the file's format; 0 if it names none."""
    is_changed: bool = False
    """True if the tables are not those of the file, so that it has to be written."""
    notice: str = ""
    """Sentences for the user; empty if there is nothing to say."""
    restored: int = 0
    """The number of records that came from a backup."""
    rekeyed: int = 0
    """The number of records that another one with the same key had hidden."""


Recover = Callable[[bytes, Tables], Recovered]
"""Returns the tables of a file from its bytes and from the tables as they were known before; these are empty at first."""


def read_only(content: bytes, _memory: Tables) -> Recovered:
    """Return the tables of a file as they are, recovering nothing."""
    found = read_contents(content)
    is_readable = found.state in {FileState.WHOLE, FileState.EMPTY}
    tables = migrated(found.tables, found.version) if is_readable else found.tables
    return Recovered(tables, found.state, found.version)
