"""Backups: verified copies of the library file, thinned as they grow older.

Each is a library file of its own, that PactReader and any TinyDB open. They are copies and no links, as the library is
appended to in place.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from itertools import count, islice
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, NamedTuple

from pactreader.core.errors import UsageError
from pactreader.core.printable_text import printable_line
from pactreader.storage.journal.atomic_write import atomic_write, make_directory
from pactreader.storage.journal.file_contents import FileState, read_contents
from pactreader.storage.journal.file_format import RECORDS
from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.journal.migrations import migrated
from pactreader.storage.save_errors import not_saved

DAILY: Final = "daily"
BEFORE_REPAIR: Final = "before-repair"
_NAME: Final = re.compile(r"library-(\d{8}T\d{6}Z)(?:-(\d+))?-([a-z-]+)\.json")
_TIME: Final = "%Y%m%dT%H%M%SZ"
_DAYS, _WEEKS, _MONTHS = 7, 4, 12
"""The numbers of days, weeks and months of each of which the newest backup is kept."""
_OCCASIONS: Final = 10
"""The number of backups that are kept besides, of those made before something was done."""
_SHRUNK: Final = 2
"""The factor by which a library may be smaller than its last backup: below that, it may have lost something, and
nothing is thinned."""


class Backup(NamedTuple):
    """A backup, by its name."""

    path: Path
    at: datetime
    """The time in UTC, to the second."""
    number: int
    """The number among those of one second, from 0."""
    reason: str
    """`daily`, or what was about to be done: `before-merge`."""

    @property
    def order(self) -> tuple[datetime, int]:
        """A key that sorts older backups before newer ones."""
        return self.at, self.number


class BackupCopy(NamedTuple):
    """A backup that could be read whole."""

    backup: Backup
    records: Mapping[str, Any]
    """Its records by their keys, migrated to this version."""


class Backups:
    """The backups of one library file, in a directory of their own, which is created with the first."""

    def __init__(self, directory: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.directory = directory
        self._now = now

    def all(self) -> list[Backup]:
        """Return every backup, the newest first; none if the directory cannot be read."""
        found: list[Backup] = []
        with suppress(OSError):
            found = [backup for path in self.directory.iterdir() if (backup := _read_name(path))]
        return sorted(found, key=attrgetter("order"), reverse=True)

    def find(self, name: str) -> Backup:
        """Return the backup with a name, or whose name begins so, with or without `library-`; of no name, the newest.

        Raises:
            UsageError: There is none, or more than one.
        """
        found = [
            backup
            for backup in self.all()
            if backup.path.name.startswith((name, f"library-{name}")) or backup.path.name == Path(name).name
        ]
        if len(found) == 1 or (found and not name):
            return found[0]
        what = "There is no backup" if not found else "More than one backup begins with"
        name = f" “{printable_line(name)}”" if name else ""
        raise UsageError(f"{what}{name}.", "`pactreader doctor --backups` lists them.")

    def newest(self) -> Backup | None:
        """Return the newest backup, if there is one."""
        return next(iter(self.all()), None)

    def make_daily(self, file: JournalFile) -> Path | None:
        """Keep a copy of the library, if there is none of today, by the user's clock, and it differs from the last.

        Returns:
            The backup; `None` if there is nothing to keep.

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
                return None if newest and _is_copy(newest.path, content) else self.make(content, DAILY)
            except OSError as error:
                raise not_saved("No backup could be made", error, self.directory) from error

    def make(self, content: bytes, reason: str) -> Path:
        """Keep a copy, read it back to verify it, and thin the older ones. The caller holds the lock of the library.

        Args:
            content: The bytes of a library that is whole.
            reason: `daily`, or what is about to be done.

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
        if not others or len(content) * _SHRUNK >= _size(others[0].path):
            self._thin()
        return path

    def copies(self) -> Iterator[BackupCopy]:
        """Yield the backups that can be read whole, the newest first. Each is read when it is asked for."""
        for backup in self.all():
            with suppress(OSError):
                found = read_contents(backup.path.read_bytes())
                if found.state is FileState.WHOLE:
                    yield BackupCopy(backup, migrated(found.tables, found.version)[RECORDS])

    def _free_path(self, reason: str) -> Path:
        stem = f"library-{self._now().astimezone(UTC):{_TIME}}"
        taken = sum(1 for _ in self.directory.glob(f"{stem}*"))
        stems = (f"{stem}-{number}" if number else stem for number in count(taken))
        paths = (self.directory / f"{stem}-{reason}.json" for stem in stems)
        return next(path for path in paths if not path.exists())

    def _thin(self) -> None:
        for backup in to_thin(self.all()):
            with suppress(OSError):
                backup.path.unlink()


def to_thin(backups: Iterable[Backup]) -> list[Backup]:
    """Return the backups to delete: all but the newest of each of the last days, weeks and months that have any.

    The newest of those made before something was done are kept besides. They replace no daily one, as they may hold
    what went wrong.
    """
    newest_first = sorted(backups, key=attrgetter("order"), reverse=True)
    kept = set(islice((one for one in newest_first if one.reason != DAILY), _OCCASIONS))
    grids: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (_DAYS, lambda at: at.date()),
        (_WEEKS, lambda at: at.isocalendar()[:2]),
        (_MONTHS, lambda at: (at.year, at.month)),
    )
    for most, period in grids:
        newest: dict[object, Backup] = {}
        for backup in newest_first:
            at = period(backup.at.astimezone())
            if newest.setdefault(at, backup).reason != DAILY and backup.reason == DAILY:
                newest[at] = backup
        kept.update(islice(newest.values(), most))
    return [backup for backup in newest_first if backup not in kept]


def _read_name(path: Path) -> Backup | None:
    """Return the backup that a file is by its name, if it is one."""
    found = _NAME.fullmatch(path.name)
    if not found:
        return None
    with suppress(ValueError):
        at = datetime.strptime(found[1], _TIME).replace(tzinfo=UTC)
        if MINYEAR < at.year < MAXYEAR:  # so that it has a time in every zone
            return Backup(path, at, int(found[2] or 0), found[3])
    return None


def _is_copy(path: Path, content: bytes) -> bool:
    """Return whether a file can be read and has this content."""
    with suppress(OSError):
        return path.read_bytes() == content
    return False


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
