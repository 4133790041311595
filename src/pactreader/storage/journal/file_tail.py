"""The tail of a library file: appending records in place, and reading those that another process appended.

    …"7":{…}            …"7":{…},
    }}             →    "8":{…}
                        }}

Only the closing braces are overwritten.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from pactreader.storage.journal.atomic_write import sync, write_at
from pactreader.storage.journal.file_contents import is_shadowing
from pactreader.storage.journal.file_format import CLOSE, highest_id, parse_json
from pactreader.storage.journal.journal_memory import JournalMemory


class FileStamp(NamedTuple):
    """The inode, size and time of a file, which differ after another process has written it."""

    inode: int
    size: int
    modified: int
    """The time of the last write in nanoseconds."""

    @classmethod
    def from_status(cls, status: os.stat_result) -> "FileStamp":
        """Return the stamp from the status of a file."""
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)


NO_FILE: Final = FileStamp(0, 0, 0)
"""The stamp of a file that does not exist."""


class Tail(NamedTuple):
    """Records that were appended to a file."""

    stamp: FileStamp
    """The stamp of the file when they were read."""
    records: dict[str, Any]
    content: bytes
    """The bytes of the records, without the closing braces."""


def read_tail(path: Path, memory: JournalMemory) -> Tail | None:
    """Return the records that were appended to a file since it was last read.

    Returns:
        The records; `None` if the file has changed in another way too, and has to be read completely.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        stamp = FileStamp.from_status(os.fstat(file.fileno()))
        file.seek(memory.end - len(memory.before_end))
        before = file.read(len(memory.before_end))
        content = file.read().rstrip()
    if before != memory.before_end or not content.endswith(CLOSE):
        return None
    content = content.removesuffix(CLOSE)
    try:
        records = parse_json(b"{" + content.removeprefix(b",") + b"}")
        highest_id(records)
    except ValueError:
        return None
    # If there are no new records, another program has changed the file before its end.
    if not records or _shadows_any(records, memory.records):
        return None
    return Tail(stamp, records, content)


def _shadows_any(records: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    """Return whether one of these records shadows a known one: it has the same key, but is another record."""
    return any(key in known and is_shadowing(record, known[key]) for key, record in records.items())


def reserve_room(descriptor: int, end: int) -> None:
    """Extend a file with spaces, which keep it valid, so that a full disk fails here and not in a write of records.

    Args:
        descriptor: The file.
        end: The new length in bytes.

    Raises:
        OSError: There is no room; the file has its former length.
    """
    size = os.fstat(descriptor).st_size
    try:
        write_at(descriptor, b" " * (end - size), size)
    except OSError:
        with suppress(OSError):
            os.ftruncate(descriptor, size)
        raise


def write_tail(descriptor: int, tail: bytes, end: int) -> FileStamp:
    """Write records and closing braces at the offset of the present closing braces of a file, and sync.

    Args:
        descriptor: The file.
        tail: The records and closing braces.
        end: The offset of the present closing braces in bytes.

    Raises:
        OSError: The tail is not on the disk. The closing braces are restored, if possible.
    """
    try:
        write_at(descriptor, tail, end)
        stamp = FileStamp.from_status(os.fstat(descriptor))
        sync(descriptor)
    except OSError:
        with suppress(OSError):
            write_at(descriptor, CLOSE.ljust(len(tail)), end)
        raise
    return stamp
