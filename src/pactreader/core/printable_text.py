"""Making somebody else's text harmless to a terminal.

Articles, titles, file names, notes and tags are somebody else's bytes. A terminal obeys C0, DEL and C1
characters, and bidirectional controls make a line read otherwise than it is (CVE-2021-42574, "Trojan Source").
Every text goes through `printable` where it comes in and, as the library file can be written by others, again
where it is drawn.
"""

import re
from typing import Final

_LINE_ENDS: Final = "\v\f\x85\u2028\u2029"
_BIDI: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_CONTROL: Final = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_BIDI}\ud800-\udfff]")
_MARKS: Final[dict[int, str]] = (
    {code: chr(0x2400 + code) for code in range(0x20)}
    | {0x7F: "\u2421"}
    | dict.fromkeys(range(128, 160), "�")
    | {ord(character): "\ufffd" for character in _BIDI}
    | dict.fromkeys(range(55296, 57344), "�")
    | {ord(character): "\n" for character in _LINE_ENDS}
    | {ord("\n"): "\n", ord("\t"): "\t"}
)


def printable(text: str) -> str:
    """The text with every control character shown as a mark, code point for code point.

    Line feeds and tabs stay; other line ends (VT, FF, NEL, U+2028, U+2029, a lone CR not: see `unix_line_ends`)
    become line feeds. C0 and DEL become their control pictures (␛), everything else U+FFFD. Offsets do not
    change.
    """
    return text.translate(_MARKS) if _CONTROL.search(text) else text


def printable_line(text: str) -> str:
    """`printable`, on one line: line feeds and tabs become spaces, and the ends are trimmed."""
    return " ".join(printable(text).split())


def unix_line_ends(text: str) -> str:
    """The text with CRLF and lone CR as line feeds."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
