"""Pages of the web as they were fetched."""

from typing import NamedTuple


class FetchedPage(NamedTuple):
    """What a server sent for an address."""

    data: bytes
    """The content, without its transfer and content encodings."""
    url: str
    """The address that it came from, after all redirects."""
    media_type: str = ""
    """The media type in lower case, without parameters; empty if the server named none."""
    charset: str = ""
    """The encoding that the server named, as Python knows it; empty if it named none."""
    fetched_at: str = ""
    """The time of the fetch, UTC, ISO 8601."""
    requested: str = ""
    """The address that was asked for, before redirects; empty if the page comes from the store."""
