"""Sources of articles that lead back to them, and those that do not."""

import re
from typing import Final

from pactreader.core.lazy_patterns import lazy_pattern

STANDARD_INPUT: Final = "-"
_TRANSIENT: Final = frozenset({"", STANDARD_INPUT})
_DESCRIPTOR_DIRECTORIES: Final = ("/dev/", "/proc/")
"""Directories whose files are the open files of a process, such as `/dev/fd/63`, `/dev/stdin`, `/proc/self/fd/0`."""


def is_address(source: str) -> bool:
    """Return whether a source identifies an article: standard input and open files of a process do not."""
    return source not in _TRANSIENT and not source.startswith(_DESCRIPTOR_DIRECTORIES)


_WEB: Final = lazy_pattern(r"https?://[^/\s]", re.IGNORECASE)


def is_web_address(source: str) -> bool:
    """Return whether a source is the address of a page on the web, with its scheme."""
    return _WEB.match(source) is not None
