"""The origin of an article."""

from typing import NamedTuple


class Origin(NamedTuple):
    """The origin of the bytes that a reader parses."""

    name: str
    """The name for messages, as `a.txt` or `Standard input`; printable."""
    title: str
    """The article's title where its content has none; printable."""
    source: str
    """The article's `source`."""
