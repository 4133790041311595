"""Which article a word on the command line means."""

import os
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pactreader.core.article import Article
from pactreader.core.errors import UnreadableError, UsageError
from pactreader.core.printable_text import printable_line

if TYPE_CHECKING:
    from pactreader.storage.library import Library
    from pactreader.storage.schema.records import ArticleEntry


def _stdin() -> BinaryIO:
    """Standard input; nothing where it is closed."""
    return sys.stdin.buffer if sys.stdin else BytesIO()


def open_source(source: str, library: "Library") -> Article:
    """The article that a SOURCE names: a file, standard input, or one that the library knows.

    Raises:
        PactReaderError: There is none, or it cannot be read.
    """
    from pactreader.formats.sources import STANDARD_INPUT, read_source

    if source != STANDARD_INPUT and not os.path.lexists(source):
        entry = _known(source, library)
        if entry:
            return open_entry(entry, library)
    return read_source(source, _stdin())


def _known(source: str, library: "Library") -> "ArticleEntry | None":
    """The article that a SOURCE names in the library; `None` if it is the path of a file that is not in it.

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


def open_entry(entry: "ArticleEntry", library: "Library") -> Article:
    """The article of an entry: its file if it is still there, else the text as it was read last.

    Raises:
        UnreadableError: The file cannot be read, and its text was not kept.
    """
    from pactreader.formats.sources import BUNDLED, STANDARD_INPUT, bundled, read_source

    if entry.source == BUNDLED:
        return bundled()
    if entry.source in {"", STANDARD_INPUT}:
        failure = UnreadableError(
            f"The text of “{printable_line(entry.called)}” was not kept.",
            "Read it from where it came once more.",
        )
        warning = ""
    else:
        try:
            return read_source(entry.source, BytesIO())
        except UnreadableError as error:
            failure = error
            warning = f"{error.message} This is its text as you read it last."
    article = library.kept_text(entry)
    if article is None:
        raise failure
    return replace(article, warning=warning)


def last_read(library: "Library", last_id: str | None) -> "ArticleEntry | None":
    """The entry of the article that was read last, if the library has it."""
    return next((entry for entry in library.articles() if entry.id == last_id), None)


def entry_of(source: str, library: "Library") -> "ArticleEntry":
    """The entry of the article that a SOURCE names, whose file need not exist."""
    if known := _known(source, library):
        return known
    return library.entry_for(open_source(source, library))
