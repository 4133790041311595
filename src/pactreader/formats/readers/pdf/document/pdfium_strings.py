"""Texts that pdfium writes into a buffer."""

import ctypes
from typing import Any, Final

_MAX_SIZE: Final = 100_000
"""The greatest size of a text in bytes. Titles, labels and addresses have some hundred; more is not what it says."""


def utf16_text(function: Any, *arguments: Any) -> str:
    """Return the text that a function of pdfium gives in UTF-16; empty if it has none, or a huge one.

    Args:
        function: A function of `pypdfium2.raw` whose last two arguments are a buffer and its size, and which returns the size that it needs.
        *arguments: Its other arguments.
    """
    return _text(function, arguments).decode("utf-16-le", "replace").rstrip("\0")


def utf8_text(function: Any, *arguments: Any) -> str:
    """Return the text that a function of pdfium gives in UTF-8, as `utf16_text` does."""
    return _text(function, arguments).decode("utf-8", "replace").rstrip("\0")


def _text(function: Any, arguments: tuple[Any, ...]) -> bytes:
    size = function(*arguments, None, 0)
    if not 0 < size <= _MAX_SIZE:
        return b""
    buffer = ctypes.create_string_buffer(size)
    function(*arguments, ctypes.cast(buffer, function.argtypes[-2]), size)
    return buffer.raw
