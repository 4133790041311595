"""The state of a library file in memory: its tables as they are on the disk, and the offset for the next record."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from pactreader.storage.journal.file_format import CLOSE, RECORDS, VERSION, Records, Tables, highest_id
from pactreader.storage.journal.packed_records import Difference, PackedRecords, difference
from pactreader.storage.schema.document_ids import free_ids

_CHANGE: Final = b'"kind":"change"'
"""The field in the line of a change."""
LOOK_BACK: Final = 64
"""The number of bytes before the closing braces that are compared: if they are unchanged, the file has only grown."""


class Cursor(NamedTuple):
    """A position in the sequence of records that came into a file. The default is before every record."""

    generation: int = -1
    """The number of times that the file was replaced, when any record may have changed."""
    arrived: int = 0
    """The number of records that were appended since then."""


class JournalMemory:
    """The tables of a file, the order in which records were appended, and the offset of the closing braces."""

    def __init__(self) -> None:
        self.tables: Tables = {}
        """The tables as they are on the disk; empty until a file is read."""
        self.end = 0
        """The offset of the closing braces in bytes; 0 if the file must be rewritten before records can be appended."""
        self.before_end = b""
        """The last bytes before the closing braces, at most `LOOK_BACK`."""
        self.repeated_lines = 0
        """The number of lines that are replaced by a later line with the same key."""
        self.repeated_bytes = 0
        """The size in bytes of the edits that were appended since the file was last read or written completely."""
        self._generation = 0
        self._compared: tuple[Records, Difference] | None = None
        """The records that were compared last with those in memory, and their difference, until they are loaded."""
        self._arrivals: list[str] = []
        """The keys of the records that were appended in this generation, in order; an edit repeats a key."""
        self._highest_id = 0

    @property
    def records(self) -> Records:
        """The records by their keys."""
        return self.tables.get(RECORDS, {})

    @property
    def cursor(self) -> Cursor:
        """The position after the last record."""
        return Cursor(self._generation, len(self._arrivals))

    def keys_since(self, cursor: Cursor) -> list[str] | None:
        """Return the keys of the records after a cursor, each once; `None` if any record may have changed."""
        if cursor.generation != self._generation:
            return None
        return list(dict.fromkeys(self._arrivals[cursor.arrived :]))

    def free_keys(self) -> Iterator[str]:
        """Yield unused keys for new records."""
        return free_ids(self._highest_id, map(int, self.records))

    def load(self, tables: Tables, content: bytes, version: int) -> None:
        """Replace the tables.

        Args:
            tables: The tables, `records` among them.
            content: The bytes of the file; empty if the file does not contain these tables.
            version: The version of the file's format.
        """
        records = tables[RECORDS]
        news, self._compared = self._news(records), None
        self._highest_id = highest_id(records)
        if news is None:
            self._generation += 1
            self._arrivals = []
        else:
            self._arrivals += news
            # The key of a change that is gone is not used again, as an index may still have it.
            self._highest_id = max(self._highest_id, highest_id(self.records))
        self.tables = tables
        text = content.rstrip()
        is_in_lines = next(reversed(tables)) == RECORDS and version == VERSION and text.endswith(CLOSE)
        self.end = len(text) - len(CLOSE) if is_in_lines else 0
        self.before_end = text[max(0, self.end - LOOK_BACK) : self.end]
        self.repeated_lines = max(0, text.count(b"\n") - 1 - len(records)) if is_in_lines else 0
        self.repeated_bytes = 0

    def difference(self, records: Records) -> Difference | None:
        """Return what differs in records of the file from those in memory; `None` if not both are packed."""
        if not isinstance(records, PackedRecords) or not isinstance(self.records, PackedRecords):
            return None
        if self._compared is None or self._compared[0] is not records:
            self._compared = records, difference(self.records, records)
        return self._compared[1]

    def _news(self, records: Records) -> list[str] | None:
        """Return the keys of the records that differ from those in memory; `None` if any may have changed or be gone.

        Changes may be gone, as those that are too old to be undone.
        """
        if records is self.records:
            return []
        if found := self.difference(records):
            is_known = all(_CHANGE in line for line in found.gone.values())
            return [*found.edited, *found.added] if is_known else None
        return [] if self.tables and records == self.records else None

    def extend(self, arrived: dict[str, Any], tail: bytes, lines: int) -> None:
        """Add records that were appended to the file.

        Args:
            arrived: The records by their keys.
            tail: The bytes of the records in the file, without the closing braces.
            lines: The number of lines in `tail`.
        """
        records = self.tables[RECORDS]
        known = len(records)
        records.update(arrived)
        self._arrivals.extend(arrived)
        self._highest_id = max(self._highest_id, highest_id(arrived))
        self.repeated_lines += lines - (len(records) - known)
        self.end += len(tail)
        self.before_end = (self.before_end + tail)[-LOOK_BACK:]
