"""ZIP archives that documents are kept in, with limits to what is unpacked."""

import posixpath
import zlib
from io import BytesIO
from typing import Final
from unicodedata import normalize
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, ZipInfo

from pactreader.core.errors import UnreadableError

MAX_SIZE: Final = 64 * 2**20
"""The greatest size of a file in bytes. The longest novels have 10 MB."""
MAX_TOTAL: Final = 256 * 2**20
"""The greatest number of bytes that are unpacked of an archive."""
MAX_RATIO: Final = 200
"""The greatest ratio of a file's size to its size in the archive. Markup is compressed to a tenth, at best to a fiftieth."""
_MIN_SIZE: Final = 8 * 2**20
"""The size in bytes up to which a file is unpacked at any ratio."""
_FAULTS: Final = (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
"""The errors that `zipfile` raises for damaged files, unknown methods of compression and passwords."""


class ZipArchive:
    """The files of an archive by their paths.

    A path is relative to the archive, with `/` between its parts. As links in documents are not always written as the
    names in the archive are, it is also found by another case, in another normal form of Unicode, and percent-encoded.
    """

    def __init__(self, data: bytes, name: str, kind: str) -> None:
        """Open an archive.

        Args:
            data: The whole archive.
            name: The document's name for messages; printable.
            kind: The kind of document that is expected, with its article, as `an EPUB`.

        Raises:
            UnreadableError: It is no archive, or its directory is damaged.
        """
        self._name = name
        self._unpacked = 0
        try:
            self._zip = ZipFile(BytesIO(data))
        except _FAULTS as error:
            reason = "its end is missing" if data.startswith(b"PK") else "it is no ZIP archive"
            raise UnreadableError(
                f"{name} cannot be read as {kind}: {reason}.", "Download or copy it once more."
            ) from error
        self._files: dict[str, ZipInfo] = {}
        for info in self._zip.infolist():
            for each in _names(info):
                path = normal_path(each)
                self._files.setdefault(path, info)
                self._files.setdefault(_folded(path), info)

    @property
    def paths(self) -> list[str]:
        """The paths of all files."""
        return [normal_path(name) for name in self._zip.namelist() if not name.endswith("/")]

    def find(self, path: str) -> str:
        """Return the path by which the archive has a file; empty if it has no such file."""
        info = self._find(path)
        return normal_path(info.filename) if info else ""

    def read(self, path: str) -> bytes | None:
        """Return the content of a file; `None` if it is missing or damaged.

        Raises:
            UnreadableError: It is larger than any document, as a file made to fill the memory is.
        """
        info = self._find(path)
        if info is None:
            return None
        size = info.file_size
        self._unpacked += size
        is_packed = size > _MIN_SIZE and size > MAX_RATIO * info.compress_size
        if size > MAX_SIZE or is_packed or self._unpacked > MAX_TOTAL:
            raise UnreadableError(
                f"{self._name} is not opened: unpacked, it would have {self._unpacked / 2**20:,.0f} MB or more,"
                " as a file made to fill the memory has.",
                "Get it from where you trust it.",
            )
        try:
            return self._zip.read(info)
        except _FAULTS:
            return None

    def _find(self, path: str) -> ZipInfo | None:
        plain = unquote(path)
        for name in (path, plain, _folded(path), _folded(plain)):
            if name in self._files:
                return self._files[name]
        return None


def normal_path(path: str) -> str:
    r"""Return a path without `.`, `..`, a root and backslashes: `/OEBPS\..\a.xhtml` → `a.xhtml`.

    Nothing is above the root of an archive, so that `../../a` is `a`.
    """
    return posixpath.normpath("/" + path.replace("\\", "/")).strip("/")


def _names(info: ZipInfo) -> tuple[str, ...]:
    """Return the names of a file. One without the mark of UTF-8 may be UTF-8 all the same."""
    if info.filename.isascii() or info.flag_bits & 0x800:
        return (info.filename,)
    try:
        return (info.filename, info.filename.encode("cp437").decode())
    except UnicodeError:
        return (info.filename,)


def _folded(path: str) -> str:
    return normalize("NFC", path).casefold()
