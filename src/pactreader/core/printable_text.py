"""Sanitising of untrusted text for a terminal.

Articles, titles, file names, notes and tags are untrusted. A terminal executes C0, DEL and C1 characters, and
bidirectional controls make a line look different from what it is (CVE-2021-42574, "Trojan Source"). Every text is
passed through `printable` where it is read and, as other programs can write the library file, again where it is drawn.
"""

from typing import Final

from pactreader.core.lazy_patterns import lazy_pattern

_LINE_ENDS: Final = "\v\f\x85\u2028\u2029"
_BIDI: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_DIRECTION_MARKS: Final = lazy_pattern("[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]")
"""Marks, embeddings and isolates of writing direction: invisible characters of Arabic and Hebrew texts. They hide
nothing, but the terminal must not get them either. Overrides are none of them, as they are to deceive."""

_C0: Final = range(0x20)
_DEL: Final = 0x7F
_C1: Final = range(0x80, 0xA0)
_SURROGATES: Final = range(0xD800, 0xE000)
_CONTROL_PICTURES: Final = 0x2400
"""The first code point of Unicode's block of symbols for C0 characters."""
_DEL_PICTURE: Final = "\u2421"
_REPLACEMENT: Final = "\ufffd"

_UNPRINTABLE: Final = lazy_pattern(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_BIDI}\ud800-\udfff]")
_PRINTABLE: Final[dict[int, str]] = (
    {code: chr(_CONTROL_PICTURES + code) for code in _C0}
    | {_DEL: _DEL_PICTURE}
    | dict.fromkeys((*_C1, *map(ord, _BIDI), *_SURROGATES), _REPLACEMENT)
    | dict.fromkeys(map(ord, _LINE_ENDS), "\n")
    | {ord("\n"): "\n", ord("\t"): "\t"}
)
"""The replacement of each unprintable character, for `str.translate`."""
_PRINTABLE_ASCII: Final = b"\t\n" + bytes(range(0x20, _DEL))


def printable(text: str) -> str:
    r"""Return the text with every control character made visible, one code point for one: `a\x1b[1m` → `a␛[1m`.

    Line feeds and tabs stay. VT, FF, NEL, U+2028 and U+2029 become line feeds. Other C0 characters and DEL become their
    control pictures, also CR, for which see `unix_line_ends`; everything else becomes U+FFFD. Offsets do not change.
    """
    # The first is fast, but false for line feeds; the second takes an eighth of the third, but is for ASCII alone.
    if text.isprintable() or _is_printable_ascii(text) or not _UNPRINTABLE.search(text):
        return text
    return text.translate(_PRINTABLE)


def _is_printable_ascii(text: str) -> bool:
    """Return whether a text consists of ASCII characters that `printable` leaves as they are."""
    return text.isascii() and not text.encode("ascii").translate(None, _PRINTABLE_ASCII)


def printable_line(text: str) -> str:
    """Return the text as `printable` does, on one line: each run of white space as one space, none at the ends."""
    return " ".join(printable(text).split())


def without_direction_marks(text: str) -> str:
    """Return the text without marks of writing direction, which `printable` would make visible."""
    return text if text.isascii() or text.isprintable() else _DIRECTION_MARKS.sub("", text)


def unix_line_ends(text: str) -> str:
    """Return the text with CRLF and CR replaced by line feeds."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
