"""The cache of the sketches of the stored texts: one file, which can be made again from the texts."""

import os
from array import array
from contextlib import suppress
from pathlib import Path
from struct import Struct
from sys import byteorder
from typing import Final, NamedTuple
from zlib import crc32

from pactreader.core.likeness import Sketch
from pactreader.storage.journal.atomic_write import atomic_write, make_directory

_HEAD: Final = Struct("<16sIIII")
"""The hash of a text, the numbers of its tokens, shingles and sketched hashes, and the checksum of these hashes."""
_HASH_BYTES: Final = 8


class _Row(NamedTuple):
    """The place of a sketch in the file."""

    tokens: int
    shingles: int
    start: int
    """The offset of the hashes in the file, in bytes."""
    end: int


class TextSketches:
    """The sketches of texts by the hashes of the texts, as they were in the file, and added ones."""

    def __init__(self, path: Path) -> None:
        """Read the sketches in a file, up to the first that is damaged: ten thousand in 30 milliseconds."""
        self._path = path
        try:
            self._content = path.read_bytes()
        except OSError:
            self._content = b""
        self._rows: dict[str, _Row] = {}
        self._valid_length = self._read_rows()
        self._added: dict[str, Sketch] = {}

    def _read_rows(self) -> int:
        """Index the rows, and return the length of those that are not damaged, in bytes."""
        content, offset = memoryview(self._content), 0
        while offset + _HEAD.size <= len(content):
            digest, tokens, shingles, count, checksum = _HEAD.unpack_from(content, offset)
            start = offset + _HEAD.size
            end = start + count * _HASH_BYTES
            if end > len(content) or crc32(content[start:end]) != checksum:
                break
            self._rows[digest.hex()] = _Row(tokens, shingles, start, end)
            offset = end
        return offset

    def __contains__(self, text_hash: str) -> bool:
        return text_hash in self._rows or text_hash in self._added

    def get(self, text_hash: str) -> Sketch | None:
        """Return the sketch of a text; `None` if there is none."""
        row = self._rows.get(text_hash)
        if row is None:
            return self._added.get(text_hash)
        return Sketch(row.tokens, row.shingles, _array_of(self._content[row.start : row.end]))

    def add(self, text_hash: str, sketch: Sketch) -> None:
        """Add a sketch; `save` writes it to the file."""
        self._added[text_hash] = sketch

    def save(self) -> None:
        """Append the added sketches to the file, or write it anew if it was damaged. A failure is ignored."""
        rows = b"".join(_row_of(text_hash, sketch) for text_hash, sketch in self._added.items())
        if not rows:
            return
        with suppress(OSError):
            make_directory(self._path.parent)
            if self._content and self._valid_length == len(self._content):
                _append(self._path, rows)
            else:
                atomic_write(self._path, self._content[: self._valid_length] + rows)


def _append(path: Path, rows: bytes) -> None:
    """Append rows in one system call, so that those of two processes do not mix."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
    try:
        os.write(descriptor, rows)
    finally:
        os.close(descriptor)


def _row_of(text_hash: str, sketch: Sketch) -> bytes:
    hashes = array("Q", sketch.hashes)
    if byteorder == "big":
        hashes.byteswap()
    body = hashes.tobytes()
    digest = bytes.fromhex(text_hash)
    return _HEAD.pack(digest, sketch.tokens, sketch.shingles, len(hashes), crc32(body)) + body


def _array_of(body: bytes) -> "array[int]":
    hashes = array("Q", body)
    if byteorder == "big":
        hashes.byteswap()
    return hashes
