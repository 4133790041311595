"""The result of recovering a library file, and the default recovery, which changes nothing."""

from collections.abc import Callable
from typing import NamedTuple

from pactreader.storage.journal.file_contents import FileState, read_contents
from pactreader.storage.journal.file_format import Tables
from pactreader.storage.journal.migrations import migrated


class Recovered(NamedTuple):
    """The tables of a library file after its recovery."""

    tables: Tables
    """The tables, migrated to the present format version unless it is a later one; empty if the file is foreign."""
    state: FileState
    """The state of the file."""
    version: int
    """The version of the file's format; 0 if it names none."""
    is_changed: bool = False
    """True if the tables differ from those in the file, so that it has to be rewritten."""
    notice: str = ""
    """Sentences for the user about the damage; empty if there was none."""
    restored: int = 0
    """The number of records that were missing in the file and came from a backup or from memory."""
    rekeyed: int = 0
    """The number of shadowed records, which got new keys."""


Recover = Callable[[bytes, Tables], Recovered]
"""A function from the bytes of a file, and from its tables as they were last in memory, to its recovered tables.

The tables in memory are empty when the file is read for the first time.
"""


def without_recovery(content: bytes, _memory: Tables) -> Recovered:
    """Return the tables of a file, migrated to the present version and not recovered."""
    found = read_contents(content)
    is_readable = found.state in {FileState.WHOLE, FileState.EMPTY}
    tables = migrated(found.tables, found.version) if is_readable else found.tables
    return Recovered(tables, found.state, found.version)
