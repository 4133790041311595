"""Backups: verified copies of the library file, thinned as they grow older.

Each is a library file of its own, that PactReader and any TinyDB open. They are copies, not links, as the library is
appended to in place.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count, islice
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple

from pactreader.core.errors import UsageError
from pactreader.core.printable_text import printable_line
from pactreader.storage.journal.atomic_write import atomic_write, make_directory
from pactreader.storage.journal.file_format import RECORDS, Contents, FileState, contents
from pactreader.storage.schema.revisions import has_revision, revision_fits

DAILY: Final = "daily"
BEFORE_REPAIR: Final = "before-repair"
_NAME: Final = re.compile(r"library-(\d{8}T\d{6}Z)(?:-(\d+))?-([a-z-]+)\.json")
_TIME: Final = "%Y%m%dT%H%M%SZ"
_DAYS, _WEEKS, _MONTHS = 7, 4, 12
"""The newest backup of each of so many days, weeks and months is kept."""
_OCCASIONS: Final = 10
"""Of backups made before something was done, so many are kept besides."""
_SHRUNK: Final = 2
"""A library that is so many times smaller than its last backup may have lost something: nothing is thinned then."""


class Backup(NamedTuple):
    """A copy of the library."""

    path: Path
    at: datetime
    """In UTC."""
    number: int
    """Of several made in one second."""
    reason: str
    """`daily`, or what was about to be done: `before-merge`."""

    @property
    def order(self) -> tuple[datetime, int]:
        """Later ones compare as greater."""
        return self.at, self.number


class Backups:
    """The copies of one library file, in a directory of their own."""

    def __init__(self, directory: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Nothing is created before the first copy.

        Args:
            directory: Where they are.
            now: The clock.
        """
        self.directory = directory
        self._now = now

    def all(self) -> list[Backup]:
        """Every backup, the newest first; none where the directory cannot be read."""
        found: list[Backup] = []
        with suppress(OSError):
            found = [backup for path in self.directory.iterdir() if (backup := _read_name(path))]
        return sorted(found, key=attrgetter("order"), reverse=True)

    def find(self, name: str) -> Backup:
        """The backup with a name, or whose name begins so, with or without `library-`; of no name, the newest.

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

    def is_due(self) -> bool:
        """Whether there is no backup of today, as the reader's clock has it."""
        newest = next(iter(self.all()), None)
        return newest is None or newest.at.astimezone().date() < self._now().astimezone().date()

    def holds(self, content: bytes) -> bool:
        """Whether the newest backup is what the library is now."""
        newest = next(iter(self.all()), None)
        with suppress(OSError):
            return newest is not None and newest.path.read_bytes() == content
        return False

    def make(self, content: bytes, reason: str) -> Path:
        """Keep a copy, read it back to see that it is one, and thin the older ones. Whoever asks holds the lock.

        Args:
            content: The bytes of a library that is whole.
            reason: `daily`, or what is about to be done.

        Raises:
            OSError: There is no such copy.
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

    def readable(self) -> Iterator[tuple[Backup, Contents]]:
        """The backups that can be read whole, the newest first."""
        for backup in self.all():
            with suppress(OSError):
                found = contents(backup.path.read_bytes())
                if found.state is FileState.WHOLE:
                    yield backup, found

    def best(self) -> tuple[Backup, Contents] | None:
        """The newest backup in which every checksum fits; else the newest that can be read whole.

        What was kept before a repair lacks something, and comes last.
        """
        second = last = None
        for backup, found in self.readable():
            if backup.reason == BEFORE_REPAIR:
                last = last or (backup, found)
            elif _fits(found):
                return backup, found
            else:
                second = second or (backup, found)
        return second or last

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
    """Which backups go: all but the newest of each of the last days, weeks and months that have any.

    Those made before something was done are kept besides, the newest of them. They take no daily one's place: what
    they hold may be what went wrong.
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
    found = _NAME.fullmatch(path.name)
    if not found:
        return None
    with suppress(ValueError):
        at = datetime.strptime(found[1], _TIME).replace(tzinfo=UTC)
        return Backup(path, at, int(found[2] or 0), found[3])
    return None


def _fits(found: Contents) -> bool:
    """Whether every checksum in it fits."""
    records = found.tables[RECORDS].values()
    return all(revision_fits(one) for one in records if isinstance(one, dict) and has_revision(one))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
