"""Decoding of a body's content encodings, with a limit on the decoded size."""

import zlib
from typing import Final

_GZIP_OR_ZLIB: Final = 47
"""zlib's `wbits` for a gzip file or a zlib stream, told by its header."""
_RAW: Final = -15
"""zlib's `wbits` for a stream without a header, which some servers send as `deflate`."""
_GZIP_MAGIC: Final = b"\x1f\x8b"


class TooLargeError(Exception):
    """A content that is larger than its limit."""


class ContentDecoder:
    """A decoder of a body as it comes, which never holds more than a limit."""

    def __init__(self, encoding: str, limit: int) -> None:
        """Create the decoder.

        Args:
            encoding: The content encoding: `gzip`, `deflate`, or empty for none.
            limit: The most bytes of content.
        """
        self._encoding = encoding
        self._limit = limit
        self._content = bytearray()
        self._decompressor = zlib.decompressobj(_GZIP_OR_ZLIB) if encoding else None
        self._is_empty = True
        """True while nothing of the body has come."""
        self._has_ended = False
        """True after something that belongs to no content any more."""

    def feed(self, data: bytes) -> None:
        """Decode a part of the body.

        Raises:
            TooLargeError: The content is larger than the limit.
            zlib.error: It is not encoded so.
        """
        if self._decompressor is None:
            self._add(data)
            return
        self._is_empty = False
        if self._has_ended:
            return
        if self._encoding == "deflate" and not self._content and not _has_zlib_header(data):
            self._decompressor = zlib.decompressobj(_RAW)
            self._encoding = "raw"
        while data:
            room = self._limit - len(self._content) + 1
            self._add(self._decompressor.decompress(data, room))
            data = self._decompressor.unconsumed_tail
            if self._decompressor.eof:
                rest = self._decompressor.unused_data
                self._has_ended = bool(rest) and not rest.startswith(_GZIP_MAGIC)
                if self._has_ended or not rest:
                    return
                self._decompressor = zlib.decompressobj(_GZIP_OR_ZLIB)
                data = rest

    def _add(self, decoded: bytes) -> None:
        self._content += decoded
        if len(self._content) > self._limit:
            raise TooLargeError

    def finish(self) -> bytes:
        """Return the content.

        Raises:
            EOFError: The body ended too early.
        """
        if self._decompressor and not self._is_empty and not self._decompressor.eof:
            raise EOFError
        return bytes(self._content)


def _has_zlib_header(data: bytes) -> bool:
    """Return whether a stream begins as RFC 1950 says, as far as its first bytes are there."""
    return len(data) < 2 or (data[0] & 0x0F == 8 and int.from_bytes(data[:2]) % 31 == 0)
