"""Unpacking of compressed content."""

from io import BytesIO
from pathlib import PurePath
from typing import Final

from pactreader.core.errors import UnreadableError

_GZIP: Final = b"\x1f\x8b"
_MAX_SIZE: Final = 64 * 2**20
"""The greatest number of bytes that are unpacked."""


def is_compressed(data: bytes) -> bool:
    """Return whether content is compressed by gzip (RFC 1952)."""
    return data.startswith(_GZIP)


def decompress(data: bytes, name: str) -> bytes:
    """Return compressed content as it was before.

    Args:
        data: The content.
        name: Its name for messages; printable.

    Raises:
        UnreadableError: It is damaged, or would fill the memory.
    """
    import zlib
    from gzip import BadGzipFile, GzipFile

    try:
        with GzipFile(fileobj=BytesIO(data)) as file:
            unpacked = file.read(_MAX_SIZE + 1)
    except (BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableError(
            f"{name} is compressed (gzip), and it is damaged.", "Download or copy it once more."
        ) from error
    if len(unpacked) > _MAX_SIZE:
        raise UnreadableError(
            f"{name} is not opened: unpacked, it has more than {_MAX_SIZE // 2**20} MB.",
            "Unpack it with `gunzip`, and open a part of it.",
        )
    return unpacked


def inner_name(file_name: str) -> str:
    """Return the name of a file before it was compressed: `a.md.gz` → `a.md`."""
    return file_name[: -len(".gz")] if PurePath(file_name).suffix.lower() == ".gz" else file_name
