"""The user's choices for reading an article, which overrule what its file and its name say."""

from typing import NamedTuple


class ReadingOptions(NamedTuple):
    """The user's choices for reading an article. An empty field chooses nothing."""

    format: str = ""
    """The format to read it as: `text`, `markdown` or `code`."""
    language: str = ""
    """The ISO 639-1 code of its language."""
    encoding: str = ""
    """The name of its encoding, as Python knows it."""
