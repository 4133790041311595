"""Going through what has changed, and the dialog with the former words."""

import pytest

from app_driver import ARTICLE, AppDriver, run_story
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.core.text_changes.unread_changes import ComparisonState

pytestmark = pytest.mark.slow

CHANGED = Article.assemble(
    [
        Piece(BlockKind.HEADING, "A pact", 1),
        Piece(BlockKind.PARAGRAPH, "The pact is clear. Who decides? Seoul has warned Russia."),
        Piece(BlockKind.PARAGRAPH, "Nobody [b]knows[/b]."),
        Piece(BlockKind.PARAGRAPH, "Moreover, weapons flow."),
    ],
    title=ARTICLE.title,
    source=ARTICLE.source,
)


async def read(_driver: AppDriver) -> None:
    """Open the article."""


def test_the_former_words_are_shown_beside_the_new(tmp_path):
    run_story(tmp_path, read)

    async def story(driver: AppDriver) -> None:
        tracker = driver.app.change_tracker
        while tracker.changes.comparison is ComparisonState.PENDING:
            await driver.pilot.pause(0.02)
        await driver.press("=")
        assert "Nothing has changed here" in driver.footer
        await driver.press("g", "-")
        assert "Nothing has changed above: + goes down to the first change." in driver.footer
        await driver.press("+", "=")
        assert "1 of 3 changes: changed · ¶ 2" in driver.seen
        assert "- The pact is vague. Who decides?" in driver.seen
        assert "+ The pact is clear. Who decides?" in driver.seen
        await driver.press("+")
        assert "2 of 3 changes: new · ¶ 3" in driver.seen
        assert "+ Nobody [b]knows[/b]." in driver.seen
        assert "Nothing was here." in driver.seen
        await driver.press("+")
        assert "- Moreover, weapons flow. That is alleged." in driver.seen
        assert "The words were removed." in driver.seen
        await driver.press("+", "-", "escape")
        assert "2 of 3 changes" in driver.footer
        await driver.press("-", "-")
        assert "That was the first of 3 changes." in driver.footer

    run_story(tmp_path, story, article=CHANGED)
