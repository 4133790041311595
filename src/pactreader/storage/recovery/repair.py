"""Repairing a library, and restoring a backup. The file as it was before is always kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from pactreader.core.annotation import timestamp
from pactreader.core.errors import LibraryError
from pactreader.storage.journal.atomic_write import atomic_write, damaged_name, make_directory
from pactreader.storage.journal.file_contents import FileState, read_contents
from pactreader.storage.journal.file_format import META, RECORDS, Tables, is_head, render
from pactreader.storage.journal.file_lock import FileLock
from pactreader.storage.journal.migrations import migrated
from pactreader.storage.paths import Paths
from pactreader.storage.recovery.backups import BEFORE_REPAIR, Backup, Backups
from pactreader.storage.recovery.library_check import CheckReport
from pactreader.storage.recovery.record_recovery import recover
from pactreader.storage.recovery.record_repair import repair_records
from pactreader.storage.save_errors import not_saved
from pactreader.storage.text_store import quarantine_text

_LOCK_SECONDS: Final = 10.0
"""Seconds to wait for another process that is writing."""
_GROUP_AND_OTHERS: Final = 0o077
_WRITE_OF_OTHERS: Final = 0o022

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class RepairReport(NamedTuple):
    """The outcome of a repair."""

    kept: Path | None = None
    """The file as it was before; `None` if there was none."""
    restored: int = 0
    """The number of records that a backup or a change had as they were written. Where the file's own can still be
    read, both versions stay."""
    accepted: int = 0
    """The number of records that are as another program, or damage, left them, and have a new checksum."""
    rekeyed: int = 0
    """The number of records that another one with the same key had hidden."""


def repair(paths: Paths, found: CheckReport, *, now: Clock = _now) -> RepairReport:
    """Repair the library, its texts, and who may read them.

    Args:
        paths: The directories of the library.
        found: The report of the check that found the faults.
        now: The clock.

    Raises:
        LibraryError: It is no library, or one of a later version.
        NotSavedError: It could not be written, and is as it was.
    """
    backups = Backups(paths.backups, now=now)
    with _locked(paths, now) as content:
        recovered = recover(content, {}, backups.copies())
        if recovered.state is FileState.LATER:
            raise LibraryError(
                "The library was written by a later PactReader.", "Update PactReader to repair it."
            )
        if recovered.state is FileState.FOREIGN:
            raise LibraryError(
                f"{paths.library} is not a PactReader library, or damaged beyond recognition.",
                "`pactreader doctor --restore` puts a backup in its place.",
            )
        repaired = repair_records(recovered.tables[RECORDS], backups.copies())
        kept = _keep(paths, content, BEFORE_REPAIR, now)
        _write(paths, {**recovered.tables, RECORDS: repaired.records})
    for entry in found.damaged_texts:
        quarantine_text(paths.texts, entry.text_hash)
    for path in found.too_open:
        with suppress(OSError):
            taken = _WRITE_OF_OTHERS if path.is_dir() else _GROUP_AND_OTHERS
            path.chmod(path.stat().st_mode & ~taken & 0o7777)
    return RepairReport(kept, recovered.restored + repaired.restored, repaired.accepted, recovered.rekeyed)


def restore(paths: Paths, name: str, *, now: Clock = _now) -> tuple[Backup, Path | None]:
    """Put a backup in the place of the library.

    Processes that have the library open take the backup as it is: what they knew before does not come back.

    Args:
        paths: The directories of the library.
        name: The beginning of the backup's name; empty for the newest.
        now: The clock.

    Returns:
        The backup, and the file that was there before, as it is kept now; `None` if there was none.

    Raises:
        UsageError: There is no such backup, or more than one.
        LibraryError: The backup cannot be read.
        NotSavedError: It could not be written; the library is as it was.
    """
    backup = Backups(paths.backups, now=now).find(name)
    try:
        found = read_contents(backup.path.read_bytes())
    except OSError as error:
        raise LibraryError(
            f"{backup.path} cannot be read: {error.strerror or error}.", "Try another one."
        ) from error
    if found.state is not FileState.WHOLE:
        raise LibraryError(f"{backup.path} is damaged, or of a later version.", "Try another one.")
    tables = migrated(found.tables, found.version)
    meta = {
        key: {**document, "restored": timestamp(now())} if is_head(document) else document
        for key, document in tables[META].items()
    }
    with _locked(paths, now) as content:
        kept = _keep(paths, content, "before-restore", now)
        _write(paths, {**tables, META: meta})
    return backup, kept


@contextmanager
def _locked(paths: Paths, now: Clock) -> Iterator[bytes]:
    """Hold the library's lock, and give the bytes of its file; none if there is no file.

    Raises:
        NotSavedError: The lock cannot be had, or an `OSError` was raised inside.
    """
    path = paths.library.resolve()
    try:
        make_directory(path.parent)
        with FileLock(path.with_suffix(".lock"), timeout=_LOCK_SECONDS, now=now).held():
            yield path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise not_saved("The library could not be written", error, path) from error


def _keep(paths: Paths, content: bytes, reason: str, now: Clock) -> Path | None:
    """Keep a file that is about to be replaced: as a backup if it is whole, else beside the library."""
    if not content:
        return None
    if read_contents(content).state in {FileState.WHOLE, FileState.LATER}:
        return Backups(paths.backups, now=now).make(content, reason)
    aside = damaged_name(paths.library.resolve(), now())
    atomic_write(aside, content)
    return aside


def _write(paths: Paths, tables: Tables) -> None:
    atomic_write(paths.library, render(tables))
