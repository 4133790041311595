"""The library and its articles, as subcommands open them."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from pactreader.cli.output import print_warning
from pactreader.core.article import Article
from pactreader.core.errors import UnreadableError, UsageError
from pactreader.core.labels import LABELS, Labels
from pactreader.core.printable_text import printable_line

if TYPE_CHECKING:
    from pactreader.storage.library import Library
    from pactreader.storage.paths import Paths
    from pactreader.storage.schema.records import ArticleEntry

_LOCK_TIMEOUT: Final = 30.0
"""Seconds that a subcommand waits for another process that is writing, once it has said so."""


@contextmanager
def open_library(paths: "Paths", labels: Labels = LABELS) -> Iterator["Library"]:
    """Open the library for a block. Its notices, as that it was damaged, go to standard error at the end.

    Args:
        paths: The directories.
        labels: The labels whose names are to be shown.
    """
    from pactreader.storage.event_log import EventLog
    from pactreader.storage.library import Library

    with Library(paths, labels=labels, lock_timeout=_LOCK_TIMEOUT, on_wait=print_warning) as library:
        try:
            yield library
        finally:
            for notice in library.notices():
                print_warning(notice)
                EventLog(paths.log_file).warning("library recovered")


def configured_labels(paths: "Paths") -> Labels:
    """Return the labels of the settings. Problems with them are mentioned on standard error."""
    from pactreader.settings.config_file import read_settings

    settings, problems = read_settings(paths.settings)
    if any(problem.setting in {"", "labels"} for problem in problems):
        print_warning(
            "Labels may not be called as you have set it: `pactreader settings` says what is wrong."
        )
    return settings.labels


def open_source(source: str, library: "Library") -> Article:
    """Open the article that a SOURCE names: a file, standard input, or an article of the library.

    Raises:
        PactReaderError: There is none, or it cannot be read.
    """
    from pactreader.formats.sources import STANDARD_INPUT, read_source

    if source != STANDARD_INPUT and not os.path.lexists(source):
        entry = _find_known(source, library)
        if entry:
            return open_entry(entry, library)
    return read_source(source, _standard_input())


def open_entry(entry: "ArticleEntry", library: "Library") -> Article:
    """Open the article of an entry: its file if it is still there, else the text that was read last.

    Raises:
        UnreadableError: The file cannot be read, and its text was not kept.
    """
    from pactreader.formats.sources import BUNDLED, STANDARD_INPUT, bundled_article, read_source

    if entry.source == BUNDLED:
        return bundled_article()
    if entry.source in {"", STANDARD_INPUT}:
        failure = UnreadableError(
            f"The text of “{printable_line(entry.display_title)}” was not kept.",
            "Read it from where it came once more.",
        )
        warning = ""
    else:
        try:
            return read_source(entry.source, BytesIO())
        except UnreadableError as error:
            failure = error
            warning = f"{error.message} This is its text as you read it last."
    article = library.stored_text(entry)
    if article is None:
        raise failure
    return replace(article, warning=warning)


def last_read_entry(library: "Library", last_id: str | None) -> "ArticleEntry | None":
    """Return the entry of the article that was read last, if the library has it."""
    return next((entry for entry in library.articles() if entry.id == last_id), None)


def find_entry(source: str, library: "Library") -> "ArticleEntry":
    """Return the entry of the article that a SOURCE names, whose file need not exist.

    Raises:
        PactReaderError: There is none, or it cannot be read.
    """
    if known := _find_known(source, library):
        return known
    return library.entry_for(open_source(source, library))


def _find_known(source: str, library: "Library") -> "ArticleEntry | None":
    """Return the article that a SOURCE names in the library; `None` for the path of a file that is not in it.

    Raises:
        UsageError: It is no path, and there is no such article, or more than one.
    """
    path = os.path.abspath(source)  # noqa: PTH100 - symbolic links stay
    for entry in library.articles():
        if source and entry.source in {source, path}:
            return entry
    try:
        return library.find(source)
    except UsageError as error:
        if not source or os.sep in source or Path(source).suffix:
            return None
        name = printable_line(source)
        raise UsageError(f"There is no file {name}. {error.message}", error.hint) from error


def _standard_input() -> BinaryIO:
    """Return standard input; an empty one where it is closed."""
    return sys.stdin.buffer if sys.stdin else BytesIO()
