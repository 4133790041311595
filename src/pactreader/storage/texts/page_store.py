"""The store of the pages that were fetched from the web, to be read again without it."""

import zlib
from pathlib import Path
from typing import Final

from pactreader.core.article import file_hash_of
from pactreader.storage.journal.atomic_write import atomic_write, make_directory
from pactreader.storage.texts.store_files import GZIP, PAGE, copy, is_hash, is_stored, path_of, renew

_LARGEST: Final = 256_000_000
"""Bytes up to which a page is decompressed: several times what is fetched."""


def store_page(directory: Path, data: bytes) -> str:
    """Store the content of a page, unless it is stored already, and return its hash.

    Args:
        directory: The directory of the store.
        data: The content.

    Raises:
        OSError: It is not stored.
    """
    content_hash = file_hash_of(data)
    path = path_of(directory, content_hash, PAGE)
    if path.exists():
        renew(path)
    else:
        compressor = zlib.compressobj(wbits=GZIP)
        make_directory(directory)
        atomic_write(path, compressor.compress(data) + compressor.flush())
    return content_hash


def stored_page(directory: Path, content_hash: str) -> bytes | None:
    """Return the content of a page by its hash; `None` if it is not stored, or its file is damaged."""
    if not is_hash(content_hash):
        return None
    decompressor = zlib.decompressobj(wbits=GZIP)
    try:
        data = decompressor.decompress(path_of(directory, content_hash, PAGE).read_bytes(), _LARGEST)
    except (OSError, zlib.error):
        return None
    return data if file_hash_of(data) == content_hash else None


def copy_page(source: Path, directory: Path, content_hash: str) -> None:
    """Copy a page from the directory of another library, unless it is stored already or damaged there."""
    if not is_stored(directory, content_hash, PAGE) and stored_page(source, content_hash) is not None:
        copy(source, directory, content_hash, PAGE)


def is_page_damaged(directory: Path, content_hash: str) -> bool:
    """Return whether the file of a page exists and cannot be read."""
    return is_stored(directory, content_hash, PAGE) and stored_page(directory, content_hash) is None
