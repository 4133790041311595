"""Backups: verified copies of the library file, of which older ones are deleted by age.

Each is a library file that PactReader and any TinyDB program can open. Links would not do, as the library is written in
place.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from itertools import count, islice
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, NamedTuple

from pactreader.core.errors import UsageError
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.core.printable_text import printable_line
from pactreader.storage.journal.atomic_write import atomic_write, make_directory
from pactreader.storage.journal.file_contents import FileState, read_contents
from pactreader.storage.journal.file_format import RECORDS
from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.journal.migrations import migrated
from pactreader.storage.save_errors import not_saved

DAILY: Final = "daily"
BEFORE_REPAIR: Final = "before-repair"
_NAME: Final = lazy_pattern(r"library-(\d{8}T\d{6}Z)(?:-(\d+))?-([a-z-]+)\.json")
_TIME: Final = "%Y%m%dT%H%M%SZ"
_DAYS, _WEEKS, _MONTHS = 7, 4, 12
"""The numbers of days, weeks and months for each of which the newest backup is kept."""
_MAX_BEFORE_OPERATIONS: Final = 10
"""The number of backups made before operations, such as merges, that are kept besides."""
_MAX_SHRINKAGE: Final = 2
"""The factor by which a library may be smaller than its last backup. A smaller one may have lost data, so that no
backup is deleted then."""


class Backup(NamedTuple):
    """A backup file, as its name describes it."""

    path: Path
    at: datetime
    """The time in UTC, to the second."""
    number: int
    """The number among the backups made in the same second, from 0."""
    reason: str
    """`daily`, or the operation before which it was made, as `before-merge`."""

    @property
    def order(self) -> tuple[datetime, int]:
        """A sort key: older backups come before newer ones."""
        return self.at, self.number


class ReadableBackup(NamedTuple):
    """The content of a backup that is whole."""

    backup: Backup
    records: Mapping[str, Any]
    """The records by key, migrated to the present format version."""


class Backups:
    """The backups of a library file, in a directory that is created with the first backup."""

    def __init__(self, directory: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.directory = directory
        self._now = now

    def all(self) -> list[Backup]:
        """Return all backups, the newest first; an empty list if the directory cannot be read."""
        found: list[Backup] = []
        with suppress(OSError):
            found = [backup for path in self.directory.iterdir() if (backup := _read_name(path))]
        return sorted(found, key=attrgetter("order"), reverse=True)

    def find(self, name: str) -> Backup:
        """Return the backup whose name, with or without `library-`, begins with a text; for an empty text, the newest.

        Raises:
            UsageError: There is no such backup, or more than one.
        """
        found = [
            backup
            for backup in self.all()
            if backup.path.name.startswith((name, f"library-{name}")) or backup.path.name == Path(name).name
        ]
        if len(found) == 1 or (found and not name):
            return found[0]
        problem = "There is no backup" if not found else "More than one backup begins with"
        name = f" “{printable_line(name)}”" if name else ""
        raise UsageError(f"{problem}{name}.", "`pactreader doctor --backups` lists them.")

    def newest(self) -> Backup | None:
        """Return the newest backup; `None` if there is none."""
        return next(iter(self.all()), None)

    def make_daily(self, file: JournalFile) -> Path | None:
        """Make a backup of the library if there is none from today, in local time, and it has changed since the last.

        Returns:
            The path of the backup; `None` if none was made.

        Raises:
            NotSavedError: The backup could not be made.
        """
        newest = self.newest()
        if newest and newest.at.astimezone().date() >= self._now().astimezone().date():
            return None
        if not file.is_writable:
            return None
        with file.changing():
            try:
                content = file.content()
                return None if newest and _has_content(newest.path, content) else self.make(content, DAILY)
            except OSError as error:
                raise not_saved("No backup could be made", error, self.directory) from error

    def make(self, content: bytes, reason: str) -> Path:
        """Write a backup, verify it, and delete expired ones. The caller must hold the lock of the library.

        Args:
            content: The bytes of a whole library file.
            reason: `daily`, or the operation that follows, as `before-merge`.

        Raises:
            OSError: The backup could not be made.
        """
        make_directory(self.directory)
        for left_over in self.directory.glob("library-*.new"):
            with suppress(OSError):
                left_over.unlink()
        path = self._free_path(reason)
        atomic_write(path, content)
        if path.read_bytes() != content:
            raise OSError(f"{path} is not what was written")
        others = [backup for backup in self.all() if backup.path != path]
        if not others or len(content) * _MAX_SHRINKAGE >= _size(others[0].path):
            self._delete_expired()
        return path

    def readable(self) -> Iterator[ReadableBackup]:
        """Yield the backups that are whole, the newest first, reading one at a time."""
        for backup in self.all():
            with suppress(OSError):
                found = read_contents(backup.path.read_bytes())
                if found.state is FileState.WHOLE:
                    yield ReadableBackup(backup, migrated(found.tables, found.version)[RECORDS])

    def _free_path(self, reason: str) -> Path:
        stem = f"library-{self._now().astimezone(UTC):{_TIME}}"
        taken = sum(1 for _ in self.directory.glob(f"{stem}*"))
        stems = (f"{stem}-{number}" if number else stem for number in count(taken))
        paths = (self.directory / f"{stem}-{reason}.json" for stem in stems)
        return next(path for path in paths if not path.exists())

    def _delete_expired(self) -> None:
        for backup in expired_backups(self.all()):
            with suppress(OSError):
                backup.path.unlink()


def expired_backups(backups: Iterable[Backup]) -> list[Backup]:
    """Return the backups to delete: all but the newest of each of the last 7 days, 4 weeks and 12 months with any.

    The last 10 that were made before an operation are kept besides. They are not preferred to daily ones, as they may
    contain the damage that the operation repaired.
    """
    newest_first = sorted(backups, key=attrgetter("order"), reverse=True)
    kept = set(islice((one for one in newest_first if one.reason != DAILY), _MAX_BEFORE_OPERATIONS))
    periods: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (_DAYS, lambda at: at.date()),
        (_WEEKS, lambda at: at.isocalendar()[:2]),
        (_MONTHS, lambda at: (at.year, at.month)),
    )
    for most, period in periods:
        newest: dict[object, Backup] = {}
        for backup in newest_first:
            key = period(backup.at.astimezone())
            if newest.setdefault(key, backup).reason != DAILY and backup.reason == DAILY:
                newest[key] = backup
        kept.update(islice(newest.values(), most))
    return [backup for backup in newest_first if backup not in kept]


def _read_name(path: Path) -> Backup | None:
    """Return the backup that the name of a file describes; `None` if it is not that of a backup."""
    found = _NAME.fullmatch(path.name)
    if not found:
        return None
    with suppress(ValueError):
        at = datetime.strptime(found[1], _TIME).replace(tzinfo=UTC)
        if MINYEAR < at.year < MAXYEAR:  # so that the local time exists in every zone
            return Backup(path, at, int(found[2] or 0), found[3])
    return None


def _has_content(path: Path, content: bytes) -> bool:
    """Return whether a file can be read and has this content."""
    with suppress(OSError):
        return path.read_bytes() == content
    return False


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
