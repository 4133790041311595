"""The library for a subcommand, with the labels of the settings and the annotations of articles as they were last read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pactreader.cli.output import print_warning
from pactreader.core.labels import LABELS, Labels

if TYPE_CHECKING:
    from pactreader.core.notebooks.placed_annotations import PlacedAnnotations
    from pactreader.storage.library import Library
    from pactreader.storage.paths import Paths
    from pactreader.storage.schema.records import ArticleEntry

_LOCK_TIMEOUT: Final = 30.0
"""Seconds that a subcommand waits, after a message, for another process that is writing."""


@contextmanager
def open_library(
    paths: "Paths", labels: Labels = LABELS, *, keeps_protected: bool = False
) -> Iterator["Library"]:
    """Open the library for a block, and print its notices at the end, such as that it was damaged.

    Args:
        paths: The directories.
        labels: The configured labels.
        keeps_protected: True to store also the texts of files that are protected by a password.
    """
    from pactreader.storage.event_log import EventLog
    from pactreader.storage.library import Library

    with Library(
        paths,
        labels=labels,
        keeps_protected=keeps_protected,
        lock_timeout=_LOCK_TIMEOUT,
        on_wait=print_warning,
    ) as library:
        try:
            yield library
        finally:
            for notice in library.notices():
                print_warning(notice)
                EventLog(paths.log_file).warning("library recovered")


def configured_labels(paths: "Paths") -> Labels:
    """Return the labels of the settings, and print a warning if there are problems with them."""
    from pactreader.settings.config_file import read_settings

    settings, problems = read_settings(paths.settings)
    if any(problem.setting in {"", "labels"} for problem in problems):
        print_warning(
            "Labels may not be called as you have set it: `pactreader settings` says what is wrong."
        )
    return settings.labels


def annotations_as_last_read(entry: "ArticleEntry", library: "Library") -> "PlacedAnnotations":
    """Return the annotations of an article, placed in the text that was read last.

    Its source is not opened, which may have changed or be gone. If the text is not stored, nothing is placed.
    """
    return library.placed_annotations(entry, library.kept.article(entry))
