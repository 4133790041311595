"""Changes since an article was read are marked until they are read."""

import shutil

import pytest
from textual.events import AppBlur, AppFocus

from app_driver import LONG, AppDriver, run_story
from pactreader.core.article import Article, Piece
from pactreader.core.text_changes.unread_changes import ComparisonState
from pactreader.storage.paths import Paths
from pactreader.storage.state.reading_state import ReadingState
from pactreader.tui.session import change_tracker

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _frequent_checks(monkeypatch):
    """Let a second pass in a tenth of one."""
    monkeypatch.setattr(change_tracker, "_CHECK_INTERVAL", 0.02)


def edited(former: str, present: str, article: Article = LONG) -> Article:
    """Return an article with other words in it, once."""
    pieces = [
        Piece(block.kind, article.block_text(block).replace(former, present), block.level)
        for block in article.blocks
    ]
    return Article.assemble(pieces, title=article.title)._replace(source=article.source)


async def read(_driver: AppDriver) -> None:
    """Open the article."""


async def wait_until(driver: AppDriver, holds) -> None:
    for _ in range(200):
        if holds():
            return
        await driver.pilot.pause(0.02)
    raise AssertionError("It did not happen.")


async def compared(driver: AppDriver) -> change_tracker.ChangeTracker:
    tracker = driver.app.change_tracker
    await wait_until(driver, lambda: tracker.changes.comparison is not ComparisonState.PENDING)
    return tracker


def last_read(home, article_id):
    return ReadingState(Paths.find(home, {})).last_read_text(article_id)


def test_a_first_reading_has_no_changes(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("+")
        assert "for the first time" in driver.footer

    run_story(tmp_path, story, article=LONG)


def test_changes_are_marked_until_they_were_on_the_screen(tmp_path):
    run_story(tmp_path, read, article=LONG)
    changed = edited("Paragraph 2 is here.", "Paragraph 2 is there.")
    changed = edited("Paragraph 50 is here.", "Paragraph 50 is there.", changed)

    async def story(driver: AppDriver) -> None:
        tracker = await compared(driver)
        assert len(tracker.changes.all) == 2
        await wait_until(driver, lambda: tracker.changes.unread == [1])
        assert last_read(tmp_path, driver.app.session.entry.id).base == LONG.text_hash
        await driver.press("+", "+")
        assert "2 of 2 changes: changed" in driver.footer
        await wait_until(driver, lambda: not tracker.changes.has_unread)
        assert last_read(tmp_path, driver.app.session.entry.id).base == changed.text_hash
        await driver.press("-")
        assert "1 of 2 changes" in driver.footer, "they can be gone to until the article is left"

    run_story(tmp_path, story, article=changed)

    async def again(driver: AppDriver) -> None:
        await driver.press("+")
        assert "Nothing has changed" in driver.footer

    run_story(tmp_path, again, article=changed)


def test_unread_changes_survive_a_restart_and_another_edit(tmp_path):
    run_story(tmp_path, read, article=LONG)
    changed = edited("Paragraph 2 is here.", "Paragraph 2 is there.")
    changed = edited("Paragraph 50 is here.", "Paragraph 50 is there.", changed)

    async def story(driver: AppDriver) -> None:
        tracker = await compared(driver)
        await wait_until(driver, lambda: tracker.changes.unread == [1])

    run_story(tmp_path, story, article=changed)
    later = edited("Paragraph 55 is here.", "Paragraph 55 is gone.", changed)

    async def again(driver: AppDriver) -> None:
        tracker = await compared(driver)
        unread = [later.text[slice(*change.present)] for change in tracker.changes.all]
        assert unread == ["there", "gone"]

    run_story(tmp_path, again, article=later)


def test_the_text_that_an_older_version_read_is_the_base(tmp_path):
    run_story(tmp_path, read, article=LONG)
    shutil.rmtree(Paths.find(tmp_path, {}).last_read)

    async def story(driver: AppDriver) -> None:
        tracker = await compared(driver)
        assert [change.kind.value for change in tracker.changes.all] == ["changed"]

    run_story(tmp_path, story, article=edited("Paragraph 50 is here.", "Paragraph 50 is there."))


def test_a_text_that_is_not_kept_has_no_changes(tmp_path):
    run_story(tmp_path, read, article=LONG)
    for path in Paths.find(tmp_path, {}).texts.iterdir():
        path.unlink()

    async def story(driver: AppDriver) -> None:
        await compared(driver)
        await driver.press("+")
        assert "is not kept" in driver.footer

    run_story(tmp_path, story, article=edited("Paragraph 2 is here.", "Paragraph 2 is there."))


def test_nothing_is_read_without_the_keys_or_behind_a_dialog(tmp_path, monkeypatch):
    run_story(tmp_path, read, article=LONG)
    monkeypatch.setattr(change_tracker, "_CHECK_INTERVAL", 0.2)  # a second, to take the keys away in

    async def story(driver: AppDriver) -> None:
        driver.app.post_message(AppBlur())
        tracker = await compared(driver)
        await driver.pilot.pause(1.4)
        assert tracker.changes.has_unread
        await driver.press("?")
        driver.app.post_message(AppFocus())
        await driver.pilot.pause(1.4)
        assert tracker.changes.has_unread
        await driver.press("escape")
        await wait_until(driver, lambda: not tracker.changes.has_unread)

    run_story(tmp_path, story, article=edited("Paragraph 2 is here.", "Paragraph 2 is there."))


def test_a_rewritten_article_says_so(tmp_path):
    run_story(tmp_path, read, article=LONG)
    other = [Piece(block.kind, f"Nothing as before, {n} times over.") for n, block in enumerate(LONG.blocks)]

    async def story(driver: AppDriver) -> None:
        await driver.wait_until(lambda: "Is this the same article" in driver.seen)
        await driver.press("y")
        await driver.wait_until(lambda: "was rewritten" in driver.footer)

    run_story(
        tmp_path, story, article=Article.assemble(other, title="A pact")._replace(source="/articles/pact.md")
    )
