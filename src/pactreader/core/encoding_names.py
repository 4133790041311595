"""The names of encodings and languages that the user can choose."""

import codecs
from typing import Final

from pactreader.core.lazy_patterns import lazy_pattern

_NO_CHARACTER_SETS: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
"""Python's text codecs in which no file is written; those of host names take quadratic time."""
_AS_ON_THE_WEB: Final = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "x-gbk": "gb18030",
    "x-sjis": "cp932",
}
"""The encodings as which browsers read others, by names of these that Python has, or that it does not know."""
TOLD_BY_THE_TEXT: Final = frozenset({"ascii", "utf-8"})
"""Encodings that servers and mails may name wrongly; the text tells them without that."""
_LANGUAGE: Final = lazy_pattern(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*")
"""A language tag as in BCP 47; its first part is the language."""


def encoding_name(typed: str) -> str:
    """Return the name by which Python knows an encoding of text; an empty text if there is none of that name."""
    try:
        name = codecs.lookup(typed).name
        "".encode(name)  # refuses codecs that are not of text, as hex
    except (LookupError, ValueError):
        return ""
    return "" if name in _NO_CHARACTER_SETS else name


def web_encoding_name(label: str) -> str:
    """Return the name by which Python knows the encoding that a page or its server names; empty if there is none.

    Pages are written in the larger encodings that browsers read these names as (https://encoding.spec.whatwg.org,
    "Names and labels"): `iso-8859-1` is `cp1252`, `gb2312` is `gb18030`.
    """
    label = label.strip().strip("\"'").lower()
    name = encoding_name(label) or label
    return _AS_ON_THE_WEB.get(name) or encoding_name(label)


def language_code(typed: str) -> str:
    """Return the language in a language tag: `de` for `de-AT`; an empty text if it is no language tag."""
    found = _LANGUAGE.fullmatch(typed)
    return found[1].lower() if found else ""
