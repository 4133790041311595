"""How a command opens the library, and says what the library has to say of itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pactreader.cli.output import warn
from pactreader.core.labels import LABELS, Labels

if TYPE_CHECKING:
    from pactreader.storage.library import Library
    from pactreader.storage.paths import Paths

_PATIENCE: Final = 30.0
"""Seconds that a command waits for another process that is writing, once it has said so."""


@contextmanager
def opened(paths: "Paths", labels: Labels = LABELS) -> Iterator["Library"]:
    """The library. What it has to say, as that it was damaged, goes to standard error at the end.

    Args:
        paths: Where it is.
        labels: What labels are called, where that is to be said.
    """
    from pactreader.storage.library import Library

    with Library(paths, labels=labels, patience=_PATIENCE, on_wait=warn) as library:
        try:
            yield library
        finally:
            for notice in library.notices():
                warn(notice)


def own_labels(paths: "Paths") -> Labels:
    """The reader's labels. That the settings are not understood as to them is said on standard error."""
    from pactreader.settings.config_file import read_settings

    settings, problems = read_settings(paths.settings)
    if any(problem.setting in {"", "labels"} for problem in problems):
        warn("Labels may not be called as you have set it: `pactreader settings` says what is wrong.")
    return settings.labels
