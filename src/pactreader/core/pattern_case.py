"""Capitals in regular expressions: those typed as letters, and those that name something else."""

import re
from typing import Final

_NOT_TYPED: Final = re.compile(
    r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[pP]\w|[pPNgkL]?\{[^}]*\}|g<[^>]*>|.)"
    r"|\(\?P?[<=>&][^)>]*|\(\?[A-Za-z-]+"
    r"|\[:\^?\w+:\]",
    re.DOTALL,
)
"""Escapes, names and flags of a regular expression, whose letters are no letters that are looked for."""
_CASED_PROPERTY: Final = re.compile(
    r"\\p\{\^?(?:gc=|general_?category=)?(?:L[ult]|(?:upper|lower|title)\w*)\}|\[:\^?(?:upper|lower):\]",
    re.IGNORECASE,
)
"""A class of capitals or of small letters: such a regular expression would match both if case were ignored."""


def is_exact(pattern: str) -> bool:
    """Return whether a regular expression tells capitals from small letters: one is typed in it, or a class of them."""
    letters = _NOT_TYPED.sub("", pattern)
    return letters != letters.lower() or bool(_CASED_PROPERTY.search(pattern))
