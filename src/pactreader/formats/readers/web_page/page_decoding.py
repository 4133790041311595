"""The encoding of a web page, as browsers tell it."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

from pactreader.core.encoding_names import web_encoding_name
from pactreader.core.reading_options import UTF_8_ELSE
from pactreader.formats.decoding import DecodedText, decode

_PRESCAN: Final = 1_024
"""The number of bytes in which a page declares its encoding: https://html.spec.whatwg.org/#charset."""
_DECLARATION: Final = re.compile(
    rb"""<meta\b[^>]{0,400}?\bcharset\s*=\s*["']?\s*([A-Za-z0-9._:+-]{2,40})"""
    rb"""|<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._:+-]{2,40})""",
    re.IGNORECASE,
)
_MAX_NULS: Final = 0.01
"""The share of NUL characters up to which a page is damaged, and no binary file. Browsers drop them."""
_BYTE_ORDER_MARKS: Final = (BOM_UTF8, BOM_UTF16_LE, BOM_UTF16_BE)


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
    if 0 < data.count(0) <= _MAX_NULS * len(data):
        data = data.replace(b"\0", b"")
    if encoding and not encoding.startswith(UTF_8_ELSE):
        return decode(data, name, web_encoding_name(encoding))
    if data.startswith(_BYTE_ORDER_MARKS):
        return decode(data, name)
    declared = _declared(data)
    if not declared or declared == "utf-8" or _is_utf8_beyond_ascii(data):
        return decode(data, name, encoding)
    return decode(data, name, declared)


def _declared(data: bytes) -> str:
    """Return the encoding that a page declares, as browsers take it.

    That is Windows-1252 for ASCII, and UTF-8 for UTF-16, which no page can declare in ASCII.
    """
    found = _DECLARATION.search(data, 0, _PRESCAN)
    name = web_encoding_name((found[1] or found[2]).decode("ascii")) if found else ""
    return "utf-8" if name.startswith("utf-16") else "cp1252" if name == "ascii" else name


def _is_utf8_beyond_ascii(data: bytes) -> bool:
    if data.isascii():
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
