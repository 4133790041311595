"""The question whether the user's choices for reading an article are remembered, answered without loading the library."""

import json
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Final

from pactreader.storage.schema.records import READING

_CHUNK: Final = 1 << 20
"""Bytes of the file that are searched at a time, so that a large one does not fill the memory."""
_ID: Final = b'"id"'
"""A name that the line of every record has, unless another program wrote each field on a line of its own."""
_FIELD: Final = f"{json.dumps(READING)}:".encode("ascii")


class RememberedChoices:
    """The lines of a library file with choices, of which there are few: 60 MB are searched in some 20 milliseconds."""

    def __init__(self, library: Path) -> None:
        """Create it without reading the file.

        Args:
            library: The library file, which may not exist.
        """
        self._library = library

    def may_be_of(self, keys: Callable[[], Iterable[str]]) -> bool:
        """Return whether choices may be remembered of an article. If not, the library need not be asked for them.

        Args:
            keys: Returns its addresses, or the hashes of its text and its file. It is called only if there are choices.
        """
        if not self._lines:
            return False
        names = [
            json.dumps(key, ensure_ascii=is_ascii).encode("utf-8", "replace")
            for key in keys()
            for is_ascii in (True, False)  # another program may write either
            if key
        ]
        return any(_ID not in line or any(name in line for name in names) for line in self._lines)

    @cached_property
    def _lines(self) -> list[bytes]:
        """The lines with the field of choices. In a file that is not one record a line, that may be all of it."""
        found: list[bytes] = []
        try:
            with self._library.open("rb") as file:
                while chunk := file.read(_CHUNK) + file.readline():
                    if _FIELD in chunk:
                        found += [line for line in chunk.split(b"\n") if _FIELD in line]
        except OSError:
            return []
        return found
