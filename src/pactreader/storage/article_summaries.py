"""Summaries of the articles for lists: an entry with its number of highlights and its reading position."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pactreader.storage.library import Library
from pactreader.storage.state.reading_state import ReadingPosition, ReadingState


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
    text_hash: str
    """The hash of the text that was read last."""
    highlights: int | None
    """The number of highlights; `None` while they are not counted."""
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
    return summaries_with(library, library.highlight_counts().__getitem__, reading_state.positions())


def recent_summaries(library: Library, reading_state: ReadingState) -> list[ArticleSummary]:
    """Return the summaries of all articles in the same order, but only with what is known of those read last at once.

    Highlights of others are not counted, and their positions not read, which takes half a second for ten thousand.

    Raises:
        LibraryError: As for `article_summaries`.
    """
    positions = {position.article: position for position in reading_state.recent_positions()}
    highlights = {article_id: library.highlight_count(article_id) for article_id in positions}
    return summaries_with(library, highlights.get, positions)


def summaries_with(
    library: Library, highlights: Callable[[str], int | None], positions: Mapping[str, ReadingPosition]
) -> list[ArticleSummary]:
    """Return the summaries of all articles, the last read first, followed by those of the archived ones, sorted alike.

    Args:
        library: The library.
        highlights: Returns the number of highlights of an article by its id; `None` if they are not counted.
        positions: The reading positions by the id of the article.

    Raises:
        LibraryError: As for `article_summaries`.
    """
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
                text_hash=entry.text_hash,
                highlights=highlights(entry.id),
                progress=min(max(position.progress, 0.0), 1.0) if position else None,
                read_at=position.read_at if position else "",
                is_archived=bool(entry.archived),
            )
        )
    summaries.sort(key=lambda one: one.read_at, reverse=True)
    return sorted(summaries, key=lambda one: one.is_archived)
