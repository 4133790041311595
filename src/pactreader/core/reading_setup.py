"""The circumstances in which an article is read, beside the user's choices for it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pactreader.core.reading_options import ReadingOptions

if TYPE_CHECKING:
    from pactreader.core.article import Article
    from pactreader.core.file_stamp import FileStamp

AskPassword = Callable[[str, bool], str]
"""A function that asks the user for the password of a protected file.

It is given the file's name, printable, and whether a password was wrong before. It raises `PasswordNeededError` if the
user gives none.
"""


class ParsedArticles(Protocol):
    """A cache of articles as they were parsed, from which they are taken if they would be parsed just so again."""

    def unchanged(self, path: str, source: str, options: ReadingOptions) -> "Article | None":
        """Return the article of a file whose stamp is that of when it was parsed; `None` if it must be read again."""

    def of_content(
        self, source: str, file_hash: str, reader: str, options: ReadingOptions, stamp: "FileStamp | None"
    ) -> "Article | None":
        """Return the article that a reader made of some content; `None` if it must be parsed again."""


class ReadingSetup(NamedTuple):
    """The circumstances in which an article is read. They are not kept with the article."""

    defaults: ReadingOptions = ReadingOptions()
    """The choices of the settings, for what the user's own leave open."""
    ask_password: AskPassword | None = None
    """The function that asks for passwords; `None` if there is nobody to ask."""
    in_parts: bool = False
    """True if the beginning of an article is wanted first, with the rest of it still to be read: `Article.rest`."""
    meanwhile: Callable[[], object] = lambda: None
    """A function that a reader calls while it waits for another process, for what can be done in that time."""
    parsed: ParsedArticles | None = None
    """The cache of parsed articles; `None` for none."""
