"""The list of the library's articles for the window, read at once or in steps between which keys are handled."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pactreader.core.search import fold

if TYPE_CHECKING:
    from pactreader.storage.article_summaries import ArticleSummary
    from pactreader.storage.state.reading_state import ReadingPosition
    from pactreader.tui.session.reading_session import ReadingSession


class LibraryListing:
    """The articles in reading order with their searchable texts; empty until they are read."""

    def __init__(self, session: "ReadingSession") -> None:
        self._session = session
        self._positions: dict[str, ReadingPosition] | None = None
        """The reading positions by the ids of their articles; `None` until all are read."""
        self.articles: list[tuple[ArticleSummary, str]] = []
        """The articles, the last read first, then the archived ones, each with its folded title and source."""

    @property
    def has_positions(self) -> bool:
        """True once all reading positions are read, and not only those of the articles read last."""
        return self._positions is not None

    def read(self) -> None:
        """Read the articles now.

        Raises:
            PactReaderError: The library cannot be read.
        """
        for _ in self.each_step():
            pass

    def each_step(self) -> Iterator[None]:
        """Read the articles, yielding after each; the former ones stay listed until the end.

        Raises:
            PactReaderError: The library cannot be read.
        """
        from pactreader.storage.article_summaries import each_summary, in_reading_order

        state, summaries, articles = self._session.reading_state, [], []
        positions = self._positions
        if positions is None:
            positions = {position.article: position for position in state.recent_positions()}
        for summary in each_summary(self._session.library, positions):
            summaries.append(summary)
            yield
        for summary in in_reading_order(summaries):
            articles.append((summary, fold(f"{summary.title}\n{summary.source}")))
            yield
        self.articles = articles

    def each_position(self) -> Iterator[None]:
        """Read all reading positions, yielding after each. The articles have them when they are read again."""
        positions = {}
        for position in self._session.reading_state.each_position():
            if position:
                positions[position.article] = position
            yield
        self._positions = positions
