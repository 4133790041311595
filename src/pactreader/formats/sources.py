"""The sources of articles: files, standard input, and the bundled article."""

import os
import re
import stat
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

from pactreader.core.addresses import STANDARD_INPUT, is_address
from pactreader.core.article import Article, file_hash_of
from pactreader.core.errors import UnreadableError
from pactreader.core.printable_text import printable_line
from pactreader.core.reading_options import ReadingOptions
from pactreader.formats.article_formats import PLAIN_TEXT, find_format
from pactreader.formats.origin import Origin

BUNDLED: Final = "russia-north-korea-pact.txt"
"""The source of the bundled article: its name in `assets/`."""
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def read_source(source: str, stdin: BinaryIO, options: ReadingOptions = ReadingOptions()) -> Article:
    """Read an article from a file, or from standard input if the source is `-`.

    The format of a file depends on its name, that of standard input on its content, if the options do not choose it.

    Raises:
        UnreadableError: The file does not exist, cannot be read, or is empty.
    """
    if source == STANDARD_INPUT:
        data = stdin.read()
        origin = Origin("Standard input", "Standard input", source, options)
        file_name = ""
    else:
        name = printable_line(source) or "“”"
        data, is_regular = _read_file(source, name)
        path = os.path.abspath(source)  # noqa: PTH100 - keeps symbolic links
        if is_regular and is_address(path):
            origin = Origin(name, printable_line(Path(source).stem) or name, path, options)
            file_name = source
        else:  # what a pipe brings has no address, and its number says nothing of the format
            origin = Origin(name, "Standard input", STANDARD_INPUT, options)
            file_name = source if is_address(path) else ""
    article = find_format(data, file_name=file_name).read(data, origin)
    if not article.blocks:
        raise UnreadableError(
            f"{origin.name} has nothing to read in it.", "Give it an article with some text in it."
        )
    return replace(article, file_hash=file_hash_of(data))


def bundled_article() -> Article:
    """Read the article that comes with PactReader."""
    here = Path(__file__)
    installed, in_the_repository = here.parents[1] / "assets", here.parents[3] / "assets"
    assets = installed if installed.is_dir() else in_the_repository
    data = (assets / BUNDLED).read_bytes()
    return PLAIN_TEXT.read(data, Origin(BUNDLED, Path(BUNDLED).stem, BUNDLED))


def _read_file(source: str, name: str) -> tuple[bytes, bool]:
    """Return the content of a file, or of a pipe as in `pactreader <(command)`, and whether it is a regular file.

    Raises:
        UnreadableError: It cannot be read.
    """
    try:
        with open(source, "rb") as file:  # noqa: PTH123 - Path("") would be a directory
            mode = os.fstat(file.fileno()).st_mode
            if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
                raise UnreadableError(f"{name} is a device.", "Give the path of a text or Markdown file.")
            return file.read(), stat.S_ISREG(mode)
    except FileNotFoundError as error:
        if _URL.match(source):
            raise UnreadableError(
                f"{name} is an address on the web, and PactReader does not fetch the web.",
                "Save the page as text or Markdown and open the file.",
            ) from error
        raise UnreadableError(
            f"There is no file {name}.", "Check the path; `pactreader library` lists what you have read."
        ) from error
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
