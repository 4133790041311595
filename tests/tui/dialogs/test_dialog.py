"""ctrl+q in dialogs: it quits, and no typed text is lost without a warning."""

import pytest

from app_driver import AppDriver, run_story
from pactreader.core.errors import NotSavedError
from pactreader.storage.library import Library
from pactreader.storage.paths import Paths
from pactreader.storage.state.drafts import Drafts

pytestmark = pytest.mark.slow

DIALOGS = {
    "contents": (["c"], "Contents"),
    "library": (["o"], "Library"),
    "palette": (["ctrl+p"], "Commands"),
    "themes": (["ctrl+p", *"theme", "enter"], "dark or light"),
    "help": (["?"], "to find any key"),
    "note": (["1", "a"], "Note on “"),
    "tags": (["1", "t"], "esc leaves them as they were"),
    "export": (["E"], "enter writes the file"),
    "rename": (["o", "ctrl+r"], "What it is called"),
}
PROMPTS = {"tags": "law", "export": "x", "rename": "x"}
"""The answers to prompts."""


def has_quit(driver: AppDriver) -> bool:
    return driver.app.return_code == 0


@pytest.mark.parametrize("name", DIALOGS)
def test_ctrl_q_quits_from_every_dialog(tmp_path, name):
    keys, shown = DIALOGS[name]

    async def story(driver: AppDriver) -> None:
        await driver.press(*keys)
        assert shown in driver.seen
        await driver.press("ctrl+q")
        assert has_quit(driver)

    run_story(tmp_path, story)


@pytest.mark.parametrize("name", PROMPTS)
def test_ctrl_q_warns_before_an_answer_is_lost(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    keys, _shown = DIALOGS[name]

    async def story(driver: AppDriver) -> None:
        await driver.press(*keys, *PROMPTS[name], "ctrl+q")
        assert not has_quit(driver)
        assert "enter confirms it. ctrl+q again quits without it." in driver.seen
        await driver.press("y", "ctrl+q")
        assert not has_quit(driver)
        await driver.press("ctrl+q")
        assert has_quit(driver)

    run_story(tmp_path, story)
    assert not list(tmp_path.glob("*.md*"))
    with Library(Paths.find(tmp_path, {})) as library:
        assert all(not annotation.tags for _, annotation in library.annotations())
        assert [entry.display_title for entry in library.articles()] == ["A pact"]


def test_an_answer_is_saved_after_the_warning(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("1", "t", *"law", "ctrl+q", "enter")
        assert [tags for *_, tags in driver.annotations()] == [("law",)]
        assert driver.screen.article_view.has_focus

    run_story(tmp_path, story)


def test_ctrl_q_saves_a_note_first(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("1", "a", *"Why?", "ctrl+q")
        assert has_quit(driver)
        assert [note for _, _, note, _ in driver.annotations()] == ["Why?"]

    run_story(tmp_path, story)


def test_ctrl_q_closes_a_dialog_to_show_what_is_not_saved(tmp_path):
    async def story(driver: AppDriver) -> None:
        driver.fail_to_save()
        await driver.press("1", "o", "ctrl+r", "ctrl+q")
        assert not has_quit(driver)
        assert "again quits without it" in driver.footer
        assert driver.screen.article_view.has_focus
        await driver.press("ctrl+q")
        assert has_quit(driver)

    run_story(tmp_path, story, size=(60, 20))


def test_a_warning_is_gone_once_more_is_typed(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("1", "t", *"law", "ctrl+q")
        assert "ctrl+q again quits" in driver.seen
        await driver.press("s")
        assert "ctrl+q again quits" not in driver.seen
        assert "enter keeps them" in driver.seen

    run_story(tmp_path, story)


def test_the_warning_before_quitting_still_tells_of_the_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.md").write_text("PRECIOUS")

    async def story(driver: AppDriver) -> None:
        await driver.press("1", "E", "ctrl+u", *"mine.md", "enter", "ctrl+q")
        assert "enter again replaces it, esc leaves it. ctrl+q again quits without it." in driver.seen

    run_story(tmp_path, story)
    assert (tmp_path / "mine.md").read_text() == "PRECIOUS"


def test_a_note_that_cannot_be_kept_is_left_by_a_second_ctrl_q(tmp_path, monkeypatch):
    def fail(*_arguments):
        raise NotSavedError("The disk is full.", "Make room.")

    async def story(driver: AppDriver) -> None:
        await driver.press("1", "a", *"note")
        driver.fail_to_save()
        monkeypatch.setattr(Drafts, "save", fail)
        await driver.press("escape", "escape")
        assert not has_quit(driver)
        assert "the next ctrl+q quits and loses it." in " ".join(driver.seen.split())
        await driver.press("ctrl+q", "ctrl+q")
        monkeypatch.undo()
        driver.save_again()
        assert has_quit(driver)

    run_story(tmp_path, story)
