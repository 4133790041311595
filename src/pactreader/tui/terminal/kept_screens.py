"""The screens that the next start shows at once, kept in the cache directory, and all that they depend on.

A kept screen is the output that draws every cell of it. It is shown only if everything is as it was: the window, the
environment, the programs, and the files that decide what is shown. Whatever else differs is put right by the first frame
of the app, which follows it.
"""

import json
import os
import stat
import sys
import time
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from pactreader import __version__

_FORMAT: Final = b"pactreader screen 1"
"""The beginning of a file with a kept screen; then follows the checksum of the rest."""
_LARGEST: Final = 4 << 20
"""Bytes of the largest file that is read: a screen of 500 × 200 cells, each with colours of its own, takes 4 MB."""
_FILES: Final = 32
"""The number of files that are kept: two for each of the articles that were read last."""
_HASHED: Final = 64 << 10
"""Bytes up to which a file is compared by its content, in a tenth of a millisecond, and beyond that by its `stat`."""
_TIMESTAMP_STEP: Final = 0.02
"""Seconds within which two writes may leave the same time: Linux takes it from its clock tick, of up to 10 ms."""
_VARIABLES: Final = {
    *("COLORFGBG", "COLORTERM", "FORCE_COLOR", "NO_COLOR", "TERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION"),
    *("COLUMNS", "LINES", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "LC_TERMINAL", "LANG", "LC_ALL", "LC_CTYPE"),
    *("HOME", "PACTREADER_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"),
}
"""The environment variables that Textual, Rich, Python and PactReader choose colours, characters, sizes and paths by."""
_PREFIX: Final = "TEXTUAL"
"""The prefix of Textual's own variables."""

Fingerprint = list[int] | None
"""Numbers that change with a file or directory; `None` if there is none."""


class KeptScreen(NamedTuple):
    """A screen, and what it depends on beside the files."""

    frame: str
    """The output that draws it."""
    circumstances: list[Any]
    """The circumstances in which it is shown, see `circumstances`."""
    is_light: bool | None
    """True if the terminal's background is light; `None` if that is not known."""
    is_theme_chosen: bool
    """True if the theme does not depend on the terminal's background."""


def circumstances(columns: int, lines: int) -> list[Any]:
    """Return all but files that a screen depends on: the size of the window in cells, environment and programs."""
    variables = [
        [name, value]
        for name, value in sorted(os.environ.items())
        if name in _VARIABLES or name.startswith(_PREFIX)
    ]
    encoding = sys.__stderr__.encoding if sys.__stderr__ else ""
    return [columns, lines, variables, encoding, sys.version, __version__]


class KeptScreens:
    """The kept screens in a directory, each named by the source of its article.

    The directory is the user's own and closed to others, or no screen is kept or found.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        """The path of the directory."""

    def find(self, source: str) -> KeptScreen | None:
        """Return the screen that is kept for an article, if the files that it depends on are as they were.

        Args:
            source: The source of the article; empty for the one read last.
        """
        try:
            content = self._read(self._path(source))
            mark, checksum, body = content.split(b"\n", 2)
            if mark != _FORMAT or int(checksum, 16) != zlib.crc32(body):
                return None
            kept_source, files, *fields = json.loads(body)
            kept = KeptScreen(*fields)
        except (OSError, ValueError, TypeError):
            return None
        return kept if kept_source == source and fingerprints(files) == files else None

    def keep(
        self, source: str, screen: KeptScreen, paths: Iterable[str], known: Mapping[str, Fingerprint]
    ) -> None:
        """Keep a screen in place of the former one of the article. A failure is ignored.

        Args:
            source: The source of the article; empty for the one read last.
            screen: The screen.
            paths: The paths of the files that it depends on.
            known: The fingerprints of some as they were when the screen was drawn.
        """
        with suppress(OSError):
            self.directory.mkdir(0o700, parents=True, exist_ok=True)
            if not _is_private(self.directory.lstat(), stat.S_ISDIR):
                return
            files = {**_settled_fingerprints(paths), **known}
            body = json.dumps([source, files, *screen]).encode("ascii")
            self._write(self._path(source), b"%s\n%08x\n%s" % (_FORMAT, zlib.crc32(body), body))
            self._discard_oldest()

    def _write(self, path: Path, content: bytes) -> None:
        """Replace a file, without a sync: one that is damaged is not found.

        Raises:
            OSError: It is not written.
        """
        temporary = path.with_suffix(f".{os.getpid()}.new")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            temporary.replace(path)
        except OSError:
            temporary.unlink()
            raise

    def _path(self, source: str) -> Path:
        name = source.encode("utf-8", "surrogateescape")
        return self.directory / f"{zlib.crc32(name):08x}{zlib.adler32(name):08x}"

    def _read(self, path: Path) -> bytes:
        """Return the content of a file in the directory.

        Raises:
            OSError: It cannot be read.
            ValueError: It, or the directory, is not the user's alone, or it is too large.
        """
        if not _is_private(self.directory.lstat(), stat.S_ISDIR):
            raise ValueError(self.directory)
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not _is_private(status, stat.S_ISREG) or status.st_size > _LARGEST:
                raise ValueError(path)
            return file.read(_LARGEST)

    def _discard_oldest(self) -> None:
        """Delete the oldest files beyond the number that is kept."""
        by_age = sorted((path.lstat().st_mtime_ns, path) for path in self.directory.iterdir())
        for _, path in by_age[:-_FILES]:
            path.unlink()


def fingerprints(paths: Iterable[str]) -> dict[str, Fingerprint]:
    """Return the fingerprints of files and directories by their paths."""
    return {path: _fingerprint(path) for path in paths}


def _settled_fingerprints(paths: Iterable[str]) -> dict[str, Fingerprint]:
    """Return fingerprints that any later write changes, after waiting until it would leave another time than the last."""
    found = fingerprints(paths)
    times = [time_ns for each in found.values() if each and len(each) > 2 for time_ns in each[-2:]]
    time.sleep(min(_TIMESTAMP_STEP, max(0.0, max(times, default=0) / 1e9 + _TIMESTAMP_STEP - time.time())))
    return found


def _fingerprint(path: str) -> Fingerprint:
    """Return size and checksum of a small file; for a larger one or a directory, the times and what else tells changes."""
    try:
        status = Path(path).stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= _HASHED:
            content = Path(path).read_bytes()
            return [len(content), zlib.crc32(content)]
    except (OSError, ValueError):
        return None
    return [status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns]


def _is_private(status: os.stat_result, is_kind: Any) -> bool:
    """Return whether a file or directory is of a kind, is the user's, and is closed to others."""
    return is_kind(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077
