"""Access of subcommands to the library and its articles."""

import os
import sys
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO, Final

from pactreader.cli.output import print_warning
from pactreader.cli.page_fetcher import PageFetcher
from pactreader.cli.password_prompt import password_prompt
from pactreader.cli.source_anchors import split_anchor
from pactreader.cli.web_access import entry_at, fetch_article, page_address, web_address
from pactreader.core.addresses import STANDARD_INPUT, is_address, is_web_address
from pactreader.core.article import Article
from pactreader.core.article_rest import stop_reading
from pactreader.core.errors import PasswordNeededError, UnreadableError, UsageError
from pactreader.core.printable_text import printable_line
from pactreader.core.reading_options import ReadingOptions
from pactreader.core.reading_setup import ReadingSetup

if TYPE_CHECKING:
    from pactreader.storage.articles.remembered_choices import RememberedChoices
    from pactreader.storage.library import Library
    from pactreader.storage.paths import Paths
    from pactreader.storage.schema.records import ArticleEntry
    from pactreader.storage.state.reading_state import ReadingPosition, ReadingState

_COMPARISON_SECONDS: Final = 3.0
"""Seconds for which missing sketches of the library's texts are made, for the comparison with an unknown article."""


def configured_setup(paths: "Paths") -> ReadingSetup:
    """Return the circumstances of reading by the settings, and print a warning if there are problems with them.

    Files that are unchanged are not parsed again.
    """
    from pactreader.settings.config_file import read_settings
    from pactreader.settings.definitions import reading_defaults
    from pactreader.storage.parsed_articles import ParsedArticles

    settings, problems = read_settings(paths.settings)
    if any(problem.setting in {"language", "encoding"} for problem in problems):
        print_warning(
            "Articles may not be read as you have set it: `pactreader settings` says what is wrong."
        )
    defaults = reading_defaults(settings)
    return ReadingSetup(defaults, password_prompt(), parsed=ParsedArticles(paths.parsed, defaults))


def open_source(
    source: str,
    library: "Library",
    options: ReadingOptions = ReadingOptions(),
    reading_state: "ReadingState | None" = None,
    *,
    setup: ReadingSetup = ReadingSetup(),
    fetcher: PageFetcher | None = None,
) -> Article:
    """Read the article that a SOURCE names: a file, standard input, an address of the web, or an article of the library.

    A page of the web that is kept is not fetched, unless the fetcher is to fetch anew; if that fails, the kept one is read.

    Args:
        source: The SOURCE.
        library: The library.
        options: The user's choices for reading it, completed by those that were made before.
        reading_state: The reading state, which knows those of recent articles without the library being loaded.
        setup: The circumstances of reading.
        fetcher: The fetcher of pages.

    Raises:
        PactReaderError: There is no such article, or it cannot be read.
    """
    from pactreader.formats.sources import read_again, read_source

    fetcher = fetcher or PageFetcher()
    source, _ = split_anchor(source, library)
    if source != STANDARD_INPUT and not os.path.lexists(source):
        if entry := _find_in_library(source, library):
            return open_known(entry, library, options, setup=setup, fetcher=fetcher)
        if address := web_address(source):
            file_name = source if address.alternative else ""
            return fetch_article(address, library, options, setup=setup, fetcher=fetcher, file_name=file_name)
    fetcher.refuse_anew()
    choices = library.choices
    remembered = _remembered_options(source, library, choices, reading_state)
    chosen = options.completed_by(remembered or ReadingOptions())
    article = read_source(source, _standard_input(), chosen, setup)
    if remembered is None and choices.may_be_of(lambda: (article.file_hash, article.text_hash)):
        # It may have come from elsewhere before.
        wanted = options.completed_by(library.options_of(article))
        if wanted != article.options:
            stop_reading(article)
            article = read_again(article, wanted, setup)
    return article


def _remembered_options(
    source: str, library: "Library", choices: "RememberedChoices", reading_state: "ReadingState | None"
) -> ReadingOptions | None:
    """Return the choices by which a file was read last; `None` if it never was, or is none."""
    path = os.path.abspath(source)  # noqa: PTH100 - keeps symbolic links
    if source == STANDARD_INPUT or not is_address(path):
        return None
    if reading_state and (position := reading_state.recent_position(path)):
        return position.options
    paths = path, os.path.realpath(path)
    entry = library.with_address(*paths) if choices.may_be_of(lambda: paths) else None
    return entry.options if entry else None


def open_known(
    entry: "ArticleEntry",
    library: "Library",
    options: ReadingOptions = ReadingOptions(),
    *,
    setup: ReadingSetup = ReadingSetup(),
    fetcher: PageFetcher,
) -> Article:
    """Read the article of an entry as `open_entry` does, or fetch its page: if it is not kept, or is wanted anew.

    Raises:
        PactReaderError: It can neither be read nor fetched, or is to be fetched and is none of the web.
    """
    address = page_address(entry)
    if address is None:
        fetcher.refuse_anew()
        return open_entry(entry, library, options, setup=setup)
    if not fetcher.anew:
        try:
            return open_entry(entry, library, options, setup=setup)
        except PasswordNeededError:
            raise  # what is fetched needs it, too
        except UnreadableError:
            pass
    try:
        return fetch_article(
            address, library, options.completed_by(entry.options), setup=setup, fetcher=fetcher
        )
    except UnreadableError as failure:
        try:
            article = open_entry(entry, library, options, setup=setup)
        except UnreadableError:
            raise failure from None
        return article._replace(warning=f"{failure.message} {article.warning}".rstrip())


def open_entry(
    entry: "ArticleEntry",
    library: "Library",
    options: ReadingOptions = ReadingOptions(),
    *,
    setup: ReadingSetup = ReadingSetup(),
) -> Article:
    """Read the article of an entry from its file or kept page or, if that cannot be read, from its stored text.

    Args:
        entry: The entry.
        library: The library.
        options: The user's choices for reading its file, completed by those that were made before.
        setup: The circumstances of reading.

    Raises:
        UnreadableError: The file cannot be read, and the text was not stored.
    """
    from pactreader.formats.sources import BUNDLED, bundled_article

    options = options.completed_by(entry.options)
    if entry.source == BUNDLED:
        return bundled_article(options, setup)
    if not is_address(entry.source) or Path(entry.source).is_fifo():
        failure = UnreadableError(
            f"The text of “{printable_line(entry.display_title)}” was not kept.",
            "Read it from where it came once more.",
        )
        warning = ""
    else:
        try:
            return _read_source_of(entry, library, options, setup)
        except UnreadableError as error:
            failure = error
        warning = f"{failure.message} This is its text as you read it last."
    stored = library.kept.article(entry)
    if stored is None:
        raise failure
    return stored._replace(warning=warning)


def _read_source_of(
    entry: "ArticleEntry", library: "Library", options: ReadingOptions, setup: ReadingSetup
) -> Article:
    """Read the article of an entry from its file, or from its kept page.

    Raises:
        UnreadableError: It cannot be read, or is not kept, or the file is another article now.
    """
    from pactreader.formats.sources import read_page, read_source

    if is_web_address(entry.source):
        from pactreader.core.web_addresses import shown_address

        page = library.kept.page(entry)
        if page is None:
            raise UnreadableError(f"The page {shown_address(entry.source)} is not kept.", "Fetch it anew.")
        return read_page(page, entry.source, options, setup)
    article = read_source(entry.source, BytesIO(), options, setup)
    if library.is_other(article, entry):
        stop_reading(article)
        raise UnreadableError(
            f"{printable_line(entry.source)} is another article now.", "Its own text was not kept."
        )
    return article


def open_unchanged(
    last: "ReadingPosition | None", options: ReadingOptions, *, setup: ReadingSetup
) -> Article | None:
    """Read the article that was read last from its file, without the library, if its file is the place to read it from.

    Args:
        last: The position in it, from `ReadingState.last_position`.
        options: The user's choices for reading it, completed by those that were made before.
        setup: The circumstances of reading.

    Returns:
        The article; `None` if it has to be looked up in the library.

    Raises:
        PasswordNeededError: The file is protected by a password that is not given.
    """
    from pactreader.formats.sources import BUNDLED, bundled_article, read_source

    if last is None or is_web_address(last.source) or not is_address(last.source):
        return None
    options = options.completed_by(last.options)
    if last.source == BUNDLED:
        return bundled_article(options, setup)
    try:
        return read_source(last.source, BytesIO(), options, setup)
    except PasswordNeededError:
        raise
    except UnreadableError:
        return None


def last_read_entry(library: "Library", last_id: str | None) -> "ArticleEntry | None":
    """Return the entry with the id of the article that was read last; `None` if there is none."""
    entry = library.with_id(last_id) if last_id else None
    return entry if entry and not entry.archived else None


def find_entry(
    source: str,
    library: "Library",
    options: ReadingOptions = ReadingOptions(),
    *,
    setup: ReadingSetup = ReadingSetup(),
) -> "ArticleEntry":
    """Return the entry of the article that a SOURCE names. A known file need not exist.

    Raises:
        PactReaderError: There is no such article, or it cannot be read.
    """
    source, _ = split_anchor(source, library)
    if known := _find_in_library(source, library):
        _warn_of_resemblance(known, library)
        return known
    return entry_of(open_source(source, library, options, setup=setup), library)


def entry_of(article: Article, library: "Library") -> "ArticleEntry":
    """Return the entry of an opened article, and say on standard error if it resembles one of the library.

    Nothing is asked, so that article is taken as another one. A pause of a few seconds is the most that this takes.
    """
    identity = library.identity
    entry, is_certain = identity.identify(article)
    if not is_certain:
        deadline = monotonic() + _COMPARISON_SECONDS
        comparison = identity.comparison(article, entry)
        entry = identity.settle(comparison.run(stop=lambda: monotonic() > deadline), article, entry)
    _warn_of_resemblance(entry, library)
    return entry


def known_entry(source: str, library: "Library") -> "ArticleEntry":
    """Return the entry of an article of the library, by a SOURCE that need not exist any more.

    Raises:
        UsageError: There is none, or more than one.
    """
    source, _ = split_anchor(source, library)
    return _find_in_library(source, library) or library.find(source)


def _warn_of_resemblance(entry: "ArticleEntry", library: "Library") -> None:
    """Say on standard error which article another one resembles, if the user has not said whether it is the same."""
    if other := library.identity.resembled(entry):
        print_warning(
            f"“{entry.display_title}” resembles “{other.display_title}” ({other.id}) and is taken as another article. "
            "Open it in PactReader to say that it is the same."
        )


def _find_in_library(source: str, library: "Library") -> "ArticleEntry | None":
    """Return the entry that a SOURCE names in the library; `None` if it may be a file or a page not in the library.

    Raises:
        UsageError: It is neither, and names no article or more than one.
    """
    address = web_address(source)
    if entry := address and entry_at(address, library):
        return entry
    if address and not address.is_bare_host:
        return None
    path = os.path.abspath(source)  # noqa: PTH100 - keeps symbolic links
    if source and (entry := library.with_address(source, path, os.path.realpath(path))):
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
