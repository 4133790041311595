"""How a command opens the library, and says what the library has to say of itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pactreader.cli.output import warn

if TYPE_CHECKING:
    from pactreader.storage.library import Library
    from pactreader.storage.places import Places

_PATIENCE: Final = 30.0
"""Seconds that a command waits for another process that is writing, once it has said so."""


@contextmanager
def opened(places: "Places") -> Iterator["Library"]:
    """The library. What it has to say, as that it was damaged, goes to standard error at the end."""
    from pactreader.storage.library import Library  # noqa: PLC0415 - starting is cheap because of it

    with Library(places, patience=_PATIENCE, on_wait=warn) as library:
        try:
            yield library
        finally:
            for notice in library.notices():
                warn(notice)
