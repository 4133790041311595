"""The rest of an article whose beginning is read."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from pactreader.core.article import Article


class ReadingProgress(NamedTuple):
    """The progress of reading a file."""

    pages_read: int
    pages: int


class ArticleRest(Protocol):
    """The rest of an article, which is being read while its beginning is shown."""

    def finish(self, on_progress: Callable[[ReadingProgress], None]) -> "Article":
        """Wait until all is read, and return the whole article. It may be called from any thread, once.

        Args:
            on_progress: A function that is told the progress, in the same thread.

        Raises:
            UnreadableError: The rest cannot be read.
            ReadingStoppedError: It was stopped.
        """

    def stop(self) -> None:
        """Stop reading, and let go of what it takes. It may be called from any thread, and more than once."""
