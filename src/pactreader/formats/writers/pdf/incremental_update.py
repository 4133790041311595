"""Incremental updates of PDFs: objects and their cross-references, appended to the bytes of the file.

See ISO 32000-1, 7.5.6. pypdf can write them too, but copies the whole file into memory for it, numbers all generations 0
and drops the file's title from the trailer.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from hashlib import md5
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

if TYPE_CHECKING:
    from pypdf import PdfReader

_MARK: Final = b"%PactReader\n"
"""The comment with which an update begins."""
_END: Final = b"%%EOF"
_START: Final = re.compile(rb"startxref\s+(\d{1,19})\s")
_SECTION: Final = re.compile(rb"\s*(xref\b|\d+\s+\d+\s+obj\b)")
"""The beginning of a cross-reference section: a table, or a stream."""
_MAX_NUMBER: Final = 4_000_000
"""The greatest number of an object for which new ones can be counted on from there: pdfium reads none above 4 × 2²⁰."""
_FIRST_FREE: Final = (0, 65535)
"""The generation of object 0, which heads the list of free objects in a table."""


class IncrementalUpdate:
    """The objects that are new or changed in a PDF."""

    def __init__(self, file: bytes, reader: "PdfReader") -> None:
        """Begin an update without objects.

        Args:
            file: The file.
            reader: Its reader.

        Raises:
            ValueError: Its cross-references are damaged, so that none can be appended.
        """
        self._file = file
        self._reader = reader
        self._previous, self._has_table = _last_section(file)
        numbers = [*reader.xref_objStm, *(number for each in reader.xref.values() for number in each)]
        self._next = max(int(reader.trailer.get("/Size", 0)), max(numbers, default=0) + 1)
        if self._next > _MAX_NUMBER:
            raise ValueError("a wrong size")
        self._objects: dict[tuple[int, int], PdfObject] = {}

    def new_reference(self) -> IndirectObject:
        """Return the reference of an object that is not in the file."""
        reference = IndirectObject(self._next, 0, self._reader)
        self._next += 1
        return reference

    def set(self, reference: IndirectObject, content: PdfObject) -> None:
        """Set the content of an object, which is new or replaces the one in the file."""
        self._objects[reference.idnum, reference.generation] = content

    def add(self, content: PdfObject) -> IndirectObject:
        """Add an object, and return its reference."""
        reference = self.new_reference()
        self.set(reference, content)
        return reference

    def appended(self) -> bytes:
        """Return the file with the update behind it; the file itself if there are no objects."""
        if not self._objects:
            return self._file
        stream = BytesIO()
        stream.write(b"\n" + _MARK)
        start = len(self._file)
        offsets: dict[tuple[int, int], int] = {}
        for number, generation in sorted(self._objects):
            offsets[number, generation] = start + stream.tell()
            stream.write(b"%d %d obj\n" % (number, generation))
            self._objects[number, generation].write_to_stream(stream)
            stream.write(b"\nendobj\n")
        section = start + stream.tell()
        if self._has_table:
            self._write_table(stream, offsets)
        else:
            self._write_stream(stream, {**offsets, (self._next, 0): section})
        stream.write(b"\nstartxref\n%d\n%s\n" % (section, _END))
        return self._file + stream.getvalue()

    def _write_table(self, stream: BytesIO, offsets: dict[tuple[int, int], int]) -> None:
        stream.write(b"xref\n0 1\n%010d %05d f \n" % _FIRST_FREE)
        for numbers in _successive(offsets):
            stream.write(b"%d %d\n" % (numbers[0][0], len(numbers)))
            stream.writelines(b"%010d %05d n \n" % (offsets[each], each[1]) for each in numbers)
        stream.write(b"trailer\n")
        self._trailer(self._next).write_to_stream(stream)

    def _write_stream(self, stream: BytesIO, offsets: dict[tuple[int, int], int]) -> None:
        content = StreamObject()
        content.update(self._trailer(self._next + 1))
        content[NameObject("/Type")] = NameObject("/XRef")
        content[NameObject("/W")] = ArrayObject(map(NumberObject, (1, 8, 2)))
        content[NameObject("/Index")] = ArrayObject(
            NumberObject(each) for numbers in _successive(offsets) for each in (numbers[0][0], len(numbers))
        )
        content.set_data(
            b"".join(
                struct.pack(">BQH", 1, offset, generation) for (_, generation), offset in offsets.items()
            )
        )
        stream.write(b"%d 0 obj\n" % self._next)
        content.write_to_stream(stream)
        stream.write(b"\nendobj")

    def _trailer(self, size: int) -> DictionaryObject:
        """Return the trailer: that of the file, for its new size."""
        trailer = DictionaryObject(
            {
                NameObject("/Size"): NumberObject(size),
                NameObject("/Prev"): NumberObject(self._previous),
            }
        )
        for key in ("/Root", "/Info"):
            if key in self._reader.trailer:
                trailer[NameObject(key)] = self._reader.trailer.raw_get(key)
        identifiers = self._reader.trailer.get("/ID", NullObject()).get_object()
        if isinstance(identifiers, ArrayObject) and identifiers:
            first = getattr(identifiers[0], "original_bytes", b"")
            changed = md5(first + struct.pack(">Q", len(self._file)), usedforsecurity=False).digest()
            trailer[NameObject("/ID")] = ArrayObject([ByteStringObject(first), ByteStringObject(changed)])
        return trailer


def is_only_updated(file: bytes, original: bytes) -> bool:
    """Return whether a file is another one with one update of ours behind it, and nothing else."""
    rest = file[len(original) :] if file.startswith(original) else b""
    return rest.startswith(b"\n" + _MARK) and rest.rstrip().endswith(_END) and rest.count(b"startxref") == 1


def _last_section(file: bytes) -> tuple[int, bool]:
    """Return the offset of the last cross-reference section of a file, and whether it is a table.

    Raises:
        ValueError: There is none, or offsets are not counted from the file's first byte.
    """
    found = _START.search(file, max(0, file.rfind(b"startxref")))
    section = found and _SECTION.match(file, int(found[1]))
    if not file.startswith(b"%PDF-") or not found or not section:
        raise ValueError("no cross-references")
    return int(found[1]), section[1] == b"xref"


def _successive(numbers: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield runs of object numbers, in ascending order, that follow each other: 3, 4, 7 → [3, 4], [7]."""
    for _, run in groupby(enumerate(numbers), key=lambda each: each[1][0] - each[0]):
        yield [number for _, number in run]
