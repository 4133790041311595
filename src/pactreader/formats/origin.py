"""The origin of an article's content."""

from typing import NamedTuple

from pactreader.core.reading_options import ReadingOptions
from pactreader.core.reading_setup import ReadingSetup


class Origin(NamedTuple):
    """The origin of the content that a reader parses."""

    name: str
    """The name for messages, such as `a.txt` or `Standard input`; printable."""
    title: str
    """The article's title if the content has none; printable."""
    source: str
    """The article's `source`."""
    options: ReadingOptions = ReadingOptions()
    """The user's choices for reading it."""
    setup: ReadingSetup = ReadingSetup()
    """The circumstances of reading. Its defaults are in `options` already."""
    url: str = ""
    """The address of the web that it came from, to which its links are relative; empty if it came from elsewhere."""
