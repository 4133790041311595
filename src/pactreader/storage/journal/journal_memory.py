"""The memory of a library file: its tables as they are on the disk, and where the next record goes."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from pactreader.storage.journal.file_format import CLOSE, RECORDS, VERSION, Tables, highest_id
from pactreader.storage.schema.document_ids import free_ids

LOOK_BACK: Final = 64
"""Bytes before the closing braces that must still be there for a longer file to be the same one, grown."""


class Cursor(NamedTuple):
    """A position in the stream of records that come into a file; of a new reader of it, the default."""

    generation: int = -1
    """The number of times that every record may have changed."""
    arrived: int = 0
    """The number of records that have come since."""


class JournalMemory:
    """The tables of a file, how far they are known to others, and where the file's closing braces stand."""

    def __init__(self) -> None:
        self.tables: Tables = {}
        """The tables as they are on the disk; empty before a file was read."""
        self.end = 0
        """The offset of the closing braces in bytes; 0 if nothing can be appended to the file as it is."""
        self.before_end = b""
        """The bytes before the closing braces."""
        self.repeated_lines = 0
        """The number of lines that a later one of the same key replaces."""
        self.repeated_bytes = 0
        """The size of such lines that were appended since the file was read whole, in bytes."""
        self._generation = 0
        self._arrivals: list[str] = []
        """The keys of the records that came since then, in order; that of an edit comes again."""
        self._highest_id = 0

    @property
    def records(self) -> dict[str, Any]:
        """The records by their keys."""
        return self.tables.get(RECORDS, {})

    @property
    def cursor(self) -> Cursor:
        """The position behind every record that has come."""
        return Cursor(self._generation, len(self._arrivals))

    def keys_since(self, cursor: Cursor) -> list[str] | None:
        """Return the keys of the records behind a cursor, each once; `None` if every record may have changed."""
        if cursor.generation != self._generation:
            return None
        return list(dict.fromkeys(self._arrivals[cursor.arrived :]))

    def free_keys(self) -> Iterator[str]:
        """Yield keys that no record has."""
        return free_ids(self._highest_id, map(int, self.records))

    def load(self, tables: Tables, content: bytes, version: int) -> None:
        """Replace all that is known.

        Args:
            tables: The tables, with one of records.
            content: The bytes of the file that hold them; empty if it does not hold them.
            version: The version of the file's format.
        """
        records = tables[RECORDS]
        if not self.tables or records != self.records:
            self._generation += 1
            self._arrivals = []
        self.tables = tables
        text = content.rstrip()
        is_in_lines = next(reversed(tables)) == RECORDS and version == VERSION and text.endswith(CLOSE)
        self.end = len(text) - len(CLOSE) if is_in_lines else 0
        self.before_end = text[max(0, self.end - LOOK_BACK) : self.end]
        self.repeated_lines = max(0, text.count(b"\n") - 1 - len(records)) if is_in_lines else 0
        self.repeated_bytes = 0
        self._highest_id = highest_id(records)

    def extend(self, arrived: dict[str, Any], tail: bytes, lines: int) -> None:
        """Add records that were appended to the file.

        Args:
            arrived: The records by their keys.
            tail: The bytes that hold them, without the closing braces.
            lines: The number of their lines.
        """
        records = self.tables[RECORDS]
        known = len(records)
        records.update(arrived)
        self._arrivals.extend(arrived)
        self._highest_id = max(self._highest_id, highest_id(arrived))
        self.repeated_lines += lines - (len(records) - known)
        self.end += len(tail)
        self.before_end = (self.before_end + tail)[-LOOK_BACK:]
