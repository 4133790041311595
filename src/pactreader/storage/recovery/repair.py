"""Mending a library, and putting a backup in its place. What was there before is always kept."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, Final, NamedTuple

from pactreader.core.annotation import timestamp
from pactreader.core.errors import LibraryError
from pactreader.storage.journal.atomic_write import atomic_write, damaged_name, make_directory
from pactreader.storage.journal.file_format import (
    FORMAT,
    META,
    RECORDS,
    Contents,
    FileState,
    Tables,
    contents,
    every_row,
    rendered,
)
from pactreader.storage.journal.file_lock import FileLock
from pactreader.storage.journal.migrations import migrated
from pactreader.storage.paths import Paths
from pactreader.storage.recovery.backups import BEFORE_REPAIR, Backup, Backups
from pactreader.storage.recovery.history_replay import remembered, with_remembered
from pactreader.storage.recovery.library_check import CheckReport
from pactreader.storage.save_errors import not_saved
from pactreader.storage.schema.records import ANNOTATION, ARTICLE, is_readable
from pactreader.storage.schema.revisions import (
    PAST,
    REVISION,
    Record,
    content_of,
    has_revision,
    revised,
    revision_fits,
    versions,
    with_past,
)
from pactreader.storage.sync.merge import Identity, identity, merged
from pactreader.storage.text_store import quarantine_text

_LOCK_SECONDS: Final = 10.0
_GROUP_AND_OTHERS: Final = 0o077
_WRITE_OF_OTHERS: Final = 0o022

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class RepairReport(NamedTuple):
    """What was mended."""

    kept: Path | None = None
    """The file as it was before; `None` if there was none."""
    restored: int = 0
    """Records that a backup or a change had as they were written: where the file's own can still be read, both versions stay."""
    accepted: int = 0
    """Records that are as another program, or damage, left them, and have a checksum of that now."""
    rekeyed: int = 0
    """Records that another one had hidden."""


def repair(paths: Paths, found: CheckReport, *, now: Clock = _now) -> RepairReport:
    """Mend what a check has found.

    Args:
        paths: Where the library is.
        found: What was found.
        now: The clock.

    Raises:
        LibraryError: It is no library, or one of a later version.
        NotSavedError: It could not be written, and is as it was.
    """
    with _alone(paths, now) as (content, contents_now):
        if contents_now.state is FileState.LATER:
            raise LibraryError(
                "The library was written by a later PactReader.", "Update PactReader to repair it."
            )
        if contents_now.state is FileState.FOREIGN:
            raise LibraryError(
                f"{paths.library} is not a PactReader library, or damaged beyond recognition.",
                "`pactreader doctor --restore` puts a backup in its place.",
            )
        mending = _Mending(contents_now, every_row(content), Backups(paths.backups, now=now))
        tables = mending.tables()
        kept = _keep(paths, content, contents_now.state, BEFORE_REPAIR, now)
        _write(paths, tables)
    for entry in found.damaged_texts:
        quarantine_text(paths.texts, entry.text_hash)
    for path in found.too_open:
        with suppress(OSError):
            taken = _WRITE_OF_OTHERS if path.is_dir() else _GROUP_AND_OTHERS
            path.chmod(path.stat().st_mode & ~taken & 0o7777)
    return RepairReport(kept, mending.restored, mending.accepted, mending.rekeyed)


def restore(paths: Paths, name: str, *, now: Clock = _now) -> tuple[Backup, Path | None]:
    """Put a backup in the place of the library.

    Windows that are open take it as it is: what they knew before does not come back.

    Args:
        paths: Where the library is.
        name: The beginning of the backup's name; empty for the newest.
        now: The clock.

    Returns:
        The backup, and what was there before, as it is kept now; `None` if there was nothing.

    Raises:
        UsageError: There is no such backup, or more than one.
        LibraryError: The backup cannot be read.
        NotSavedError: It could not be written; the library is as it was.
    """
    backup = Backups(paths.backups, now=now).find(name)
    try:
        found = contents(backup.path.read_bytes())
    except OSError as error:
        raise LibraryError(
            f"{backup.path} cannot be read: {error.strerror or error}.", "Try another one."
        ) from error
    if found.state is not FileState.WHOLE:
        raise LibraryError(f"{backup.path} is damaged, or of a later version.", "Try another one.")
    tables = migrated(found.tables, found.version)
    meta = {
        key: {**document, "restored": timestamp(now())} if document.get("format") == FORMAT else document
        for key, document in tables[META].items()
    }
    with _alone(paths, now) as (content, contents_now):
        kept = _keep(paths, content, contents_now.state, "before-restore", now)
        _write(paths, {**tables, META: meta})
    return backup, kept


@contextmanager
def _alone(paths: Paths, now: Clock) -> Iterator[tuple[bytes, Contents]]:
    """Hold the library's lock, with what is in its file; of no file, nothing.

    Raises:
        NotSavedError: It cannot be had, or what was done inside could not be written.
    """
    path = paths.library.resolve()
    try:
        make_directory(path.parent)
        with FileLock(path.with_suffix(".lock"), patience=_LOCK_SECONDS, now=now).held():
            content = path.read_bytes() if path.exists() else b""
            yield content, contents(content)
    except OSError as error:
        raise not_saved("The library could not be written", error, path) from error


def _keep(paths: Paths, content: bytes, state: FileState, reason: str, now: Clock) -> Path | None:
    """Keep what is about to be replaced: among the backups if it is whole, else beside the library."""
    if not content:
        return None
    if state in {FileState.WHOLE, FileState.LATER}:
        return Backups(paths.backups, now=now).make(content, reason)
    aside = damaged_name(paths.library.resolve(), now())
    atomic_write(aside, content)
    return aside


def _write(paths: Paths, tables: Tables) -> None:
    atomic_write(paths.library, rendered(tables))


class _Mending:
    """The records of a damaged library, each as well as the file and the backups have it."""

    def __init__(self, found: Contents, rows: list[tuple[str, Any]], backups: Backups) -> None:
        self._found = found
        self._rows = rows
        self._backups = backups
        self._copies: list[Mapping[Identity, Record]] | None = None
        self._remembered: dict[str, Record] = {}
        self.restored = self.accepted = self.rekeyed = 0

    def tables(self) -> Tables:
        """The library, mended."""
        unhidden = self._unhidden()
        self._remembered = remembered(unhidden.values())
        records = with_remembered({key: self._mended(record) for key, record in unhidden.items()})
        known = {found for record in records.values() if (found := identity(record))}
        free = count(max(map(int, records), default=0) + 1)
        for found in self._lost(records, known):
            record = self._from_backups(found, lambda _record: True)
            if record:
                records[str(next(free))] = record
                self.restored += 1
        tables = {**self._found.tables, RECORDS: records}
        return migrated(tables, self._found.version)

    def _unhidden(self) -> dict[str, Any]:
        """The records by their keys, those whose key another took with a key of their own."""
        rows = self._rows
        if not rows or not all(key.isascii() and key.isdecimal() for key, _record in rows):
            rows = list(self._found.tables.get(RECORDS, {}).items())
        records: dict[str, Any] = {}
        hidden: list[Any] = []
        for key, record in rows:
            before = records.get(key)
            if key in records and before != record and identity(before) != identity(record):
                hidden.append(before)
            records[key] = record
        known = {found for record in records.values() if (found := identity(record))}
        free = count(max(map(int, records), default=0) + 1)
        for record in hidden:
            if identity(record) not in known:
                records[str(next(free))] = record
                self.rekeyed += 1
        return records

    def _mended(self, record: Any) -> Any:
        found = identity(record)
        if found is None:
            return record
        if not is_readable(record):
            better = self._from_backups(found, is_readable) or self._from_changes(found)
            self.restored += better is not None
            return better or record
        if not has_revision(record):
            return revised(record)
        if revision_fits(record):
            return record
        said = record.get(REVISION)
        original = self._from_changes(found)
        if original is None or original[REVISION] != said:
            original = self._from_backups(
                found, lambda other: other.get(REVISION) == said and revision_fits(other)
            )
        if original is None:
            self.accepted += 1
            return revised(record, *versions(record))
        self.restored += 1
        past = record.get(PAST)
        return merged(original, with_past(content_of(record), past if isinstance(past, list) else ()))

    def _lost(self, records: Mapping[str, Any], known: set[Identity]) -> list[Identity]:
        """The articles that annotations belong to, and that have no record."""
        ids = dict.fromkeys(
            record["article"]
            for record in records.values()
            if identity(record) and isinstance(record.get("article"), str)
        )
        return [(ARTICLE, id_) for id_ in ids if (ARTICLE, id_) not in known]

    def _from_changes(self, wanted: Identity) -> Record | None:
        """An annotation as the last change to it left it."""
        content = self._remembered.get(wanted[1]) if wanted[0] == ANNOTATION else None
        return revised(content) if content else None

    def _from_backups(self, wanted: Identity, fits: Callable[[Record], bool]) -> Record | None:
        """A record as the newest backup has it that has it so."""
        if self._copies is None:
            self._copies = [
                {found: one for one in copy.tables[RECORDS].values() if (found := identity(one))}
                for _backup, copy in self._backups.readable()
            ]
        kept = (copy[wanted] for copy in self._copies if wanted in copy)
        return next((record for record in kept if fits(record)), None)
