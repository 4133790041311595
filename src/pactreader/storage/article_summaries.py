"""Summaries of the articles for lists: an entry with its number of highlights and its reading position."""

from dataclasses import dataclass

from pactreader.storage.library import Library
from pactreader.storage.state.reading_state import ReadingState


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """The summary of an article for a list."""

    id: str
    title: str
    """The user's name for the article; without one, its title."""
    source: str
    author: str
    published: str
    """The date of its publication."""
    url: str
    """The address at which it is published on the web; empty if none is known."""
    tags: tuple[str, ...]
    """The keywords that its author gave it."""
    highlights: int
    """The number of highlights."""
    progress: float | None
    """The share that was read, from 0 to 1; `None` if there is no reading position."""
    read_at: str
    """The time of the last reading, UTC, ISO 8601; empty if there is no reading position."""
    is_archived: bool
    """True if the user archived the article."""


def article_summaries(library: Library, reading_state: ReadingState) -> list[ArticleSummary]:
    """Return the summaries of all articles, the last read first, followed by those of the archived ones, sorted alike.

    Raises:
        LibraryError: There is a library file, but it cannot be read or is not a library.
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
                author=entry.author,
                published=entry.date,
                url=entry.url,
                tags=entry.tags,
                highlights=highlights[entry.id],
                progress=min(max(position.progress, 0.0), 1.0) if position else None,
                read_at=position.read_at if position else "",
                is_archived=bool(entry.archived),
            )
        )
    summaries.sort(key=lambda one: one.read_at, reverse=True)
    return sorted(summaries, key=lambda one: one.is_archived)
