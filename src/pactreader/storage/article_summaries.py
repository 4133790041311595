"""Summaries of the articles for lists: an entry with its number of highlights and its reading position."""

from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import NamedTuple

from pactreader.storage.library import Library
from pactreader.storage.state.reading_state import ReadingPosition, ReadingState


class ArticleSummary(NamedTuple):
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
    return in_reading_order(each_summary(library, reading_state.positions()))


def each_summary(library: Library, positions: Mapping[str, ReadingPosition]) -> Iterator[ArticleSummary]:
    """Yield the summaries of all articles, so that the caller can pause.

    Args:
        library: The library.
        positions: The reading positions by the id of the article.

    Raises:
        LibraryError: As for `article_summaries`.
    """
    highlights = library.highlight_counts()
    for entry in (*library.articles(), *library.articles(archived=True)):
        position = positions.get(entry.id)
        yield ArticleSummary(
            id=entry.id,
            title=entry.display_title,
            source=entry.source,
            author=entry.author,
            published=entry.date,
            url=entry.url,
            tags=entry.tags,
            text_hash=entry.text_hash,
            highlights=highlights[entry.id],
            progress=min(max(position.progress, 0.0), 1.0) if position else None,
            read_at=position.read_at if position else "",
            is_archived=bool(entry.archived),
        )


def in_reading_order(summaries: Iterable[ArticleSummary]) -> list[ArticleSummary]:
    """Return summaries, the last read first, followed by those of the archived articles, sorted alike."""
    by_time = sorted(summaries, key=attrgetter("read_at"), reverse=True)
    return sorted(by_time, key=attrgetter("is_archived"))
