"""Drafts of notes on highlights that were not saved: after a crash the note opens on its highlight again."""

import json

import pytest

from app_driver import ARTICLE, SENTENCES, AppDriver, run_story, version_of_article
from pactreader.core.errors import NotSavedError
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths

pytestmark = pytest.mark.slow

INSERTED = "Nothing of this was here before. " * 40


CHANGED = version_of_article(INSERTED, *ARTICLE.text.split("\n\n"))
CUT = version_of_article(*ARTICLE.text.replace(f"{SENTENCES[1]} ", "").split("\n\n"))


async def write_on_an_unsaved_highlight(driver: AppDriver) -> None:
    """Type a note while nothing can be saved, and leave it in the draft, as a crash does."""
    driver.fail_to_save()
    await driver.press("}", ")", "a")
    await driver.type("Nobody.")
    driver.screen.context.save_draft()
    driver.screen.context.editor = None
    driver.screen.context.saves.discard_last()


@pytest.mark.parametrize("article", [ARTICLE, CHANGED, CUT], ids=["unchanged", "changed", "cut"])
def test_a_draft_opens_on_its_highlight_again(tmp_path, article):
    async def next_day(driver: AppDriver) -> None:
        await driver.pilot.pause()
        assert f"Note on “{SENTENCES[1]}”" in driver.seen
        assert "Nobody." in driver.seen
        await driver.press("escape")
        ((quote, label, note, _tags),) = driver.annotations()
        assert (quote, label, note) == (SENTENCES[1], "key-point", "Nobody.")
        assert list(Paths.find(tmp_path, {}).drafts.iterdir()) == []

    run_story(tmp_path, write_on_an_unsaved_highlight)
    run_story(tmp_path, next_day, article=article)


def test_a_highlight_that_still_cannot_be_saved_keeps_its_note(tmp_path, monkeypatch):
    def save(*_arguments: object) -> None:
        raise NotSavedError("The disk is full.", "Make room and press the key again.")

    async def a_full_disk(driver: AppDriver) -> None:
        await driver.pilot.pause()
        await driver.press("escape")
        assert "It is kept as a draft" in driver.seen
        assert driver.annotations() == []
        monkeypatch.undo()
        await driver.press("escape")
        assert [(quote, note) for quote, _, note, _ in driver.annotations()] == [(SENTENCES[1], "Nobody.")]

    run_story(tmp_path, write_on_an_unsaved_highlight)
    monkeypatch.setattr(Library, "save", save)
    run_story(tmp_path, a_full_disk)


def test_the_draft_on_a_saved_highlight_has_no_passage(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("}", ")", "a")
        await driver.type("Nobody.")
        driver.screen.context.save_draft()
        (draft,) = (json.loads(path.read_bytes()) for path in Paths.find(tmp_path, {}).drafts.iterdir())
        assert (draft["note"], draft["label"], draft["anchor"]) == ("Nobody.", "", None)

    run_story(tmp_path, story)
