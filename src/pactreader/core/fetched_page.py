"""Pages of the web as they were fetched."""

from typing import NamedTuple

from pactreader.core.printable_text import printable_line
from pactreader.core.wording import local_time


class FetchedPage(NamedTuple):
    """The answer of a server for an address."""

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

    @property
    def is_from_store(self) -> bool:
        """True if it was fetched at an earlier time, and kept."""
        return not self.requested

    @property
    def fetched_sentence(self) -> str:
        """A sentence that says when it was fetched; printable."""
        return f"This is the page as it was fetched on {printable_line(local_time(self.fetched_at))}."
