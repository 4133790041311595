"""The position of the last reading: an article opens at the same paragraph, also after its text has changed."""

import asyncio
import json

import pytest

from app_driver import LONG, AppDriver, run_story
from pactreader.core.article import Article, BlockKind, Piece
from pactreader.storage.paths import Paths
from pactreader.tui.session.placement import quick_placement

pytestmark = pytest.mark.slow

NEW = " ".join(f"Sentence {number} is new here." for number in range(250))


def long_article(*inserted: str, without: str = "") -> Article:
    """Return `LONG` with paragraphs inserted at its beginning, and without a paragraph that begins with some words."""
    paragraphs = (text for text in LONG.text.split("\n\n") if not (without and text.startswith(without)))
    pieces = [Piece(BlockKind.PARAGRAPH, text) for text in (*inserted, *paragraphs)]
    return Article.assemble(pieces, title="A pact", source=LONG.source)


BEFORE = long_article()
AFTER = long_article(NEW)


def first_line(driver: AppDriver) -> str:
    """Return the text at the top of the article's window."""
    view = driver.screen.article_view
    return view.article.text[view.top_offset :].lstrip("\n").split("\n")[0]


async def read_to_paragraph_20(driver: AppDriver) -> None:
    while not here_in(driver).startswith("Paragraph 20 "):
        await driver.press("}")
    driver.screen.article_view.scroll_window_to(driver.screen.article_view.scroll_metrics.top + 3)
    await driver.pilot.pause()


def here_in(driver: AppDriver) -> str:
    view = driver.screen.article_view
    return view.article.text[view.caret.offset :].split("\n")[0]


@pytest.mark.parametrize("is_long", [False, True], ids=["before the first frame", "after it, in a thread"])
def test_an_article_reopens_at_its_paragraph(tmp_path, monkeypatch, is_long):
    seen = {}

    async def reading(driver: AppDriver) -> None:
        await read_to_paragraph_20(driver)
        seen["top"], seen["caret"] = first_line(driver), here_in(driver)

    async def after_the_change(driver: AppDriver) -> None:
        await driver.pilot.pause(0.3)
        assert (first_line(driver), here_in(driver)) == (seen["top"], seen["caret"])
        assert seen["caret"] in driver.seen

    run_story(tmp_path, reading, article=BEFORE)
    monkeypatch.setattr(quick_placement, "LONGEST_QUICK", 0 if is_long else 100_000)
    run_story(tmp_path, after_the_change, article=AFTER)
    run_story(tmp_path, after_the_change, article=long_article(NEW, "More."))


def test_a_user_who_moves_is_left_there(tmp_path, monkeypatch):
    async def early_key(driver: AppDriver) -> None:
        await driver.press("g", "}")
        await driver.pilot.pause(0.3)
        assert here_in(driver).startswith("A pact")

    run_story(tmp_path, read_to_paragraph_20, article=BEFORE)
    monkeypatch.setattr(quick_placement, "LONGEST_QUICK", 0)
    run_story(tmp_path, early_key, article=AFTER)


def test_a_window_that_is_closed_early_keeps_the_position(tmp_path, monkeypatch):
    async def closed(driver: AppDriver) -> None:
        driver.app.save_position()

    run_story(tmp_path, read_to_paragraph_20, article=BEFORE)
    (file,) = Paths.find(tmp_path, {}).positions.iterdir()
    stored = json.loads(file.read_bytes())
    monkeypatch.setattr(quick_placement, "LONGEST_QUICK", 0)
    monkeypatch.setattr("pactreader.tui.session.placement.opening_position.run_in_daemon_thread", never)
    run_story(tmp_path, closed, article=AFTER)
    assert json.loads(file.read_bytes()) == stored


async def never(_function: object) -> None:
    """Stand for a search that does not end."""
    await asyncio.Event().wait()


def test_a_deleted_paragraph_leads_to_where_it_was(tmp_path):
    async def after_the_change(driver: AppDriver) -> None:
        view = driver.screen.article_view
        around = view.article.block_text(view.article.block_at(view.caret.offset))
        assert around.startswith(("Paragraph 19 ", "Paragraph 21 "))

    run_story(tmp_path, read_to_paragraph_20, article=BEFORE)
    run_story(tmp_path, after_the_change, article=long_article(NEW, without="Paragraph 20 "))


def test_a_position_of_version_0_1_0_is_an_offset(tmp_path):
    async def again(driver: AppDriver) -> None:
        assert here_in(driver).startswith("Paragraph 20 ")

    run_story(tmp_path, read_to_paragraph_20, article=BEFORE)
    (file,) = Paths.find(tmp_path, {}).positions.iterdir()
    fields = json.loads(file.read_bytes())
    del fields["top_anchor"], fields["caret_anchor"]
    file.write_text(json.dumps(fields))
    run_story(tmp_path, again, article=BEFORE)
