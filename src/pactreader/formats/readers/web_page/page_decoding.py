"""The encoding of a web page, as browsers tell it."""

import codecs
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

from pactreader.core.encoding_names import encoding_name
from pactreader.core.reading_options import UTF_8_ELSE
from pactreader.formats.decoding import DecodedText, decode

_PRESCAN: Final = 1_024
"""The number of bytes in which a page declares its encoding: https://html.spec.whatwg.org/#charset."""
_DECLARATION: Final = re.compile(
    rb"""<meta\b[^>]{0,400}?\bcharset\s*=\s*["']?\s*([A-Za-z0-9._:+-]{2,40})"""
    rb"""|<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._:+-]{2,40})""",
    re.IGNORECASE,
)
_BYTE_ORDER_MARKS: Final = (BOM_UTF8, BOM_UTF16_LE, BOM_UTF16_BE)
_AS_BROWSERS_READ: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
"""The encodings that browsers take declared ones for, by the names that Python knows them by:
https://encoding.spec.whatwg.org/#names-and-labels. A page in UTF-16 cannot declare it in ASCII."""


def decode_page(data: bytes, name: str, encoding: str = "") -> DecodedText:
    """Decode a web page: in the encoding that was chosen, that of its byte order mark, or the one that it declares.

    A page that is valid UTF-8 beyond ASCII is UTF-8 whatever it declares. Without any of these it is decoded as a text.

    Args:
        data: The whole page.
        name: Its name for messages; printable.
        encoding: The encoding that the user chose or the server named, as in `ReadingOptions`; empty for none.

    Raises:
        UnreadableError: It is not text, or has only white space.
    """
    if encoding and not encoding.startswith(UTF_8_ELSE):
        return decode(data, name, as_browsers_read(encoding))
    if data.startswith(_BYTE_ORDER_MARKS):
        return decode(data, name)
    declared = as_browsers_read(_declared(data))
    if not declared or declared == "utf-8" or _is_utf8_beyond_ascii(data):
        return decode(data, name, encoding)
    return decode(data, name, declared)


def as_browsers_read(label: str) -> str:
    """Return the encoding, as Python knows it, in which browsers read one; empty if there is none of that name."""
    known = encoding_name(label.removeprefix("x-"))
    known = codecs.lookup(known).name if known else ""
    return _AS_BROWSERS_READ.get(known, known)


def _declared(data: bytes) -> str:
    found = _DECLARATION.search(data, 0, _PRESCAN)
    return (found[1] or found[2]).decode("ascii") if found else ""


def _is_utf8_beyond_ascii(data: bytes) -> bool:
    if data.isascii():
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
