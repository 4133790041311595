"""The rows of a list of the library: each article with what is known of it from its notebook and the reading state."""

from dataclasses import dataclass

from pactreader.storage.library import Library
from pactreader.storage.state.reading_state import ReadingState


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article of the library, as a list shows it."""

    id: str
    title: str
    """The title to display: the user's name for the article, or else its own title."""
    source: str
    highlights: int
    """The number of highlights."""
    progress: float | None
    """The share that was read, from 0 to 1; `None` if the article was not read here."""
    read_at: str
    """The time it was read last, UTC, ISO 8601; empty if it was not read here."""
    is_archived: bool
    """True if the user removed it from the list."""


def article_summaries(library: Library, reading_state: ReadingState) -> list[ArticleSummary]:
    """Return a summary of every article, those read last first, then the archived ones in the same order.

    Raises:
        LibraryError: There is a library file, but it cannot be read or is no library.
    """
    highlights, positions = library.highlight_counts(), reading_state.positions()
    summaries = []
    for entry in (*library.articles(), *library.articles(archived=True)):
        position = positions.get(entry.id)
        summaries.append(
            ArticleSummary(
                id=entry.id,
                title=entry.display_title,
                source=entry.source,
                highlights=highlights[entry.id],
                progress=position.progress if position else None,
                read_at=position.read_at if position else "",
                is_archived=bool(entry.archived),
            )
        )
    summaries.sort(key=lambda one: one.read_at, reverse=True)
    return sorted(summaries, key=lambda one: one.is_archived)
