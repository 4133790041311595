import pytest

from app_driver import LONG, AppDriver, here, run_story

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
