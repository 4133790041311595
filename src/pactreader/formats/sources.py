"""The sources of articles: files, standard input, and the bundled article."""

import os
import re
import stat
import time
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.parse import unquote, urlsplit

from pactreader.core.addresses import STANDARD_INPUT, is_address, is_web_address
from pactreader.core.errors import UnreadableError
from pactreader.core.file_stamp import FileStamp
from pactreader.core.lazy_patterns import lazy_pattern
from pactreader.core.printable_text import printable_line
from pactreader.core.reading_options import ReadingOptions
from pactreader.core.reading_setup import ReadingSetup

if TYPE_CHECKING:
    from pactreader.core.article import Article
    from pactreader.core.fetched_page import FetchedPage
    from pactreader.formats.content import Content

BUNDLED: Final = "russia-north-korea-pact.txt"
"""The source of the bundled article: its name in `assets/`."""
_URL: Final = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]+://")


def read_source(
    source: str,
    stdin: BinaryIO,
    options: ReadingOptions = ReadingOptions(),
    setup: ReadingSetup = ReadingSetup(),
) -> "Article":
    """Read an article from a file, or from standard input if the source is `-`.

    The format of a file depends on its name, or on its content if the name does not tell it; that of standard input on its
    content. The options overrule both.

    Args:
        source: The path, or `-`.
        stdin: Standard input.
        options: The user's choices, which the article keeps.
        setup: The circumstances of reading.

    Raises:
        UnreadableError: The file does not exist, cannot be read, or is empty.
    """
    if setup.parsed and source != STANDARD_INPUT:
        path = os.path.abspath(source)  # noqa: PTH100 - keeps symbolic links
        if parsed := setup.parsed.unchanged(path, path, options):
            return parsed
    from pactreader.formats.content import read_content  # an unchanged file does without

    return read_content(_load(source, stdin), options, setup)


def read_page(
    page: "FetchedPage",
    source: str = "",
    options: ReadingOptions = ReadingOptions(),
    setup: ReadingSetup = ReadingSetup(),
) -> "Article":
    """Read an article from a page of the web.

    Args:
        page: The page.
        source: The article's source: the address by which it is known; empty for the one that it names itself.
        options: The user's choices, which the article keeps.
        setup: The circumstances of reading.

    Raises:
        UnreadableError: It cannot be parsed, or is empty.
    """
    from pactreader.core.article_rest import completed
    from pactreader.core.web_addresses import article_address  # texts need none
    from pactreader.formats.content import read_content

    article = read_content(_page_content(page, source), options, setup)
    if source:
        return article
    return completed(article, lambda read: read._replace(source=article_address(page.url, read.url)))


def bundled_article(
    options: ReadingOptions = ReadingOptions(), setup: ReadingSetup = ReadingSetup()
) -> "Article":
    """Read the article that comes with PactReader."""
    if setup.parsed and (parsed := setup.parsed.unchanged(str(_bundled_path()), BUNDLED, options)):
        return parsed
    from pactreader.formats.content import read_content  # as above

    return read_content(_load_bundled(), options, setup)


def read_again(
    article: "Article", options: ReadingOptions, setup: ReadingSetup = ReadingSetup()
) -> "Article":
    """Read the bytes of an article again, in the same or another way.

    Raises:
        UnreadableError: Its file cannot be read, or it came from a pipe and its bytes are not known any more.
    """
    from pactreader.formats.content import read_content

    return read_content(load_again(article), options, setup)


def read_changed(article: "Article", setup: ReadingSetup = ReadingSetup()) -> "Article":
    """Read the file of an article again after it was written, in the same way.

    Raises:
        UnreadableError: As for `read_again`, or it is still being written.
    """
    from pactreader.formats.content import read_content

    content = load_again(article)
    unpacked = content.unpacked()
    if not unpacked.find_format().is_whole(unpacked.data):
        name = printable_line(Path(article.source).name)
        raise UnreadableError(f"{name} has no end: it is still being written, or damaged.")
    return read_content(content, article.options, setup)


def read_verbatim_or_not(article: "Article", setup: ReadingSetup = ReadingSetup()) -> "Article":
    """Read an article line by line; one that is shown line by line already, as text.

    If its format is shown line by line unless the user chooses otherwise, the choice is that of text, else that of code.

    Raises:
        UnreadableError: As for `read_again`, or the article is no text.
    """
    from pactreader.formats.article_formats import CODE, PLAIN_TEXT, chosen_format
    from pactreader.formats.content import read_content

    content = load_again(article)
    automatic = content.unpacked().find_format()
    if automatic.is_binary:
        raise UnreadableError(
            "Only a text can be shown line by line.", f"The format of this article is {automatic.name}."
        )
    shown = chosen_format(article.options.format) or automatic
    wanted = CODE if shown is not CODE else PLAIN_TEXT
    is_automatic = (wanted is CODE) is (automatic is CODE)
    options = article.options._replace(format="" if is_automatic else wanted.choice)
    return read_content(content, options, setup)


def read_whole_or_not(article: "Article", setup: ReadingSetup = ReadingSetup()) -> "Article":
    """Read everything in a web page; the article in it, if everything is shown already.

    Raises:
        UnreadableError: As for `read_again`, or the article is no web page.
    """
    from pactreader.formats.article_formats import WEB_PAGE, WHOLE_PAGE, chosen_format
    from pactreader.formats.content import read_content

    content = load_again(article)
    automatic = content.find_format()
    shown = chosen_format(article.options.format) or automatic
    if WEB_PAGE not in {shown, automatic}:
        raise UnreadableError("This is no web page.", "All of it is shown already.")
    wanted = WEB_PAGE if shown is WHOLE_PAGE else WHOLE_PAGE
    options = article.options._replace(format="" if wanted is automatic else wanted.choice)
    return read_content(content, options, setup)


def _load(source: str, stdin: BinaryIO) -> "Content":
    """Return the bytes of a file, a pipe or standard input.

    Raises:
        UnreadableError: They cannot be read.
    """
    from pactreader.formats.content import Content
    from pactreader.formats.origin import Origin

    if source == STANDARD_INPUT:
        return Content(stdin.read(), Origin("Standard input", "Standard input", source))
    name = printable_line(source) or "“”"
    data, stamp = _read_file(source, name)
    path = os.path.abspath(source)  # noqa: PTH100 - keeps symbolic links
    if stamp and is_address(path):
        origin = Origin(name, printable_line(Path(source).stem) or name, path)
        return Content(data, origin, source, stamp=_lasting(stamp))
    # What a pipe brings has no address, and its number says nothing of the format.
    return Content(data, Origin(name, "Standard input", STANDARD_INPUT), source if is_address(path) else "")


def load_again(article: "Article") -> "Content":
    """Return the content that an article was read from, read anew if a file has it.

    Raises:
        UnreadableError: They cannot be read.
    """
    from pactreader.formats.content import Content
    from pactreader.formats.origin import Origin

    if article.source == BUNDLED:
        return _load_bundled()
    if article.page:
        return _page_content(article.page, article.source)
    if is_web_address(article.source):
        raise UnreadableError("Only the text of this page is kept.", "Fetch it anew first.")
    if article.content:
        return Content(article.content, Origin("Standard input", "Standard input", article.source))
    if not is_address(article.source):
        raise UnreadableError(
            "Only the text of this article is kept.", "Read it from where it came once more."
        )
    content = _load(article.source, BytesIO())
    if content.origin.source != article.source:
        name = printable_line(Path(article.source).name)
        raise UnreadableError(f"{name} is a pipe now.", "Open it to read what comes from it.")
    return content


def _page_content(page: "FetchedPage", source: str) -> "Content":
    from pactreader.formats.content import Content
    from pactreader.formats.origin import Origin

    address = printable_line(page.url)
    path = PurePosixPath(unquote(urlsplit(page.url).path))
    origin = Origin(address, printable_line(path.stem) or address, source, url=page.url)
    return Content(page.data, origin, path.name, page)


def _load_bundled() -> "Content":
    from pactreader.formats.content import Content
    from pactreader.formats.origin import Origin

    data, stamp = _read_file(str(_bundled_path()), BUNDLED)
    origin = Origin(BUNDLED, Path(BUNDLED).stem, BUNDLED)
    return Content(data, origin, BUNDLED, stamp=stamp and _lasting(stamp))


def _bundled_path() -> Path:
    here = Path(__file__)
    installed, in_the_repository = here.parents[1] / "assets", here.parents[3] / "assets"
    return (installed if installed.is_dir() else in_the_repository) / BUNDLED


def _lasting(stamp: FileStamp) -> FileStamp | None:
    """Return the stamp of a file that was read now; `None` if a later write might not show in it."""
    return None if stamp.is_racy(time.time_ns()) else stamp


def _read_file(source: str, name: str) -> tuple[bytes, FileStamp | None]:
    """Return the content of a file and its stamp, or that of a pipe as in `pactreader <(command)`, which has none.

    Raises:
        UnreadableError: It cannot be read.
    """
    try:
        with open(source, "rb") as file:  # noqa: PTH123 - Path("") would be a directory
            status = os.fstat(file.fileno())
            mode = status.st_mode
            if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
                raise UnreadableError(f"{name} is a device.", "Give the path of a text or Markdown file.")
            return file.read(), FileStamp.of(status) if stat.S_ISREG(mode) else None
    except FileNotFoundError as error:
        if _URL.match(source):
            raise _unfetchable(source, name) from error
        raise _missing(source, name) from error
    except IsADirectoryError as error:
        raise UnreadableError(f"{name} is a directory.", "Give the path of a file in it.") from error
    except PermissionError as error:
        if Path(source).is_dir():  # Windows raises this for a directory
            raise UnreadableError(f"{name} is a directory.", "Give the path of a file in it.") from error
        raise UnreadableError(
            f"{name} may not be read by you.", "Give yourself permission to read it, with `chmod u+r`."
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableError(f"{name} cannot be read: {reason}.", "Check the path.") from error


def _missing(source: str, name: str) -> UnreadableError:
    """Return the error for a file that does not exist."""
    from pactreader.core.web_addresses import typed_address

    hint = (
        "Check the path, or begin an address on the web with https://."
        if typed_address(source)
        else "Check the path; `pactreader library` lists what you have read."
    )
    return UnreadableError(f"There is no file {name}.", hint)


def _unfetchable(url: str, name: str) -> UnreadableError:
    """Return the error for an address that is no page of the web which could be fetched."""
    from pactreader.core.web_addresses import has_credentials

    if has_credentials(url):
        without = printable_line(re.sub(r"//[^/?#]*@", "//", url))
        return UnreadableError(
            f"{without} is given with a name or a password, which PactReader sends to no one.",
            "Leave out what stands before the @.",
        )
    if is_web_address(url):
        return UnreadableError(f"{name} is no valid address.", "Check its spelling.")
    return UnreadableError(
        f"{name} is at an address that PactReader does not fetch: it fetches http and https.",
        "Save it and open the file.",
    )
