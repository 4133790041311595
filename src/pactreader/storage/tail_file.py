"""The library file: one TinyDB JSON file that is its own journal.

Records stand one a line in the last table of the object:

    {"meta":{"1":{"format":"pactreader-library","version":1}},"records":{
    "1":{…},
    "2":{…}
    }}

A change overwrites the closing braces with its records and the braces, and syncs; an edit repeats its key, as
`json` keeps the last of a key. So any TinyDB reads the file at any moment, and a change costs its records and
one sync, at a hundred records and at a hundred thousand. In TinyDB's terms this is the storage; the table is in
`tail_table`.
"""

import json
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tinydb.storages import Storage

from pactreader.core.errors import LibraryError, NotSavedError
from pactreader.storage.whole_file import (
    damaged_name,
    make_directory,
    open_in_place,
    replace_whole,
    sync,
    write_at,
)

if TYPE_CHECKING:
    from filelock import BaseFileLock

FORMAT: Final = "pactreader-library"
VERSION: Final = 1
"""The version of the file that this code writes. A later one is read, and not written."""
RECORDS: Final = "records"
"""The table that grows; it stands last in the file."""

_CLOSE: Final = b"\n}}"
_META: Final = "meta"
_LOOK_BACK: Final = 64
"""Bytes before the closing braces that must still be there for a longer file to be the same one, grown."""
_LOCK_SECONDS: Final = 5.0
"""How long to wait for another window: one that writes a hundred thousand records whole takes about one."""
_REPEATED_BYTES: Final = 4 << 20
"""What edits may add before the file is written whole, at the least; else half of what it holds."""

_RECORD: Final = re.compile(r'"(\d+)":(?=\{)')
"""Where a record's line begins."""

_encode: Final = json.JSONEncoder(separators=(",", ":")).encode
"""ASCII, as TinyDB reads with the encoding of the locale."""

Tables = dict[str, dict[str, Any]]


class Line(NamedTuple):
    """What can be read of a line of the file."""

    key: str
    record: Any
    rest: str
    """What stands behind the record: a comma, or nothing; else perhaps the torn beginning of the next."""


class _Stamp(NamedTuple):
    """What tells one state of the file from another."""

    inode: int
    size: int
    modified: int

    @classmethod
    def of(cls, status: os.stat_result) -> "_Stamp":
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)


_NO_FILE: Final = _Stamp(0, 0, 0)


class TailFile(Storage):
    """A TinyDB storage that appends. Several processes may use one file; within one, a single thread at a time.

    What `read` returns is what is on the disk, and changes only once a change is synced. It is the storage's own
    and not to be touched.
    """

    def __init__(
        self,
        path: Path,
        *,
        spare: Callable[[Mapping[str, Any]], Collection[str]] = lambda _records: (),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Open the file, if it is there. Nothing is created before the first change.

        Args:
            path: The file; a symbolic link is followed, and stays.
            spare: Which records need not be kept when the file is written whole, by their keys.
            now: The clock, for the names of damaged files.

        Raises:
            LibraryError: The file cannot be read, or is not one of ours.
        """
        self._path = Path(os.path.realpath(path))
        self._spare = spare
        self._now = now
        self._lock: BaseFileLock | None = None
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
        self._damaged: bytes | None = None
        """The whole of a damaged file that is not yet kept aside."""
        self._later_version = 0
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
            with self._locked():
                if self._damaged is not None:
                    self._stamp = _NO_FILE
                self._take_in()
                if self._later_version:
                    raise NotSavedError(
                        f"The library was written by a later PactReader (file version {self._later_version}, "
                        f"this one writes {VERSION}) and is open for reading only.",
                        "Update PactReader to change it.",
                    )
                yield
        except LibraryError as error:
            raise NotSavedError(error.message, error.hint) from error
        except OSError as error:
            raise NotSavedError(
                f"The library could not be written: {error.strerror or error}.",
                f"See that there is room and permission for {self._path}, then try again.",
            ) from error

    def append(self, documents: Mapping[str, Any]) -> None:
        """Put records at the end, all of them or none, while `changing`. One with a known key takes its place.

        Raises:
            OSError: They are not on the disk, and not in memory.
        """
        lines = {key: f"{_encode(key)}:{_encode(document)}" for key, document in documents.items()}
        addition = ",\n".join(lines.values())
        arrived = json.loads(f"{{{addition}}}")
        if not self._end or self._stamp.inode == self._distrusted:
            self._write_whole({**self._tables, RECORDS: {**self.records, **arrived}})
            self._appended_here = True
            return
        if not lines:
            return
        separator = "" if self._before.rstrip().endswith(b"{") else ","
        tail = f"{separator}\n{addition}".encode("ascii")
        repeated = sum(len(lines[key]) for key in arrived if key in self.records)
        self._stamp = self._write_tail(tail + _CLOSE)
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
            tables = {**_new_tables(), **json.loads(_encode(data))}
            self._check(tables)
            self._write_whole(tables)

    def close(self) -> None:
        """Leave a file in which no key stands twice, if this process added to it."""
        if self._appended_here and (self._repeated_lines or self._stamp.inode == self._distrusted):
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
            self._stamp, self._end = _NO_FILE, 0
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
        if before != self._before or not tail.endswith(_CLOSE):
            return False
        tail = tail.removesuffix(_CLOSE)
        try:
            arrived = json.loads(b"{" + tail.removeprefix(b",") + b"}")
            _last_id(arrived)
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
        self._last_id = max(self._last_id, _last_id(arrived))
        self._repeated_lines += lines - (len(records) - known)
        self._end += len(tail)
        self._before = (self._before + tail)[-_LOOK_BACK:]

    def _load(self) -> None:
        """Read the file whole; one that is damaged is salvaged and mended."""
        stamp, content = self._read_whole()
        try:
            tables = json.loads(content) if content else _new_tables()
        except (ValueError, RecursionError):
            with suppress(NotSavedError, OSError), self._locked():
                self._load_alone()
                return
            # Without the lock, as in a directory that cannot be written, it stays as it is.
            self._salvage(stamp, content)
            return
        self._settle(tables, stamp, content)

    def _load_alone(self) -> None:
        """Read the file whole while nobody writes: what cannot be read then is damaged."""
        stamp, content = self._read_whole()
        try:
            tables = json.loads(content)
        except (ValueError, RecursionError):
            self._salvage(stamp, content)
            if not self._later_version:
                self._write_whole(self._tables)
        else:
            self._settle(tables, stamp, content)

    def _read_whole(self) -> tuple[_Stamp, bytes]:
        with self._path.open("rb") as file:
            return _Stamp.of(os.fstat(file.fileno())), file.read()

    def _salvage(self, stamp: _Stamp, content: bytes) -> None:
        tables = salvaged(content)
        if tables is None:
            raise LibraryError(
                f"The library {self._path} is damaged beyond what can be mended, or is no library.",
                "Move it away to begin a new one, or put a copy of it in its place.",
            )
        self._settle(tables, stamp, b"")
        self._damaged = content

    def _settle(self, tables: Any, stamp: _Stamp, content: bytes) -> None:
        """Take tables into memory, with the file's bytes that hold them."""
        self._later_version = self._check(tables)
        in_order = next(reversed(tables)) == RECORDS
        self._tables = tables
        records = tables.setdefault(RECORDS, {})
        text = content.rstrip()
        in_lines = in_order and text.endswith(_CLOSE)
        self._end = len(text) - len(_CLOSE) if in_lines else 0
        self._before = text[max(0, self._end - _LOOK_BACK) : self._end]
        self._repeated_lines = max(0, text.count(b"\n") - 1 - len(records)) if in_lines else 0
        self._repeated_bytes = 0
        self._last_id = _last_id(records)
        self._stamp = stamp
        self._damaged = None
        self.generation += 1
        self.arrivals = []

    def _check(self, tables: Any) -> int:
        """The file's version if it is later than ours, else 0."""
        try:
            version = file_version(tables)
            _last_id(tables.get(RECORDS, {}))
        except ValueError as error:
            raise LibraryError(
                f"{self._path} is not a PactReader library.",
                "Move it away, or name another directory with --data-dir.",
            ) from error
        return version if version > VERSION else 0

    # How it is written

    @contextmanager
    def _locked(self) -> Iterator[None]:
        from filelock import FileLock, Timeout  # noqa: PLC0415 - reading does without

        if self._lock is None:
            # The lock lies beside the file, as the file is replaced when it is written whole.
            self._lock = FileLock(self._path.with_suffix(".lock"), timeout=_LOCK_SECONDS, mode=0o600)
        try:
            with self._lock:
                yield
        except Timeout as error:
            raise NotSavedError(
                "Another PactReader is writing to the library.", "Try again in a moment."
            ) from error

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
                    write_at(descriptor, _CLOSE.ljust(len(tail)), self._end)
                raise
        finally:
            with suppress(OSError):
                os.close(descriptor)
        return stamp

    def _write_whole(self, tables: Tables) -> None:
        """Write a new file and put it in the place of the old one; then take it into memory."""
        tables = {**_new_tables(), **tables}
        records = tables.pop(RECORDS)
        spare = set(self._spare(records))
        tables[RECORDS] = {key: record for key, record in records.items() if key not in spare}
        content = _rendered(tables)
        if self._damaged is not None:
            replace_whole(damaged_name(self._path, self._now()), self._damaged)
            self._damaged = None
        for left_over in self._path.parent.glob(f"{self._path.name}.*.new"):
            with suppress(OSError):
                left_over.unlink()
        try:
            written = replace_whole(self._path, content)
        except OSError:
            with suppress(OSError):
                inode = os.stat(self._path).st_ino  # noqa: PTH116
                if inode != self._stamp.inode:
                    # The new file is there, but its name may not be on the disk.
                    self._distrusted = inode
            raise
        self._settle(tables, _Stamp.of(written), content)


def _new_tables() -> Tables:
    return {_META: {"1": {"format": FORMAT, "version": VERSION}}, RECORDS: {}}


def _rendered(tables: Tables) -> bytes:
    """The file's bytes: the records last, one a line."""
    head = ",".join(f"{_encode(name)}:{_encode(table)}" for name, table in tables.items() if name != RECORDS)
    lines = ",\n".join(f"{_encode(key)}:{_encode(record)}" for key, record in tables[RECORDS].items())
    return f'{{{head},"{RECORDS}":{{\n{lines}'.rstrip("\n").encode("ascii") + _CLOSE


def file_version(tables: Any) -> int:
    """The version of a file of ours.

    Raises:
        ValueError: It is none of ours.
    """
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise ValueError("no tables")
    for document in tables.get(_META, {}).values():
        if isinstance(document, dict) and document.get("format") == FORMAT:
            version = document.get("version")
            if type(version) is int and version > 0:
                return version
    raise ValueError("no version")


def _last_id(records: Any) -> int:
    """The highest key of a table, 0 if it is empty.

    Raises:
        ValueError: It is no table: TinyDB's keys are integers.
    """
    if not isinstance(records, dict):
        raise ValueError("no table")  # noqa: TRY004 - the caller expects what `int` raises for a key
    return max(map(int, records), default=0)


def salvaged(content: bytes) -> Tables | None:
    """What can be read of a damaged file; `None` if it is none of ours."""
    if _rendered(_new_tables()).startswith(content):
        return _new_tables()
    text = content.decode("utf-8", "replace")
    # A whole object with something behind it: a change that never came to be.
    with suppress(ValueError, RecursionError):
        tables: Tables = json.JSONDecoder().raw_decode(text)[0]
        file_version(tables)
        return tables
    head, *lines = text.split("\n")
    try:
        tables = json.loads(head + "}}")
        file_version(tables)
    except (ValueError, RecursionError):
        return None
    records = tables.setdefault(RECORDS, {})
    records.update((found.key, found.record) for found in map(read_line, lines) if found)
    return tables


def read_line(line: str) -> Line | None:
    """The record on a line of the file; `None` if none can be read there."""
    found = _RECORD.match(line)
    if not found:
        return None
    try:
        record, end = json.JSONDecoder().raw_decode(line, found.end())
    except (ValueError, RecursionError):
        return None
    return Line(found[1], record, line[end:])
