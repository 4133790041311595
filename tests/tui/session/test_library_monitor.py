"""The library monitor: stored texts are cleaned after the start, and the open article's text is kept."""

import os

import pytest

from app_driver import ARTICLE, AppDriver, run_story
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.tui import app
from pactreader.tui.session import library_monitor

pytestmark = pytest.mark.slow


def read_before(home, *texts: str) -> None:
    """Store texts of articles without notes, as readings of last month have left them."""
    paths = Paths.find(home, {})
    for number, text in enumerate(texts):
        piece = Piece(BlockKind.PARAGRAPH, text)
        article = Article.assemble([piece], title="t", source=f"/articles/{number}")
        with Library(paths) as library:
            library.register(library.entry_for(article), article)
        os.utime(paths.texts / f"{article.text_hash}.json.gz", (number, number))


def stored(home) -> int:
    return len(list(Paths.find(home, {}).texts.glob("*.json.gz")))


@pytest.mark.parametrize(("limit", "left"), [("", 4), ("texts.limit = 0\n", 1)])
def test_old_texts_are_cleaned_after_the_start(tmp_path, monkeypatch, limit, left):
    monkeypatch.setattr(app, "_CLEANING_DELAY", 0.05)
    paths = Paths.find(tmp_path, {})
    paths.config.mkdir(parents=True)
    paths.settings.write_text(limit)
    read_before(tmp_path, "One.", "Two.", "Three.")
    assert stored(tmp_path) == 3

    async def story(driver: AppDriver) -> None:
        await driver.pilot.pause(0.3)
        await driver.wait_until(lambda: stored(tmp_path) == left)

    run_story(tmp_path, story)


def test_the_text_of_the_open_article_is_stored_again(tmp_path, monkeypatch):
    monkeypatch.setattr(library_monitor, "_TEXT_INTERVAL", 0.05)
    path = Paths.find(tmp_path, {}).texts / f"{ARTICLE.text_hash}.json.gz"

    async def story(driver: AppDriver) -> None:
        path.unlink()
        await driver.pilot.pause(0.2)
        assert path.exists()

    run_story(tmp_path, story)
