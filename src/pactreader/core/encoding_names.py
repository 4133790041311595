"""The names of encodings and languages that the user can choose."""

import codecs
import re
from typing import Final

_NO_CHARACTER_SETS: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
"""Python's text codecs in which no file is written; those of host names take quadratic time."""
_LANGUAGE: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*")
"""A language tag as in BCP 47; its first part is the language."""


def encoding_name(typed: str) -> str:
    """Return the name by which Python knows an encoding of text; an empty text if there is none of that name."""
    try:
        name = codecs.lookup(typed).name
        "".encode(name)  # refuses codecs that are not of text, as hex
    except (LookupError, ValueError):
        return ""
    return "" if name in _NO_CHARACTER_SETS else name


def language_code(typed: str) -> str:
    """Return the language in a language tag: `de` for `de-AT`; an empty text if it is no language tag."""
    found = _LANGUAGE.fullmatch(typed)
    return found[1].lower() if found else ""
