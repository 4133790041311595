import pytest

from app_driver import AppDriver, run_story

pytestmark = pytest.mark.slow


def test_a_word_finds_a_theme_and_enter_puts_it_on(tmp_path):
    async def story(driver: AppDriver) -> None:
        await driver.press("ctrl+p", *"theme", "enter", *"nord")
        assert "enter puts it on" in driver.seen
        await driver.press("enter")
        assert driver.app.theme == "nord"
        await driver.press("ctrl+p", *"theme", "enter")
        assert driver.app.screen.current.value == "nord"

    run_story(tmp_path, story)
