"""Access of subcommands to pages of the web: those that are kept in the library, and those that are fetched."""

import os
from typing import TYPE_CHECKING, Final

from pactreader.cli.output import print_warning
from pactreader.core.addresses import is_web_address
from pactreader.core.article_rest import stop_reading
from pactreader.core.errors import UnreadableError
from pactreader.core.printable_text import printable_line
from pactreader.core.reading_options import ReadingOptions
from pactreader.core.reading_setup import ReadingSetup

if TYPE_CHECKING:
    from pactreader.cli.page_fetcher import PageFetcher
    from pactreader.core.article import Article
    from pactreader.core.fetched_page import FetchedPage
    from pactreader.core.web_addresses import TypedAddress
    from pactreader.storage.library import Library
    from pactreader.storage.schema.records import ArticleEntry

_COUNTRY_LENGTH: Final = 2
"""The length of the domains of countries. Those of other kinds that files have too, as `.org`, are more often domains."""


def web_address(source: str) -> "TypedAddress | None":
    """Return the address of the web that a SOURCE is; `None` if it is none, or is a file or the name of one.

    `notes.md` and `main.py` could be hosts in Moldova and Paraguay; they are taken for files.
    """
    if os.path.lexists(source):
        return None
    from pactreader.core.web_addresses import typed_address  # files need none

    address = typed_address(source)
    is_file_name = address is not None and address.is_bare_host and _has_file_suffix(source)
    return None if is_file_name else address


def _has_file_suffix(name: str) -> bool:
    """Return whether a name ends with a suffix of two letters that files of articles have."""
    from pactreader.formats.article_formats import FORMATS

    return len(name.rpartition(".")[2]) == _COUNTRY_LENGTH and any(each.has_name(name) for each in FORMATS)


def entry_at(address: "TypedAddress", library: "Library") -> "ArticleEntry | None":
    """Return the entry of the article that was read from an address; `None` if there is none."""
    from pactreader.core.web_addresses import canonical_address

    urls = filter(None, (address.url, address.alternative))
    return library.with_address(*map(canonical_address, urls))


def page_address(entry: "ArticleEntry") -> "TypedAddress | None":
    """Return the address to fetch the article of an entry from; `None` if it is not from the web."""
    url = entry.page.url if entry.page else entry.source
    if not (entry.page or is_web_address(url)):
        return None
    from pactreader.core.web_addresses import TypedAddress  # files need none

    return TypedAddress(url)


def fetch_article(
    address: "TypedAddress",
    library: "Library",
    options: ReadingOptions,
    *,
    setup: ReadingSetup,
    fetcher: "PageFetcher",
    file_name: str = "",
) -> "Article":
    """Fetch a page, and read its article.

    Args:
        address: The address.
        library: The library, which may know the article by another address, and how it was read.
        options: The user's choices for reading it, completed by those that were made before.
        setup: The circumstances of reading.
        fetcher: The fetcher.
        file_name: The SOURCE, if that may as well be the name of a file that is not there.

    Raises:
        UnreadableError: It cannot be fetched, or the page cannot be read.
    """
    from pactreader.formats.fetching.failures import UnreachableError

    try:
        page = fetcher.fetch(address)
    except UnreachableError as error:
        if not file_name:
            raise
        name = printable_line(file_name)
        raise UnreadableError(
            f"There is no file {name}, and on the web {error.message}", error.hint
        ) from error
    return read_fetched(page, library, options, setup=setup)


def read_fetched(
    page: "FetchedPage",
    library: "Library",
    options: ReadingOptions = ReadingOptions(),
    *,
    setup: ReadingSetup = ReadingSetup(),
) -> "Article":
    """Read the article of a page that was just fetched.

    Args:
        page: The page.
        library: The library, which may know the article by another address, and how it was read.
        options: The user's choices for reading it, completed by those that were made before.
        setup: The circumstances of reading.

    Raises:
        UnreadableError: The page cannot be read.
    """
    from pactreader.core.web_addresses import canonical_address
    from pactreader.formats.sources import read_again, read_page

    article = read_page(page, "", options, setup)
    entry = library.with_address(article.source, page.requested, canonical_address(page.url))
    wanted = options.completed_by(entry.options if entry else library.options_of(article))
    if wanted == article.options:
        return article
    stop_reading(article)
    return read_again(article, wanted, setup)


def print_reading_warnings(article: "Article") -> None:
    """Print on standard error what the user has to know of an article: its warning, and the age of a kept page."""
    if article.warning:
        print_warning(article.warning)
    if article.page and article.page.is_from_store:
        print_warning(f"{article.page.fetched_sentence} --fetch fetches it anew.")
