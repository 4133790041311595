"""The rest of an article whose beginning is read."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from pactreader.core.article import Article


class ReadingProgress(NamedTuple):
    """The progress of reading a file."""

    pages_read: int
    pages: int
    """The number of its pages; 0 if it has none."""
    is_layout: bool = False
    """True if no page comes now, but the text of those that were read is put together."""


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


def completed(article: "Article", complete: Callable[["Article"], "Article"]) -> "Article":
    """Return an article as a function completes it, which does so too once all of it is read."""
    rest = article.rest
    return complete(article)._replace(rest=rest and _CompletedRest(rest, complete))


def stop_reading(article: "Article") -> None:
    """Stop reading the rest of an article that is not shown, if there is one."""
    if article.rest:
        article.rest.stop()


class _CompletedRest:
    """The rest of an article as its reader reads it, completed by what else is known of the article."""

    def __init__(self, rest: ArticleRest, complete: Callable[["Article"], "Article"]) -> None:
        self._rest = rest
        self._complete = complete

    def finish(self, on_progress: Callable[[ReadingProgress], None]) -> "Article":
        """Wait until all is read, as `ArticleRest` does."""
        return self._complete(self._rest.finish(on_progress))

    def stop(self) -> None:
        """Stop reading."""
        self._rest.stop()
