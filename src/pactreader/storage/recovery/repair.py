"""Repair of a library, and restoring of a backup. The replaced file is always kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from pactreader.core.annotation import timestamp
from pactreader.core.errors import LibraryError
from pactreader.storage.journal.atomic_write import atomic_write, damaged_name, make_directory
from pactreader.storage.journal.file_contents import FileState, read_contents
from pactreader.storage.journal.file_format import META, RECORDS, is_head, render
from pactreader.storage.journal.file_lock import FileLock
from pactreader.storage.journal.migrations import migrated
from pactreader.storage.paths import Paths
from pactreader.storage.recovery.backups import BEFORE_REPAIR, Backup, Backups
from pactreader.storage.recovery.library_check import CheckReport
from pactreader.storage.recovery.record_recovery import recover
from pactreader.storage.recovery.record_repair import repair_records
from pactreader.storage.save_errors import not_saved
from pactreader.storage.texts.store_files import PAGE, TEXT, quarantine

_LOCK_SECONDS: Final = 10.0
"""Seconds to wait for another process that is writing."""
_GROUP_AND_OTHERS: Final = 0o077
"""The mode bits to remove from a file."""
_WRITE_OF_OTHERS: Final = 0o022
"""The mode bits to remove from a directory."""

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class RepairReport(NamedTuple):
    """The outcome of a repair."""

    kept: Path | None = None
    """The path at which the replaced file is kept; `None` if there was none."""
    restored: int = 0
    """The number of records restored from a backup or the undo history. If the file's own record can be read too, the
    two become a conflict."""
    accepted: int = 0
    """The number of records with a failed checksum and no original, which got a new checksum."""
    rekeyed: int = 0
    """The number of shadowed records, which got new keys."""


def repair(paths: Paths, found: CheckReport, *, now: Clock = _now) -> RepairReport:
    """Repair the library, rename damaged texts so that they are stored again, and restrict file modes.

    Args:
        paths: The paths of the library.
        found: The report of the check that found the faults.
        now: The clock.

    Raises:
        LibraryError: It is not a library, or has a later format version.
        NotSavedError: The library could not be written, and is unchanged.
    """
    backups = Backups(paths.backups, now=now)
    with _locked(paths, now) as content:
        recovered = recover(content, {}, backups.readable())
        if recovered.state is FileState.LATER:
            raise LibraryError(
                "The library was written by a later PactReader.", "Update PactReader to repair it."
            )
        if recovered.state is FileState.FOREIGN:
            raise LibraryError(
                f"{paths.library} is not a PactReader library, or damaged beyond recognition.",
                "`pactreader doctor --restore` puts a backup in its place.",
            )
        repaired = repair_records(recovered.tables[RECORDS], backups.readable())
        kept = _keep_replaced(paths, content, BEFORE_REPAIR, now)
        atomic_write(paths.library, render({**recovered.tables, RECORDS: repaired.records}))
    present = {entry.text_hash for entry in found.damaged_texts}
    for text_hash in present | {text.text_hash for text in found.damaged_former_texts}:
        quarantine(paths.texts, text_hash, TEXT)
    for entry in found.damaged_pages:
        if entry.page:
            quarantine(paths.texts, entry.page.hash, PAGE)
    for path in found.too_open:
        with suppress(OSError):
            removed = _WRITE_OF_OTHERS if path.is_dir() else _GROUP_AND_OTHERS
            path.chmod(path.stat().st_mode & ~removed & 0o7777)
    return RepairReport(kept, recovered.restored + repaired.restored, repaired.accepted, recovered.rekeyed)


def restore(paths: Paths, name: str, *, now: Clock = _now) -> tuple[Backup, Path | None]:
    """Replace the library with a backup.

    Processes that have the library open do not add the records that they have in memory.

    Args:
        paths: The paths of the library.
        name: The beginning of the backup's name; empty for the newest.
        now: The clock.

    Returns:
        The backup, and the path at which the replaced library is kept, which is `None` if there was none.

    Raises:
        UsageError: There is no such backup, or more than one.
        LibraryError: The backup cannot be read.
        NotSavedError: The library could not be written, and is unchanged.
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
        kept = _keep_replaced(paths, content, "before-restore", now)
        atomic_write(paths.library, render({**tables, META: meta}))
    return backup, kept


@contextmanager
def _locked(paths: Paths, now: Clock) -> Iterator[bytes]:
    """Hold the library's lock and yield the bytes of its file, which are empty if there is none.

    Raises:
        NotSavedError: The lock cannot be acquired, or an `OSError` was raised inside the `with` block.
    """
    path = paths.library.resolve()
    try:
        make_directory(path.parent)
        with FileLock(path.with_suffix(".lock"), timeout=_LOCK_SECONDS, now=now).held():
            yield path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise not_saved("The library could not be written", error, path) from error


def _keep_replaced(paths: Paths, content: bytes, reason: str, now: Clock) -> Path | None:
    """Keep the content of a file that is about to be replaced: a whole one as a backup, others beside the library."""
    if not content:
        return None
    if read_contents(content).state in {FileState.WHOLE, FileState.LATER}:
        return Backups(paths.backups, now=now).make(content, reason)
    aside = damaged_name(paths.library.resolve(), now())
    atomic_write(aside, content)
    return aside
