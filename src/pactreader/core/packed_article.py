"""The files of parsed articles: a header in JSON, the columns of blocks and lines as arrays, and the text."""

import json
from array import array
from collections.abc import Mapping, Sequence
from struct import Struct
from sys import byteorder
from typing import Any, Final, NamedTuple
from zlib import crc32

from pactreader.core.article import Article, Blocks, SourceLines, encoded_slices
from pactreader.core.article_fields import article_metadata, read_metadata
from pactreader.core.article_outline import Places
from pactreader.core.blocks import KINDS, SPAN_KINDS, BlockColumns

_HEAD: Final = Struct("<12sII")
"""The signature, the checksum of all that follows the head, and the length of the header in bytes."""
_SIGNATURE: Final = b"PactReader 1"
_ARRAYS: Final = 12
"""The number of columns of numbers."""


class FileSlice(NamedTuple):
    """A slice of a file, in bytes."""

    start: int
    length: int


class ArticleFile(NamedTuple):
    """The content of the file of a parsed article, as far as it is decoded."""

    header: Mapping[str, Any]
    body: memoryview
    """The columns, and behind them the text, unless the article's own file has it."""

    @property
    def text_slice(self) -> FileSlice | None:
        """The slice of the article's own file that is its text in UTF-8; `None` if the text is in the body."""
        found = self.header["text_slice"]
        return FileSlice(*found) if found else None

    def article(self, source: str, own_file: bytes = b"") -> Article:
        """Return the article.

        Args:
            source: Its source.
            own_file: The content of its own file, if that has the text.

        Raises:
            ValueError: The file is damaged, or the article's own file has another text.
            KeyError: A field is missing.
            TypeError: A field has a wrong type.
            IndexError: A column is missing.
        """
        header, body = self
        arrays, kinds, span_kinds, end = _read_columns(body, header["lengths"])
        if max(kinds, default=0) >= len(KINDS) or max(span_kinds, default=0) >= len(SPAN_KINDS):
            raise ValueError("no kinds")
        text_slice = self.text_slice
        encoded = (
            memoryview(own_file)[text_slice.start : text_slice.start + text_slice.length]
            if text_slice
            else body[end:]
        )
        text = str(encoded, "utf-8", "surrogatepass")
        if len(text) != header["length"]:
            raise ValueError("another text")
        starts, ends, levels, quoted, marker_blocks, *spans, line_offsets, lines, place_offsets = arrays
        span_blocks, span_starts, span_ends, target_spans = spans
        columns = BlockColumns(
            kinds,
            starts,
            ends,
            levels,
            quoted,
            marker_blocks,
            header["markers"],
            span_blocks,
            span_starts,
            span_ends,
            span_kinds,
            target_spans,
            header["targets"],
        )
        return Article(
            text=text,
            blocks=Blocks(columns),
            source=source,
            source_lines=SourceLines(line_offsets, lines),
            places=Places(place_offsets, header["places"]),
            known_text_hash=header["text_hash"],
            **read_metadata(header["article"], len(text)),
        )


def pack(article: Article, key: Mapping[str, Any], text_slice: FileSlice | None) -> bytes:
    """Return the content of an article's file.

    Args:
        article: The article.
        key: What must be the same for the file to be used, as JSON values.
        text_slice: The slice of the article's own file that is its text in UTF-8; `None` to have the text in this one.
    """
    columns, lines, places = article.blocks.columns, article.source_lines, article.places
    arrays = [
        *(columns.starts, columns.ends, columns.levels, columns.quoted, columns.marker_blocks),
        *(columns.span_blocks, columns.span_starts, columns.span_ends, columns.target_spans),
        *(array("I", each) for each in (lines.offsets, lines.lines, places.offsets)),
    ]
    header = {
        **key,
        "lengths": [*map(len, arrays), len(columns.kinds), len(columns.span_kinds)],
        "markers": columns.markers,
        "targets": columns.targets,
        "places": list(places.labels),
        "text_slice": text_slice,
        "length": len(article.text),
        "text_hash": article.text_hash,
        "article": article_metadata(article),
    }
    encoded = json.dumps(header).encode("ascii")
    numbers = [_swapped(each).tobytes() for each in arrays]
    text = [] if text_slice else encoded_slices(article.text)
    body = b"".join((encoded, *numbers, columns.kinds, columns.span_kinds, *text))
    return _HEAD.pack(_SIGNATURE, crc32(body), len(encoded)) + body


def unpack(content: bytes) -> ArticleFile:
    """Return what is in the content of an article's file.

    Raises:
        ValueError: It is damaged.
    """
    if len(content) < _HEAD.size:
        raise ValueError("too short")
    signature, checksum, length = _HEAD.unpack_from(content)
    rest = memoryview(content)[_HEAD.size :]
    if signature != _SIGNATURE or crc32(rest) != checksum:
        raise ValueError("damaged")
    return ArticleFile(json.loads(bytes(rest[:length])), rest[length:])


def _read_columns(
    body: memoryview, lengths: Sequence[int]
) -> "tuple[list[array[int]], bytearray, bytearray, int]":
    """Return the columns of numbers, those of kinds, and the offset behind them.

    Raises:
        ValueError: They are not there.
    """
    arrays: list[array[int]] = []
    start = 0
    for length in lengths[:_ARRAYS]:
        column = array("I")
        end = start + length * column.itemsize
        column.frombytes(body[start:end])
        if len(column) != length:
            raise ValueError("too short")
        arrays.append(_swapped(column))
        start = end
    kinds_end = start + lengths[_ARRAYS]
    end = kinds_end + lengths[_ARRAYS + 1]
    return arrays, bytearray(body[start:kinds_end]), bytearray(body[kinds_end:end]), end


def _swapped(column: "array[int]") -> "array[int]":
    """Return a column in the order of bytes of the file, or of one of the file: little-endian."""
    if byteorder == "big":
        column = array("I", column)
        column.byteswap()
    return column
