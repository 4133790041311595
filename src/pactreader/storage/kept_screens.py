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
from pactreader.core.file_stamp import FileStamp
from pactreader.storage.cache_directory import CacheDirectory

_FORMAT: Final = b"pactreader screen 1"
"""The beginning of a file with a kept screen; then follows the checksum of the rest."""
_MOST_FILES: Final = 32
"""The number of files that are kept: two for each of the articles that were read last."""
_MOST_BYTES: Final = 4 << 20
"""The bytes that they may take: a screen of 500 × 200 cells, each with colours of its own, takes 4 MB; a usual one 5 kB."""
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

    def suits(self, columns: int, lines: int) -> bool:
        """Return whether the circumstances are as they were, in a window of so many cells."""
        return self.circumstances == circumstances(columns, lines)


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
    """The kept screens in a directory of the cache, each named by the source of its article."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        """The path of the directory."""
        self._files = CacheDirectory(directory, most_files=_MOST_FILES, most_bytes=_MOST_BYTES)

    def find(self, source: str) -> KeptScreen | None:
        """Return the screen that is kept for an article, if the files that it depends on are as they were.

        Args:
            source: The source of the article; empty for the one read last.
        """
        try:
            content = self._files.read(_name(source))
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
            files = {**_settled_fingerprints(paths), **known}
            body = json.dumps([source, files, *screen]).encode("ascii")
            self._files.write(_name(source), b"%s\n%08x\n%s" % (_FORMAT, zlib.crc32(body), body))


def _name(source: str) -> str:
    """Return the name of the file for a source."""
    encoded = source.encode("utf-8", "surrogateescape")
    return f"{zlib.crc32(encoded):08x}{zlib.adler32(encoded):08x}"


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
    """Return the size and checksum of a small file, and the stamp of a larger one or of a directory."""
    try:
        status = Path(path).stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= _HASHED:
            content = Path(path).read_bytes()
            return [len(content), zlib.crc32(content)]
    except (OSError, ValueError):
        return None
    return list(FileStamp.of(status))
