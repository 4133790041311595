"""Where articles come from: a file, standard input, or the one that is bundled."""

import os
import re
import stat
from pathlib import Path
from typing import BinaryIO, Final

from pactreader.core.article import Article
from pactreader.core.errors import UnreadableError
from pactreader.core.printable_text import printable_line
from pactreader.formats.decoding import decode
from pactreader.formats.readers.text_reader import read_text

BUNDLED: Final = "russia-north-korea-pact.txt"
"""The source of the bundled article: its name in `assets/`."""
STANDARD_INPUT: Final = "-"

_MARKDOWN: Final = {".md", ".markdown", ".mdown", ".mkd"}

_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")

_SIGN_OF_MARKDOWN: Final = re.compile(
    r"^(?:\#{1,6}[ ]+\S"  # a heading
    r"|(?:```|~~~)"  # a code block
    r"|\|?[ ]*:?-{3,}:?[ ]*\|"  # the rule under a table's head
    r"|\[\^?[^\]\n]+\]:[ ])"  # a footnote or a link's address
    r"|\]\(\S[^)\n]*\)"  # a link or a picture
    r"|\*\*[^\s*][^*\n]*\*\*",  # strong words
    re.MULTILINE | re.VERBOSE,
)
_FRONT_MATTER: Final = re.compile(r"---[ \t]*\n[A-Za-z_][\w-]*:")


def read_source(source: str, stdin: BinaryIO) -> Article:
    """The article in a file, or in standard input where the source is `-`.

    A file is Markdown by its name. Standard input has none, so it is Markdown if it looks so.

    Raises:
        UnreadableError: There is no such file, or it is not text, or nothing is in it.
    """
    if source == STANDARD_INPUT:
        name, data = "Standard input", stdin.read()
        title = name
    else:
        name = printable_line(source) or "“”"
        title = printable_line(Path(source).stem) or name
        data = _read_file(source, name)
    text, warning = decode(data, name)
    if not text.strip():
        raise UnreadableError(f"{name} is empty.", "Give it an article with some text in it.")
    at = source if source == STANDARD_INPUT else os.path.abspath(source)  # noqa: PTH100 - symbolic links stay
    if _is_markdown(source, text):
        from pactreader.formats.readers.markdown_reader import read_markdown

        article = read_markdown(text, name=title, source=at, warning=warning)
    else:
        article = read_text(text, name=title, source=at, warning=warning)
    if not article.blocks:
        raise UnreadableError(
            f"{name} has nothing to read in it.", "Give it an article with some text in it."
        )
    return article


def bundled_article() -> Article:
    """The article that comes with PactReader."""
    here = Path(__file__)
    installed, in_the_repository = here.parents[1] / "assets", here.parents[3] / "assets"
    assets = installed if installed.is_dir() else in_the_repository
    data = (assets / BUNDLED).read_bytes()
    return read_text(decode(data, BUNDLED).text, name=Path(BUNDLED).stem, source=BUNDLED)


def _is_markdown(source: str, text: str) -> bool:
    if source == STANDARD_INPUT:
        return bool(_FRONT_MATTER.match(text) or _SIGN_OF_MARKDOWN.search(text))
    return Path(source).suffix.lower() in _MARKDOWN


def _read_file(source: str, name: str) -> bytes:
    """The bytes of a file; a pipe, as in `pactreader <(command)`, is read to its end."""
    try:
        with open(source, "rb") as file:  # noqa: PTH123 - Path("") would be a directory
            mode = os.fstat(file.fileno()).st_mode
            if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
                raise UnreadableError(f"{name} is a device.", "Give the path of a text or Markdown file.")
            return file.read()
    except FileNotFoundError as error:
        if _ADDRESS.match(source):
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
        if os.path.isdir(source):  # noqa: PTH112 - what Windows says of a directory
            raise UnreadableError(f"{name} is a directory.", "Give the path of a file in it.") from error
        raise UnreadableError(
            f"{name} may not be read by you.", "Give yourself permission to read it, with `chmod u+r`."
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableError(f"{name} cannot be read: {reason}.", "Check the path.") from error
