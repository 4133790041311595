"""Access of subcommands to the library and its articles."""

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
    from pactreader.core.notebooks.notebook import Notebook
    from pactreader.storage.library import Library
    from pactreader.storage.paths import Paths
    from pactreader.storage.schema.records import ArticleEntry

_LOCK_TIMEOUT: Final = 30.0
"""Seconds that a subcommand waits, after a message, for another process that is writing."""


@contextmanager
def open_library(paths: "Paths", labels: Labels = LABELS) -> Iterator["Library"]:
    """Open the library for a block, and print its notices at the end, such as that it was damaged.

    Args:
        paths: The directories.
        labels: The configured labels.
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
    """Return the labels of the settings, and print a warning if there are problems with them."""
    from pactreader.settings.config_file import read_settings

    settings, problems = read_settings(paths.settings)
    if any(problem.setting in {"", "labels"} for problem in problems):
        print_warning(
            "Labels may not be called as you have set it: `pactreader settings` says what is wrong."
        )
    return settings.labels


def open_source(source: str, library: "Library") -> Article:
    """Read the article that a SOURCE names: a file, standard input, or an article of the library.

    Raises:
        PactReaderError: There is no such article, or it cannot be read.
    """
    from pactreader.formats.sources import STANDARD_INPUT, read_source

    if source != STANDARD_INPUT and not os.path.lexists(source):
        entry = _find_in_library(source, library)
        if entry:
            return open_entry(entry, library)
    return read_source(source, _standard_input())


def open_entry(entry: "ArticleEntry", library: "Library") -> Article:
    """Read the article of an entry from its file or, if that cannot be read, from its stored text.

    Raises:
        UnreadableError: The file cannot be read, and the text was not stored.
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


def notebook_as_last_read(entry: "ArticleEntry", library: "Library") -> "Notebook":
    """Return the notebook of an article with its annotations placed in the text that was read last.

    Its source is not opened, which may have changed or be gone. If the text is not stored, nothing is placed.
    """
    article = library.stored_text(entry)
    if article:
        return library.notebook(entry, article)
    notebook = library.empty_notebook(Article.assemble((), title=entry.title, source=entry.source))
    library.load(entry, notebook)
    return notebook


def last_read_entry(library: "Library", last_id: str | None) -> "ArticleEntry | None":
    """Return the entry with the id of the article that was read last; `None` if there is none."""
    return next((entry for entry in library.articles() if entry.id == last_id), None)


def find_entry(source: str, library: "Library") -> "ArticleEntry":
    """Return the entry of the article that a SOURCE names. A known file need not exist.

    Raises:
        PactReaderError: There is no such article, or it cannot be read.
    """
    if known := _find_in_library(source, library):
        return known
    return library.entry_for(open_source(source, library))


def _find_in_library(source: str, library: "Library") -> "ArticleEntry | None":
    """Return the entry that a SOURCE names in the library; `None` if it may be the path of a file not in the library.

    Raises:
        UsageError: It is no path, and names no article or more than one.
    """
    path = os.path.abspath(source)  # noqa: PTH100 - keeps symbolic links
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
    """Return standard input; an empty stream if it is closed."""
    return sys.stdin.buffer if sys.stdin else BytesIO()
