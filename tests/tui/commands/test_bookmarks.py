"""Bookmarks: set, moved, removed, and found again in an article that changed."""

import pytest

from app_driver import ARTICLE, LONG, SENTENCES, AppDriver, here, run_story, version_of_article
from pactreader.core.anchoring.locator import Locator
from pactreader.core.anchoring.placement import Placement, PlacementKind
from pactreader.tui.session.placement import quick_placement

pytestmark = pytest.mark.slow


def test_a_bookmark_is_set_used_moved_removed_and_kept(tmp_path):
    async def setting(driver: AppDriver) -> None:
        await driver.press("}", '"', "k")
        assert "bookmark k is here" in driver.footer
        await driver.press("G", "'")
        assert "As the summary" in driver.footer
        await driver.press("k")
        assert here(driver).startswith("As the summary")
        await driver.press("'", "'")
        assert here(driver) == "."
        await driver.press("'", "z")
        assert "no bookmark z" in driver.footer

    async def after_a_restart(driver: AppDriver) -> None:
        await driver.press("g", "'", "k")
        assert here(driver).startswith("As the summary")
        await driver.press('"', "k")
        assert "is removed" in driver.footer
        await driver.press("'", "k")
        assert "no bookmark k" in driver.footer
        await driver.press('"', "escape", "j")
        assert here(driver).startswith("Paragraph 0")

    run_story(tmp_path, setting, article=LONG)
    run_story(tmp_path, after_a_restart, article=LONG)


INSERTED = "Nothing of this was here before. " * 40


def text_at_caret(driver: AppDriver) -> str:
    view = driver.screen.article_view
    return view.article.text[slice(*view.caret.sentence)]


async def set_on_the_second_sentence(driver: AppDriver) -> None:
    await driver.press("}", ")", '"', "k")
    assert text_at_caret(driver) == SENTENCES[1]


@pytest.mark.parametrize("longest", [0, 100_000], ids=["searched in a thread", "at once"])
def test_a_bookmark_is_found_behind_new_text(tmp_path, monkeypatch, longest):
    async def after_the_change(driver: AppDriver) -> None:
        await driver.press("g", "'", "k")
        await driver.pilot.pause(0.2)
        assert text_at_caret(driver) == SENTENCES[1]
        assert "bookmark k" not in driver.footer

    run_story(tmp_path, set_on_the_second_sentence)
    monkeypatch.setattr(quick_placement, "LONGEST_QUICK", longest)
    run_story(tmp_path, after_the_change, article=version_of_article(INSERTED, *ARTICLE.text.split("\n\n")))


def test_a_bookmark_that_was_found_elsewhere_is_removed_there(tmp_path):
    async def after_the_change(driver: AppDriver) -> None:
        await driver.press("'", "k", '"', "k")
        assert "bookmark k is removed" in driver.footer

    run_story(tmp_path, set_on_the_second_sentence)
    run_story(tmp_path, after_the_change, article=version_of_article(INSERTED, *ARTICLE.text.split("\n\n")))


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (PlacementKind.CHANGED, "bookmark k has changed: it is here"),
        (PlacementKind.DOUBTFUL, "this may be it, or another one. ctrl+o goes back."),
    ],
)
def test_a_bookmark_says_how_sure_it_is(tmp_path, monkeypatch, kind, message):
    start = ARTICLE.text.index(SENTENCES[2])
    placement = Placement(kind, start, start + len(SENTENCES[2]), 0.5)

    async def after_the_change(driver: AppDriver) -> None:
        monkeypatch.setattr(Locator, "place", lambda _locator, _anchor: placement)
        await driver.press("g", "'", "k")
        assert text_at_caret(driver) == SENTENCES[2]
        assert message in driver.footer
        await driver.press("ctrl+o")
        assert text_at_caret(driver) == "A pact"

    run_story(tmp_path, set_on_the_second_sentence)
    run_story(tmp_path, after_the_change)


def test_a_lost_bookmark_leads_nowhere(tmp_path):
    async def after_the_change(driver: AppDriver) -> None:
        await driver.press("'", "k")
        assert "bookmark k is not in the text now" in driver.footer
        assert text_at_caret(driver) == SENTENCES[2]

    run_story(tmp_path, set_on_the_second_sentence)
    run_story(
        tmp_path,
        after_the_change,
        article=version_of_article(SENTENCES[0], SENTENCES[2], "Moreover, weapons flow. That is alleged."),
    )
