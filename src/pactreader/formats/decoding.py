"""Bytes to text: which encoding, which line ends, and what is no text at all."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from typing import Final, NamedTuple

from pactreader.core.errors import UnreadableError
from pactreader.core.printable_text import printable, unix_line_ends

_BYTE_ORDER_MARKS: Final = (  # UTF-32's first: its little-endian mark begins with UTF-16's
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)

_KINDS: Final = (
    (b"%PDF-", "is a PDF"),
    (b"PK\x03\x04", "is a ZIP archive, as EPUB, Word and LibreOffice files are"),
    (b"\x89PNG\r\n", "is a picture (PNG)"),
    (b"\xff\xd8\xff", "is a picture (JPEG)"),
    (b"GIF8", "is a picture (GIF)"),
    (b"\x1f\x8b", "is compressed (gzip)"),
    (b"BZh", "is compressed (bzip2)"),
    (b"\xfd7zXZ\x00", "is compressed (xz)"),
    (b"(\xb5/\xfd", "is compressed (zstd)"),
    (b"\x7fELF", "is a program"),
    (b"\xd0\xcf\x11\xe0", "is an old Word, Excel or PowerPoint file"),
    (b"{\\rtf", "is a Rich Text document"),
    (b"SQLite format 3\x00", "is an SQLite database"),
)
"""The first bytes of what people try to open, from https://www.iana.org/assignments/media-types and file(1)."""

_SAMPLE: Final = 65_536
_TOO_MANY_CONTROLS: Final = 0.3
"""The share of control characters from which Perl's `-B` calls a file binary. Coloured logs stay well below."""

_HARMLESS: Final = bytes({*range(0x20, 0x7F), *b"\t\n\r"})
_CONTROLS: Final = bytes({*range(0x20), 0x7F} - {*b"\t\n\r\f"})

_HINT: Final = "Convert it to plain text or Markdown and open that."


class Decoded(NamedTuple):
    """Text with Unix line ends and no control characters."""

    text: str
    warning: str = ""
    """What the reader should know: that some bytes were no text, or that it is in another encoding than UTF-8."""


def decode(data: bytes, name: str) -> Decoded:
    """The text in the bytes of a file, UTF-8 unless a byte order mark says otherwise, or most of its characters.

    Args:
        data: The whole file.
        name: What to call it in a message; printable.

    Raises:
        UnreadableError: The bytes are no text.
    """
    for magic, kind in _KINDS:
        if data.startswith(magic):
            raise UnreadableError(f"{name} {kind}, which PactReader cannot read.", _HINT)
    mark, encoding = next(
        ((mark, encoding) for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), (b"", "utf-8")
    )
    if encoding == "utf-8" and _looks_binary(data):
        raise UnreadableError(f"{name} is not text: it is binary.", _HINT)
    body = data[len(mark) :] if mark else data
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError:
        from pactreader.formats.legacy_encodings import read_as

        text = body.decode(encoding, errors="replace")
        if not mark and (found := read_as(body, text)):
            text, warning = found.text, f"It is not UTF-8: it was read as {found.encoding}."
        else:
            warning = f"Some of it is not valid {encoding[:6].upper()}: what could not be read is shown as �."
        return Decoded(printable(unix_line_ends(text)), warning)
    text = unix_line_ends(text)
    if encoding != "utf-8" or _has_controls(body):
        text = printable(text)
    return Decoded(text)


def _looks_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return b"\0" in data or controls > _TOO_MANY_CONTROLS * len(sample)


def _has_controls(utf8: bytes) -> bool:
    """Whether `printable` would change this text: five times as fast, as most texts are mostly ASCII.

    Valid UTF-8 stays valid when whole characters are taken out of it.
    """
    rest = utf8.translate(None, _HARMLESS).decode()
    return printable(rest) != rest
