"""The library file: one TinyDB JSON file that is its own journal.

Records stand one a line in the last table of the object (`file_format`). A change overwrites the closing braces with
its records and the braces, and syncs; an edit repeats its key, as `json` keeps the last of a key. So any TinyDB reads
the file at any moment, and a change costs its records and one sync, at a hundred records and at a hundred thousand.

All that is left of TinyDB in it is the interface: it is a `Storage`, whose `read` and `write` give and take whole
files, for other programs. This one appends.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
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
from pactreader.storage.journal.file_contents import FileState
from pactreader.storage.journal.file_format import (
    CLOSE,
    RECORDS,
    VERSION,
    Tables,
    encode,
    file_version,
    highest_id,
    new_tables,
    render,
)
from pactreader.storage.journal.file_lock import FileLock
from pactreader.storage.journal.file_tail import NO_FILE, FileStamp, read_tail, reserve_room, write_tail
from pactreader.storage.journal.journal_memory import Cursor, JournalMemory
from pactreader.storage.journal.recovered_tables import Recover, Recovered, read_only
from pactreader.storage.save_errors import not_saved
from pactreader.storage.schema.undo_history import expired_changes

_LOCK_SECONDS: Final = 5.0
"""Seconds to wait for another process: one that writes a hundred thousand records whole takes about one."""
_REPEATED_BYTES: Final = 4 << 20
"""Bytes that edits may add before the file is written whole, at the least; else half of its size."""


class _Reading(NamedTuple):
    """A file as it was read whole."""

    stamp: FileStamp
    content: bytes
    recovered: Recovered


class JournalFile(Storage):
    """A TinyDB storage that appends. Several processes may use one file; within one, a single thread at a time.

    Its records are those on the disk, and change only once a change is synced. They are the file's own: callers must
    not change them.
    """

    def __init__(
        self,
        path: Path,
        *,
        recover: Recover = read_only,
        back_up: Callable[[bytes, str], object] = lambda _content, _reason: None,
        lock_timeout: float = _LOCK_SECONDS,
        on_wait: Callable[[str], object] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Open the file, if it is there. Nothing is created before the first change.

        Args:
            path: The file; a symbolic link is followed, and stays.
            recover: Completes a file that is damaged, or that another program rewrote without some of it. Without it,
                a damaged file is refused.
            back_up: Keeps the bytes of a file that is about to be repaired or migrated, for the reason it is given;
                an `OSError` of it prevents that.
            lock_timeout: Seconds to wait for another process that is writing.
            on_wait: Called with a sentence for the user when that takes longer than a moment.
            now: The clock, for the names of damaged files.

        Raises:
            LibraryError: The file cannot be read, or is no library.
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
        """The inode of a file that a failed write or sync has left in doubt: nothing is appended to it."""
        self._is_incomplete = False
        """True if memory holds what should be in the file, and could not be written there."""
        self._version = VERSION
        """The version of the file on the disk."""
        self.notices: list[str] = []
        """Sentences for the user; the caller that shows them empties the list."""
        self.refresh()

    # Reading

    def refresh(self) -> None:
        """Take in what other processes wrote: one `stat` if nothing did.

        Raises:
            LibraryError: The file has been replaced by one that cannot be read, or is no library.
        """
        try:
            stamp = FileStamp.from_status(os.stat(self._path))  # noqa: PTH116 - the tests of faults watch `os`
            if stamp != self._stamp and not self._read_tail(stamp):
                self._load()
        except FileNotFoundError:
            # What is in memory is then all there is, and the next change writes it whole.
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

    def read(self) -> Tables | None:
        """Return a copy of every table after a refresh, as TinyDB asks for it; `None` if there is no file yet.

        Raises:
            LibraryError: As for `refresh`.
        """
        self.refresh()
        return json.loads(encode(self._memory.tables)) if self._memory.tables else None

    @property
    def records(self) -> dict[str, Any]:
        """The records by their keys, as of the last refresh."""
        return self._memory.records

    @property
    def cursor(self) -> Cursor:
        """The position behind every record that was known at the last refresh."""
        return self._memory.cursor

    def keys_since(self, cursor: Cursor) -> list[str] | None:
        """Return the keys of the records behind a cursor, each once; `None` if every record may have changed."""
        return self._memory.keys_since(cursor)

    def free_keys(self) -> Iterator[str]:
        """Yield keys that no record has. Only while `changing` no other process can take them."""
        return self._memory.free_keys()

    def content(self) -> bytes:
        """Return the bytes of the file. While `changing`, they hold the records.

        Raises:
            OSError: The file cannot be read, or there is none.
        """
        return self._read_whole()[1]

    @property
    def is_writable(self) -> bool:
        """True if there is a file, and it is not of a later version."""
        return self._stamp != NO_FILE and self._version <= VERSION

    # Changing

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock, after a refresh.

        Raises:
            NotSavedError: The file cannot be written now, or an `OSError` or `LibraryError` was raised inside.
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
        """Append records by their keys, all of them or none, while `changing`. A known key makes it an edit.

        Raises:
            OSError: They are not on the disk, and not in memory.
        """
        lines = {key: f"{encode(key)}:{encode(record)}" for key, record in records.items()}
        addition = ",\n".join(lines.values())
        arrived = json.loads(f"{{{addition}}}")
        memory = self._memory
        if not memory.end or self._stamp.inode == self._distrusted_inode:
            self._change_whole({**memory.tables, RECORDS: {**self.records, **arrived}})
            self._has_appended = True
            return
        if not lines:
            return
        separator = "" if memory.before_end.rstrip().endswith(b"{") else ","
        tail = f"{separator}\n{addition}".encode("ascii")
        repeated = sum(len(lines[key]) for key in arrived if key in self.records)
        self._stamp = self._write_tail(tail + CLOSE)
        memory.extend(arrived, tail, len(lines))
        self._has_appended = True
        memory.repeated_bytes += repeated
        if memory.repeated_bytes > max(_REPEATED_BYTES, memory.end // 2):
            memory.repeated_bytes = 0
            with suppress(OSError):
                self._write_whole(memory.tables)

    def write(self, data: Tables) -> None:
        """Write the file whole, as TinyDB does with every change.

        Raises:
            NotSavedError: The file is as it was.
        """
        tables = {**new_tables(), **json.loads(encode(data))}
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
        """Write the file from memory if it is gone, or could not be completed.

        Raises:
            NotSavedError: It could not be written.
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
        """True if there is no file, though there was one."""
        return self._stamp == NO_FILE and bool(self.records)

    @property
    def _is_behind(self) -> bool:
        return self.is_gone or self._is_incomplete

    def close(self) -> None:
        """Leave a file that holds what memory holds, without repeated keys if this process appended to it."""
        with suppress(LibraryError):
            self.refresh()
        is_untidy = self._memory.repeated_lines or self._stamp.inode == self._distrusted_inode
        if self._is_behind:
            with suppress(NotSavedError):
                self.ensure_saved()
        elif self._has_appended and is_untidy:
            self.lock.timeout = 0
            with suppress(NotSavedError), self.changing():
                self._write_whole(self._memory.tables)

    # Reading the disk

    def _read_tail(self, stamp: FileStamp) -> bool:
        """Take in what was appended; return whether the file is the known one and longer, so that this is all."""
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
        """Read the file whole, and write what was missing of it."""
        reading = self._recovered(*self._read_whole())
        if not reading.recovered.is_changed:
            self._use(reading)
            return
        with suppress(NotSavedError, OSError), self.lock.held():
            self._write_recovered(reading)
            return
        # Without the lock, as in a directory that cannot be written, it stays as it is.
        self._remember(reading.recovered.tables, reading.stamp, b"", VERSION)
        self._is_incomplete = True
        if notice := reading.recovered.notice:
            self._add_notice(f"{notice} It cannot be mended here, as nothing can be written.")

    def _write_recovered(self, reading: _Reading | None = None) -> None:
        """Write the file with what was missing of it, holding the lock; keep a copy of it as it was.

        Args:
            reading: The file as it was read before, perhaps while another process was writing it.
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
        with self._path.open("rb") as file:
            return FileStamp.from_status(os.fstat(file.fileno())), file.read()

    def _recovered(self, stamp: FileStamp, content: bytes) -> _Reading:
        """Return a file as it was read, with what was missing of it.

        Raises:
            LibraryError: It is no library, or damaged and not recovered.
        """
        recovered = self._recover(content, self._memory.tables)
        is_sound = recovered.state in {FileState.WHOLE, FileState.EMPTY, FileState.LATER}
        if not is_sound and not recovered.is_changed:
            raise LibraryError(
                f"{self._path} is not a PactReader library, or damaged beyond recognition.",
                "Move it away, name another directory with --data-dir, or see `pactreader doctor --backups`.",
            )
        return _Reading(stamp, content, recovered)

    def _use(self, reading: _Reading) -> None:
        """Remember a file as it was read."""
        recovered = reading.recovered
        self._remember(recovered.tables, reading.stamp, reading.content, recovered.version)

    def _remember(self, tables: Tables, stamp: FileStamp, content: bytes, version: int) -> None:
        """Take tables into memory, with the bytes of the file that hold them, if it does hold them."""
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

    def _write_tail(self, tail: bytes) -> FileStamp:
        """Write records and closing braces over the closing braces, and sync.

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
        """Write changed tables whole; if that fails, the file is as it was.

        Raises:
            OSError: The tables are not on the disk.
        """
        before = self._stamp.inode
        try:
            self._write_whole(tables)
        except OSError:
            with suppress(OSError):
                if os.stat(self._path).st_ino != before:  # noqa: PTH116
                    # The new file took its name, but that may not be on the disk: the failed change is taken back.
                    self._version = VERSION
                    self._write_whole(self._memory.tables)
            raise

    def _write_whole(self, tables: Tables) -> None:
        """Write a new file in the place of the old one, without the changes that are too old; then remember it.

        Raises:
            OSError: The tables are not on the disk.
        """
        if self._stamp != NO_FILE and 0 < self._version < VERSION:
            self._back_up(self._read_whole()[1], "before-migration")
        tables = {**new_tables(), **tables}
        records = tables.pop(RECORDS)
        expired = set(expired_changes(records))
        tables[RECORDS] = {key: record for key, record in records.items() if key not in expired}
        content = render(tables)
        for left_over in self._path.parent.glob(f"{self._path.stem}.*.new"):
            with suppress(OSError):
                left_over.unlink()
        try:
            written = atomic_write(self._path, content)
        except OSError:
            with suppress(OSError):
                inode = os.stat(self._path).st_ino  # noqa: PTH116
                if inode != self._stamp.inode:
                    # The new file is there, but its name may not be on the disk.
                    self._distrusted_inode = inode
            raise
        self._remember(tables, FileStamp.from_status(written), content, VERSION)
