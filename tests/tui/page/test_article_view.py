import pytest

from app_driver import LONG, run_story
from pactreader.tui.page import viewport
from pactreader.tui.page.typesetting import Layout

pytestmark = pytest.mark.slow


def test_the_article_is_laid_out_once_at_the_start(tmp_path, monkeypatch):
    measures = []

    def make_layout(article, measure, begin_line_at=None, **options):
        measures.append(measure)
        return Layout(article, measure, begin_line_at, **options)

    monkeypatch.setattr(viewport, "Layout", make_layout)

    async def story(driver):
        assert "A pact" in driver.seen
        assert len(measures) == 1
        await driver.press("down", "pagedown", ")")
        assert len(measures) == 1

    run_story(tmp_path, story, article=LONG)
