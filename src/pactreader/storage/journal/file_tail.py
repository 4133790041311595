"""The tail of a library file: the records that are appended to it, read and written in place.

    …"7":{…}            …"7":{…},
    }}             →    "8":{…}
                        }}

The closing braces are overwritten, and nothing before them.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from pactreader.storage.journal.atomic_write import sync, write_at
from pactreader.storage.journal.file_contents import is_shadowing
from pactreader.storage.journal.file_format import CLOSE, highest_id, parse_json
from pactreader.storage.journal.journal_memory import JournalMemory


class FileStamp(NamedTuple):
    """The marks that tell one state of a file on the disk from another."""

    inode: int
    size: int
    modified: int
    """The time of the last write in nanoseconds."""

    @classmethod
    def from_status(cls, status: os.stat_result) -> "FileStamp":
        """Return the stamp in the status of a file."""
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)


NO_FILE: Final = FileStamp(0, 0, 0)
"""The stamp of a file that does not exist."""


class Tail(NamedTuple):
    """Records that were appended to a file."""

    stamp: FileStamp
    """The stamp of the file when they were read."""
    records: dict[str, Any]
    content: bytes
    """The bytes that hold them, without the closing braces."""


def read_tail(path: Path, memory: JournalMemory) -> Tail | None:
    """Return the records that were appended to a file since it was taken into memory.

    Returns:
        The records; `None` if the file is not merely the known one with more records, and has to be read whole.

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
    # Without new records, it was written to, but not longer: another program has changed it in its middle.
    if not records or _hides_any(records, memory.records):
        return None
    return Tail(stamp, records, content)


def _hides_any(records: dict[str, Any], known: dict[str, Any]) -> bool:
    """Return whether one of these records has the key of another known record that it is no edit of."""
    return any(key in known and is_shadowing(record, known[key]) for key, record in records.items())


def reserve_room(descriptor: int, end: int) -> None:
    """Lengthen a file with spaces, after which it is still valid: a full disk is met here.

    Args:
        descriptor: The file.
        end: The length it needs, in bytes.

    Raises:
        OSError: There is no room; the file is as it was.
    """
    size = os.fstat(descriptor).st_size
    try:
        write_at(descriptor, b" " * (end - size), size)
    except OSError:
        with suppress(OSError):
            os.ftruncate(descriptor, size)
        raise


def write_tail(descriptor: int, tail: bytes, end: int) -> FileStamp:
    """Write records and closing braces over the closing braces of a file, and sync.

    Args:
        descriptor: The file.
        tail: The records and braces.
        end: The offset of the closing braces there are.

    Raises:
        OSError: The tail is not on the disk. The braces are written back, if that is possible.
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
