"""The metadata that a file has of its article, as the front matter of Markdown and the package of a book do."""

from typing import NamedTuple


class ArticleMetadata(NamedTuple):
    """The metadata of an article. All texts are printable and on one line; what the file does not say is empty."""

    title: str = ""
    author: str = ""
    date: str = ""
    """In ISO 8601, if it is so in the file."""
    language: str = ""
    """A language tag as the file has it."""
    url: str = ""
    """The address at which it is published on the web."""
    tags: tuple[str, ...] = ()
