"""The articles of the library for a list in the window, at once or in steps between which keys are handled."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pactreader.storage.article_summaries import ArticleSummary
    from pactreader.storage.state.reading_state import ReadingPosition
    from pactreader.tui.session.reading_session import ReadingSession


def recent_articles(session: "ReadingSession") -> "list[ArticleSummary]":
    """Return the articles in reading order, but only with the positions in those read last.

    Raises:
        PactReaderError: The library cannot be read.
    """
    from pactreader.storage.article_summaries import recent_summaries

    return recent_summaries(session.library, session.reading_state)


def each_article(
    session: "ReadingSession", positions: "Mapping[str, ReadingPosition]"
) -> "Iterator[ArticleSummary]":
    """Yield the articles with these positions, one after the other.

    Raises:
        PactReaderError: The library cannot be read.
    """
    from pactreader.storage.article_summaries import each_summary

    return each_summary(session.library, positions)


def in_order(articles: "Iterable[ArticleSummary]") -> "list[ArticleSummary]":
    """Return articles in reading order, the last read first."""
    from pactreader.storage.article_summaries import in_reading_order

    return in_reading_order(articles)
