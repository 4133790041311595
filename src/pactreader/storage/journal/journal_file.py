"""The library file: one TinyDB JSON file that is its own journal.

Records stand one a line in the last table of the object (`file_format`). A change overwrites the closing braces with
its records and the braces, and syncs; an edit repeats its key, as `json` keeps the last of a key. So any TinyDB reads
the file at any moment, and a change costs its records and one sync, at a hundred records and at a hundred thousand.
In TinyDB's terms this is the storage; the table is in `tail_table`.

What was once synced stays: a file that is damaged, or that another program rewrote without some of it, is completed
from memory and from the newest backup.
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
    sync,
    write_at,
)
from pactreader.storage.journal.file_format import (
    CLOSE,
    RECORDS,
    VERSION,
    Contents,
    FileState,
    Tables,
    contents,
    encode,
    file_version,
    last_id,
    new_tables,
    rendered,
    unhidden,
)
from pactreader.storage.journal.file_lock import FileLock
from pactreader.storage.recovery.backups import BEFORE_REPAIR, DAILY, Backups
from pactreader.storage.recovery.record_recovery import Recovered, Spare, completed
from pactreader.storage.save_errors import not_saved

_LOOK_BACK: Final = 64
"""Bytes before the closing braces that must still be there for a longer file to be the same one, grown."""
_LOCK_SECONDS: Final = 5.0
"""How long to wait for another window: one that writes a hundred thousand records whole takes about one."""
_REPEATED_BYTES: Final = 4 << 20
"""What edits may add before the file is written whole, at the least; else half of what it holds."""


class _Stamp(NamedTuple):
    """What tells one state of the file from another."""

    inode: int
    size: int
    modified: int

    @classmethod
    def of(cls, status: os.stat_result) -> "_Stamp":
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)


_NO_FILE: Final = _Stamp(0, 0, 0)


class _Held(NamedTuple):
    """A file as it was read."""

    stamp: _Stamp
    content: bytes
    found: Contents
    completed: Recovered


class JournalFile(Storage):
    """A TinyDB storage that appends. Several processes may use one file; within one, a single thread at a time.

    What `read` returns is what is on the disk, and changes only once a change is synced. It is the storage's own
    and not to be touched.
    """

    def __init__(
        self,
        path: Path,
        *,
        backups: Backups | None = None,
        spare: Spare = lambda _records: (),
        patience: float = _LOCK_SECONDS,
        on_wait: Callable[[str], object] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Open the file, if it is there. Nothing is created before the first change.

        Args:
            path: The file; a symbolic link is followed, and stays.
            backups: Its backups; beside the file unless they are given.
            spare: Which records need not be kept when the file is written whole, by their keys.
            patience: Seconds to wait for another process that is writing.
            on_wait: Is told, in a sentence, when that takes longer than a moment.
            now: The clock, for the names of damaged files.

        Raises:
            LibraryError: The file cannot be read, or is not one of ours.
        """
        self._path = Path(os.path.realpath(path))
        self._backups = backups or Backups(path.parent / "backups", now=now)
        self._spare = spare
        self._now = now
        self.lock = FileLock(self._path.with_suffix(".lock"), patience=patience, now=now, on_wait=on_wait)
        self._tables: Tables = {}
        self._stamp = _NO_FILE
        self._end = 0
        """Where the closing braces stand, in bytes; 0 if nothing can be appended to the file as it is."""
        self._before = b""
        """The bytes before the closing braces."""
        self._last_id = 0
        self._repeated_lines = 0
        self._repeated_bytes = 0
        self._appended_here = False
        self._distrusted: int | None = None
        """The inode of a file that a failed write or sync has left in doubt: nothing is appended to it."""
        self._incomplete = False
        """Whether memory holds what should be in the file, and could not be written there."""
        self._version = VERSION
        """Of the file on the disk."""
        self.notices: list[str] = []
        """What the reader is to be told, in sentences; whoever tells them takes them away."""
        self.generation = 0
        """Goes up whenever every record may have changed."""
        self.arrivals: list[str] = []
        """The keys of the records that came since then, in order; an edit comes again."""
        self._take_in()

    # Reading

    def read(self) -> Tables:
        """Every table, after taking in what other processes wrote: one `stat` if nothing did.

        Raises:
            LibraryError: The file has been replaced by one that cannot be read, or is not ours.
        """
        self._take_in()
        return self._tables

    @property
    def records(self) -> dict[str, Any]:
        """The records by their keys, as they were taken in last."""
        return self._tables.get(RECORDS, {})

    def next_id(self) -> int:
        """A document id above every one in use. Sure to be free only while `changing`."""
        return self._last_id + 1

    # Changing

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock, with everything taken in that others wrote.

        Raises:
            NotSavedError: The file cannot be written now, or what was done inside failed to be.
        """
        try:
            make_directory(self._path.parent)
            with self.lock.held():
                self._take_in()
                if self._incomplete:
                    self._mend()
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

    def append(self, documents: Mapping[str, Any]) -> None:
        """Put records at the end, all of them or none, while `changing`. One with a known key takes its place.

        Raises:
            OSError: They are not on the disk, and not in memory.
        """
        lines = {key: f"{encode(key)}:{encode(document)}" for key, document in documents.items()}
        addition = ",\n".join(lines.values())
        arrived = json.loads(f"{{{addition}}}")
        if not self._end or self._stamp.inode == self._distrusted:
            self._change_whole({**self._tables, RECORDS: {**self.records, **arrived}})
            self._appended_here = True
            return
        if not lines:
            return
        separator = "" if self._before.rstrip().endswith(b"{") else ","
        tail = f"{separator}\n{addition}".encode("ascii")
        repeated = sum(len(lines[key]) for key in arrived if key in self.records)
        self._stamp = self._write_tail(tail + CLOSE)
        self._grow(arrived, tail, len(lines))
        self._appended_here = True
        self._repeated_bytes += repeated
        if self._repeated_bytes > max(_REPEATED_BYTES, self._end // 2):
            self._repeated_bytes = 0
            with suppress(OSError):
                self._write_whole(self._tables)

    def write(self, data: Tables) -> None:
        """Write the file whole, as stock tables ask for with every change, and a removal always.

        Raises:
            NotSavedError: The file is as it was.
        """
        with self.changing():
            tables = {**new_tables(), **json.loads(encode(data))}
            try:
                file_version(tables)
                last_id(tables[RECORDS])
            except ValueError as error:
                raise LibraryError(
                    "That is no library.", "It needs its tables `meta` and `records`."
                ) from error
            self._change_whole(tables)

    def ensure_saved(self) -> None:
        """Have the file hold what memory holds, if it is gone or could not be completed.

        Raises:
            NotSavedError: It does not.
        """
        try:
            self._take_in()
        except LibraryError as error:
            raise NotSavedError(error.message, error.hint) from error
        if self._is_behind:
            with self.changing():
                self.append({})

    @property
    def is_gone(self) -> bool:
        """Whether there is no file, though there was one."""
        return self._stamp == _NO_FILE and bool(self.records)

    @property
    def _is_behind(self) -> bool:
        return self.is_gone or self._incomplete

    def back_up(self, reason: str) -> Path | None:
        """Keep a copy of the file as it is, while `changing`; `None` if there is no file.

        Args:
            reason: What is about to be done: `before-merge`.

        Raises:
            OSError: There is no such copy.
        """
        if self._stamp == _NO_FILE:
            return None
        # What was taken in has been parsed: these are its bytes, as nobody else writes now.
        return self._backups.make(self._read_whole()[1], reason)

    def back_up_daily(self) -> Path | None:
        """Keep a copy if there is none of today, and the file is another than the last one.

        Raises:
            NotSavedError: There is no such copy.
        """
        if self._stamp == _NO_FILE or self._version > VERSION or not self._backups.is_due():
            return None
        with self.changing():
            try:
                content = self._read_whole()[1]
                return None if self._backups.holds(content) else self._backups.make(content, DAILY)
            except OSError as error:
                raise not_saved("No backup could be made", error, self._backups.directory) from error

    def close(self) -> None:
        """Leave a file that holds what is known here, and in which no key stands twice, if this process added to it."""
        with suppress(LibraryError):
            self._take_in()
        if self._is_behind:
            with suppress(NotSavedError):
                self.ensure_saved()
        elif self._appended_here and (self._repeated_lines or self._stamp.inode == self._distrusted):
            self.lock.patience = 0
            with suppress(NotSavedError), self.changing():
                self._write_whole(self._tables)

    # How it is read

    def _take_in(self) -> None:
        try:
            stamp = _Stamp.of(os.stat(self._path))  # noqa: PTH116 - the tests of faults watch `os`
            if stamp != self._stamp and not self._take_in_tail(stamp):
                self._load()
        except FileNotFoundError:
            # What is in memory is then all there is, and the next change writes it whole.
            if self._stamp != _NO_FILE:
                self._tell(
                    f"The library is gone from {self._path}. It is written again from what is known here."
                )
            self._stamp, self._end, self._incomplete = _NO_FILE, 0, False
        except OSError as error:
            raise LibraryError(
                f"The library {self._path} cannot be read: {error.strerror or error}.",
                "See that it is a file that you may read.",
            ) from error

    def _take_in_tail(self, stamp: _Stamp) -> bool:
        """Take in what was appended, if the file is the one we know, and longer."""
        if not self._end or stamp.inode != self._stamp.inode or stamp.size < self._end:
            return False
        with self._path.open("rb") as file:
            stamp = _Stamp.of(os.fstat(file.fileno()))
            file.seek(self._end - len(self._before))
            before = file.read(len(self._before))
            tail = file.read().rstrip()
        if before != self._before or not tail.endswith(CLOSE):
            return False
        tail = tail.removesuffix(CLOSE)
        try:
            arrived = json.loads(b"{" + tail.removeprefix(b",") + b"}")
            last_id(arrived)
        except (ValueError, RecursionError):
            return False
        if not arrived:
            # It was written to, but not longer: somebody has changed it in its middle.
            return False
        self._grow(arrived, tail, tail.count(b"\n"))
        self._stamp = stamp
        return True

    def _grow(self, arrived: dict[str, Any], tail: bytes, lines: int) -> None:
        """Take into memory what is on the disk behind the records that were known."""
        records = self._tables[RECORDS]
        known = len(records)
        records.update(arrived)
        self.arrivals.extend(arrived)
        self._last_id = max(self._last_id, last_id(arrived))
        self._repeated_lines += lines - (len(records) - known)
        self._end += len(tail)
        self._before = (self._before + tail)[-_LOOK_BACK:]

    def _load(self) -> None:
        """Read the file whole; what is missing of it is put back."""
        held = self._understood(*self._read_whole())
        if not held.completed.is_new:
            self._take(held)
            return
        with suppress(NotSavedError, OSError), self.lock.held():
            self._mend(held)
            return
        # Without the lock, as in a directory that cannot be written, it stays as it is.
        self._settle(held.completed.tables, held.stamp, b"", VERSION)
        self._incomplete = True
        if held.completed.notice:
            self._tell(f"{held.completed.notice} It cannot be mended here, as nothing can be written.")

    def _mend(self, held: _Held | None = None) -> None:
        """Write what is missing of the file, while nobody else writes.

        Args:
            held: The file as it was read before, perhaps in the middle of somebody's write.
        """
        stamp, content = self._read_whole()
        if held is None or held.content != content:
            held = self._understood(stamp, content)
        found, completed = held.found, held.completed
        if not completed.is_new:
            self._take(held)
            return
        self._version = VERSION
        kept = ""
        if found.state is FileState.WHOLE:
            if completed.notice:
                self._backups.make(held.content, BEFORE_REPAIR)
        elif held.content:
            aside = damaged_name(self._path, self._now())
            atomic_write(aside, held.content)
            kept = f" The damaged file is kept as {aside.name}."
        self._write_whole(completed.tables)
        self._tell(f"{completed.notice}{kept}")

    def _understood(self, stamp: _Stamp, content: bytes) -> _Held:
        found = unhidden(contents(content), content)
        return _Held(stamp, content, found, self._completed(found))

    def _take(self, held: _Held) -> None:
        self._settle(held.completed.tables, held.stamp, held.content, held.found.version)

    def _read_whole(self) -> tuple[_Stamp, bytes]:
        with self._path.open("rb") as file:
            return _Stamp.of(os.fstat(file.fileno())), file.read()

    def _completed(self, found: Contents) -> Recovered:
        """What a file holds, with what was missing of it.

        Raises:
            LibraryError: It is none of ours.
        """
        if found.state is FileState.FOREIGN and not self.records:
            raise LibraryError(
                f"{self._path} is not a PactReader library, or damaged beyond recognition.",
                "Move it away, name another directory with --data-dir, or see `pactreader doctor --backups`.",
            )
        return completed(found, self._tables, self._backups, self._spare)

    def _tell(self, notice: str) -> None:
        if notice and notice not in self.notices:
            self.notices.append(notice)

    def _settle(self, tables: Tables, stamp: _Stamp, content: bytes, version: int) -> None:
        """Take tables into memory, with the file's bytes that hold them, if they are of this version."""
        in_order = next(reversed(tables)) == RECORDS and version == VERSION
        records = tables[RECORDS]
        if not self._tables or records != self.records:
            self.generation += 1
            self.arrivals = []
        self._tables = tables
        text = content.rstrip()
        in_lines = in_order and text.endswith(CLOSE)
        self._end = len(text) - len(CLOSE) if in_lines else 0
        self._before = text[max(0, self._end - _LOOK_BACK) : self._end]
        self._repeated_lines = max(0, text.count(b"\n") - 1 - len(records)) if in_lines else 0
        self._repeated_bytes = 0
        self._last_id = last_id(records)
        self._stamp = stamp
        self._incomplete = False
        if version > VERSION and self._version <= VERSION:
            self._tell("The library was written by a later PactReader: it can be read here, and not changed.")
        self._version = version

    # How it is written

    def _write_tail(self, tail: bytes) -> _Stamp:
        descriptor = open_in_place(self._path)
        try:
            size = os.fstat(descriptor).st_size
            try:
                # Room first, while the file is still valid: a full disk is met here.
                write_at(descriptor, b" " * (self._end + len(tail) - size), size)
            except OSError:
                with suppress(OSError):
                    os.ftruncate(descriptor, size)
                raise
            try:
                write_at(descriptor, tail, self._end)
                stamp = _Stamp.of(os.fstat(descriptor))
                sync(descriptor)
            except OSError:
                self._distrusted = self._stamp.inode
                with suppress(OSError):
                    write_at(descriptor, CLOSE.ljust(len(tail)), self._end)
                raise
        finally:
            with suppress(OSError):
                os.close(descriptor)
        return stamp

    def _change_whole(self, tables: Tables) -> None:
        """Write a changed file in the place of one that is known; if that fails, it is as it was."""
        before = self._stamp.inode
        try:
            self._write_whole(tables)
        except OSError:
            with suppress(OSError):
                if os.stat(self._path).st_ino != before:  # noqa: PTH116
                    # It took its name, but that may not be on the disk: what is said to have failed is taken back.
                    self._version = VERSION
                    self._write_whole(self._tables)
            raise

    def _write_whole(self, tables: Tables) -> None:
        """Write a new file and put it in the place of the old one; then take it into memory."""
        if 0 < self._version < VERSION:
            self.back_up("before-migration")
        tables = {**new_tables(), **tables}
        records = tables.pop(RECORDS)
        spare = set(self._spare(records))
        tables[RECORDS] = {key: record for key, record in records.items() if key not in spare}
        content = rendered(tables)
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
                    self._distrusted = inode
            raise
        self._settle(tables, _Stamp.of(written), content, VERSION)
