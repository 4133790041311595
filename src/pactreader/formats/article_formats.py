"""The table of article formats. A new format needs a reader module and a row here."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pactreader.core.article import Article
from pactreader.core.errors import UnreadableError
from pactreader.formats.decoding import decode
from pactreader.formats.origin import Origin

Reader = Callable[[bytes, Origin], Article]
"""A function that parses the content of an article in one format."""


@dataclass(frozen=True, slots=True)
class Format:
    """An article format."""

    name: str
    suffixes: tuple[str, ...]
    """The suffixes of file names, in lower case and with the dot."""
    media_types: tuple[str, ...]
    matches: Callable[[bytes], bool]
    """A function that returns whether content without a file name or media type has this format."""
    import_reader: Callable[[], Reader]
    """A function that imports and returns the reader, so that only readers in use are imported."""

    def read(self, data: bytes, origin: Origin) -> Article:
        """Parse content of this format.

        Raises:
            UnreadableError: The content cannot be parsed.
        """
        return self.import_reader()(data, origin)


_MARKDOWN_SYNTAX: Final = re.compile(
    r"^(?:\#{1,6}[ ]+\S"  # a heading
    r"|(?:```|~~~)"  # a code block
    r"|\|?[ ]*:?-{3,}:?[ ]*\|"  # the rule below a table's head
    r"|\[\^?[^\]\n]+\]:[ ])"  # a footnote or a link's address
    r"|\]\(\S[^)\n]*\)"  # a link or a picture
    r"|\*\*[^\s*][^*\n]*\*\*",  # strong words
    re.MULTILINE | re.VERBOSE,
)
_FRONT_MATTER: Final = re.compile(r"---[ \t]*\n[A-Za-z_][\w-]*:")


def _is_markdown(data: bytes) -> bool:
    try:
        text = decode(data, "").text
    except UnreadableError:
        return False
    return bool(_FRONT_MATTER.match(text) or _MARKDOWN_SYNTAX.search(text))


def _import_markdown_reader() -> Reader:
    from pactreader.formats.readers.markdown_reader import read_markdown

    return read_markdown


def _import_text_reader() -> Reader:
    from pactreader.formats.readers.text_reader import read_text

    return read_text


MARKDOWN: Final = Format(
    name="Markdown",
    suffixes=(".md", ".markdown", ".mdown", ".mkd"),
    media_types=("text/markdown", "text/x-markdown"),
    matches=_is_markdown,
    import_reader=_import_markdown_reader,
)
PLAIN_TEXT: Final = Format(
    name="Plain text",
    suffixes=(".txt", ".text"),
    media_types=("text/plain",),
    matches=lambda _data: True,
    import_reader=_import_text_reader,
)
FORMATS: tuple[Format, ...] = (MARKDOWN, PLAIN_TEXT)
"""All formats. Content is matched against them in this order."""


def find_format(data: bytes, *, file_name: str = "", media_type: str = "") -> Format:
    """Return the format of some content: by its media type, else by its file name, else by the content itself.

    Plain text if no format fits.
    """
    if media_type:
        found = (each for each in FORMATS if media_type in each.media_types)
    elif file_name:
        suffix = Path(file_name).suffix.lower()
        found = (each for each in FORMATS if suffix in each.suffixes)
    else:
        found = (each for each in FORMATS if each.matches(data))
    return next(found, PLAIN_TEXT)
