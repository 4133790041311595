"""The library file: one TinyDB JSON file that is its own journal.

Each record has a line in the last table of the file (`file_format`). A change is written over the closing braces, as
its records and new closing braces, and synced. An edit repeats the key of its record, as JSON parsers keep the last
value of a key. So any TinyDB program can read the file at any moment, and the cost of a change, its records and one
sync, does not depend on the number of records in the file.

The class is a TinyDB `Storage`, whose `read` and `write` copy and replace the whole file. PactReader itself uses
`records` and `append`.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from tinydb.storages import Storage

from pactreader.core.errors import LibraryError, NotSavedError
from pactreader.storage.journal.atomic_write import (
    atomic_write,
    damaged_name,
    make_directory,
    open_in_place,
)
from pactreader.storage.journal.expired_records import omits_only_expired, without_expired
from pactreader.storage.journal.file_contents import FileState
from pactreader.storage.journal.file_format import (
    CLOSE,
    RECORDS,
    VERSION,
    Tables,
    file_version,
    highest_id,
    new_tables,
    render,
)
from pactreader.storage.journal.file_lock import FileLock
from pactreader.storage.journal.file_tail import NO_FILE, FileStamp, read_tail, reserve_room, write_tail
from pactreader.storage.journal.journal_memory import Cursor, JournalMemory
from pactreader.storage.journal.json_lines import encode
from pactreader.storage.journal.packed_reading import Observe, read_packed
from pactreader.storage.journal.packed_records import PackedRecords
from pactreader.storage.journal.recovered_tables import Recover, Recovered, without_recovery
from pactreader.storage.save_errors import not_saved

LOCK_TIMEOUT: Final = 5.0
"""Seconds to wait for another process that is writing: to rewrite a hundred thousand records takes about one."""
_MIN_REPEATED_BYTES: Final = 4 << 20
"""The file is rewritten when the edits appended to it exceed half of its size, and are at least this many bytes."""


class _Reading(NamedTuple):
    """The content of the file and its recovery."""

    stamp: FileStamp
    content: bytes
    recovered: Recovered


def _ignore(_records: Mapping[str, Any]) -> None:
    """Observe no records."""


class JournalFile(Storage):
    """A TinyDB storage that appends. Several processes may use one file; in each, one thread at a time.

    The records in memory are those on the disk: they change only after a change is synced. Callers must not modify
    them.
    """

    def __init__(
        self,
        path: Path,
        *,
        recover: Recover = without_recovery,
        back_up: Callable[[bytes, str], object] = lambda _content, _reason: None,
        lock_timeout: float = LOCK_TIMEOUT,
        on_wait: Callable[[str], object] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        observe: Observe | None = None,
    ) -> None:
        """Read the file, if it exists. Nothing is created before the first change.

        Args:
            path: The path of the file, which may be a symbolic link.
            recover: Recovers a file that is damaged, or that another program rewrote without some records. The
                default raises an error for a damaged file.
            back_up: Makes a backup of the bytes of a file before a repair or migration, for which it gets the name;
                an `OSError` from it prevents the operation.
            lock_timeout: Seconds to wait for another process that is writing.
            on_wait: Called with a sentence for the user after half a second of waiting.
            now: The clock, for the names of damaged files.
            observe: Gets the records in chunks as they are read first. They are kept packed then, if PactReader wrote the
                file, which takes a tenth of the memory; without it, they are kept decoded.

        Raises:
            LibraryError: The file cannot be read, or is not a library.
        """
        self._path = Path(os.path.realpath(path))
        self._recover = recover
        self._back_up = back_up
        self._now = now
        self.lock = FileLock(self._path.with_suffix(".lock"), timeout=lock_timeout, now=now, on_wait=on_wait)
        self._memory = JournalMemory()
        self._stamp = NO_FILE
        self._has_appended = False
        self._distrusted_inode: int | None = None
        """The inode of the file after a failed write or sync; it must be rewritten before records can be appended."""
        self._is_incomplete = False
        """True if the recovered records are in memory, but could not be written to the file."""
        self._version = VERSION
        """The format version of the file on the disk."""
        self.notices: list[str] = []
        """Sentences for the user; the caller removes those that it has shown."""
        self._observe = observe
        self.refresh()
        if observe:
            self._observe = _ignore

    # Reading

    def refresh(self) -> None:
        """Read the records that other processes wrote; a single `stat` if there are none.

        Raises:
            LibraryError: The file has been replaced by one that cannot be read, or is not a library.
        """
        try:
            stamp = FileStamp.from_status(os.stat(self._path))
            if stamp != self._stamp and not self._read_tail(stamp):
                self._load()
        except FileNotFoundError:
            # The next change rewrites the file from memory.
            if self._stamp != NO_FILE:
                self._add_notice(
                    f"The library is gone from {self._path}. It is written again from what is known here."
                )
            self._stamp, self._memory.end, self._is_incomplete = NO_FILE, 0, False
        except OSError as error:
            raise LibraryError(
                f"The library {self._path} cannot be read: {error.strerror or error}.",
                "See that it is a file that you may read.",
            ) from error

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return a copy of all tables after a refresh, for TinyDB; `None` if there was never a file.

        Raises:
            LibraryError: As for `refresh`.
        """
        self.refresh()
        tables = {name: dict(table.items()) for name, table in self._memory.tables.items()}
        return json.loads(encode(tables)) if tables else None

    @property
    def records(self) -> Mapping[str, Any]:
        """The records by key, as of the last refresh."""
        return self._memory.records

    @property
    def is_packed(self) -> bool:
        """True if the records are kept packed, and decoded when they are asked for."""
        return isinstance(self._memory.records, PackedRecords)

    def rows(self, keys: Iterable[str]) -> Iterator[tuple[str, Any]]:
        """Yield some keys with their records, if there are any; fast if the keys are in the order of the file."""
        records = self._memory.records
        if isinstance(records, PackedRecords):
            return records.rows_of(keys)
        return ((key, records[key]) for key in keys if key in records)

    def each_record(self) -> Iterator[Any]:
        """Yield all records. Some may be edited or added meanwhile."""
        records = self._memory.records
        return iter(records.values() if isinstance(records, PackedRecords) else list(records.values()))

    def records_copy(self) -> Mapping[str, Any]:
        """Return the records as they are now, for another thread."""
        return self._memory.records.copy()

    @property
    def cursor(self) -> Cursor:
        """The position after the last record, as of the last refresh."""
        return self._memory.cursor

    def keys_since(self, cursor: Cursor) -> list[str] | None:
        """Return the keys of the records after a cursor, each once; `None` if any record may have changed."""
        return self._memory.keys_since(cursor)

    def free_keys(self) -> Iterator[str]:
        """Yield unused keys for new records. Call it inside `changing`, so that no other process uses them."""
        return self._memory.free_keys()

    def content(self) -> bytes:
        """Return the bytes of the file. Inside `changing`, they contain the records in memory.

        Raises:
            OSError: The file cannot be read, or there is none.
        """
        return self._read_whole()[1]

    @property
    def is_writable(self) -> bool:
        """True if there is a file, and its format version is not a later one."""
        return self._stamp != NO_FILE and self._version <= VERSION

    # Changing

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock inside a `with` block, which begins with a refresh.

        Raises:
            NotSavedError: The file cannot be written now, or an `OSError` or `LibraryError` was raised in the block.
        """
        try:
            make_directory(self._path.parent)
            with self.lock.held():
                self.refresh()
                if self._is_incomplete:
                    self._write_recovered()
                if self._version > VERSION:
                    raise NotSavedError(
                        f"The library was written by a later PactReader (file version {self._version}, "
                        f"this one writes {VERSION}) and is open for reading only.",
                        "Update PactReader to change it.",
                    )
                yield
        except LibraryError as error:
            raise NotSavedError(error.message, error.hint) from error
        except OSError as error:
            raise not_saved("The library could not be written", error, self._path) from error

    def append(self, records: Mapping[str, Any]) -> None:
        """Append records by key, all or none of them, and sync. Call it inside `changing`.

        A record with a key that is in use is an edit of that record.

        Raises:
            OSError: The records are not saved, neither on the disk nor in memory.
        """
        lines = {key: f"{encode(key)}:{encode(record)}" for key, record in records.items()}
        added = json.loads(f"{{{','.join(lines.values())}}}")
        if not self._memory.end or self._stamp.inode == self._distrusted_inode:
            self._change_whole({**self._memory.tables, RECORDS: self._memory.records | added})
            self._has_appended = True
        elif lines:
            self._append_lines(lines, added)
            self._has_appended = True
            self._rewrite_if_repetitive()

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the file, as TinyDB does for every change.

        Raises:
            NotSavedError: The file is unchanged.
        """
        tables: Tables = {**new_tables(), **json.loads(encode(data))}
        with self.changing():
            try:
                file_version(tables)
                highest_id(tables[RECORDS])
            except ValueError as error:
                raise LibraryError(
                    "That is no library.", "It needs its tables `meta` and `records`."
                ) from error
            self._change_whole(tables)

    def ensure_saved(self) -> None:
        """Write the file from memory if it is gone, or if its recovery could not be written.

        Raises:
            NotSavedError: The file could not be written.
        """
        try:
            self.refresh()
        except LibraryError as error:
            raise NotSavedError(error.message, error.hint) from error
        if self._is_behind:
            with self.changing():
                self.append({})

    @property
    def is_gone(self) -> bool:
        """True if there was a file and it is gone."""
        return self._stamp == NO_FILE and bool(self.records)

    @property
    def _is_behind(self) -> bool:
        return self.is_gone or self._is_incomplete

    def close(self) -> None:
        """Save what is only in memory, and rewrite the file without repeated keys if this process appended to it."""
        with suppress(LibraryError):
            self.refresh()
        needs_rewrite = self._memory.repeated_lines or self._stamp.inode == self._distrusted_inode
        if self._is_behind:
            with suppress(NotSavedError):
                self.ensure_saved()
        elif self._has_appended and needs_rewrite:
            self.lock.timeout = 0
            with suppress(NotSavedError), self.changing():
                self._write_whole(self._memory.tables)

    # Reading the disk

    def _read_tail(self, stamp: FileStamp) -> bool:
        """Read the appended records; return whether that is all that has changed in the file."""
        memory = self._memory
        if not memory.end or stamp.inode != self._stamp.inode or stamp.size < memory.end:
            return False
        tail = read_tail(self._path, memory)
        if tail is None:
            return False
        memory.extend(tail.records, tail.content, tail.content.count(b"\n"))
        self._stamp = tail.stamp
        return True

    def _load(self) -> None:
        """Read the complete file, and write it again if records were recovered."""
        reading = self._recovered(*self._read_whole())
        if not reading.recovered.is_changed:
            self._use(reading)
            return
        with suppress(NotSavedError, OSError), self.lock.held():
            self._write_recovered(reading)
            return
        # Nothing can be written, as in a read-only directory: the recovered records are in memory only.
        self._remember(reading.recovered.tables, reading.stamp, b"", VERSION)
        self._is_incomplete = True
        if notice := reading.recovered.notice:
            self._add_notice(f"{notice} It cannot be mended here, as nothing can be written.")

    def _write_recovered(self, reading: _Reading | None = None) -> None:
        """Read the file again, and write it with the recovered records; keep a copy of a damaged file.

        The lock must be held.

        Args:
            reading: The earlier content of the file and its recovery, used if the content is still the same.
        """
        stamp, content = self._read_whole()
        if reading is None or reading.content != content:
            reading = self._recovered(stamp, content)
        recovered = reading.recovered
        if not recovered.is_changed:
            self._use(reading)
            return
        self._version = VERSION
        kept = ""
        if recovered.state is FileState.WHOLE:
            if recovered.notice:
                self._back_up(content, "before-repair")
        elif content:
            aside = damaged_name(self._path, self._now())
            atomic_write(aside, content)
            kept = f" The damaged file is kept as {aside.name}."
        self._write_whole(recovered.tables)
        self._add_notice(f"{recovered.notice}{kept}")

    def _read_whole(self) -> tuple[FileStamp, bytes]:
        """Return the stamp and the bytes of the file."""
        with self._path.open("rb") as file:
            return FileStamp.from_status(os.fstat(file.fileno())), file.read()

    def _recovered(self, stamp: FileStamp, content: bytes) -> _Reading:
        """Return the content of the file with its recovery.

        Raises:
            LibraryError: It is not a library, or is damaged and was not recovered.
        """
        recovered = self._read_packed(content) or self._recover(content, self._memory.tables)
        is_sound = recovered.state in {FileState.WHOLE, FileState.EMPTY, FileState.LATER}
        if not is_sound and not recovered.is_changed:
            raise LibraryError(
                f"{self._path} is not a PactReader library, or damaged beyond recognition.",
                "Move it away, name another directory with --data-dir, or see `pactreader doctor --backups`.",
            )
        return _Reading(stamp, content, recovered)

    def _read_packed(self, content: bytes) -> Recovered | None:
        """Return the tables of a whole file with packed records; `None` if it lacks what is in memory, or is not to be
        kept packed.
        """
        tables = read_packed(content, self._observe) if self._observe else None
        if tables is None:
            return None
        records, recovered = tables[RECORDS], Recovered(tables, FileState.WHOLE, VERSION)
        if not self._memory.tables:
            return recovered
        found = self._memory.difference(records)
        is_whole = isinstance(records, PackedRecords) and found and omits_only_expired(records, found)
        return recovered if is_whole else None

    def _use(self, reading: _Reading) -> None:
        """Put the tables of the file into memory."""
        recovered = reading.recovered
        self._remember(recovered.tables, reading.stamp, reading.content, recovered.version)

    def _remember(self, tables: Tables, stamp: FileStamp, content: bytes, version: int) -> None:
        """Put tables into memory.

        Args:
            tables: The tables.
            stamp: The stamp of the file.
            content: The bytes of the file; empty if the file does not contain these tables.
            version: The format version of the file.
        """
        self._memory.load(tables, content, version)
        self._stamp = stamp
        self._is_incomplete = False
        if version > VERSION and self._version <= VERSION:
            self._add_notice(
                "The library was written by a later PactReader: it can be read here, and not changed."
            )
        self._version = version

    def _add_notice(self, notice: str) -> None:
        if notice and notice not in self.notices:
            self.notices.append(notice)

    # Writing to the disk

    def _append_lines(self, lines: Mapping[str, str], added: dict[str, Any]) -> None:
        """Append lines to the file, then put their records into memory.

        Args:
            lines: The lines by key.
            added: Their records by key.

        Raises:
            OSError: The lines are not on the disk.
        """
        memory = self._memory
        separator = "" if memory.before_end.rstrip().endswith(b"{") else ","
        tail = (f"{separator}\n" + ",\n".join(lines.values())).encode("ascii")
        repeated_bytes = sum(len(lines[key]) for key in added if key in self.records)
        self._stamp = self._write_tail(tail + CLOSE)
        memory.extend(added, tail, len(lines))
        memory.repeated_bytes += repeated_bytes

    def _rewrite_if_repetitive(self) -> None:
        """Rewrite the file without repeated keys, if possible, when edits have added too many bytes."""
        memory = self._memory
        if memory.repeated_bytes > max(_MIN_REPEATED_BYTES, memory.end // 2):
            memory.repeated_bytes = 0
            with suppress(OSError):
                self._write_whole(memory.tables)

    def _write_tail(self, tail: bytes) -> FileStamp:
        """Write records and closing braces at the end of the file, and sync.

        Raises:
            OSError: The tail is not on the disk.
        """
        end = self._memory.end
        descriptor = open_in_place(self._path)
        try:
            reserve_room(descriptor, end + len(tail))
            try:
                return write_tail(descriptor, tail, end)
            except OSError:
                self._distrusted_inode = self._stamp.inode
                raise
        finally:
            with suppress(OSError):
                os.close(descriptor)

    def _change_whole(self, tables: Tables) -> None:
        """Rewrite the file with changed tables; if that fails, try to restore its former tables.

        Raises:
            OSError: The tables are not on the disk.
        """
        before = self._stamp.inode
        try:
            self._write_whole(tables)
        except OSError:
            with suppress(OSError):
                if os.stat(self._path).st_ino != before:
                    # The file was replaced, but its name may not be synced: write the tables without the change.
                    self._version = VERSION
                    self._write_whole(self._memory.tables)
            raise

    def _write_whole(self, tables: Tables) -> None:
        """Replace the file with one of these tables without expired changes, and put them into memory.

        Raises:
            OSError: The tables are not on the disk.
        """
        if self._stamp != NO_FILE and 0 < self._version < VERSION:
            self._back_up(self._read_whole()[1], "before-migration")
        tables = {**new_tables(), **tables}
        tables[RECORDS] = without_expired(tables.pop(RECORDS))
        content = render(tables)
        for left_over in self._path.parent.glob(f"{self._path.stem}.*.new"):
            with suppress(OSError):
                left_over.unlink()
        try:
            written = atomic_write(self._path, content)
        except OSError:
            with suppress(OSError):
                inode = os.stat(self._path).st_ino
                if inode != self._stamp.inode:
                    # The file was replaced, but its name may not be synced.
                    self._distrusted_inode = inode
            raise
        self._remember(tables, FileStamp.from_status(written), content, VERSION)
