"""The check of an article's identity: quitting does not wait for a comparison of long texts."""

import time
from threading import Event

import pytest

from app_driver import ARTICLE, AppDriver, run_story
from changed_articles import SOURCE, article
from pactreader.storage.articles import article_comparison
from pactreader.storage.articles.article_comparison import ArticleComparison
from pactreader.tui.session import identity_check

pytestmark = pytest.mark.slow


def test_quitting_does_not_wait_for_a_comparison(tmp_path, monkeypatch):
    async def story(driver: AppDriver) -> None:
        await driver.press("j")

    assert ARTICLE.source == SOURCE
    run_story(tmp_path, story)
    done = Event()
    monkeypatch.setattr(article_comparison, "_SHORT_TEXT", 0)
    monkeypatch.setattr(ArticleComparison, "run", lambda *_arguments, **_options: done.wait(60))
    monkeypatch.setattr(identity_check, "_LONGEST_EXIT_SECONDS", 0.1)

    started = time.monotonic()
    run_story(tmp_path, story, article=article("Another text."))
    assert time.monotonic() - started < 30
    done.set()
