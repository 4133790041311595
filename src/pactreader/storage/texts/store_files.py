"""The files of the store: the texts of articles, and the pages of the web that were kept, each named by its hash."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple, TypeGuard

from pactreader.core.lazy_patterns import lazy_pattern

TEXT: Final = ".json.gz"
"""The suffix of the file of a text."""
PAGE: Final = ".page.gz"
"""The suffix of the file of a page."""
GZIP: Final = 31
"""zlib's `wbits` for the gzip files that both are."""
_HASH: Final = lazy_pattern(r"[0-9a-f]{32}")
"""The form of the hash of a text, from `text_hash_of`, and of a page, from `file_hash_of`.

Only such a hash is used in the name of a file."""
_TOUCH_SECONDS: Final = 6 * 3600.0
"""Seconds after which the time of a file in use is renewed: often enough for `MIN_AGE` in `text_cleaner`, and seldom
enough that a file synchroniser has nothing to do."""


class StoredFile(NamedTuple):
    """A file of the store."""

    hash: str
    suffix: str
    """`TEXT` or `PAGE`."""
    size: int
    """Its size in bytes, compressed."""
    used_at: float
    """The time at which it was last in use, in seconds since the epoch, to some hours."""


def is_hash(value: object) -> TypeGuard[str]:
    """Return whether a value has the form of a hash, and can be used in the name of a file."""
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def path_of(directory: Path, hash_: str, suffix: str) -> Path:
    """Return the path of a file of the store.

    Raises:
        KeyError: The hash has not the form of one.
    """
    if not is_hash(hash_):
        raise KeyError(hash_)
    return directory / f"{hash_}{suffix}"


def is_stored(directory: Path, hash_: str, suffix: str = TEXT) -> bool:
    """Return whether there is a file of a hash, which may be damaged."""
    return is_hash(hash_) and path_of(directory, hash_, suffix).exists()


def stored_files(directory: Path) -> Iterator[StoredFile]:
    """Yield the files of the store, in any order."""
    for suffix in (TEXT, PAGE):
        for path in directory.glob(f"*{suffix}"):
            hash_ = path.name.removesuffix(suffix)
            if is_hash(hash_):
                with suppress(OSError):
                    status = path.stat()
                    yield StoredFile(hash_, suffix, status.st_size, status.st_mtime)


def renew(path: Path) -> None:
    """Renew the time of a file in use, if it was not renewed lately."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > _TOUCH_SECONDS:
            os.utime(path)


def remove(directory: Path, file: StoredFile) -> bool:
    """Delete a file of the store; return whether it could be deleted."""
    try:
        path_of(directory, file.hash, file.suffix).unlink()
    except OSError:
        return False
    return True


def copy(source: Path, directory: Path, hash_: str, suffix: str) -> None:
    """Copy a file from the store of another library, which must be intact there, unless this one has it already."""
    from pactreader.storage.journal.atomic_write import atomic_write, make_directory

    with suppress(OSError):
        content = path_of(source, hash_, suffix).read_bytes()
        make_directory(directory)
        atomic_write(path_of(directory, hash_, suffix), content)


def quarantine(directory: Path, hash_: str, suffix: str) -> None:
    """Rename a damaged file, so that what it should have is stored again when its article is opened."""
    path = path_of(directory, hash_, suffix)
    with suppress(OSError):
        path.replace(path.with_name(f"{path.name}.damaged"))
