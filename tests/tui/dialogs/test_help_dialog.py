import pytest

from app_driver import AppDriver, run_story

pytestmark = pytest.mark.slow


def test_help_shows_the_keys_of_a_pane_and_finds_others_by_a_word(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("?")
        for words in ("4 Doubt", "pick a sentence", "next, previous", "contents", "library", "quit"):
            assert words in driver.seen
        await driver.press(*"lost")
        assert "/  Filter the notes." in driver.seen
        assert "pick a sentence" not in driver.seen
        await driver.press(*"zzz")
        assert "There is no key for that." in driver.seen
        await driver.press("escape", "j", "tab", "?")
        assert "several, all" in driver.seen
        assert "pick a sentence" not in driver.seen
        await driver.press("enter")
        assert driver.screen.notes_panel.has_focus

    run_story(tmp_path, story, size=(80, 24))


def test_a_slash_before_the_word_changes_nothing_and_alone_is_a_key(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("?", *"/lost")
        assert "/  Filter the notes." in driver.seen
        await driver.press(*["backspace"] * 4)
        assert "/  Find in the article." in driver.seen

    run_story(tmp_path, story, size=(80, 24))


def test_on_a_small_screen_help_scrolls(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("?")
        assert "Mark" in driver.seen
        assert "library" not in driver.seen
        await driver.press("pagedown", "down", "pagedown")
        assert "library" in driver.seen
        assert "esc closes" in driver.seen

    run_story(tmp_path, story, size=(60, 20))
