"""Decoding of text files: encodings, line ends, and detection of files that are not text."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from typing import Final, NamedTuple

from pactreader.core.errors import UnreadableError
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.core.printable_text import printable, unix_line_ends, without_direction_marks
from pactreader.core.reading_options import UTF_8_ELSE
from pactreader.formats.binary_signatures import CONVERT_HINT, refuse_binary
from pactreader.formats.escape_sequences import without_escape_sequences

_BYTE_ORDER_MARKS: Final = (  # UTF-32's first: its little-endian mark begins with UTF-16's
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)

_SAMPLE_SIZE: Final = 65_536
"""The number of bytes that are examined to detect a binary file."""
_MAX_CONTROLS: Final = 0.3
"""The share of control characters above which a file is binary, as for Perl's `-B`. Coloured logs have far fewer."""

_REPLACEMENT: Final = "\ufffd"
_MAX_DAMAGE: Final = 0.5
"""The share of invalid characters, of those other than ASCII, up to which a text is taken for damaged UTF-8."""

_FORM_FEED: Final = "\f"
_PRINTABLE_ASCII: Final = bytes({*range(0x20, 0x7F), *b"\t\n\r\f"})
_CONTROLS: Final = bytes({*range(0x20), 0x7F} - {*b"\t\n\r\f\b\x1b"})

_ISO_2022_JP: Final = lazy_pattern(rb"\x1b\$[@B]")
"""The escape sequence that begins Japanese characters in ISO-2022-JP (RFC 1468), which no terminal understands."""
_ENCODING_WARNING: Final = "It is not UTF-8: it was read as {} (--encoding NAME overrules that)."


class DecodedText(NamedTuple):
    """A text with Unix line ends and no control characters, but for form feeds where pages are asked for."""

    text: str
    encoding: str
    """The name of the encoding that it was read in."""
    warning: str = ""
    """A warning to the user that the encoding is not UTF-8, or that some bytes are invalid; empty for none."""


def decode(data: bytes, name: str, encoding: str = "") -> DecodedText:
    """Decode the content of a text file, as `decode_pages` does. Form feeds become line ends.

    Raises:
        UnreadableError: It is not text, or has only white space.
    """
    decoded = decode_pages(data, name, encoding)
    return decoded._replace(text=printable(decoded.text)) if _FORM_FEED in decoded.text else decoded


def decode_pages(data: bytes, name: str, encoding: str = "") -> DecodedText:
    """Decode the content of a text file, with the form feeds that divide its pages.

    The encoding is the one that the user chose, or else that of the byte order mark. Without both it is UTF-8; or the
    likeliest one, if most characters other than ASCII are not valid UTF-8.

    Args:
        data: The whole file.
        name: The file's name for messages; printable.
        encoding: The encoding that the user chose, as in `ReadingOptions`; empty for none.

    Raises:
        UnreadableError: It is not text, or has only white space.
    """
    refuse_binary(data, name)
    if encoding and not encoding.startswith(UTF_8_ELSE):
        decoded = _decode_as_chosen(data, encoding)
    else:
        mark, marked = next(
            ((mark, marked) for mark, marked in _BYTE_ORDER_MARKS if data.startswith(mark)), (b"", "utf-8")
        )
        if marked == "utf-8" and _looks_binary(data):
            raise UnreadableError(f"{name} is not text: it is binary.", CONVERT_HINT)
        if not mark and _ISO_2022_JP.search(data) and (shifted := _decode_iso_2022_jp(data)):
            return shifted
        otherwise = encoding.removeprefix(UTF_8_ELSE)
        decoded = _decode(data[len(mark) :] if mark else data, marked, otherwise, may_be_other=not mark)
    if not decoded.text.strip():
        raise UnreadableError(f"{name} is empty.", "Give it an article with some text in it.")
    return decoded


def _decode_iso_2022_jp(data: bytes) -> DecodedText | None:
    """Decode a Japanese text of seven bits, as mails were; `None` if it is none, but a log with escape sequences."""
    try:
        text = data.decode("iso2022_jp_ext")
    except UnicodeDecodeError:
        return None
    name = "ISO-2022-JP"
    return DecodedText(_printable_pages(_plain(text)), name, _ENCODING_WARNING.format(name))


def _decode(body: bytes, encoding: str, otherwise: str, *, may_be_other: bool) -> DecodedText:
    """Decode a text without its byte order mark in an encoding or, if it may be, in one that fits better.

    Args:
        body: The text.
        encoding: The encoding.
        otherwise: The one that the user chose for texts that are not UTF-8; empty for the likeliest one.
        may_be_other: True if the encoding is a guess.
    """
    try:
        text = _plain(body.decode(encoding))
    except UnicodeDecodeError:
        return _decode_invalid(body, encoding, otherwise, may_be_other=may_be_other)
    changes = encoding != "utf-8" or _has_unprintable(body)
    return DecodedText(_printable_pages(text) if changes else text, encoding.upper())


def _decode_invalid(body: bytes, encoding: str, otherwise: str, *, may_be_other: bool) -> DecodedText:
    """Decode a text that is not valid in an encoding: from the likeliest one, or with replacement characters."""
    text = body.decode(encoding, errors="replace")
    if may_be_other and text.count(_REPLACEMENT) > _MAX_DAMAGE * _count_beyond_ascii(text):
        if otherwise:
            return _decode_as_chosen(body, otherwise)
        from pactreader.formats.encoding_detection import detect_encoding  # most texts are UTF-8

        if found := detect_encoding(body):
            text = body.decode(found.codec, errors="replace")
            warning = _ENCODING_WARNING.format(found.name)
            return DecodedText(_printable_pages(_plain(text)), found.name, warning)
    warning = f"Some of it is not valid {encoding[:6].upper()}: what could not be read is shown as �."
    return DecodedText(_printable_pages(_plain(text)), encoding.upper(), warning)


def _decode_as_chosen(data: bytes, encoding: str) -> DecodedText:
    """Decode a text in the encoding that the user chose, with replacement characters where it is not valid."""
    warning = ""
    try:
        text = data.decode(encoding)
    except UnicodeError:
        text = data.decode(encoding, errors="replace")
        warning = f"Some of it is not valid {encoding}: what could not be read is shown as �."
    return DecodedText(_printable_pages(_plain(text.removeprefix("\ufeff"))), encoding, warning)


def _plain(text: str) -> str:
    """Return a text with Unix line ends and without escape sequences."""
    return unix_line_ends(without_escape_sequences(text))


def _printable_pages(text: str) -> str:
    """Return the text as it can be shown, with its form feeds: without marks of direction, other controls visible."""
    return _FORM_FEED.join(map(printable, without_direction_marks(text).split(_FORM_FEED)))


def _looks_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE_SIZE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return b"\0" in data or controls > _MAX_CONTROLS * len(sample)


def _has_unprintable(utf8: bytes) -> bool:
    """Return whether `printable` would change a text.

    This is five times as fast as calling it, as it looks only at the characters that are not ASCII.
    """
    rest = utf8.translate(None, _PRINTABLE_ASCII).decode()  # stays valid UTF-8: whole characters are removed
    return printable(rest) != rest


def _count_beyond_ascii(text: str) -> int:
    """Return the number of characters that are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))
