"""Summaries of articles for lists."""

import pytest

from pactreader.storage.article_summaries import article_summaries
from pactreader.storage.state.reading_state import ReadingPosition, ReadingState
from storage.library_driver import LibraryDriver, an_article


def test_articles_read_last_come_first_and_archived_ones_last(tmp_path):
    unread = LibraryDriver(tmp_path, an_article("First.", title="Unread", source="/unread"))
    archived = LibraryDriver(tmp_path, an_article("Second.", title="Archived", source="/archived"))
    read = LibraryDriver(tmp_path, an_article("Third.", title="Read", source="/read"))
    for driver in (unread, archived, read):
        driver.mark()
    read.mark()
    state = ReadingState(read.paths)
    state.save_position(ReadingPosition(read.entry.id, "/read", 0, 0, 0.5, "2026-11-23T18:00:00.000Z"))
    state.save_position(ReadingPosition(archived.entry.id, "/archived", 0, 0, 1, "2026-11-24T18:00:00.000Z"))
    read.library.rename(read.entry.id, "My name")
    read.library.archive(archived.entry.id)
    shown = [
        (one.id, one.title, one.source, one.highlights, one.progress, one.read_at, one.is_archived)
        for one in article_summaries(read.library, state)
    ]
    assert shown == [
        (read.entry.id, "My name", "/read", 2, 0.5, "2026-11-23T18:00:00.000Z", False),
        (unread.entry.id, "Unread", "/unread", 1, None, "", False),
        (archived.entry.id, "Archived", "/archived", 1, 1, "2026-11-24T18:00:00.000Z", True),
    ]


@pytest.mark.parametrize(("stored", "shown"), [(int("9" * 4_000), 1.0), (-3, 0.0)])
def test_progress_is_between_nothing_and_all(tmp_path, stored, shown):
    driver = LibraryDriver(tmp_path)
    driver.mark()
    state = ReadingState(driver.paths)
    state.save_position(ReadingPosition(driver.entry.id, "/articles/pact.txt", 0, 0, stored, "2026"))
    (summary,) = article_summaries(driver.library, state)
    assert summary.progress == shown
